"""The whole path of a re-check: tick, Celery, fetch, extract, quotes, rows in PostgreSQL; beside a bare loop.

`python -m benchmarks.recheck_path [--rounds 5] [--fresh] [--urls 2000]`. Two worker processes look at 2,000 URLs on 40
hosts 20 ms away, again and again; between the rounds a bare aiohttp loop asks for the same URLs. Printed: URLs a second
of both and their ratio, worker CPU and memory, commands of Valkey per URL; statements per URL are counted in a round in
one process. The first round (nothing known yet) is not counted. `--fresh`: pages without validators, read each time.
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import redis

from benchmarks.far_origin import quote_of
from benchmarks.processes import children, cpu_seconds, memory
from benchmarks.servers import embedded
from config.local.places import CHECKOUT
from config.local.ports import any_free
from tests.databases import app_url, cloned_database

HOSTS, LATENCY, AT_ONCE = 40, 0.02, 64
ROUND_SECONDS = 300.0


@dataclass(frozen=True)
class Measured:
    """One round: URLs a second, worker CPU ms and Valkey commands per URL, memory of the largest process in MB."""

    rate: float
    cpu_ms: float
    commands: float
    rss_mb: float


def urls(port: int, count: int, *, fresh: bool) -> list[str]:
    tail = "?fresh" if fresh else ""
    return [f"http://127.0.1.{number % HOSTS + 1}:{port}/p/{number}{tail}" for number in range(count)]


@contextmanager
def process(*command: str, environment: dict[str, str], ready: str = "") -> Iterator[subprocess.Popen[str]]:
    """A child until the block ends."""
    out = subprocess.PIPE if ready else subprocess.DEVNULL
    child = subprocess.Popen(command, cwd=CHECKOUT, env=environment, stdout=out, text=True)
    try:
        if child.stdout is not None and ready not in child.stdout.readline():
            raise SystemExit(f"{command} did not start")
        yield child
    finally:
        child.terminate()
        child.wait()


def settings_of(database: str, media: str, port: int) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": app_url(database),
        "MEDIA_ROOT": media,
        "OUTBOUND_EXTRA_PUBLIC_NETWORKS": "127.0.1.0/24",
        "OUTBOUND_EXTRA_PORTS": str(port),
        "OUTBOUND_HOST_INTERVAL_MS": "0",
    }


class Bare:
    """The loop to compare with: no rows, no policy, no manners."""

    def __init__(self, addresses: list[str]) -> None:
        self._addresses = addresses
        self._tags: dict[str, str] = {}

    def rate(self) -> float:
        """URLs a second of one pass."""
        begin = time.perf_counter()
        asyncio.run(self._pass())
        return len(self._addresses) / (time.perf_counter() - begin)

    async def _pass(self) -> None:
        left = iter(self._addresses)
        connector = aiohttp.TCPConnector(limit=AT_ONCE)
        async with aiohttp.ClientSession(connector=connector) as session:
            await asyncio.gather(*(self._work(session, left) for _ in range(AT_ONCE)))

    async def _work(self, session: aiohttp.ClientSession, left: Iterator[str]) -> None:
        for url in left:
            known = self._tags.get(url)
            async with session.get(url, headers={"If-None-Match": known} if known else {}) as answer:
                await answer.read()
                self._tags[url] = answer.headers.get("ETag", "")


class WholePath:
    """The product: a worker with two processes, rung once and again until nothing is due."""

    def __init__(self, worker: subprocess.Popen[str], count: int) -> None:
        self._worker = worker
        self._count = count
        self._valkey = redis.Redis.from_url(os.environ["REDIS_URL"])

    def round(self) -> Measured:
        """Make all due, ring, wait."""
        from claims.sources.asking import Asked, make_due, still_waiting
        from claims.sources.due import database_now
        from claims.tasks import recheck_due

        asked = Asked(database_now(), everything=True)
        make_due(asked)
        cpu, commands = self._cpu(), self._commands()
        begin = rung = time.perf_counter()
        recheck_due.delay()
        while still_waiting(asked):
            if time.perf_counter() - rung > 1.0:
                recheck_due.delay()
                rung = time.perf_counter()
            if time.perf_counter() - begin > ROUND_SECONDS:
                raise SystemExit("A round did not end.")
            time.sleep(0.02)
        seconds = time.perf_counter() - begin
        return Measured(
            rate=self._count / seconds,
            cpu_ms=(self._cpu() - cpu) * 1_000 / self._count,
            commands=(self._commands() - commands) / self._count,
            rss_mb=max(map(memory, children(self._worker.pid))) / (1 << 20),
        )

    def _cpu(self) -> float:
        return sum(map(cpu_seconds, children(self._worker.pid)))

    def _commands(self) -> int:
        stats: dict[str, Any] = self._valkey.info("commandstats")
        quiet = ("info", "ping", "brpop", "client")  # ours, and what an idle worker says
        return sum(row["calls"] for name, row in stats.items() if not name.removeprefix("cmdstat_").startswith(quiet))


def count_statements(addresses: list[str]) -> float:
    """Statements per URL of one more round, in this process alone."""
    from django.db import connection

    from claims.outbound import configured
    from claims.sources import due
    from claims.sources.asking import Asked, make_due
    from claims.sources.configured import lease_for, plan
    from claims.sources.recheck import recheck

    now = due.database_now()
    make_due(Asked(now, everything=True))
    count = 0

    def counted(execute: Any, *given: Any) -> Any:
        nonlocal count
        count += 1
        return execute(*given)

    with connection.execute_wrapper(counted):
        while batches := due.lease(now=now, limit=due.PER_TICK, lease_for=lease_for()):
            for batch in batches:
                recheck(batch.ids, token=batch.token, fetcher=configured.client, plan=plan(), now=due.database_now())
    return count / len(addresses)


def watch(addresses: list[str], environment: dict[str, str]) -> None:
    """Take the URLs under watch by the command."""
    lines = [
        json.dumps({"id": str(number), "url": url, "quote": {"exact": quote_of(number)}})
        for number, url in enumerate(addresses)
    ]
    subprocess.run(
        [sys.executable, "manage.py", "watch_sources", "-"],
        cwd=CHECKOUT, env=environment, input="\n".join(lines), text=True, check=True,
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--urls", type=int, default=2_000)
    parser.add_argument("--fresh", action="store_true")
    given = parser.parse_args()
    with embedded(), cloned_database("path") as database, tempfile.TemporaryDirectory() as media:
        port = any_free()
        environment = settings_of(database, media, port)
        os.environ.update(environment)
        import django

        django.setup()
        addresses = urls(port, given.urls, fresh=given.fresh)
        origin = (sys.executable, "-m", "benchmarks.far_origin", str(port), str(HOSTS), str(LATENCY))
        celery = (sys.executable, "-m", "celery", "--quiet", "-A", "config.celery", "worker", "--concurrency", "2")
        with process(*origin, environment=environment, ready="ready"):
            watch(addresses, environment)
            with process(*celery, "--loglevel", "WARNING", environment=environment) as worker:
                measure(Bare(addresses), WholePath(worker, len(addresses)), given.rounds)
            print(f"statements per URL, counted in one process: {count_statements(addresses):.3f}")


def measure(bare: Bare, path: WholePath, rounds: int) -> None:
    """Interleave, print a line a round and the median of the ratios."""
    bare.rate()
    first = path.round()
    print(f"first visit: {first.rate:,.0f} URLs/s, {first.cpu_ms:.2f} ms of worker CPU a URL", flush=True)
    ratios = []
    for _ in range(rounds):
        floor = bare.rate()
        got = path.round()
        ratios.append(got.rate / floor)
        print(
            f"bare loop {floor:7,.0f} URLs/s; whole path {got.rate:7,.0f} = {ratios[-1]:.2f} of it; "
            f"{got.cpu_ms:.2f} ms CPU, {got.commands:.3f} Valkey commands a URL; "
            f"largest process {got.rss_mb:.0f} MB",
            flush=True,
        )
    print(f"median ratio {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
