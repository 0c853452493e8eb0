"""One polite, bounded, suspicious GET. Redirects are followed by hand, each judged like the first address."""

from __future__ import annotations

import asyncio
import hashlib
import ssl
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import quote, urljoin

import aiohttp
from aiohttp.connector import Connection
from multidict import CIMultiDictProxy
from yarl import URL

from claims.outbound import failures
from claims.outbound.body import read_body
from claims.outbound.limits import Limits
from claims.outbound.magic import Kind
from claims.outbound.policy import Policy, Refused, Target, judge_url
from claims.outbound.politeness import HostBusy, HostGate
from claims.outbound.resolver import JudgedResolver, Lookup
from claims.outbound.results import Fetched, FetchFailure, Hop, Postponed, Request, Result
from claims.outbound.retry_after import seconds_from
from claims.outbound.sockets import judging_socket_factory

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_KEPT_HEADERS = ("content-type", "content-length", "content-encoding", "etag", "last-modified", "retry-after")
_ACCEPT = "text/html,application/xhtml+xml,text/plain;q=0.9,application/pdf;q=0.9,*/*;q=0.5"


class _Answer(aiohttp.ClientResponse):
    """Remembers who answered: a short answer has given its connection back before anyone can ask."""

    peer = ""

    async def start(self, connection: Connection) -> aiohttp.ClientResponse:
        where = connection.transport.get_extra_info("peername") if connection.transport else None
        self.peer = str(where[0]) if where else ""
        return await super().start(connection)


@dataclass
class _Trip:
    """What one fetch has seen and spent so far."""

    request: Request
    budget: float  # seconds left of the total
    url: str = ""
    chain: list[Hop] = field(default_factory=list)
    address: str = ""
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    started: float = field(default_factory=time.monotonic)
    has_headers: bool = False
    retry_after: float = 0.0
    was_put_off: bool = False
    asks_again: bool = False

    @property
    def ms(self) -> int:
        return round((time.monotonic() - self.started) * 1_000)


