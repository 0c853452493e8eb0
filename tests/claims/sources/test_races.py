"""What people and other hosts do while a check runs must not spoil what the check says."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from pytest_django.fixtures import Settings

from claims.evidence import check_now
from claims.models.evidence import EvidenceCitation
from claims.models.flag import Flag
from claims.models.source import Source, SourceCheck
from claims.outbound.results import Request, Result
from claims.sources import bodies, configured
from claims.sources.due import lease
from claims.sources.observing import Observation, observe
from claims.sources.recheck import recheck
from claims.sources.record import Plan, Recorded, record
from claims.sources.watched import load
from claims.vocabulary import Outcome, QuoteState
from tests.claims.sources.conftest import LEASE, TEXT, Watch, answer
from tests.factories.claims import NOW, cite, make_source

PLAN = Plan(confirm=timedelta(0))


def look_while(watch: Watch, **changes: Any) -> None:
    """A check that has read the page already when its citation is changed."""
    [batch] = lease(now=NOW, limit=10, lease_for=LEASE)
    [watched] = load(batch.ids, batch.token)
    seen = asyncio.run(observe(watched, fetch=watch.web.fetch, keep=bodies.keep, confirm_at_once=True))
    assert isinstance(seen, Observation)
    EvidenceCitation.objects.filter(pk=watch.citation.pk).update(**changes)
    assert len(record([seen], token=batch.token, plan=PLAN, now=NOW + timedelta(seconds=5))) == 1
    watch.source.refresh_from_db()
    watch.citation.refresh_from_db()


@pytest.mark.parametrize(
    "changes",
    [
        {"quote_exact": "the office set aside 999 million for public relations"},
        {"quote_prefix": "He denied that"},
        {"quote_suffix": "and nobody noticed."},
    ],
)
def test_a_check_says_nothing_of_a_quote_that_was_changed_meanwhile(watch: Watch, changes: dict[str, str]) -> None:
    look_while(watch, **changes)
    assert watch.citation.quote_state == QuoteState.UNCHECKED
    assert watch.citation.quote_state_at is None
    assert SourceCheck.objects.get().quotes == []
    assert watch.source.next_check_at == NOW + timedelta(seconds=5), "due again at once"
    assert watch.source.lease_token is None


def test_a_lost_quote_that_was_changed_meanwhile_is_not_flagged(watch: Watch) -> None:
    watch.web.shows(TEXT[0], TEXT[2])
    look_while(watch, quote_exact="The board met on Monday and spoke for three hours")
    assert watch.citation.quote_state == QuoteState.UNCHECKED
    assert not Flag.objects.exists()


def test_a_citation_that_moved_to_another_source_is_not_judged_by_the_old_one(watch: Watch) -> None:
    other = make_source(by=User.objects.get(username="watcher"))
    Source.objects.filter(pk=other.pk).update(next_check_at=None)
    look_while(watch, source=other)
    assert watch.citation.quote_state == QuoteState.UNCHECKED


def test_a_citation_deleted_meanwhile_takes_nothing_with_it(watch: Watch) -> None:
    assert watch.citation.claim is not None
    by = User.objects.get(username="watcher")
    other = cite(watch.citation.claim, by=by, source=watch.source, quote="spoke for three hours about the budget")
    [batch] = lease(now=NOW, limit=10, lease_for=LEASE)
    [watched] = load(batch.ids, batch.token)
    seen = asyncio.run(observe(watched, fetch=watch.web.fetch, keep=bodies.keep, confirm_at_once=True))
    assert isinstance(seen, Observation)
    EvidenceCitation.objects.filter(pk=watch.citation.pk).delete()
    assert len(record([seen], token=batch.token, plan=PLAN, now=NOW)) == 1
    other.refresh_from_db()
    assert other.quote_state == QuoteState.INTACT


@pytest.mark.parametrize("after", [timedelta(seconds=1), LEASE + timedelta(seconds=1)])
def test_a_wish_to_check_now_during_a_lease_stands_and_the_lease_too(watch: Watch, after: timedelta) -> None:
    [batch] = lease(now=NOW, limit=10, lease_for=LEASE)
    asked = NOW + after
    by = User.objects.get(username="watcher")
    assert check_now(sources=[watch.source], by=by, now=asked) == 1
    if after < LEASE:
        assert lease(now=asked, limit=10, lease_for=LEASE) == [], "the lease guards still"
    recheck(batch.ids, token=batch.token, fetcher=watch.web.open, plan=PLAN, now=asked)
    watch.source.refresh_from_db()
    assert watch.source.last_outcome == Outcome.OK
    assert watch.source.next_check_at == asked


@dataclass
class SlowHost:
    """Answers for every host but one, which never ends."""

    slow: str

    async def fetch(self, request: Request) -> Result:
        if self.slow in request.url:
            await asyncio.sleep(3_600)
        return answer(request.url)

    @asynccontextmanager
    async def open(self) -> AsyncIterator["SlowHost"]:
        yield self


def test_a_host_that_never_ends_costs_the_others_nothing(watch: Watch) -> None:
    by = User.objects.get(username="watcher")
    slow = [make_source(by=by, url=f"https://slow.example.net/{n}") for n in range(4)]
    Source.objects.exclude(pk__in=[watch.source.pk, *(s.pk for s in slow)]).update(next_check_at=None)
    Source.objects.filter(host="slow.example.net").update(next_check_at=NOW, attempts=2)
    [batch] = lease(now=NOW, limit=10, lease_for=LEASE)
    began = time.monotonic()
    plan = Plan(confirm=timedelta(0), seconds=0.5)
    [seen] = recheck(batch.ids, token=batch.token, fetcher=SlowHost("slow").open, plan=plan, now=NOW)
    assert time.monotonic() - began < 5
    assert seen.url == watch.source.url
    for source in slow:
        source.refresh_from_db()
        assert (source.attempts, source.lease_token, source.lease_until) == (2, None, None)
        assert (source.next_check_at, source.last_checked_at) == (NOW, None)
    watch.source.refresh_from_db()
    assert (watch.source.last_outcome, watch.source.attempts) == (Outcome.OK, 0)


def test_what_was_seen_is_written_while_others_still_run(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that dies in the middle has kept what it had seen."""
    late = make_source(by=User.objects.get(username="watcher"), url="https://late.example.net/")
    Source.objects.exclude(pk__in=[watch.source.pk, late.pk]).update(next_check_at=None)
    Source.objects.filter(pk=late.pk).update(next_check_at=NOW)
    [batch] = lease(now=NOW, limit=10, lease_for=LEASE)
    written: list[list[str]] = []

    def note(seen: list[Observation], **how: Any) -> list[Recorded]:
        written.append([observation.watched.url for observation in seen])
        return record(seen, **how)

    class Late(SlowHost):
        async def fetch(self, request: Request) -> Result:
            await asyncio.sleep(0.5 if self.slow in request.url else 0)
            return answer(request.url)

    monkeypatch.setattr("claims.sources.recheck._PORTION_SECONDS", 0.05)
    monkeypatch.setattr("claims.sources.recheck.record", note)
    assert len(recheck(batch.ids, token=batch.token, fetcher=Late("late").open, plan=PLAN, now=NOW)) == 2
    assert written == [[watch.source.url], [late.url]]


def test_a_batch_ends_before_its_worker_is_ended_and_its_lease_after(settings: Settings, media: Path) -> None:
    plan = configured.plan()
    # the last page and the rows
    assert settings.CELERY_TASK_SOFT_TIME_LIMIT - plan.seconds >= 60
    assert plan.seconds > settings.OUTBOUND_TOTAL_SECONDS * 5
    assert configured.lease_for().total_seconds() > settings.CELERY_TASK_TIME_LIMIT
    assert configured.lease_for().total_seconds() < settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
