"""What ten million looks a day need, and what breaks first: a day of the re-check, simulated. See docs/scale.md.

`python -m benchmarks.scale_simulation [--looks 10000000] [--processes 2] [--lease-us-per-due 5] …` (every number of
`benchmarks.scale_inputs` is an option). No database, no network: intervals are those of `claims.sources.cadence`, the
rest are numbers whose origin stands beside them. The same seed gives the same output. A table per installation:
what each resource would have to do for the whole load, as a share of what it can, the first to break on top.
"""

import argparse
import heapq
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from itertools import count
from typing import Any

from benchmarks.scale_inputs import STEPS, Capacity, Costs, Installation, Mix, World, cadence_mix, even_mix, host_shares

DAY = 86_400.0
HEADS = 250  # hosts followed one by one; the others have about one source due a tick
POLITE_WAIT = 30.0  # seconds a look waits for a host that another worker holds, then it is postponed


@dataclass(slots=True)
class Run:
    """What a simulated day came to."""

    done: int = 0
    batches: int = 0
    visits: int = 0
    portions: float = 0.0
    renewals: float = 0.0
    busy: float = 0.0
    postponed: int = 0
    dropped_ticks: int = 0
    expired: int = 0
    longest_wait: float = 0.0
    left: int = 0
    left_largest: int = 0


@dataclass(frozen=True, slots=True)
class Use:
    """One resource: what the load would ask of it, which grows with its `power` (0: follows from others), and has."""

    name: str
    need: float
    has: float
    unit: str
    power: int = 1

    @property
    def share(self) -> float:
        return self.need / self.has

    def breaks_at(self, looks: int) -> float:
        """Looks a day that use it up; infinite for what only follows."""
        return looks / self.share ** (1 / self.power) if self.power and self.share else math.inf


def packed(counts: Sequence[tuple[int, int]], at: Installation) -> Iterator[list[tuple[int, int]]]:
    """Batches of (host, sources), largest first: what `claims.sources.due` does with rows."""
    batch: list[tuple[int, int]] = []
    size = 0
    for host, number in sorted(counts, key=lambda pair: -pair[1]):
        if batch and (len(batch) == at.hosts_per_batch or size + number > at.per_batch):
            yield batch
            batch, size = [], 0
        batch.append((host, number))
        size += number
    if batch:
        yield batch


class Simulation:
    """A day, tick by tick: sources fall due, are leased, packed, and taken by the process that is free first."""

    def __init__(self, at: Installation, world: World, costs: Costs, shares: Sequence[float], mix: Mix) -> None:
        self._at, self._world, self._costs = at, world, costs
        looks = world.looks * at.tick_seconds / DAY
        self._arriving = [share * looks for share in shares[:HEADS]]
        self._arriving_tail = looks - sum(self._arriving)
        self._due = [0.0] * len(self._arriving)
        self._due_tail = 0.0
        self._host_free = [0.0] * len(self._arriving)
        self._free = [0.0] * at.processes
        self._cpu = cpu_ms(mix, world, costs) / 1_000
        self.run = Run()

    def day(self) -> Run:
        """Play the day, which begins with nothing due."""
        for tick in count():
            now = tick * self._at.tick_seconds
            if now >= DAY:
                break
            self._due = [due + new for due, new in zip(self._due, self._arriving, strict=True)]
            self._due_tail += self._arriving_tail
            if self._free[0] - now > self._at.tick_seconds:
                self.run.dropped_ticks += 1  # a message that nobody took within its period
            else:
                self._tick(now)
        self.run.left, self.run.left_largest = int(sum(self._due) + self._due_tail), int(self._due[0])
        return self.run

    def _tick(self, now: float) -> None:
        at = self._at
        ready = [min(int(due), at.per_host) for due in self._due]
        part = min(1.0, at.per_tick / max(1, sum(ready) + int(self._due_tail)))
        leased = [(host, int(number * part)) for host, number in enumerate(ready) if int(number * part)]
        for host, number in leased:
            self._due[host] -= number
        tail = min(int(self._due_tail), at.per_tick - sum(number for _, number in leased))
        self._due_tail -= tail
        for batch in packed(leased + [(-1, 1)] * tail, at):
            self._work(batch, now)

    def _work(self, batch: list[tuple[int, int]], now: float) -> None:
        start = max(now, heapq.heappop(self._free))
        self.run.longest_wait = max(self.run.longest_wait, start - now)
        if start - now > self._at.lease_seconds:  # its sources are due again and the message finds nothing
            self.run.expired += len(batch)
            heapq.heappush(self._free, start)
            for host, number in batch:
                self._back(host, number)
            return
        done, slowest = 0, 0.0
        for host, number in batch:
            seconds, seen = self._visit(host, number, start)
            slowest, done = max(slowest, seconds), done + seen
        world = self._world
        seconds = max(slowest + (1 - (1 - world.slow) ** done) * world.slow_seconds, done * self._cpu)
        heapq.heappush(self._free, start + seconds)
        run = self.run
        run.busy, run.done, run.batches = run.busy + seconds, run.done + done, run.batches + 1
        run.visits += len(batch)
        run.portions += 1 + seconds // self._costs.portion_seconds

    def _visit(self, host: int, number: int, start: float) -> tuple[float, int]:
        """Seconds until the last answer of a host, and how many sources were seen."""
        latency = self._world.latency
        seconds = (number - 1) * pace(self._at, host, latency) + latency
        if host < 0:
            return seconds, number
        wait = max(0.0, self._host_free[host] - start)
        if wait > POLITE_WAIT:
            self.run.postponed += number
            self._back(host, number)
            return POLITE_WAIT, 0
        self._host_free[host] = start + wait + seconds
        self.run.renewals += seconds // 15
        return wait + seconds, number

    def _back(self, host: int, number: int) -> None:
        if host < 0:
            self._due_tail += number
        else:
            self._due[host] += number


