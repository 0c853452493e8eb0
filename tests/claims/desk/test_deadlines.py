"""Which requests have reached their deadline: the clock's own count, whatever the request went through."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.clock.asked import Asked, Extension, Pause
from claims.clock.calendar import CalendarRow
from claims.clock.counting import read_clock
from claims.clock.words import ClockState
from claims.desk.deadlines import read_deadlines
from claims.models.asking import ClockExtension, ClockPause
from claims.models.calendar import CalendarDay
from claims.models.response import ResponseRequest
from claims.vocabulary import RequestState
from tests.factories.cast import Cast
from tests.factories.claims import NOW, draft_claim
from tests.factories.nouns import JurisdictionFactory, OfficeFactory

TODAY = date(2026, 3, 2)  # a Monday
NOTHING = {"en": "", "th": ""}


def asked(cast: Cast, day: date, *, days: int = 15, state: str = RequestState.AWAITING) -> ResponseRequest:
    claim = draft_claim(by=cast.contributor)
    return ResponseRequest.objects.create(
        claim=claim, office=OfficeFactory.create(), asked_on=day, working_days=days, state=state, sent_by=cast.editor
    )


def pause(request: ResponseRequest, cast: Cast, first: date, last: date | None) -> None:
    why = {"reason_en": "Talks", "reason_th": "เจรจา"}
    ClockPause.objects.create(request=request, from_on=first, until_on=last, by=cast.editor, at=NOW, **why)


def extend(request: ResponseRequest, cast: Cast, days: int) -> None:
    why = {"reason_en": "Asked for", "reason_th": "ขอขยาย"}
    ClockExtension.objects.create(request=request, working_days=days, granted_on=TODAY, by=cast.editor, at=NOW, **why)


def holiday(cast: Cast, day: date) -> None:
    CalendarDay.objects.create(
        jurisdiction=JurisdictionFactory.create(), day=day, name_en="Closed", name_th="ปิด", announced_on=day,
        where="Gazette", recorded_by=cast.editor, recorded_at=NOW,
    )  # fmt: skip


def test_a_deadline_is_due_on_its_day_and_overdue_on_the_next(cast: Cast) -> None:
    request = asked(cast, date(2026, 2, 23), days=5)  # Tuesday to Monday
    assert read_deadlines(TODAY).due == ((request.pk, TODAY),)
    assert read_deadlines(TODAY).overdue == ()
    assert read_deadlines(TODAY - timedelta(days=1)).due == ()
    assert read_deadlines(TODAY + timedelta(days=1)).overdue == ((request.pk, TODAY),)


def test_an_answer_stops_it_and_an_acknowledgement_does_not(cast: Cast) -> None:
    asked(cast, date(2026, 1, 5), state=RequestState.ANSWERED)
    asked(cast, date(2026, 1, 5), state=RequestState.DECLINED)
    open_one = asked(cast, date(2026, 1, 5), state=RequestState.ACKNOWLEDGED)
    assert [key for key, _ in read_deadlines(TODAY).overdue] == [open_one.pk]


def test_every_request_is_where_its_own_clock_says(cast: Cast) -> None:
    """Pauses, extensions and a day of our own calendar, against the clock of each request by itself."""
    closed = date(2026, 2, 25)
    holiday(cast, closed)
    rows = [CalendarRow(closed, True, NOTHING, closed)]
    expected = {}
    for back in range(0, 60, 3):
        day = TODAY - timedelta(days=back)
        for kind in ("plain", "paused", "open pause", "extended", "both"):
            request = asked(cast, day, days=10)
            pauses, extensions = [], []
            if kind in ("paused", "both"):
                first, last = day + timedelta(days=1), day + timedelta(days=4)
                pause(request, cast, first, last)
                pauses.append(Pause(first, last, NOTHING))
            if kind == "open pause":
                pause(request, cast, day + timedelta(days=9), None)
                pauses.append(Pause(day + timedelta(days=9), None, NOTHING))
            if kind in ("extended", "both"):
                extend(request, cast, 3)
                extend(request, cast, 2)
                extensions = [Extension(3, TODAY, NOTHING), Extension(2, TODAY, NOTHING)]
            clock = read_clock(Asked("", NOTHING, day, 10, pauses, extensions, rows=rows), TODAY)
            expected[request.pk] = (clock.state, clock.due_on)
    found = read_deadlines(TODAY)
    over = (ClockState.OVERDUE, ClockState.LONG_OVERDUE)
    assert dict(found.overdue) == {
        key: day
        for key, (state, day) in expected.items()
        if day and day < TODAY and state in {*over, ClockState.PAUSED}
    }
    assert {key for key, (state, _) in expected.items() if state in over} <= dict(found.overdue).keys()
    assert dict(found.due) == {key: day for key, (_, day) in expected.items() if day == TODAY}
    assert len(found.overdue) > 20


def test_it_costs_two_queries_however_many_wait(cast: Cast) -> None:
    costs = []
    for _ in range(2):
        for back in (5, 30, 60):
            extend(asked(cast, TODAY - timedelta(days=back)), cast, 1)
        with CaptureQueriesContext(connection) as queries:
            read_deadlines(TODAY)
        costs.append(len(queries))
    assert costs == [2, 2]


def test_the_oldest_deadline_comes_first(cast: Cast) -> None:
    later, earlier = (asked(cast, day, days=5) for day in (date(2026, 1, 12), date(2026, 1, 5)))
    assert [key for key, _ in read_deadlines(TODAY).overdue] == [earlier.pk, later.pk]
