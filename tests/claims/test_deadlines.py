"""The verbs of the clock refuse what has no sense, keep what was, and have the claims concerned recomputed."""

from datetime import date, timedelta

import pytest

from claims.deadlines import ClockRefused, resume_clock
from claims.models.asking import ClockExtension, ClockPause
from claims.models.calendar import CalendarDay
from claims.models.public_status import PublicStatus
from claims.models.response import ResponseRequest
from claims.responses import note_reply
from claims.vocabulary import RequestState
from ledger.models import Entry
from tests.factories.cast import Cast
from tests.factories.claims import NOW, draft_claim, published_claim
from tests.factories.requests import REASON, announce, ask, extend, pause

LATER = NOW + timedelta(days=1)


def last_entry() -> tuple[str, str]:
    entry = Entry.objects.latest("index")
    return entry.verb, entry.subject_kind


def answer(request: ResponseRequest, cast: Cast, answered_on: date = date(2026, 3, 5)) -> None:
    note_reply(request=request, state=RequestState.ANSWERED, answered_on=answered_on, by=cast.reviewer, now=NOW)


def test_a_pause_stands_until_it_is_ended(cast: Cast) -> None:
    request = ask(draft_claim(by=cast.contributor), by=cast.reviewer)
    pause(request, date(2026, 3, 4), by=cast.editor, now=LATER)
    assert last_entry() == ("clock.paused", "request")
    with pytest.raises(ClockRefused, match="stands since 2026-03-04"):
        pause(request, date(2026, 3, 6), by=cast.editor, now=LATER)
    with pytest.raises(ClockRefused, match="pause_ends_after_it_begins"):
        resume_clock(request=request, until_on=date(2026, 3, 3), by=cast.editor, now=LATER)
    resume_clock(request=request, until_on=date(2026, 3, 5), by=cast.reviewer, now=LATER)
    assert last_entry() == ("clock.resumed", "request")
    kept = ClockPause.objects.get()
    assert (kept.until_on, kept.reason_en, kept.reason_th, kept.by) == (date(2026, 3, 5), *REASON, cast.editor)
    with pytest.raises(ClockRefused, match="nothing to let go on"):
        resume_clock(request=request, until_on=date(2026, 3, 6), by=cast.editor, now=LATER)


def test_days_before_a_pause_that_stands_can_still_be_taken_out(cast: Cast) -> None:
    request = ask(draft_claim(by=cast.contributor), by=cast.reviewer)
    pause(request, date(2026, 3, 9), by=cast.editor, now=LATER)
    day = date(2026, 3, 4)
    pause(request, day, day, by=cast.editor, now=LATER)
    assert ClockPause.objects.count() == 2


def test_a_pause_cannot_begin_before_the_delivery(cast: Cast) -> None:
    request = ask(draft_claim(by=cast.contributor), by=cast.reviewer)
    with pytest.raises(ClockRefused, match="delivered on 2026-03-02"):
        pause(request, date(2026, 3, 1), by=cast.editor, now=LATER)


@pytest.mark.parametrize("reason", [("", "เหตุผล"), ("Why", "")])
def test_pauses_and_extensions_need_their_reason_in_both_languages(cast: Cast, reason: tuple[str, str]) -> None:
    request = ask(draft_claim(by=cast.contributor), by=cast.reviewer)
    with pytest.raises(ClockRefused, match="reason_"):
        pause(request, date(2026, 3, 4), reason=reason, by=cast.editor, now=LATER)
    with pytest.raises(ClockRefused, match="reason_"):
        extend(request, 5, reason=reason, by=cast.editor, now=LATER)
    assert not ClockPause.objects.exists()
    assert not ClockExtension.objects.exists()


def test_extensions_add_up_and_say_on_which_day_they_were_given(cast: Cast) -> None:
    request = ask(draft_claim(by=cast.contributor), by=cast.reviewer)
    for days in (5, 3):
        extend(request, days, by=cast.editor, now=LATER)
    assert list(ClockExtension.objects.values_list("working_days", "granted_on")) == [
        (5, date(2026, 3, 3)),
        (3, date(2026, 3, 3)),
    ]
    assert last_entry() == ("clock.extended", "request")
    with pytest.raises(ClockRefused, match="extension_days_possible"):
        extend(request, 0, by=cast.editor, now=LATER)


def test_a_clock_that_has_stopped_is_left_alone(cast: Cast) -> None:
    request = ask(draft_claim(by=cast.contributor), by=cast.reviewer)
    answer(request, cast)
    with pytest.raises(ClockRefused, match="has stopped"):
        pause(request, date(2026, 3, 4), by=cast.editor, now=LATER)
    with pytest.raises(ClockRefused, match="has stopped"):
        resume_clock(request=request, until_on=date(2026, 3, 4), by=cast.editor, now=LATER)
    with pytest.raises(ClockRefused, match="has stopped"):
        extend(request, 5, by=cast.editor, now=LATER)


def test_every_verb_has_the_claim_recomputed(cast: Cast) -> None:
    request = ask(published_claim(cast), by=cast.reviewer)
    calls = (
        lambda: pause(request, date(2026, 3, 4), by=cast.editor, now=LATER),
        lambda: resume_clock(request=request, until_on=date(2026, 3, 5), by=cast.editor, now=LATER),
        lambda: extend(request, 5, by=cast.editor, now=LATER),
    )
    for call in calls:
        PublicStatus.objects.update(status_due_at=None)
        call()
        assert PublicStatus.objects.get().status_due_at == LATER


def test_a_day_of_the_calendar_is_recorded_once_more_and_never_changed(cast: Cast) -> None:
    day = date(2026, 3, 9)
    announce(day, by=cast.editor)
    announce(day, by=cast.reviewer, is_holiday=False, now=LATER)
    kept = list(CalendarDay.objects.values_list("is_holiday", "recorded_by", "recorded_at"))
    assert kept == [(False, cast.reviewer.pk, LATER), (True, cast.editor.pk, NOW)]
    assert last_entry() == ("calendar.recorded", "calendar_day")


def test_a_day_without_a_name_is_refused(cast: Cast) -> None:
    with pytest.raises(ClockRefused, match="name_en"):
        announce(date(2026, 3, 9), by=cast.editor, name="")


@pytest.mark.parametrize(
    ("day", "answered_on", "country", "concerned"),
    [
        (date(2026, 3, 9), None, "TH", True),
        (date(2027, 3, 9), None, "TH", True),  # still waiting
        (date(2026, 3, 2), None, "TH", False),  # the day of delivery does not count anyway
        (date(2026, 3, 9), date(2026, 3, 5), "TH", True),  # answered, but the deadline would have been later
        (date(2026, 3, 13), date(2026, 3, 5), "TH", False),
        (date(2026, 3, 17), date(2026, 3, 20), "TH", True),  # after the deadline and before the answer
        (date(2026, 3, 9), None, "LA", False),
    ],
)
def test_a_late_holiday_concerns_the_claims_whose_count_meets_it(
    cast: Cast, day: date, answered_on: date | None, country: str, concerned: bool
) -> None:
    claim = published_claim(cast)
    published_claim(cast)  # nobody was asked about it
    request = ask(claim, by=cast.reviewer)
    if answered_on:
        answer(request, cast, answered_on)
    PublicStatus.objects.update(status_due_at=None, due_on=date(2026, 3, 12))
    announce(day, by=cast.editor, country=country, now=LATER)
    found = list(PublicStatus.objects.filter(status_due_at=LATER).values_list("claim", flat=True))
    assert found == ([claim.pk] if concerned else [])