def pace(at: Installation, host: int, latency: float) -> float:
    """Seconds between two requests to a host, by its interval or by its few connections; host 0 is the largest."""
    interval, connections = at.interval_ms, at.connections
    if host == 0:
        interval = at.largest_interval_ms or interval
        connections = at.largest_connections or connections
    return max(interval / 1_000, latency / connections)


def cpu_ms(mix: Mix, world: World, costs: Costs) -> float:
    """Of a look, without what a visit to a host costs once."""
    quiet = 1 - mix.changed - mix.failed
    unchanged = quiet * (1 - world.whole) + mix.failed
    return (
        unchanged * costs.cpu_ms_unchanged
        + quiet * world.whole * costs.cpu_ms_whole
        + (mix.changed * costs.cpu_ms_changed)
    )


def uses(at: Installation, world: World, costs: Costs, can: Capacity, mix: Mix, run: Run) -> list[Use]:
    """Every resource for the whole load, the scarcest first; what the day did is scaled to it."""
    looks, scale = world.looks, world.looks / max(1, run.done)
    ticks, largest = DAY / at.tick_seconds, looks * world.largest_share
    turns = [
        Use("tick: sources leased", looks, at.per_tick * ticks, "a day"),
        Use("largest host: leased", largest, at.per_host * ticks, "a day"),
        Use("largest host: its pace", largest, DAY / pace(at, 0, world.latency), "a day"),
        Use("processes: held by batches", run.busy * scale / DAY, at.processes, "processes"),
    ]
    visits, batches = run.visits * scale, run.batches * scale
    cpu = (looks * cpu_ms(mix, world, costs) + visits * costs.cpu_ms_visit) / 1e3
    lease = (at.per_tick * costs.lease_ms + standing(at, world, turns) * costs.lease_us_per_due / 1e3) / 1e3
    statements = batches * 5 + run.portions * scale * (costs.statements_batch - 5) + ticks * 6
    commands = visits * costs.valkey_visit + run.renewals * scale + batches * costs.valkey_batch
    memory = at.per_tick * 12 + min(visits, world.hosts) * 150  # ids of a tick, a key a host
    wire = looks * (1 - mix.failed) * world.whole * world.page_bytes
    others = [
        Use("processes: CPU", cpu / DAY, can.cores, "cores"),
        Use("tick: time of the lease", lease, at.tick_seconds, "s", power=0),
        Use("Valkey: commands", commands / DAY, can.valkey, "a second"),
        Use("Valkey: memory", memory / 1e6, can.valkey_memory / 1e6, "MB"),
        Use("database: statements", statements / DAY, can.statements, "a second"),
        Use("database: counting hosts", counting(at, world, costs, mix) / DAY, can.database_cores, "cores", power=2),
        Use("network", wire / DAY / 1e6, can.network / 1e6, "MB/s"),
    ]
    return sorted(turns + others + stored(world, costs, can, mix), key=lambda use: -use.share)