class Client:
    """Fetches for one event loop: `async with Client(...) as client: await client.fetch(Request(url))`."""

    def __init__(
        self,
        *,
        policy: Policy,
        limits: Limits,
        user_agent: str,
        gate: HostGate | None = None,
        tls: ssl.SSLContext | None = None,
        lookup: Lookup | None = None,
    ) -> None:
        self._policy = policy
        self._limits = limits
        self._user_agent = user_agent
        self._gate = gate or HostGate(interval=limits.host_interval_seconds, connections=limits.host_connections)
        self._tls = tls or ssl.create_default_context()
        self._lookup = lookup
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(
            resolver=JudgedResolver(self._policy, self._lookup),
            use_dns_cache=False,
            ssl=self._tls,
            limit=0,  # the gate and the caller bound it
            limit_per_host=self._limits.host_connections,
            socket_factory=judging_socket_factory(self._policy),
            keepalive_timeout=10,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            auto_decompress=False,
            timeout=aiohttp.ClientTimeout(total=None, connect=None, sock_read=None, sock_connect=None),
            response_class=_Answer,
            headers={"User-Agent": self._user_agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate, br"},
            max_line_size=self._limits.header_field_bytes,
            max_field_size=self._limits.header_field_bytes,
        )
        return self

    async def __aexit__(self, *exc: object) -> None:
        if self._session:
            await self._session.close()
        await self._gate.close()

    async def fetch(self, request: Request) -> Result:
        """Answer, failure or postponement; never raises for anything the other side does."""
        trip = _Trip(request, self._limits.total_seconds, url=request.url)
        try:
            return await self._follow(trip)
        except HostBusy as busy:
            return Postponed(request.url, busy.seconds, is_own_host=not trip.chain)
        except Exception as error:  # noqa: BLE001 - whatever a stranger's server provokes becomes a row
            return self._failed(trip, failures.classify(error, has_headers=trip.has_headers))

    async def _follow(self, trip: _Trip) -> Result:
        seen: set[str] = set()
        while True:
            target = judge_url(trip.url, self._policy)
            trip.url = target.url
            if target.url in seen and not trip.asks_again:
                return self._failed(trip, failures.Failure("unavailable", "redirect_loop"))
            trip.asks_again = False
            if len(seen) > self._limits.redirects:
                return self._failed(trip, failures.Failure("unavailable", "too_many_redirects"))
            seen.add(target.url)
            # our own practice site needs no politeness, and a killed worker's hold on it would stop the practice
            async with nullcontext() if target.is_local_site else self._gate.turn(target.host):
                done = await self._ask(trip, target)
            if done is not None:
                return done

    async def _ask(self, trip: _Trip, target: Target) -> Result | None:
        """One request. None: the trip goes on at `trip.url`."""
        trip.has_headers = False
        before = time.monotonic()
        try:
            async with asyncio.timeout(trip.budget), self._open(trip, target) as answer:
                self._note(trip, answer)
                if self._may_ask_again(trip):
                    trip.was_put_off = trip.asks_again = True  # the gate keeps the pause that was asked for
                    return None
                to = answer.headers.get("Location", "").strip()
                if answer.status in _REDIRECTS and to:
                    trip.url = _absolute(target.url, to)
                    return None
                return await self._finish(trip, answer, target)
        finally:
            trip.budget = max(0.001, trip.budget - (time.monotonic() - before))

    @asynccontextmanager
    async def _open(self, trip: _Trip, target: Target) -> AsyncIterator[aiohttp.ClientResponse]:
        if self._session is None:
            raise RuntimeError("Enter the client first: async with Client(...) as client.")
        url = URL(target.url, encoded=True)
        if url.raw_host != target.host.strip("[]") or url.port != target.port:
            raise Refused("parsers_disagree", target.url)
        async with asyncio.timeout(self._limits.header_seconds):
            answer = await self._session.get(url, headers=_validators(trip.request, target.url), allow_redirects=False)
        try:
            yield answer
        finally:
            answer.close() if not answer.content.is_eof() else answer.release()

    def _note(self, trip: _Trip, answer: aiohttp.ClientResponse) -> None:
        trip.has_headers = True
        trip.status = answer.status
        trip.chain.append(Hop(trip.url, answer.status))
        trip.headers = _kept(answer.headers)
        trip.address = getattr(answer, "peer", "")
        trip.retry_after = 0.0
        if answer.status in (429, 503) and (wait := seconds_from(answer.headers.get("Retry-After", ""), time.time())):
            trip.retry_after = min(wait, self._limits.retry_after_cap_seconds)
            self._gate.pause(URL(trip.url, encoded=True).raw_host or "", trip.retry_after)

    def _may_ask_again(self, trip: _Trip) -> bool:
        """A server that asks for a moment's patience gets it, once: a busy second says nothing about a page."""
        return 0 < trip.retry_after <= self._limits.patience_seconds and not trip.was_put_off

    async def _finish(self, trip: _Trip, answer: aiohttp.ClientResponse, target: Target) -> Result:
        is_error = answer.status >= 400
        if answer.status == 304:
            kind, body, wire = Kind.EMPTY, b"", 0
        else:
            kind, body, wire = await read_body(answer, self._limits, is_error=is_error)
        return Fetched(
            url=trip.request.url,
            final_url=target.url,
            status=answer.status,
            chain=tuple(trip.chain),
            headers=trip.headers,
            kind=kind,
            body=body,
            body_sha256=hashlib.sha256(body).hexdigest() if body else "",
            content_type=answer.headers.get("Content-Type", "")[:100],
            address=trip.address,
            wire_bytes=wire,
            duration_ms=trip.ms,
            retry_after=trip.retry_after,
        )

    def _failed(self, trip: _Trip, failure: failures.Failure) -> FetchFailure:
        return FetchFailure(
            url=trip.request.url,
            outcome=failure.outcome,
            reason=failure.reason,
            about=failure.about,
            permanent=failure.permanent,
            status=trip.status,
            final_url=trip.url,
            chain=tuple(trip.chain),
            address=trip.address,
            duration_ms=trip.ms,
            retry_after=trip.retry_after,
            headers=trip.headers,
        )


def _validators(request: Request, url: str) -> dict[str, str]:
    if url != request.validators_for:
        return {}
    pairs = (("If-None-Match", request.etag), ("If-Modified-Since", request.last_modified))
    return {name: value for name, value in pairs if value}


def _kept(headers: CIMultiDictProxy[str]) -> dict[str, str]:
    return {name: headers[name][:500].replace("\x00", "") for name in _KEPT_HEADERS if name in headers}


def _absolute(base: str, location: str) -> str:
    """Where a Location header leads. Raw spaces and raw UTF-8 are common there and harmless once percent-coded."""
    try:
        location = location.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeDecodeError:
        location = location.encode("utf-8", "surrogateescape").decode("latin-1")
    host_end = location.find("/", location.find("//") + 2) if "//" in location else 0
    head, tail = (location, "") if host_end < 0 else (location[:host_end], location[host_end:])
    return urljoin(base, head + quote(tail, safe="/:?#[]@!$&'()*+,;=%-._~|{}^`\\"))
