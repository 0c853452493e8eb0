"""The count day by day: what each day is, and why it counts or does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from .asked import Asked
from .calendar import Calendar, Text, is_known
from .counting import due_day, last_counted
from .words import DayKind

# Days of one window; a request from years ago is explained window by window.
WINDOW_DAYS = 100


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day: `number` for a counted one, the name of the holiday or the reason of the pause where there is one.

    `announced_on` is when a row of ours about the day was announced; `withdrawn` says that the row takes a holiday
    of the package away. `ahead` marks days after today, `over` days after the deadline.
    """

    day: date
    kind: DayKind
    number: int | None
    name: Text | None
    announced_on: date | None
    withdrawn: bool
    is_due: bool
    ahead: bool
    over: bool
    is_known: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """A window of days, with how many days lie before and after it and where those windows begin."""

    lines: tuple[DayLine, ...]
    first: date
    last: date
    days_before: int
    days_after: int
    before_from: date | None
    after_from: date | None


def explain(asked: Asked, today: date, *, start: date | None = None, most: int = WINDOW_DAYS) -> Explanation:
    """Explain at most `most` days from `start` on; a start outside the count is moved to its nearest end.

    The count begins with the day of delivery and ends with the deadline, with today when that is later, or with the
    day of the answer.
    """
    calendar = asked.calendar
    due_on = due_day(asked, calendar)
    end = _end(asked, due_on, today)
    begin = min(max(start or asked.delivered_on, asked.delivered_on), end)
    close = min(end, begin + timedelta(days=most - 1))
    number, lines = 0, []
    for offset in range((close - asked.delivered_on).days + 1):
        day = asked.delivered_on + timedelta(days=offset)
        kind, name = _kind(asked, calendar, day)
        number += kind is DayKind.COUNTED
        if day >= begin:
            row = calendar.row(day)
            lines.append(
                DayLine(
                    day=day,
                    kind=kind,
                    number=number if kind is DayKind.COUNTED else None,
                    name=row.name if row and not row.is_holiday and name is None else name,
                    announced_on=row.announced_on if row else None,
                    withdrawn=row is not None and not row.is_holiday,
                    is_due=day == due_on,
                    ahead=day > today,
                    over=due_on is not None and day > due_on,
                    is_known=is_known(day.year),
                )
            )
    return Explanation(
        lines=tuple(lines),
        first=asked.delivered_on,
        last=end,
        days_before=(begin - asked.delivered_on).days,
        days_after=(end - close).days,
        before_from=max(asked.delivered_on, begin - timedelta(days=most)) if begin > asked.delivered_on else None,
        after_from=close + timedelta(days=1) if close < end else None,
    )


def _end(asked: Asked, due_on: date | None, today: date) -> date:
    if asked.is_stopped and asked.answered_on:
        return max(last_counted(asked, today), asked.delivered_on)
    return max(today, due_on or asked.delivered_on, asked.delivered_on)


def _kind(asked: Asked, calendar: Calendar, day: date) -> tuple[DayKind, Text | None]:
    if day == asked.delivered_on:
        return DayKind.DAY_ZERO, None
    name = calendar.holiday(day)
    if calendar.is_weekend(day):
        return DayKind.WEEKEND, name
    if name is not None:
        return DayKind.HOLIDAY, name
    pause = asked.pause_on(day)
    return (DayKind.PAUSED, pause.reason) if pause else (DayKind.COUNTED, None)
