"""Our delivered requests as public statuses keep them: what their clocks are computed from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from claims.clock.asked import Asked, Extension, Pause
from claims.clock.calendar import COUNTRY, CalendarRow
from claims.clock.counting import due_day
from claims.documents.parts import text
from claims.models.calendar import CalendarDay
from claims.models.response import ResponseRequest
from claims.vocabulary import RequestState


def read_requests(claims: Collection[int]) -> dict[int, list[Asked]]:
    """Our delivered requests per claim, newest first: one query, and three more when there are any."""
    rows = ResponseRequest.objects.filter(claim__in=claims).select_related("office")
    requests = list(rows.prefetch_related("pauses", "extensions").order_by("claim_id", "-asked_on", "-id"))
    days = _calendar_rows(requests)
    found: dict[int, list[Asked]] = {}
    for request in requests:
        found.setdefault(request.claim_id, []).append(_with_rows(_asked(request), days))
    return found


def _calendar_rows(requests: Sequence[ResponseRequest]) -> list[CalendarRow]:
    """The newest row of every day after the first delivery."""
    if not requests:
        return []
    earliest = min(request.asked_on for request in requests)
    newest = CalendarDay.objects.filter(jurisdiction__code=COUNTRY, day__gt=earliest).order_by("day", "-id")
    return [
        CalendarRow(row.day, row.is_holiday, text(row, "name"), row.announced_on, row.where)
        for row in newest.distinct("day")
    ]


def _asked(request: ResponseRequest) -> Asked:
    pauses = sorted(request.pauses.all(), key=lambda pause: (pause.from_on, pause.pk))
    extensions = sorted(request.extensions.all(), key=lambda extension: extension.pk)
    return Asked(
        id=str(request.public_id),
        office=text(request.office, "title"),
        delivered_on=request.asked_on,
        working_days=request.working_days,
        pauses=[Pause(item.from_on, item.until_on, text(item, "reason")) for item in pauses],
        extensions=[Extension(item.working_days, item.granted_on, text(item, "reason")) for item in extensions],
        state=RequestState(request.state),
        answered_on=request.answered_on,
    )


def _with_rows(asked: Asked, days: Sequence[CalendarRow]) -> Asked:
    """Give a request the rows that its count can meet; one that was answered meets none after its last day."""
    later = [row for row in days if row.day > asked.delivered_on]
    whole = replace(asked, rows=later)
    if not asked.is_stopped or asked.answered_on is None:
        return whole
    last = max(asked.answered_on, due_day(whole, whole.calendar) or asked.answered_on)
    return replace(asked, rows=[row for row in later if row.day <= last])
