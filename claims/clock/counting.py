"""The count: day zero is the day of delivery, the next working day is day 1, the last one allowed is the deadline.

Weekends, holidays and paused days do not count; an extension adds working days at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .asked import Asked
from .calendar import Calendar, Version, is_known
from .words import ClockState

ONE_DAY = timedelta(days=1)
# Long overdue: more working days have passed since the deadline than this many times those that the office had.
LONG_OVERDUE_TIMES = 1


@dataclass(frozen=True, slots=True)
class Reading:
    """What the clock of one request says on a day.

    `due_on` is None while a pause without an end keeps the deadline open. `number` is the number of the last day that
    was counted up to today or to the answer (0: none yet), None when an answer came on a day that is not known; `left`
    and `over` are working days before and after the deadline, as of the same day. `unknown_years` are years of the
    count whose holidays are not known.
    """

    state: ClockState
    allowed: int
    due_on: date | None
    number: int | None
    left: int
    over: int
    stopped_on: date | None
    unknown_years: tuple[int, ...]
    version: Version


def read_clock(asked: Asked, today: date) -> Reading:
    """Read the clock of a request; `today` is the readers' date."""
    calendar, allowed = asked.calendar, asked.allowed
    due_on = due_day(asked, calendar)
    number = None if asked.is_stopped and asked.answered_on is None else _counted(asked, calendar, today)
    reached = number or 0
    return Reading(
        state=_state(asked, due_on, reached, today),
        allowed=allowed,
        due_on=due_on,
        number=number,
        left=max(allowed - reached, 0),
        over=max(reached - allowed, 0),
        stopped_on=asked.answered_on if asked.is_stopped else None,
        unknown_years=_unknown_years(asked, due_on, today),
        version=calendar.version,
    )


def due_day(asked: Asked, calendar: Calendar) -> date | None:
    """The day on which the last allowed working day is counted; None while an open pause keeps it from coming."""
    left = asked.allowed
    open_from = min((pause.first for pause in asked.pauses if pause.last is None), default=None)
    for day in days_after(asked.delivered_on):
        if open_from is not None and day >= open_from:
            return None
        left -= counts(asked, calendar, day)
        if left <= 0:
            return day
    return None


def counts(asked: Asked, calendar: Calendar, day: date) -> bool:
    """Whether a day after the delivery counts."""
    return calendar.is_working_day(day) and asked.pause_on(day) is None


def days_after(first: date, last: date = date.max) -> Iterator[date]:
    """Every day after `first`, up to `last`."""
    day = first
    while day < last:
        day += ONE_DAY
        yield day


def last_counted(asked: Asked, today: date) -> date:
    """The day up to which days can have been counted: today, or the day on which the clock stopped."""
    return min(today, asked.answered_on) if asked.is_stopped and asked.answered_on else today


def _counted(asked: Asked, calendar: Calendar, today: date) -> int:
    return sum(counts(asked, calendar, day) for day in days_after(asked.delivered_on, last_counted(asked, today)))


def _state(asked: Asked, due_on: date | None, reached: int, today: date) -> ClockState:
    if asked.is_stopped:
        return ClockState.STOPPED
    if due_on is not None and today > due_on:
        long = reached - asked.allowed > LONG_OVERDUE_TIMES * asked.allowed
        return ClockState.LONG_OVERDUE if long else ClockState.OVERDUE
    if asked.pause_on(today) is not None:
        return ClockState.PAUSED
    return ClockState.DUE_TODAY if today == due_on else ClockState.RUNNING


def _unknown_years(asked: Asked, due_on: date | None, today: date) -> tuple[int, ...]:
    last = max(last_counted(asked, today), due_on or asked.delivered_on)
    return tuple(year for year in range(asked.delivered_on.year, last.year + 1) if not is_known(year))
