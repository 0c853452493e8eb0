"""Check a leased batch: many hosts on one event loop, and a transaction for each portion of what was seen."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from claims.models.source import Source
from claims.outbound.results import Fetch, FetchFailure, Postponed
from claims.sources.bodies import keep
from claims.sources.observing import Observation, observe
from claims.sources.outcome import judge_failure
from claims.sources.record import Plan, Recorded, record
from claims.sources.watched import Watched, load

_PER_HOST = 2
_PORTION_SECONDS = 10.0  # between two writes of rows
_logger = logging.getLogger(__name__)


class Fetcher(Protocol):
    """Something with a `fetch`."""

    @property
    def fetch(self) -> Fetch: ...


OpenFetcher = Callable[[], AbstractAsyncContextManager[Fetcher]]


def recheck(ids: Sequence[int], *, token: UUID, fetcher: OpenFetcher, plan: Plan, now: datetime) -> list[Recorded]:
    """Look at the sources of a batch that are still under `token` and record what was seen, a portion at a time.

    After `plan.seconds` the looks that still run are given up; their sources go back to the queue.
    """
    watched = load(ids, token)
    if not watched:
        return []
    recorded: list[Recorded] = []
    unseen = {source.id: source for source in watched}
    with asyncio.Runner() as runner:
        looks = _Looks(watched, confirm_at_once=not plan.confirm, until=time.monotonic() + plan.seconds)
        runner.run(looks.begin(fetcher))
        try:
            while portion := runner.run(looks.portion()):
                for source, _ in portion:
                    del unseen[source.id]
                observations = [result for _, result in portion if isinstance(result, Observation)]
                recorded += _record(observations, token=token, plan=plan, now=now)
                waits = [(source.id, result.seconds) for source, result in portion if isinstance(result, Postponed)]
                _put_back(waits, token=token, now=now)
        finally:
            runner.run(looks.end())
    if unseen:
        _logger.warning("%d of %d looks did not fit into the time of their batch.", len(unseen), len(watched))
        _give_back(unseen, token=token, now=now)
    return recorded


class _Looks:
    """The looks of a batch on a loop that only runs while a portion is waited for, so that rows are written between."""

    def __init__(self, watched: list[Watched], *, confirm_at_once: bool, until: float) -> None:
        self._by_host: dict[str, deque[Watched]] = defaultdict(deque)
        for source in watched:
            self._by_host[source.url.split("/", 3)[2]].append(source)
        self._confirm_at_once = confirm_at_once
        self._until = until
        self._open = AsyncExitStack()
        self._lines: set[asyncio.Task[None]] = set()
        self._seen: list[tuple[Watched, Observation | Postponed]] = []

    async def begin(self, fetcher: OpenFetcher) -> None:
        client = await self._open.enter_async_context(fetcher())
        for line in self._by_host.values():
            for _ in range(min(_PER_HOST, len(line))):
                self._lines.add(asyncio.create_task(self._work(line, client.fetch)))

    async def _work(self, line: deque[Watched], fetch: Fetch) -> None:
        while line and time.monotonic() < self._until:
            source = line.popleft()
            result = await _observe_one(source, fetch, confirm_at_once=self._confirm_at_once)
            self._seen.append((source, result))  # after the await: a portion may have taken the list
            if isinstance(result, Postponed) and result.is_own_host:  # as all others would be, one wait after the other
                self._seen += [(other, Postponed(other.url, result.seconds)) for other in line]
                line.clear()

    async def portion(self) -> list[tuple[Watched, Observation | Postponed]]:
        """What was seen since the last portion; nothing when all is seen or the time is over."""
        while self._lines:
            left = self._until - time.monotonic()
            if left <= 0:
                break
            _, self._lines = await asyncio.wait(self._lines, timeout=min(left, _PORTION_SECONDS))
            if self._seen:
                break
        portion, self._seen = self._seen, []
        return portion

    async def end(self) -> None:
        """Give up the looks that still run, and wait until they are gone."""
        for line in self._lines:
            line.cancel()
        await asyncio.gather(*self._lines, return_exceptions=True)
        await self._open.aclose()


async def _observe_one(source: Watched, fetch: Fetch, *, confirm_at_once: bool) -> Observation | Postponed:
    """A fault of ours on one page must not take the others' results with it."""
    try:
        return await observe(source, fetch=fetch, keep=keep, confirm_at_once=confirm_at_once)
    except Exception:
        _logger.exception("The check of source %s failed.", source.public_id)
        failure = FetchFailure(source.url, "unavailable", "checker_failed", final_url=source.url)
        return Observation(source, failure, judge_failure(failure))


def _record(observations: list[Observation], *, token: UUID, plan: Plan, now: datetime) -> list[Recorded]:
    """One transaction for all; if one row spoils it, one for each, so that the rest is kept."""
    if not observations:
        return []
    try:
        return record(observations, token=token, plan=plan, now=now)
    except Exception:
        if len(observations) == 1:
            raise
        _logger.exception("A batch of %d could not be recorded at once.", len(observations))
    out: list[Recorded] = []
    for observation in observations:
        try:
            out += record([observation], token=token, plan=plan, now=now)
        except Exception:
            _logger.exception("Source %s could not be recorded.", observation.watched.public_id)
    return out


def _put_back(waits: list[tuple[int, float]], *, token: UUID, now: datetime) -> None:
    """Sources whose host another worker holds are due again when it may be free; nothing was seen of them."""
    if not waits:
        return
    with transaction.atomic():
        for source, seconds in waits:
            again = now + timedelta(seconds=max(seconds, 5.0))
            ours = Source.objects.filter(pk=source, lease_token=token)
            ours.update(next_check_at=again, lease_token=None, lease_until=None, attempts=0)


def _give_back(unseen: Collection[int], *, token: UUID, now: datetime) -> None:
    """Due again at once, as if they had not been leased: a slow neighbour says nothing about them."""
    ours = Source.objects.filter(pk__in=unseen, lease_token=token)
    ours.update(next_check_at=now, lease_token=None, lease_until=None, attempts=Greatest(F("attempts") - 1, 0))