def stored(world: World, costs: Costs, can: Capacity, mix: Mix) -> list[Use]:
    """What is written and kept. A change adds two checks: the one that saw it, and the next quiet one."""
    looks, changed = world.looks, world.looks * mix.changed
    log = looks * (costs.wal_bytes + costs.pages * 8_192) + changed * costs.wal_bytes_changed
    kept = world.sources * costs.source_bytes + 365 * changed * (2 * costs.check_bytes + costs.snapshot_bytes)
    return [
        Use("database: rows written", looks * costs.rows / DAY, can.rows_second, "a second"),
        Use("database: pages at random", looks * costs.pages / DAY, can.pages_second, "a second"),
        Use("database: log", log / DAY / 1e6, can.wal / 1e6, "MB/s"),
        Use("database: disk in a year", kept / 1e12, can.disk / 1e12, "TB"),
        Use("storage: bodies of a year", 365 * changed * costs.body_bytes / 1e12, can.storage / 1e12, "TB"),
    ]


def standing(at: Installation, world: World, turns: Sequence[Use]) -> float:
    """Sources that a lease reads as due in the long run: late ones come less often, until all looks can be made."""
    if not at.reads_all_due:
        return at.per_tick
    tick, leased, paced, processes = (max(1.0, use.share) for use in turns)
    late, late_largest = 1 - 1 / max(tick, processes), 1 - 1 / max(leased, paced)
    return at.per_tick + world.sources * max(late, world.largest_share * late_largest)


def counting(at: Installation, world: World, costs: Costs, mix: Mix) -> float:
    """Seconds a day of reading all sources of the largest host, once per portion in which one of it failed."""
    if not at.counts_hosts:
        return 0.0
    in_portion = min(at.per_host, costs.portion_seconds / pace(at, 0, world.latency))
    portions: float = world.looks * world.largest_share / in_portion
    once = world.sources * world.largest_share * costs.count_us / 1e6
    with_failure: float = 1 - (1 - mix.failed) ** in_portion
    return portions * with_failure * once


def show(title: str, found: Sequence[Use], run: Run, world: World) -> None:
    """Print a table and a line on the day."""
    print(f"\n## {title}")
    for use in found:
        print(f"{use.share:8.0%}  {use.name:27} {use.need:14,.1f} of {use.has:14,.1f} {use.unit}")
    print(
        f"  the day: {run.done:,} of {world.looks:,} looks, {run.left:,} still due ({run.left_largest:,} of them at the"
        f" largest host); {run.batches:,} batches of {run.done / max(1, run.batches):.0f}; longest wait"
        f" {run.longest_wait:.0f} s; ticks dropped {run.dropped_ticks:,}; looks postponed {run.postponed:,}"
    )
    first = min(found, key=lambda use: use.breaks_at(world.looks))
    print(f"  first to break: {first.name}, at {first.breaks_at(world.looks):,.0f} looks a day")


def main() -> None:
    """Print the cadence's mix and a table per step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    kinds = (Installation, World, Costs, Capacity)
    for field in (field for kind in kinds for field in fields(kind) if field.type is not bool):
        kind: Any = field.type
        parser.add_argument(f"--{field.name.replace('_', '-')}", type=kind, default=field.default)
    given = vars(parser.parse_args())
    at, world, costs, can = (given_of(kind, given) for kind in kinds)
    mix = cadence_mix(world, seed=given["seed"])
    print(
        f"By the cadence a source is looked at {mix.looks:.3f} times a day ({mix.changed:.1%} of the looks find a"
        f" change, {mix.failed:.1%} a failure; the busiest hour has {mix.peak:.2f} × the mean)."
    )
    if world.sources:
        mix = even_mix(world)
    else:
        world = replace(world, sources=round(world.looks / mix.looks))
    print(f"{world.sources:,} sources, {world.looks:,} looks a day, {mix.changed:.1%} changed, {mix.failed:.1%} failed")
    shares = host_shares(world.hosts, world.largest_share)
    for title, change in STEPS:
        step = replace(at, **change)
        run = Simulation(step, world, costs, shares, mix).day()
        show(title, uses(step, world, costs, can, mix, run), run, world)


def given_of(kind: Any, given: dict[str, Any]) -> Any:
    """The part of the options that belongs to one class."""
    return kind(**{field.name: given[field.name] for field in fields(kind) if field.name in given})


if __name__ == "__main__":
    main()
