"""Taking turns at a host: two connections at most, a pause between requests, one worker at a time across machines.

A worker holds a host by one key in Valkey while it has work for it. Letting go does not delete the key but leaves it
standing for the pause (or for the host's Retry-After), so that the pause binds the next worker too.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

from redis.exceptions import RedisError

HOLD_MS = 30_000  # a dead worker blocks a host no longer than this
_POLL_SECONDS = 0.25

_TAKE = """
local now = redis.call('GET', KEYS[1])
if now == false or now == ARGV[1] then redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) return 0 end
return math.max(redis.call('PTTL', KEYS[1]), 1)
"""
_LEAVE = """
local now = redis.call('GET', KEYS[1])
if now ~= false and now ~= ARGV[1] then return 0 end
if tonumber(ARGV[2]) > 0 then redis.call('SET', KEYS[1], 'pause', 'PX', ARGV[2]) else redis.call('DEL', KEYS[1]) end
return 1
"""


class HostBusy(Exception):
    """Another worker holds the host, or it asked for a pause; `seconds` until it may be free."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"busy for {seconds:.1f} s")
        self.seconds = seconds


class HostLeases(Protocol):
    """Who may talk to a host, across processes and machines."""

    async def take(self, host: str) -> int:
        """0 when the host is ours now (or still), else milliseconds until it may be free."""

    async def leave(self, host: str, pause_ms: int) -> None:
        """Let go; nobody may take the host before the pause is over."""


class NoLeases:
    """One process alone: everything is free."""

    async def take(self, host: str) -> int:
        return 0

    async def leave(self, host: str, pause_ms: int) -> None:
        return


class ValkeyLeases:
    """Leases in Valkey, one key a host. `connection` is a `redis.asyncio.Redis` of the running loop."""

    def __init__(self, connection: Any, prefix: str = "tamroi") -> None:
        self._connection = connection
        self._prefix = prefix
        self._token = secrets.token_hex(8)

    async def take(self, host: str) -> int:
        try:
            return int(await self._connection.eval(_TAKE, 1, self._key(host), self._token, HOLD_MS))
        except RedisError:
            return 0  # without Valkey a worker is polite by itself

    async def leave(self, host: str, pause_ms: int) -> None:
        with suppress(RedisError):
            await self._connection.eval(_LEAVE, 1, self._key(host), self._token, pause_ms)

    def _key(self, host: str) -> str:
        return f"{self._prefix}:host:{host}"


@dataclass
class _Line:
    """Those in this process who want the same host."""

    slots: asyncio.Semaphore
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    wanted_by: int = 0
    next_at: float = 0.0
    held_until: float = 0.0
    leaving: asyncio.Task[None] | None = None


class HostGate:
    """Turns at hosts for one event loop. `connections` at once, `interval` seconds between starts.

    A host that nobody wants any more is kept for `linger` seconds: the next page of it is often on its way, and each
    letting go and taking again is a round trip. `close` lets go of all at once.
    """

    def __init__(
        self, *, interval: float, connections: int = 2, wait: float = 30.0, linger: float = 0.0,
        leases: HostLeases | None = None,
    ) -> None:  # fmt: skip
        self._interval = interval
        self._connections = connections
        self._wait = wait
        self._linger = linger
        self._leases = leases or NoLeases()
        self._lines: dict[str, _Line] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for a turn at `host` and hold a connection's slot. Raises `HostBusy` when it takes too long."""
        line = self._lines.setdefault(host, _Line(asyncio.Semaphore(self._connections)))
        line.wanted_by += 1
        try:
            async with line.slots:
                await self._start(host, line)
                yield
        finally:
            line.wanted_by -= 1
            if not line.wanted_by:
                await self._let_go_soon(host, line)

    def pause(self, host: str, seconds: float) -> None:
        """The host asked for a pause: it binds this worker now, and the others once the host is let go."""
        if line := self._lines.get(host):
            line.next_at = max(line.next_at, time.monotonic() + seconds)

    async def _start(self, host: str, line: _Line) -> None:
        async with line.lock:  # starts at one host are one at a time, so the pause between them is exact
            now = time.monotonic()
            if line.next_at - now > self._wait:
                raise HostBusy(line.next_at - now)
            await asyncio.sleep(max(0.0, line.next_at - now))
            await self._hold(host, line)
            line.next_at = max(line.next_at, time.monotonic() + self._interval)

    async def _hold(self, host: str, line: _Line) -> None:
        """Take the host across machines, or renew it when half of its time is over."""
        give_up = time.monotonic() + self._wait
        while line.held_until < time.monotonic():
            busy_ms = await self._leases.take(host)
            now = time.monotonic()
            if not busy_ms:
                line.held_until = now + HOLD_MS / 2_000
            elif now > give_up or busy_ms > HOLD_MS:  # more than a lease: the host asked for a long pause
                raise HostBusy(busy_ms / 1_000)
            else:
                await asyncio.sleep(min(busy_ms / 1_000, _POLL_SECONDS))

    async def close(self) -> None:
        """Let go of every host."""
        for line in self._lines.values():
            if line.leaving:
                line.leaving.cancel()
        await asyncio.gather(*(self._let_go(host, line) for host, line in list(self._lines.items())))

    async def _let_go_soon(self, host: str, line: _Line) -> None:
        if line.next_at - time.monotonic() > self._linger or not self._linger:  # a pause is for the others to know
            await self._let_go(host, line)
        elif line.leaving is None or line.leaving.done():
            line.leaving = asyncio.create_task(self._let_go_later(host, line))

    async def _let_go_later(self, host: str, line: _Line) -> None:
        await asyncio.sleep(self._linger)
        await self._let_go(host, line)

    async def _let_go(self, host: str, line: _Line) -> None:
        async with line.lock:  # a newcomer must not take the host between our decision and the leave
            if line.wanted_by:
                return
            remaining = line.next_at - time.monotonic()
            if line.held_until:
                line.held_until = 0.0
                await self._leases.leave(host, max(0, round(remaining * 1_000)))
            if remaining <= 0 and not line.wanted_by:
                self._lines.pop(host, None)
