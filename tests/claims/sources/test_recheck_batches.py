"""A batch under its lease: what others do meanwhile, and what one fault leaves to the rest."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from claims.models.evidence import EvidenceCitation
from claims.models.public_status import PublicStatus
from claims.models.source import Source, SourceCheck
from claims.outbound.results import Postponed
from claims.sources import bodies
from claims.sources.due import lease
from claims.sources.observing import Observation, observe
from claims.sources.recheck import recheck
from claims.sources.record import Plan, record
from claims.sources.watched import load
from claims.vocabulary import Outcome
from tests.claims.sources.conftest import ARTICLE, LEASE, QUOTE, TEXT, Watch, Web, answer, make_watch, page
from tests.factories.cast import Cast
from tests.factories.claims import NOW, make_source, published_claim

Hours = Callable[[float], datetime]


def test_a_worker_without_the_lease_does_not_even_ask(watch: Watch, web: Web, hours: Hours) -> None:
    [stale] = lease(now=NOW, limit=10, lease_for=LEASE)
    lease(now=hours(1), limit=10, lease_for=LEASE)
    assert recheck(stale.ids, token=stale.token, fetcher=web.open, plan=Plan(timedelta(0)), now=hours(1)) == []
    assert not web.asked


def test_results_of_a_lost_lease_are_dropped(watch: Watch, web: Web, hours: Hours) -> None:
    """A slow worker comes back after its lease ran out and a second one took over: only the second may write."""
    [stale] = lease(now=NOW, limit=10, lease_for=LEASE)
    [watched] = load(stale.ids, stale.token)
    seen = asyncio.run(observe(watched, fetch=web.fetch, keep=bodies.keep, confirm_at_once=False))
    assert isinstance(seen, Observation)
    [fresh] = lease(now=hours(1), limit=10, lease_for=LEASE)
    assert record([seen], token=stale.token, plan=Plan(timedelta(0)), now=hours(1)) == []
    assert not SourceCheck.objects.exists()
    assert len(record([seen], token=fresh.token, plan=Plan(timedelta(0)), now=hours(1))) == 1


def test_a_source_whose_host_is_busy_is_put_back_unseen(watch: Watch, web: Web, hours: Hours) -> None:
    web.says = lambda request: Postponed(request.url, 40.0)
    assert watch.look(NOW) == []
    assert watch.source.next_check_at == NOW + timedelta(seconds=40)
    assert watch.source.lease_token is None
    assert not SourceCheck.objects.exists()


def test_check_now_asked_for_during_a_check_is_not_forgotten(watch: Watch, web: Web, hours: Hours) -> None:
    [batch] = lease(now=NOW, limit=10, lease_for=LEASE)
    wanted = NOW + timedelta(seconds=1)
    Source.objects.update(next_check_at=wanted)
    recheck(batch.ids, token=batch.token, fetcher=web.open, plan=Plan(confirm=timedelta(0)), now=NOW)
    watch.source.refresh_from_db()
    assert watch.source.next_check_at == wanted


def test_the_development_site_is_due_at_every_tick(watch: Watch) -> None:
    watch.local_site = watch.source.host
    watch.look(NOW)
    assert watch.source.next_check_at == NOW


def test_a_fault_of_ours_on_one_page_leaves_the_others_their_results(watch: Watch, web: Web) -> None:
    by = User.objects.get(username="watcher")
    other = make_source(by=by)

    def says(request: object) -> object:
        if getattr(request, "url", "") == other.url:
            raise ZeroDivisionError
        return answer(watch.source.url)

    web.says = says  # type: ignore[assignment]  # a fault has no type
    watch.look(NOW)
    assert watch.source.last_outcome == Outcome.OK
    other.refresh_from_db()
    assert (other.last_outcome, other.checks.get().detail) == (Outcome.UNAVAILABLE, "checker_failed")


@pytest.mark.usefixtures("committed_db", "media")
def test_one_row_that_cannot_be_written_does_not_take_the_batch_with_it(web: Web) -> None:
    watch = make_watch(web)
    other = make_source(by=User.objects.get(username="watcher"))
    web.says = lambda request: answer(request.url, final_url="\x00" if request.url == other.url else request.url)
    watch.look(NOW)
    assert watch.source.last_outcome == Outcome.OK
    other.refresh_from_db()
    assert (other.last_outcome, other.attempts) == ("", 1)
    assert other.lease_until == NOW + LEASE, "it is due again when the lease is over"


def test_a_look_makes_the_status_of_the_claim_due(cast: Cast, media: Path, web: Web) -> None:
    claim = published_claim(cast)
    citation = EvidenceCitation.objects.get(claim=claim)
    assert citation.source is not None
    PublicStatus.objects.update(status_due_at=None)
    Watch(citation.source, citation, web).look(NOW + timedelta(hours=1))
    assert PublicStatus.objects.get().status_due_at == NOW + timedelta(hours=1)


def test_sources_of_fresh_claims_are_looked_at_every_three_days_at_least(cast: Cast, media: Path, web: Web) -> None:
    claim = published_claim(cast)
    citation = EvidenceCitation.objects.get(claim=claim)
    assert citation.source is not None
    Source.objects.update(interval_seconds=30 * 86_400)
    web.says = lambda request: answer(request.url, page(citation.quote_exact, *TEXT))
    watch = Watch(citation.source, citation, web)
    watch.look(NOW + timedelta(hours=1))
    assert watch.source.interval_seconds == 3 * 86_400
    watch.look(NOW + timedelta(days=40))
    assert watch.source.interval_seconds == round(4.5 * 86_400)


def test_the_quote_is_the_one_of_the_page() -> None:
    assert QUOTE in ARTICLE
