"""The days that a letter names, counted by the same clock that readers see."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from claims.clock.asked import Asked
from claims.clock.calendar import CalendarRow
from claims.clock.counting import due_day
from claims.models.calendar import CalendarDay
from claims.models.people import Office

BANGKOK = ZoneInfo("Asia/Bangkok")
LINK_OUTLIVES = timedelta(days=60)  # an answer that comes late is still an answer
_NOTHING = {"en": "", "th": ""}


def day_of(moment: datetime) -> date:
    """Return the day of a moment in Bangkok."""
    return moment.astimezone(BANGKOK).date()


def due_on(office: Office, *, delivered_on: date, working_days: int) -> date:
    """Return the last of so many working days after the day of delivery, in the country of the office."""
    rows = tuple(_rows(office))
    asked = Asked("", _NOTHING, delivered_on, working_days, rows=rows)
    found = due_day(asked, asked.calendar)
    if found is None:
        raise RuntimeError("A count without a pause always ends.")
    return found


def last_day(office: Office, *, delivered_on: date, working_days: int) -> date:
    """Return the last day on which the link takes an answer."""
    return due_on(office, delivered_on=delivered_on, working_days=working_days) + LINK_OUTLIVES


def end_of(day: date) -> datetime:
    """Return the moment at which a day ends in Bangkok."""
    return datetime.combine(day + timedelta(days=1), time(), BANGKOK).astimezone(UTC)


def _rows(office: Office) -> list[CalendarRow]:
    """Our own calendar; of several rows for a day the newest counts."""
    if office.agency is None:
        return []
    standing = CalendarDay.objects.filter(jurisdiction=office.agency.jurisdiction_id).order_by("day", "-id")
    return [
        CalendarRow(row.day, row.is_holiday, {"en": row.name_en, "th": row.name_th}, row.announced_on)
        for row in standing.distinct("day")
    ]
