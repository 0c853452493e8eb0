"""Turns at a host, with a real Valkey between two workers."""

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable

import pytest
import redis.asyncio
from django.conf import settings

from claims.outbound.politeness import HostBusy, HostGate, ValkeyLeases
from claims.outbound.retry_after import seconds_from

HOST = "busy.example.org"
Two = Callable[[ValkeyLeases, ValkeyLeases], Awaitable[None]]


def with_two_workers(work: Two) -> None:
    async def main() -> None:
        async with redis.asyncio.from_url(settings.REDIS_URL) as valkey:
            prefix = f"test-{time.monotonic_ns()}"
            await work(ValkeyLeases(valkey, prefix), ValkeyLeases(valkey, prefix))

    asyncio.run(main())


def test_a_host_belongs_to_one_worker_until_it_is_let_go() -> None:
    async def work(one: ValkeyLeases, other: ValkeyLeases) -> None:
        assert await one.take(HOST) == 0
        assert await one.take(HOST) == 0, "its own lease is renewed"
        assert 0 < await other.take(HOST) <= 30_000
        await other.leave(HOST, 0)  # not its own: nothing happens
        assert await other.take(HOST) > 0
        await one.leave(HOST, 0)
        assert await other.take(HOST) == 0

    with_two_workers(work)


def test_the_pause_outlives_the_worker_that_let_go() -> None:
    async def work(one: ValkeyLeases, other: ValkeyLeases) -> None:
        await one.take(HOST)
        await one.leave(HOST, 300)
        assert 200 < await other.take(HOST) <= 300
        assert 200 < await one.take(HOST) <= 300
        await asyncio.sleep(0.32)
        assert await other.take(HOST) == 0

    with_two_workers(work)


def test_two_workers_keep_the_interval_between_them() -> None:
    starts: list[float] = []

    async def work(one: ValkeyLeases, other: ValkeyLeases) -> None:
        gates = [HostGate(interval=0.1, wait=5, leases=leases) for leases in (one, other)]

        async def ask(gate: HostGate) -> None:
            async with gate.turn(HOST):
                starts.append(time.monotonic())

        await asyncio.gather(*(ask(gate) for gate in gates for _ in range(3)))

    with_two_workers(work)
    assert len(starts) == 6
    starts.sort()
    assert all(later - sooner >= 0.095 for sooner, later in itertools.pairwise(starts))


def test_retry_after_binds_the_other_worker_too() -> None:
    async def work(one: ValkeyLeases, other: ValkeyLeases) -> None:
        gate = HostGate(interval=0.0, wait=0.2, leases=one)
        async with gate.turn(HOST):
            gate.pause(HOST, 600)
        with pytest.raises(HostBusy) as busy:
            async with HostGate(interval=0.0, wait=0.2, leases=other).turn(HOST):
                raise AssertionError("nobody may ask now")
        assert 590 < busy.value.seconds <= 600

    with_two_workers(work)


def test_a_held_host_is_waited_for_and_then_given_up() -> None:
    async def work(one: ValkeyLeases, other: ValkeyLeases) -> None:
        await one.take(HOST)
        gate = HostGate(interval=0.0, wait=0.3, leases=other)
        with pytest.raises(HostBusy, match="busy for"):
            async with gate.turn(HOST):
                raise AssertionError("held by another")
        await one.leave(HOST, 0)
        async with gate.turn(HOST):
            pass

    with_two_workers(work)


def test_without_valkey_a_worker_is_polite_by_itself() -> None:
    async def main() -> None:
        async with redis.asyncio.from_url("redis://127.0.0.1:1/0") as nobody:
            leases = ValkeyLeases(nobody)
            assert await leases.take(HOST) == 0
            await leases.leave(HOST, 10)

    asyncio.run(main())


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120), (" 5 ", 5), ("0", 0), ("", 0), ("soon", 0), ("-5", 0), ("1.5", 0), ("٣", 0),
        ("9" * 30, 999_999_999),
        ("Thu, 01 Jan 1970 00:02:00 GMT", 120), ("Thu, 01 Jan 1970 00:00:10 GMT", 0), ("Thu, 99 Jan 1970", 0),
    ],
)  # fmt: skip
def test_retry_after_is_seconds_or_a_date(value: str, seconds: float) -> None:
    assert seconds_from(value, now=20 if "GMT" in value and "10" in value else 0) == seconds


def test_a_host_is_kept_for_its_next_page_and_let_go_when_none_comes() -> None:
    async def work(one: ValkeyLeases, other: ValkeyLeases) -> None:
        taken = 0

        class Counted:
            async def take(self, host: str) -> int:
                nonlocal taken
                taken += 1
                return await one.take(host)

            async def leave(self, host: str, pause_ms: int) -> None:
                await one.leave(host, pause_ms)

        gate = HostGate(interval=0.0, linger=0.2, leases=Counted())
        for _ in range(20):
            async with gate.turn(HOST):
                pass
        assert taken == 1
        assert await other.take(HOST) > 0, "still ours"
        await asyncio.sleep(0.3)
        assert await other.take(HOST) == 0
        await other.leave(HOST, 0)
        async with gate.turn(HOST):
            pass
        await gate.close()
        assert await other.take(HOST) == 0

    with_two_workers(work)


def test_a_pause_is_left_for_the_others_at_once_although_the_host_is_kept() -> None:
    async def work(one: ValkeyLeases, other: ValkeyLeases) -> None:
        gate = HostGate(interval=0.0, linger=5.0, leases=one)
        async with gate.turn(HOST):
            gate.pause(HOST, 60)
        assert 59_000 < await other.take(HOST) <= 60_000

    with_two_workers(work)
