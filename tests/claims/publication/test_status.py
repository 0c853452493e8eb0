"""A status joins what people decided with what machines saw, and never mixes their dates."""

import json
from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command
from pytest_django.asserts import assertNumQueries
from pytest_django.fixtures import Settings

from claims.models.evidence import EvidenceCitation
from claims.models.public_status import PublicStatus
from claims.models.response import ResponseRequest, StatementSearch
from claims.models.source import Source
from claims.publication.status import refresh_all, refresh_due
from claims.responses import log_search, send_request
from claims.vocabulary import Coverage, QuoteState, RequestState, Stance
from tests.factories.cast import Cast
from tests.factories.claims import NOW, draft_claim, publish_claim, published_claim, respond
from tests.factories.nouns import OfficeFactory

LATER = NOW + timedelta(days=1)


def observe(*, outcome: str, state: str = "", at: datetime = LATER) -> None:
    """Play the recorder of a source check."""
    Source.objects.update(last_outcome=outcome, last_checked_at=at)
    if state:
        EvidenceCitation.objects.update(quote_state=state, quote_state_at=at)
    PublicStatus.objects.update(status_due_at=at)


def test_the_body_is_the_shape_that_the_api_promises(cast: Cast, settings: Settings) -> None:
    settings.PUBLIC_ORIGIN = "https://tamroi.example"
    claim = published_claim(cast, slug="a-claim")
    assert json.loads(PublicStatus.objects.get().body) == {
        "id": str(claim.public_id),
        "slug": "a-claim",
        "url": {
            "en": "https://tamroi.example/en/claims/a-claim/",
            "th": "https://tamroi.example/th/claims/a-claim/",
        },
        "edition": 1,
        "state": "live",
        "rating": {
            "code": "not_yet_rated",
            "label": {"en": "Not yet rated", "th": "ยังไม่สรุปผล"},
            "value": None,
            "best": 5,
            "worst": 1,
        },
        "official_response": {
            "request": {"code": "none_sought", "asked_on": None, "due_on": None, "answered_on": None},
            "statements": {
                "code": "none",
                "stance": "neither",
                "count": 0,
                "last_on": None,
                "last_searched_on": None,
            },
        },
        "evidence_health": {"intact": 0, "edited": 0, "lost": 0, "unreachable": 0, "unchecked": 1},
        "findings": {"holds": 0, "fails": 0, "undetermined": 0, "recheck_due_since": None},
        "published_at": "2026-03-02T03:00:00Z",
        "content_updated_at": "2026-03-02T03:00:00Z",
        "observed_at": None,
        "version": 1,
    }


def test_an_observation_moves_observed_at_and_the_change_number_only(cast: Cast) -> None:
    published_claim(cast)
    before = PublicStatus.objects.get()
    observe(outcome="ok", state=QuoteState.INTACT)
    assert refresh_due(now=LATER) == 1
    after = PublicStatus.objects.get()
    assert (after.quotes_intact, after.quotes_unchecked, after.observed_at) == (1, 0, LATER)
    assert (after.version, after.content_updated_at) == (before.version, before.content_updated_at)
    assert after.content_change_no == before.content_change_no
    assert after.change_no > before.change_no


def test_a_newer_look_that_saw_the_same_is_no_change(cast: Cast) -> None:
    published_claim(cast)
    observe(outcome="ok", state=QuoteState.INTACT)
    refresh_due(now=LATER)
    before = PublicStatus.objects.get()
    observe(outcome="ok", at=LATER + timedelta(hours=1))
    refresh_due(now=LATER + timedelta(hours=1))
    after = PublicStatus.objects.get()
    assert after.change_no == before.change_no
    assert after.observed_at == LATER + timedelta(hours=1)
    assert json.loads(after.body)["observed_at"] == "2026-03-03T04:00:00Z"


@pytest.mark.parametrize("outcome", ["dns_error", "unavailable", "timeout", "blocked", "gone"])
def test_a_failed_fetch_counts_as_unreachable_and_changes_nothing_else(cast: Cast, outcome: str) -> None:
    published_claim(cast)
    observe(outcome="ok", state=QuoteState.INTACT)
    refresh_due(now=LATER)
    before = json.loads(PublicStatus.objects.get().body)
    observe(outcome=outcome)
    refresh_due(now=LATER)
    after = json.loads(PublicStatus.objects.get().body)
    assert after.pop("evidence_health") == {"intact": 0, "edited": 0, "lost": 0, "unreachable": 1, "unchecked": 0}
    assert before.pop("evidence_health")["intact"] == 1
    assert after == before


