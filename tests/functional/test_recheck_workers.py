"""`manage.py recheck_sources --workers N`: by the workers that run, by one of its own, or an honest sentence."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from benchmarks.far_origin import quote_of
from config.local.places import CHECKOUT
from config.local.ports import any_free
from tests.databases import app_url, cloned_database, owner_url
from tests.stack import Stack


def recheck(stack: Stack, *arguments: str, redis_url: str = "") -> subprocess.CompletedProcess[str]:
    """Check the local site alone: the other sources are on other machines."""
    elsewhere = {"REDIS_URL": redis_url, "CACHE_PREFIX": "elsewhere"} if redis_url else {}
    there = replace(stack, environment=stack.environment | elsewhere)
    host = stack.local_site_url.removeprefix("http://")
    return there.run("recheck_sources", "--host", host, *arguments, check=False)


def other_database(stack: Stack, number: int) -> str:
    """The same Valkey, where no worker listens."""
    return f"{stack.redis_url.rpartition('/')[0]}/{number}"


def last_looks(stack: Stack) -> list[tuple[str, int]]:
    with psycopg.connect(stack.database_url) as connection:
        rows = connection.execute(
            "SELECT last_outcome, checks_made FROM claims_source WHERE host LIKE '127.0.0.1:%' ORDER BY id"
        )
        return [(str(outcome), int(made)) for outcome, made in rows]


def test_the_workers_that_run_do_it(stack: Stack) -> None:
    [(_, before)] = last_looks(stack)
    done = recheck(stack, "--workers", "2")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("1 checked: 1 ")
    assert "1 of 1 checked" in done.stderr
    assert "No worker was running" not in done.stderr
    [(outcome, after)] = last_looks(stack)
    assert outcome in ("ok", "changed", "quote_missing")
    assert after > before


def test_without_a_worker_one_is_started_for_the_run(stack: Stack) -> None:
    done = recheck(stack, "--workers", "1", redis_url=other_database(stack, 7))
    assert done.returncode == 0, done.stderr
    assert "No worker was running; one with 1 processes works for this run." in done.stderr
    assert done.stdout.startswith("1 checked: 1 ")


@pytest.mark.parametrize(
    ("number", "sentence"), [(8, "No worker answers: start one with"), (0, "The broker does not answer")]
)
def test_nobody_to_do_it_is_said_and_not_waited_for(stack: Stack, number: int, sentence: str) -> None:
    url = other_database(stack, number) if number else "redis://127.0.0.1:1/0"
    done = recheck(stack, "--workers", "0", redis_url=url)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_number_below_zero_is_no_number_of_workers(stack: Stack) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "recheck_sources", "--workers", "-1"],
        cwd=CHECKOUT, env=stack.environment, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1
    assert "0 or more" in done.stderr


HOSTS, PAGES, INTERVAL_MS = 3, 330, 50


@contextmanager
def origin(port: int) -> Iterator[None]:
    """Pages on three hosts, 20 ms away, with a log of what they are asked."""
    command = [sys.executable, "-m", "benchmarks.far_origin", str(port), str(HOSTS), "0.02"]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as child:
        try:
            assert child.stdout
            assert "ready" in child.stdout.readline()
            yield
        finally:
            child.terminate()


def log_of(port: int) -> dict[str, Any]:
    with urllib.request.urlopen(f"http://127.0.1.1:{port}/log", timeout=10) as answer:
        seen: dict[str, Any] = json.loads(answer.read())
    return seen


@pytest.mark.allow_hosts(["127.0.0.1", "127.0.1.1"])
def test_two_processes_that_want_the_same_hosts_keep_the_manners_of_one(stack: Stack, tmp_path: Path) -> None:
    """More pages of a host than one batch takes, so the second process comes for it while the first is at work."""
    port = any_free()
    with cloned_database("manners") as database, origin(port):
        there = replace(
            stack,
            environment=stack.environment
            | {
                "DATABASE_URL": app_url(database),
                "DATABASE_OWNER_URL": owner_url(database),
                "REDIS_URL": other_database(stack, 6),
                "CACHE_PREFIX": "manners",
                "MEDIA_ROOT": str(tmp_path / "media"),
                "OUTBOUND_EXTRA_PUBLIC_NETWORKS": "127.0.1.0/24",
                "OUTBOUND_EXTRA_PORTS": str(port),
                "OUTBOUND_HOST_INTERVAL_MS": str(INTERVAL_MS),
                "RECHECK_LEASE_SECONDS": "600",
            },
        )
        urls = [f"http://127.0.1.{number % HOSTS + 1}:{port}/p/{number}" for number in range(PAGES)]
        lines = [
            json.dumps({"id": str(number), "url": url, "quote": {"exact": quote_of(number)}})
            for number, url in enumerate(urls)
        ]
        (tmp_path / "list").write_text("\n".join(lines))
        there.run("watch_sources", str(tmp_path / "list"))
        done = there.run("recheck_sources", "--workers", "2")
        assert done.stdout.startswith(f"{PAGES} checked: {PAGES} ok")
        seen = log_of(port)
    assert len(seen["requests"]) == PAGES
    assert sum(seen["requests"].values()) <= 1.05 * PAGES
    assert seen["most_connections"] <= 2
    assert seen["shortest_pause"] * 1_000 >= INTERVAL_MS - 20  # what the origin's own clock may lag behind
