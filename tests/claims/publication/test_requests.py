"""A public status keeps what the clocks of our requests are computed from, and nothing else of them."""

from datetime import date, timedelta

import pytest
from pytest_django.asserts import assertNumQueries

from claims.clock.asked import Asked
from claims.clock.counting import read_clock
from claims.clock.words import ClockState
from claims.deadlines import resume_clock
from claims.models.public_status import PublicStatus
from claims.publication.status import refresh_all, refresh_due
from claims.responses import note_reply
from claims.vocabulary import RequestState
from tests.factories.cast import Cast
from tests.factories.claims import NOW, published_claim
from tests.factories.nouns import OfficeFactory
from tests.factories.requests import REASON, announce, ask, extend, pause

LATER = NOW + timedelta(days=1)


def refreshed() -> PublicStatus:
    refresh_due(now=LATER)
    return PublicStatus.objects.get()


def test_a_request_is_kept_with_everything_that_its_clock_needs(cast: Cast) -> None:
    office = OfficeFactory.create(title_en="Secretary-General", title_th="เลขาธิการ")
    request = ask(published_claim(cast), by=cast.reviewer, office=office)
    day = date(2026, 3, 5)
    pause(request, day, day, by=cast.editor)
    extend(request, 2, by=cast.editor)
    announce(date(2026, 3, 9), by=cast.editor)
    why = {"en": REASON[0], "th": REASON[1]}
    assert refreshed().requests == [
        {
            "id": str(request.public_id),
            "office": {"en": "Secretary-General", "th": "เลขาธิการ"},
            "delivered_on": "2026-03-02",
            "working_days": 7,
            "pauses": [{"first": "2026-03-05", "last": "2026-03-05", "reason": why}],
            "extensions": [{"days": 2, "given_on": "2026-03-02", "reason": why}],
            "state": "awaiting",
            "answered_on": None,
            "calendar": [
                {
                    "day": "2026-03-09",
                    "is_holiday": True,
                    "name": {"en": "A special holiday", "th": "วันหยุดพิเศษ"},
                    "announced_on": "2026-03-03",
                    "source": "Royal Gazette 143",
                }
            ],
        }
    ]
    # 12 March, and four working days more: one paused, one a late holiday, two added.
    assert PublicStatus.objects.get().due_on == date(2026, 3, 18)


def test_each_cause_moves_the_deadline_and_is_a_change_of_content(cast: Cast) -> None:
    request = ask(published_claim(cast), by=cast.reviewer)
    assert (refreshed().due_on, refreshed().version) == (date(2026, 3, 12), 2)
    announce(date(2026, 3, 9), by=cast.editor)
    assert (refreshed().due_on, refreshed().version) == (date(2026, 3, 13), 3)
    announce(date(2026, 3, 9), by=cast.editor, is_holiday=False)
    assert (refreshed().due_on, refreshed().version) == (date(2026, 3, 12), 4)
    pause(request, date(2026, 3, 5), by=cast.editor)
    assert (refreshed().due_on, refreshed().version) == (None, 5)
    resume_clock(request=request, until_on=date(2026, 3, 5), by=cast.editor, now=NOW)
    assert (refreshed().due_on, refreshed().version) == (date(2026, 3, 13), 6)
    extend(request, 5, by=cast.editor)
    assert (refreshed().due_on, refreshed().version) == (date(2026, 3, 20), 7)


def test_a_day_that_changes_nothing_is_no_change(cast: Cast) -> None:
    ask(published_claim(cast), by=cast.reviewer)
    before = refreshed()
    announce(date(2026, 3, 1), by=cast.editor)
    PublicStatus.objects.update(status_due_at=LATER)
    assert (refreshed().version, refreshed().change_no) == (before.version, before.change_no)


def test_more_days_for_an_older_request_are_a_change_too(cast: Cast) -> None:
    claim = published_claim(cast)
    older = ask(claim, by=cast.reviewer)
    ask(claim, by=cast.reviewer, asked_on=date(2026, 3, 4))
    before = refreshed()
    extend(older, 5, by=cast.editor)
    after = refreshed()
    assert (after.due_on, after.version) == (before.due_on, before.version + 1)


def test_a_paused_request_never_turns_overdue(cast: Cast) -> None:
    request = ask(published_claim(cast), by=cast.reviewer)
    pause(request, date(2026, 3, 5), by=cast.editor)
    refresh_all(now=NOW + timedelta(days=400))
    assert PublicStatus.objects.get().request_code == RequestState.AWAITING


@pytest.mark.parametrize("state", [RequestState.AWAITING, RequestState.ACKNOWLEDGED])
def test_an_acknowledgement_runs_overdue_all_the_same(cast: Cast, state: RequestState) -> None:
    request = ask(published_claim(cast), by=cast.reviewer)
    note_reply(request=request, state=state, answered_on=None, by=cast.reviewer, now=NOW)
    refresh_all(now=NOW + timedelta(days=30))
    assert PublicStatus.objects.get().request_code == RequestState.OVERDUE


def test_every_office_has_its_own_clock_and_the_newest_request_stands_for_the_claim(cast: Cast) -> None:
    claim = published_claim(cast)
    first = ask(claim, by=cast.reviewer)
    second = ask(claim, by=cast.reviewer, asked_on=date(2026, 3, 4), working_days=20)
    status = refreshed()
    assert [item["id"] for item in status.requests] == [str(second.public_id), str(first.public_id)]
    assert (status.asked_on, status.due_on) == (date(2026, 3, 4), date(2026, 4, 1))
    states = [read_clock(Asked.from_json(item), date(2026, 3, 13)).state for item in status.requests]
    assert states == [ClockState.RUNNING, ClockState.OVERDUE]


def test_an_answered_request_keeps_no_day_after_its_end(cast: Cast) -> None:
    request = ask(published_claim(cast), by=cast.reviewer)
    note_reply(request=request, state=RequestState.ANSWERED, answered_on=date(2026, 3, 6), by=cast.reviewer, now=NOW)
    for day in (9, 13, 16):
        announce(date(2026, 3, day), by=cast.editor)
    # The 9th moves the deadline to the 13th, which is a holiday too, and so is the 16th.
    assert [row["day"] for row in refreshed().requests[0]["calendar"]] == ["2026-03-09", "2026-03-13", "2026-03-16"]
    announce(date(2026, 3, 18), by=cast.editor)
    PublicStatus.objects.update(status_due_at=LATER)
    assert (refreshed().due_on, len(refreshed().requests[0]["calendar"])) == (date(2026, 3, 17), 3)


def test_many_requests_cost_as_many_queries_as_one(cast: Cast) -> None:
    def asked_about() -> None:
        request = ask(published_claim(cast), by=cast.reviewer)
        extend(request, 2, by=cast.editor)

    asked_about()
    refresh_all(now=LATER)
    with assertNumQueries(13):
        refresh_all(now=LATER)
    for _ in range(3):
        asked_about()
    refresh_all(now=LATER)
    with assertNumQueries(13):
        refresh_all(now=LATER)