def test_a_lost_quote_stays_lost_while_its_source_cannot_be_opened(cast: Cast) -> None:
    published_claim(cast)
    observe(outcome="gone", state=QuoteState.LOST)
    refresh_due(now=LATER)
    assert PublicStatus.objects.get().quotes_lost == 1


def test_statements_are_summed_up_by_the_strongest_that_mentions_the_claim(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    monday = date(2025, 2, 17)
    respond({claim: Coverage.OTHER_POINT}, by=cast.contributor, said_earliest=monday, said_latest=monday)
    respond({claim: Coverage.PARTLY}, by=cast.contributor, said_latest=date(2025, 2, 18))
    respond({claim: Coverage.NOT_MENTIONED}, by=cast.contributor)
    publish_claim(claim, cast)
    status = PublicStatus.objects.get()
    assert (status.statements_code, status.stance, status.statements_count) == ("partly", Stance.NEITHER, 2)
    assert status.statements_last_on == date(2025, 2, 17)  # the only date that is exact


def test_our_own_request_is_a_change_of_content_and_runs_overdue(cast: Cast) -> None:
    claim = published_claim(cast)
    request = ResponseRequest(
        claim=claim, office=OfficeFactory.create(), asked_on=date(2026, 3, 2), due_on=date(2026, 3, 12)
    )
    send_request(request=request, by=cast.reviewer, now=LATER)
    refresh_due(now=LATER)
    status = PublicStatus.objects.get()
    assert (status.request_code, status.version, status.content_updated_at) == (RequestState.AWAITING, 2, LATER)
    assert refresh_due(now=NOW + timedelta(days=10)) == 0
    # The 13th begins in Bangkok seven hours before it begins in UTC.
    assert refresh_due(now=datetime.fromisoformat("2026-03-12T17:30:00+00:00")) == 1
    assert PublicStatus.objects.get().request_code == RequestState.OVERDUE


def test_a_request_is_overdue_from_the_day_after_it_is_due(cast: Cast) -> None:
    claim = published_claim(cast)
    request = ResponseRequest(
        claim=claim, office=OfficeFactory.create(), asked_on=date(2026, 3, 2), due_on=date(2026, 3, 12)
    )
    send_request(request=request, by=cast.reviewer, now=LATER)
    # The due day in Bangkok: its first second, its last, and the first of the day after.
    for instant, code in (
        ("2026-03-12T00:00:00+07:00", RequestState.AWAITING),
        ("2026-03-12T23:59:59+07:00", RequestState.AWAITING),
        ("2026-03-13T00:00:00+07:00", RequestState.OVERDUE),
    ):
        refresh_all(now=datetime.fromisoformat(instant))
        assert PublicStatus.objects.get().request_code == code, instant


def test_a_logged_search_dates_the_statements(cast: Cast) -> None:
    claim = published_claim(cast)
    search = StatementSearch(
        claim=claim,
        searched_on=date(2026, 3, 3),
        where_en="The ministry's site",
        where_th="เว็บไซต์กระทรวง",
        words="SSO budget",
        words_lang="en",
        found_en="Nothing.",
        found_th="ไม่พบ",
    )
    log_search(search=search, by=cast.contributor, now=LATER)
    refresh_due(now=LATER)
    assert json.loads(PublicStatus.objects.get().body)["official_response"]["statements"]["last_searched_on"] == (
        "2026-03-03"
    )


def test_many_statuses_cost_as_many_queries_as_few(cast: Cast) -> None:
    published_claim(cast)
    with assertNumQueries(10):
        refresh_all(now=LATER)
    for _ in range(4):
        published_claim(cast)
    with assertNumQueries(10):
        refresh_all(now=LATER)


def test_the_command_recomputes_those_that_are_due_or_all(
    cast: Cast, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    published_claim(cast)
    call_command("refresh_statuses")
    settings.PUBLIC_ORIGIN = "https://moved.example"
    call_command("refresh_statuses", "--all")
    assert capsys.readouterr().out == "0 statuses recomputed\n1 statuses recomputed\n"
    assert "https://moved.example/en/" in PublicStatus.objects.get().body
