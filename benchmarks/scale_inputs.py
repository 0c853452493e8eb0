"""What `benchmarks.scale_simulation` starts from. Each number says whether it is measured, set or assumed."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from claims.sources.cadence import FIRST, after_failure, jittered, next_interval


@dataclass(frozen=True, slots=True)
class Installation:
    """What settings and code decide; as shipped."""

    processes: int = 2  # of all workers on all machines, one batch each at a time
    tick_seconds: float = 60  # RECHECK_TICK_SECONDS
    lease_seconds: float = 600  # RECHECK_LEASE_SECONDS
    interval_ms: float = 250  # OUTBOUND_HOST_INTERVAL_MS
    connections: int = 2
    per_tick: int = 2_000  # claims.sources.due
    per_host: int = 100
    hosts_per_batch: int = 20
    per_batch: int = 1_000
    largest_interval_ms: float = 0  # agreed with the largest host; 0: as everywhere. The product has no such setting
    largest_connections: int = 0
    reads_all_due: bool = True  # a lease ranks every source that is due
    counts_hosts: bool = True  # reads all sources of a host when one of them fails


_CODE = {
    "per_tick": 10_000, "per_host": 230, "hosts_per_batch": 200, "processes": 16, "counts_hosts": False,
    "reads_all_due": False,
}  # fmt: skip
STEPS: Sequence[tuple[str, dict[str, Any]]] = (
    ("As shipped, one worker", {}),
    ("Settings alone: a tick every 15 s, 32 processes", {"tick_seconds": 15, "processes": 32}),
    ("Code: larger ticks and batches, leases and incidents that do not read whole hosts; 16 processes", _CODE),
    (
        "And the largest host agrees to 125 ms and 4 connections",
        _CODE | {"largest_interval_ms": 125, "largest_connections": 4, "per_host": 450},
    ),
)


@dataclass(frozen=True, slots=True)
class World:
    """What is watched. All assumed, except `looks`, which is the aim."""

    looks: int = 10_000_000  # a day
    sources: int = 0  # each looked at equally often; 0: as many as the cadence makes `looks` of
    hosts: int = 200_000
    largest_share: float = 0.05  # of the sources; the others by Zipf's law
    failing: float = 0.04  # of the sources, always
    changing: float = 0.16  # of the sources, each once in `change_days`
    change_days: float = 14
    fresh: float = 0.05  # cited by claims published lately
    whole: float = 0.5  # of the good looks: answered in full, because the host sends no validators
    latency: float = 0.4  # seconds of one request
    slow: float = 0.01  # of the looks: those that take the whole of `slow_seconds`
    slow_seconds: float = 20
    page_bytes: float = 60_000  # on the wire, compressed


@dataclass(frozen=True, slots=True)
class Costs:
    """What one of each costs. Measured unless it says otherwise."""

    cpu_ms_unchanged: float = 0.86
    cpu_ms_whole: float = 2  # 1.0 without the network; the aim with it
    cpu_ms_changed: float = 5  # 4.6 without the network
    cpu_ms_visit: float = 2  # assumed: name look-up and TLS, which the benchmark has not
    statements_batch: float = 14  # 9 to 11 without citations
    portion_seconds: float = 10
    lease_ms: float = 0.15  # per source leased
    lease_us_per_due: float = 5  # per source that is due, leased or not: 3.5 (100 thousand) to 6.5 (500 thousand)
    count_us: float = 10  # per source of a failing host, in memory; 28 from disk
    wal_bytes: float = 3_800  # per look, lease and result, without whole pages
    pages: float = 10  # assumed: pages of 8 kB a look touches (row, indexes), each logged whole once after a checkpoint
    rows: float = 3  # a look writes: lease, result, and the check it adds or extends
    wal_bytes_changed: float = 7_000
    source_bytes: float = 830  # table and indexes
    check_bytes: float = 650
    snapshot_bytes: float = 12_000  # assumed: row with the text, compressed
    body_bytes: float = 20_000  # assumed: gzip in the storage
    valkey_visit: float = 2  # taking and leaving a host; renewing is added
    valkey_batch: float = 8  # assumed: what Celery needs


@dataclass(frozen=True, slots=True)
class Capacity:
    """What one database, one Valkey and one line are taken to bear. All assumed."""

    cores: float = 4  # of all workers
    statements: float = 3_000  # a second
    wal: float = 50e6  # bytes a second
    database_cores: float = 4
    rows_second: float = 10_000
    pages_second: float = 10_000  # at random
    disk: float = 8e12  # bytes of the database, for the first year
    storage: float = 16e12  # bytes of bodies, for the first year
    valkey: float = 50_000  # commands a second
    valkey_memory: float = 1e9
    network: float = 125e6  # bytes a second


@dataclass(frozen=True, slots=True)
class Mix:
    """What the cadence makes of a population: looks per source and day, shares of them, and the busiest hour."""

    looks: float
    changed: float
    failed: float
    peak: float


def cadence_mix(world: World, *, sample: int = 4_000, days: int = 120, seed: int = 1) -> Mix:
    """Follow `sample` sources, added over the first 30 of `days`, and look at the last ten."""
    rng = random.Random(seed)
    hours = [0] * 24
    looks = changed = failed = 0
    for number in range(sample):
        kind, is_fresh = rng.random(), rng.random() < world.fresh
        for at, outcome in _life(world, str(number), kind, is_fresh=is_fresh, days=days, rng=rng):
            if at >= days - 10:
                looks, changed, failed = looks + 1, changed + (outcome == "changed"), failed + (outcome == "failed")
                hours[int(at * 24) % 24] += 1
    return Mix(looks / sample / 10, changed / looks, failed / looks, max(hours) * 24 / looks)


def _life(
    world: World, key: str, kind: float, *, is_fresh: bool, days: int, rng: random.Random
) -> Iterator[tuple[float, str]]:
    """When a source is looked at (in days), and what is seen."""
    at, interval, since, failures = rng.random() * 30, FIRST, 0.0, 0
    while at < days:
        has_changed = False
        if kind < world.failing:
            failures += 1
            wait = after_failure(failures)
            yield at, "failed"
        else:
            odds = (1 - 1 / world.change_days) ** since if kind < world.failing + world.changing else 1.0
            has_changed = rng.random() >= odds
            interval = wait = next_interval(interval, has_changed=has_changed, is_fresh=is_fresh)
            yield at, "changed" if has_changed else "quiet"
        since = jittered(wait, key) / timedelta(days=1)
        at += since


def even_mix(world: World) -> Mix:
    """If all of `world.sources` are looked at equally often, whatever they do."""
    days = world.sources / world.looks
    changed = world.changing * (1 - (1 - 1 / world.change_days) ** days)
    return Mix(1 / days, changed, world.failing, 1.0)


def host_shares(hosts: int, largest: float) -> list[float]:
    """Shares of the sources by Zipf's law, largest first, its exponent such that the first has `largest`."""
    low, high = 0.0, 3.0
    for _ in range(24):
        exponent = (low + high) / 2
        total = sum(rank**-exponent for rank in range(1, hosts + 1))
        low, high = (exponent, high) if 1 / total < largest else (low, exponent)
    return [rank**-exponent / total for rank in range(1, hosts + 1)]
