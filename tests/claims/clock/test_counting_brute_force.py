"""The count equals a slow one that writes twenty years of days down and crosses out what does not count."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.clock.asked import Asked, Pause
from claims.clock.calendar import KNOWN_YEARS, CalendarRow
from claims.clock.counting import read_clock
from claims.clock.explaining import DayLine, explain
from claims.clock.words import ClockState, DayKind
from claims.vocabulary import RequestState

from .requests import asked, extension, pause, row

FIRST, LAST = date(2015, 1, 1), date(2035, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=offset) for offset in range((LAST - FIRST).days + 1)]
DAYS = st.dates(FIRST, date(2034, 12, 31))


@cache
def thai() -> frozenset[date]:
    found = holidays.country_holidays("TH", years=list(KNOWN_YEARS), categories=("public", "government"))
    return frozenset(found)


@dataclass(frozen=True)
class Brute:
    """What the slow count finds."""

    counted: list[date]
    due: date | None


def brute(request: Asked) -> Brute:
    off = {day for day in EVERY_DAY if day.isoweekday() in (6, 7)} | set(thai())
    for late in request.rows:
        if late.is_holiday:
            off.add(late.day)
        elif late.day.isoweekday() < 6:
            off.discard(late.day)
    for stop in request.pauses:
        off |= {day for day in EVERY_DAY if stop.first <= day <= (stop.last or LAST)}
    counted = [day for day in EVERY_DAY if day > request.delivered_on and day not in off]
    wanted = request.working_days + sum(item.days for item in request.extensions)
    return Brute(counted, counted[wanted - 1] if len(counted) >= wanted else None)


@st.composite
def pauses(draw: st.DrawFn, delivered: date) -> list[Pause]:
    closed = draw(st.lists(st.tuples(st.integers(-5, 90), st.integers(0, 60)), max_size=3))
    found = [
        pause(delivered + timedelta(days=start), delivered + timedelta(days=start + length)) for start, length in closed
    ]
    if draw(st.integers(0, 3)) == 0:
        found.append(pause(delivered + timedelta(days=draw(st.integers(0, 120)))))
    return found


@st.composite
def rows(draw: st.DrawFn, delivered: date) -> list[CalendarRow]:
    near = st.integers(-3, 150).map(lambda offset: delivered + timedelta(days=offset))
    # Days that are holidays of the package, so that taking one away is tried.
    official = [day for day in sorted(thai()) if -3 <= (day - delivered).days <= 150]
    days = draw(st.lists(st.one_of(near, st.sampled_from(official)) if official else near, unique=True, max_size=6))
    return [row(day, is_holiday=draw(st.booleans())) for day in days]


@st.composite
def requests(draw: st.DrawFn) -> Asked:
    delivered = draw(DAYS)
    state = draw(st.sampled_from([state for state in RequestState if state not in ("none_sought", "overdue")]))
    answered = None
    if state in (RequestState.ANSWERED, RequestState.PARTLY_ANSWERED, RequestState.DECLINED):
        answered = delivered + timedelta(days=draw(st.integers(0, 120)))
    return asked(
        delivered,
        draw(st.integers(1, 40)),
        pauses=draw(pauses(delivered)),
        extensions=[extension(days) for days in draw(st.lists(st.integers(1, 20), max_size=2))],
        state=state,
        answered_on=answered,
        rows=draw(rows(delivered)),
    )


@settings(max_examples=400, deadline=None)
@given(requests(), st.integers(0, 300))
def test_the_count_is_the_slow_count(request: Asked, later: int) -> None:
    slow = brute(request)
    today = min(request.delivered_on + timedelta(days=later), LAST)
    reading = read_clock(request, today)
    assert reading.due_on == slow.due
    until = min(today, request.answered_on) if request.answered_on else today
    number = len([day for day in slow.counted if day <= until])
    assert reading.number == number
    assert reading.over == (len([day for day in slow.counted if slow.due < day <= until]) if slow.due else 0)
    assert reading.left == reading.allowed - number + reading.over
    assert (reading.state is ClockState.STOPPED) == (request.answered_on is not None)
    late = request.answered_on is None and slow.due is not None and today > slow.due
    assert (reading.state in (ClockState.OVERDUE, ClockState.LONG_OVERDUE)) == late
    assert (reading.state is ClockState.LONG_OVERDUE) == (late and number > 2 * reading.allowed)


@settings(max_examples=150, deadline=None)
@given(requests(), st.integers(0, 300), st.integers(1, 120))
def test_the_windows_of_the_explanation_join_to_the_whole_slow_count(request: Asked, later: int, most: int) -> None:
    slow = brute(request)
    today = min(request.delivered_on + timedelta(days=later), LAST)
    lines: list[DayLine] = []
    start: date | None = None
    while True:
        window = explain(request, today, start=start, most=most)
        assert len(window.lines) <= most
        assert window.days_before == len(lines)
        lines += window.lines
        if window.after_from is None:
            break
        start = window.after_from
    assert window.days_after == 0
    assert [line.day for line in lines] == [day for day in EVERY_DAY if window.first <= day <= window.last]
    counted = [line for line in lines if line.kind is DayKind.COUNTED]
    assert [line.day for line in counted] == [day for day in slow.counted if day <= window.last]
    assert [line.number for line in counted] == list(range(1, len(counted) + 1))
    assert [line.day for line in lines if line.is_due] == ([slow.due] if slow.due and slow.due <= window.last else [])
    assert (lines[0].kind, lines[0].day) == (DayKind.DAY_ZERO, request.delivered_on)
