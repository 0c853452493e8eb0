"""Requests, pauses and rows for the clock, without a database."""

from __future__ import annotations

from datetime import date
from typing import Any

from claims.clock.asked import Asked, Extension, Pause
from claims.clock.calendar import CalendarRow

OFFICE = {"en": "Secretary-General of the Social Security Office", "th": "เลขาธิการสำนักงานประกันสังคม"}
WHY = {"en": "The office was flooded.", "th": "สำนักงานถูกน้ำท่วม"}


def asked(delivered_on: date, working_days: int = 15, **more: Any) -> Asked:
    """A request that an office received."""
    return Asked("0198", OFFICE, delivered_on, working_days, **more)


def pause(first: date, last: date | None = None) -> Pause:
    """Days that do not count."""
    return Pause(first, last, WHY)


def extension(days: int) -> Extension:
    """Working days more."""
    return Extension(days, date(2026, 3, 9), WHY)


def row(day: date, *, is_holiday: bool = True, announced_on: date = date(2026, 3, 3)) -> CalendarRow:
    """A day that was announced late."""
    return CalendarRow(day, is_holiday, {"en": "A special holiday", "th": "วันหยุดพิเศษ"}, announced_on)
