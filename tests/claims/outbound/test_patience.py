"""A server that asks for a moment gets it once; one that asks for long is left alone."""

import asyncio
from dataclasses import replace

import pytest

from claims.outbound.client import Client
from claims.outbound.politeness import HostGate
from claims.outbound.results import Fetched, Postponed, Request, Result
from tests.claims.outbound.origin import LIMITS, PRIVATE, PUBLIC, Origin, client_for, response, running

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", PUBLIC, PRIVATE])


async def ask(status: int, wait: str, *, answers_after: int = 1) -> tuple[Result, Origin]:
    """A page that puts off so many requests before it answers."""
    async with running() as origin:

        async def behave(writer: asyncio.StreamWriter) -> None:
            is_put_off = len(origin.heard) <= answers_after
            writer.write(response(status, b"", headers={"Retry-After": wait}) if is_put_off else response())
            await writer.drain()

        origin.routes["/"] = behave
        gate = HostGate(interval=0.0, wait=5.0)
        async with client_for(origin, limits=replace(LIMITS, total_seconds=3.0), gate=gate) as client:
            return await client.fetch(Request(origin.url("/"))), origin


@pytest.mark.parametrize("status", [429, 503])
def test_a_moment_is_granted_once(status: int) -> None:
    result, origin = asyncio.run(ask(status, "1"))
    assert isinstance(result, Fetched)
    assert [hop.status for hop in result.chain] == [status, 200]
    first, second = origin.starts
    assert second - first >= 1.0
    assert result.retry_after == 0


def test_a_second_refusal_is_the_answer() -> None:
    result, origin = asyncio.run(ask(503, "1", answers_after=9))
    assert isinstance(result, Fetched)
    assert (result.status, result.retry_after, len(origin.heard)) == (503, 1.0, 2)


def test_a_long_pause_is_not_waited_for() -> None:
    result, origin = asyncio.run(ask(429, "120"))
    assert isinstance(result, Fetched)
    assert (result.status, result.retry_after, len(origin.heard)) == (429, 120.0, 1)


def test_who_is_put_off_says_whether_the_neighbours_are_too() -> None:
    async def main() -> tuple[Result, Result]:
        async with running() as origin:
            gate = HostGate(interval=0.0, wait=0.2)
            origin.routes["/"] = response()
            origin.routes["/moved"] = response(301, b"", headers={"Location": origin.url("/", "other.test.example")})
            client: Client = client_for(origin, gate=gate)
            async with client, gate.turn("other.test.example"):
                gate.pause("other.test.example", 60)
                led = await client.fetch(Request(origin.url("/moved")))
                own = await client.fetch(Request(origin.url("/", "other.test.example")))
                return led, own

    led, own = asyncio.run(main())
    assert isinstance(led, Postponed)
    assert isinstance(own, Postponed)
    assert (led.is_own_host, own.is_own_host) == (False, True)
