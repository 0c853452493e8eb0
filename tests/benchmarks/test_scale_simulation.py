"""The arithmetic of the simulated day on cases small enough to reckon by hand."""

import random
from dataclasses import replace

import pytest

from benchmarks.scale_inputs import Capacity, Costs, Installation, Mix, World, cadence_mix, even_mix, host_shares
from benchmarks.scale_simulation import Run, Simulation, Use, packed, standing, uses
from claims.outbound.limits import Limits
from claims.sources import due

QUIET = Mix(looks=1, changed=0, failed=0, peak=1)
AT = Installation(processes=1)
WORLD = World(looks=14_400, sources=14_400, hosts=1, largest_share=1, failing=0, changing=0, latency=0.5, slow=0)


def day(at: Installation, world: World) -> Run:
    return Simulation(at, world, Costs(), host_shares(world.hosts, world.largest_share), QUIET).day()


def test_the_installation_as_shipped_has_the_limits_of_the_product() -> None:
    at, limits = Installation(), Limits()
    assert (at.per_tick, at.per_host) == (due.PER_TICK, due.SOURCES_PER_HOST)
    assert (at.hosts_per_batch, at.per_batch) == (due.HOSTS_PER_BATCH, due.SOURCES_PER_BATCH)
    assert (at.interval_ms, at.connections) == (limits.host_interval_seconds * 1_000, limits.host_connections)


def test_sources_are_packed_as_the_product_packs_them() -> None:
    rng = random.Random(3)
    counts = [(host, rng.choice([1, 1, 1, 5, 40, 100])) for host in range(150)]
    rows = [(number, f"h{host}") for host, count in counts for number in range(count)]
    expected = [len(ids) for ids in due._packed(rows)]
    assert [sum(number for _, number in batch) for batch in packed(counts, AT)] == expected


def test_a_host_within_its_pace_is_seen_completely() -> None:
    run = day(AT, WORLD)  # ten sources a tick: nine pauses of 250 ms and one answer of half a second
    assert (run.done, run.left, run.batches, run.postponed) == (14_400, 0, 1_440, 0)
    assert run.busy == pytest.approx(1_440 * 2.75)


def test_what_a_host_cannot_bear_stays_due() -> None:
    run = day(AT, replace(WORLD, looks=288_000))  # two hundred a tick, of which a hundred are leased
    assert (run.done, run.left_largest) == (144_000, 144_000)


def test_one_process_too_few_drops_ticks_instead_of_piling_up_batches() -> None:
    run = day(replace(AT, interval_ms=2_000), replace(WORLD, looks=144_000))  # a batch of a hundred takes 198.5 s
    assert run.dropped_ticks > 0
    assert run.longest_wait < 2 * 198.5
    assert run.done + run.left == pytest.approx(144_000, abs=1)


def test_two_batches_of_one_host_do_not_talk_to_it_at_once() -> None:
    run = day(replace(AT, processes=4, tick_seconds=10), replace(WORLD, looks=864_000))  # a batch takes 25 s
    assert run.postponed > 0
    assert run.done <= 86_400 * 4 + 100


def test_a_share_above_one_says_how_many_sources_are_always_late() -> None:
    turns = [Use("tick", 4, 1, ""), Use("leased", 1, 1, ""), Use("paced", 1, 1, ""), Use("held", 1, 1, "")]
    world = replace(WORLD, sources=1_000)
    assert standing(AT, world, turns) == AT.per_tick + 750
    assert standing(replace(AT, reads_all_due=False), world, turns) == AT.per_tick


def test_the_scarcest_resource_comes_first_and_is_scaled_to_the_whole_load() -> None:
    world = replace(WORLD, looks=28_800_000, sources=28_800_000, hosts=1_000, largest_share=0.01)
    at = replace(AT, processes=10_000)
    found = uses(at, world, Costs(), Capacity(), QUIET, day(at, world))
    assert [use.share for use in found] == sorted((use.share for use in found), reverse=True)
    assert {use.name: use.share for use in found}["tick: sources leased"] == pytest.approx(10)


def test_what_grows_with_the_square_of_the_load_breaks_at_the_root() -> None:
    assert Use("pace", 4, 1, "").breaks_at(1_000) == 250
    assert Use("counting", 4, 1, "", power=2).breaks_at(1_000) == 500
    assert Use("lease", 4, 1, "", power=0).breaks_at(1_000) == float("inf")


def test_shares_of_hosts_sum_to_one_and_begin_with_the_largest() -> None:
    shares = host_shares(1_000, 0.05)
    assert sum(shares) == pytest.approx(1)
    assert shares[0] == pytest.approx(0.05, abs=1e-4)
    assert shares == sorted(shares, reverse=True)


def test_a_quiet_population_is_looked_at_once_a_month_and_the_seed_decides_the_rest() -> None:
    quiet = replace(World(), failing=0, changing=0, fresh=0)
    mix = cadence_mix(quiet, sample=500, days=300)
    assert mix.looks == pytest.approx(1 / 30, rel=0.1)
    assert (mix.changed, mix.failed) == (0, 0)
    assert cadence_mix(World(), sample=200, days=90, seed=5) == cadence_mix(World(), sample=200, days=90, seed=5)


def test_looked_at_daily_a_source_that_changes_fortnightly_is_found_changed_once_in_fourteen() -> None:
    mix = even_mix(World(looks=100, sources=100, changing=0.14, change_days=14, failing=0.02))
    assert mix.changed == pytest.approx(0.01)
    assert (mix.failed, mix.looks) == (0.02, 1)
