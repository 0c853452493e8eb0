"""Verbs of the clock: pause it, let it go on, extend it, and record a day that the calendar does not know.

Each sets `status_due_at` of the claims concerned; the deadline itself is computed anew, and stored nowhere here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from claims.clock.asked import STOPPING
from claims.clock.calendar import COUNTRY
from claims.intake import sentences
from claims.models.asking import ClockExtension, ClockPause
from claims.models.calendar import CalendarDay
from claims.models.public_status import PublicStatus
from claims.models.response import ResponseRequest
from ledger.recording import record

_OFFICES_ZONE = ZoneInfo("Asia/Bangkok")


class ClockRefused(Exception):
    """A pause, an extension or a day of the calendar cannot be stored; carries one sentence per fault."""

    def __init__(self, reasons: Sequence[str]) -> None:
        """Keep the sentences."""
        super().__init__(" ".join(reasons))
        self.reasons = list(reasons)


def pause_clock(*, pause: ClockPause, by: User, now: datetime) -> ClockPause:
    """Take days out of the count, both ends included; without an end it stands until `resume_clock`.

    The row is unsaved; its reason is public. Raises `ClockRefused`.
    """
    with transaction.atomic():
        pause.by, pause.at = by, now
        request = _running(pause.request)
        if pause.from_on < request.asked_on:
            raise ClockRefused([f"The request was delivered on {request.asked_on}: a pause cannot begin before."])
        standing = request.pauses.filter(until_on__isnull=True).first()
        if standing is not None and (pause.until_on is None or pause.until_on >= standing.from_on):
            raise ClockRefused([f"The clock stands since {standing.from_on}: let it go on first."])
        _refuse_faults(pause)
        pause.save(force_insert=True)
        _refresh(request, now)
        record("clock.paused", subject_kind="request", subject_id=request.public_id, content=_actor(by))
    return pause


def resume_clock(*, request: ResponseRequest, until_on: date, by: User, now: datetime) -> ClockPause:
    """End the pause that stands; `until_on` is the last day that does not count. Raises `ClockRefused`."""
    with transaction.atomic():
        request = _running(request)
        pause = request.pauses.filter(until_on__isnull=True).first()
        if pause is None:
            raise ClockRefused(["The clock is not paused without an end, so there is nothing to let go on."])
        pause.until_on = until_on
        _refuse_faults(pause)
        pause.save(update_fields=["until_on"])
        _refresh(request, now)
        record("clock.resumed", subject_kind="request", subject_id=request.public_id, content=_actor(by))
    return pause


def extend_clock(*, extension: ClockExtension, by: User, now: datetime) -> ClockExtension:
    """Give the office more working days, from today on; the row is unsaved, its reason is public.

    Raises `ClockRefused`.
    """
    with transaction.atomic():
        extension.by, extension.at = by, now
        extension.granted_on = now.astimezone(_OFFICES_ZONE).date()
        request = _running(extension.request)
        _refuse_faults(extension)
        extension.save(force_insert=True)
        _refresh(request, now)
        record("clock.extended", subject_kind="request", subject_id=request.public_id, content=_actor(by))
    return extension


def record_calendar_day(*, day: CalendarDay, by: User, now: datetime) -> CalendarDay:
    """Record a holiday that was announced late, or one that was withdrawn; raises `ClockRefused`.

    A later row for the same day takes the place of an earlier one, which stays.
    """
    with transaction.atomic():
        day.recorded_by, day.recorded_at = by, now
        _refuse_faults(day)
        day.save(force_insert=True)
        if day.jurisdiction.code == COUNTRY:
            _counting_on(day.day).update(status_due_at=now)
        record("calendar.recorded", subject_kind="calendar_day", subject_id=day.day.isoformat(), content=_actor(by))
    return day


def _running(request: ResponseRequest) -> ResponseRequest:
    """Lock the request, so that two people cannot both pause it, nor pause what was answered a moment ago."""
    locked = ResponseRequest.objects.select_for_update().get(pk=request.pk)
    if locked.state in STOPPING:
        raise ClockRefused(["This request was answered or declined: its clock has stopped."])
    return locked


def _counting_on(day: date) -> QuerySet[PublicStatus]:
    """Statuses of the claims with a request whose count can meet a day."""
    asked = ResponseRequest.objects.filter(asked_on__lt=day)
    meets = ~Q(state__in=STOPPING) | Q(answered_on__gte=day) | Q(claim__status__due_on__gte=day)
    return PublicStatus.objects.filter(claim__in=asked.filter(meets).values("claim"))


def _refresh(request: ResponseRequest, now: datetime) -> None:
    PublicStatus.objects.filter(claim=request.claim_id).update(status_due_at=now)


def _refuse_faults(row: ClockPause | ClockExtension | CalendarDay) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        raise ClockRefused(sentences(error)) from error


def _actor(by: User) -> dict[str, str]:
    return {"user": str(by.pk)}
