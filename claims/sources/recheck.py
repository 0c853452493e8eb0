"""Check a leased batch: many hosts on one event loop, then one transaction."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.db import transaction

from claims.models.source import Source
from claims.outbound.results import Fetch, FetchFailure, Postponed
from claims.sources.bodies import keep
from claims.sources.observing import Observation, observe
from claims.sources.outcome import judge_failure
from claims.sources.record import Plan, Recorded, record
from claims.sources.watched import Watched, load

_PER_HOST = 2
_logger = logging.getLogger(__name__)


class Fetcher(Protocol):
    """Something with a `fetch`."""

    @property
    def fetch(self) -> Fetch: ...


OpenFetcher = Callable[[], AbstractAsyncContextManager[Fetcher]]


def recheck(ids: Sequence[int], *, token: UUID, fetcher: OpenFetcher, plan: Plan, now: datetime) -> list[Recorded]:
    """Look at the sources of a batch that are still under `token` and record what was seen."""
    watched = load(ids, token)
    if not watched:
        return []
    seen = asyncio.run(_observe_all(watched, fetcher, confirm_at_once=not plan.confirm))
    observations = [result for result in seen if isinstance(result, Observation)]
    postponed = [result for result in seen if isinstance(result, Postponed)]
    recorded = _record(observations, token=token, plan=plan, now=now)
    _put_back(postponed, watched, token=token, now=now)
    return recorded


async def _observe_all(
    watched: list[Watched], fetcher: OpenFetcher, *, confirm_at_once: bool
) -> list[Observation | Postponed]:
    by_host: dict[str, deque[Watched]] = defaultdict(deque)
    for source in watched:
        by_host[source.url.split("/", 3)[2]].append(source)
    out: list[Observation | Postponed] = []

    async def work(line: deque[Watched], fetch: Fetch) -> None:
        while line:
            out.append(await _observe_one(line.popleft(), fetch, confirm_at_once=confirm_at_once))

    async with fetcher() as client, asyncio.TaskGroup() as group:
        for line in by_host.values():
            for _ in range(min(_PER_HOST, len(line))):
                group.create_task(work(line, client.fetch))
    return out


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


def _put_back(postponed: list[Postponed], watched: list[Watched], *, token: UUID, now: datetime) -> None:
    """Sources whose host another worker holds are due again when it may be free; nothing was seen of them."""
    if not postponed:
        return
    by_url = {source.url: source.id for source in watched}
    with transaction.atomic():
        for wait in postponed:
            ours = Source.objects.filter(pk=by_url[wait.url], lease_token=token)
            again = now + timedelta(seconds=max(wait.seconds, 5.0))
            ours.update(next_check_at=again, lease_token=None, lease_until=None, attempts=0)
