"""`manage.py recheck_sources --workers N`: by the workers that run, by one of its own, or an honest sentence."""

import subprocess
import sys
from dataclasses import replace

import psycopg
import pytest

from config.local.places import CHECKOUT
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
