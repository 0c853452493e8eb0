"""What a batch costs the database does not grow with the number of its sources."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models.evidence import EvidenceCitation
from claims.models.flag import Flag
from claims.models.source import Source
from claims.outbound.results import FetchFailure, Request, Result
from claims.sources.due import lease
from claims.sources.recheck import recheck
from claims.sources.record import Plan
from claims.vocabulary import FlagCode, QuoteState, SourceHealth
from tests.claims.sources.conftest import ARTICLE, LEASE, QUOTE, Web, answer
from tests.factories.claims import NOW, cite, draft_claim, make_source

EDITED = ARTICLE.replace("336", "366")
CORRECTED = ARTICLE.replace("disputed.", "disputed. Correction: the board met on Tuesday.")


def down(request: Request) -> Result:
    return FetchFailure(request.url, "unavailable", "connection_refused", final_url=request.url)


@pytest.fixture
def many(media: object, committed_db: str) -> Callable[[int], list[Source]]:
    by = User.objects.create(username="watcher", is_staff=True)
    claim = draft_claim(by=by)

    def make(count: int) -> list[Source]:
        Source.objects.update(next_check_at=None)
        sources = [make_source(by=by, url=f"https://h{n % 7}.example.org/{count}/{n}") for n in range(count)]
        for source in sources:
            cite(claim, by=by, source=source, quote=QUOTE)
        return sources

    return make


def statements(web: Web, says: Callable[[Request], Result], now: datetime) -> int:
    """Statements that one batch of all sources makes."""
    web.says = says
    Source.objects.filter(next_check_at__isnull=False).update(next_check_at=now)
    leased = [batch for _ in range(9) for batch in lease(now=now, limit=500, lease_for=LEASE)]
    ids = tuple(pk for batch in leased for pk in batch.ids)
    Source.objects.filter(pk__in=ids).update(lease_token=leased[0].token)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        recorded = recheck(ids, token=leased[0].token, fetcher=web.open, plan=Plan(timedelta(hours=1)), now=now)
    assert len(recorded) == len(ids)
    return len(seen)


def test_a_batch_of_fifty_makes_as_many_statements_as_one_of_five(
    web: Web, many: Callable[[int], list[Source]]
) -> None:
    def page(body: str) -> Callable[[Request], Result]:
        return lambda request: answer(request.url, body)

    steps = [page(ARTICLE), page(ARTICLE), page(CORRECTED), page(ARTICLE), page(EDITED), page(ARTICLE), down, down]
    costs: dict[int, list[int]] = {}
    for count in (5, 50):
        sources = many(count)
        costs[count] = []
        for number, says in enumerate(steps):
            costs[count].append(statements(web, says, NOW + timedelta(hours=30 * number)))
            if says is steps[4]:
                edited = EvidenceCitation.objects.filter(source__in=sources, quote_state=QuoteState.EDITED)
                assert edited.count() == count
        assert set(Source.objects.filter(pk__in=[s.pk for s in sources]).values_list("health", flat=True)) == {
            SourceHealth.SUSPECT
        }
        assert Flag.objects.filter(code=FlagCode.QUOTE_EDITED, source__in=sources).count() == count
        assert Flag.objects.filter(code=FlagCode.PAGE_CHANGED, source__in=sources).count() == count
    assert costs[50][:6] == costs[5][:6]
    # of fifty, some hosts fail as a whole: their incidents cost as many statements as there are kinds, not hosts
    assert all(more - few <= 6 for few, more in zip(costs[5][6:], costs[50][6:], strict=True))
    assert max(costs[50]) <= 40
