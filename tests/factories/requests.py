"""Requests that an office received, and days that the calendar did not know."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import User

from claims.deadlines import extend_clock, pause_clock, record_calendar_day
from claims.models.asking import ClockExtension, ClockPause
from claims.models.calendar import CalendarDay
from claims.models.claim import Claim
from claims.models.people import Office
from claims.models.response import ResponseRequest
from claims.responses import send_request
from tests.factories.claims import NOW
from tests.factories.nouns import JurisdictionFactory, OfficeFactory

ASKED_ON = date(2026, 3, 2)  # a Monday; the Tuesday after it is Makha Bucha
REASON = ("The office was flooded.", "สำนักงานถูกน้ำท่วม")


def ask(
    claim: Claim,
    *,
    by: User,
    asked_on: date = ASKED_ON,
    working_days: int = 7,
    office: Office | None = None,
    now: datetime = NOW,
) -> ResponseRequest:
    """Log a request as delivered; with the defaults the deadline is 12 March 2026."""
    request = ResponseRequest(
        claim=claim, office=office or OfficeFactory.create(), asked_on=asked_on, working_days=working_days
    )
    return send_request(request=request, by=by, now=now)


def pause(
    request: ResponseRequest,
    first: date,
    last: date | None = None,
    *,
    by: User,
    reason: tuple[str, str] = REASON,
    now: datetime = NOW,
) -> ClockPause:
    """Pause the clock of a request from one day to another, both included."""
    row = ClockPause(request=request, from_on=first, until_on=last, reason_en=reason[0], reason_th=reason[1])
    return pause_clock(pause=row, by=by, now=now)


def extend(
    request: ResponseRequest,
    working_days: int,
    *,
    by: User,
    reason: tuple[str, str] = REASON,
    now: datetime = NOW,
) -> ClockExtension:
    """Give an office more working days."""
    row = ClockExtension(request=request, working_days=working_days, reason_en=reason[0], reason_th=reason[1])
    return extend_clock(extension=row, by=by, now=now)


def announce(
    day: date,
    *,
    by: User,
    is_holiday: bool = True,
    name: str = "A special holiday",
    country: str = "TH",
    now: datetime = NOW,
) -> CalendarDay:
    """Record a day as announced on 3 March 2026."""
    row = CalendarDay(
        jurisdiction=JurisdictionFactory.create(code=country),
        day=day,
        is_holiday=is_holiday,
        name_en=name,
        name_th="วันหยุดพิเศษ",
        announced_on=date(2026, 3, 3),
        where="Royal Gazette 143",
    )
    return record_calendar_day(day=row, by=by, now=now)
