"""Which of our requests have reached their deadline today, as the clock counts it, in two queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import DateField, ExpressionWrapper, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, JSONObject

from claims.clock.asked import STOPPING, Asked, Extension, Pause
from claims.clock.calendar import COUNTRY, Calendar, CalendarRow
from claims.clock.counting import due_day
from claims.models.asking import ClockExtension, ClockPause
from claims.models.calendar import CalendarDay
from claims.models.response import ResponseRequest

_NOTHING = {"en": "", "th": ""}


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Keys of the requests whose deadline is today, and of those past it, each with its day, the oldest first."""

    due: tuple[tuple[int, date], ...] = ()
    overdue: tuple[tuple[int, date], ...] = ()


class _Open(NamedTuple):
    """A request without an answer."""

    key: int
    asked_on: date
    working_days: int
    added: int
    pauses: list[dict[str, str | None]] | None


def read_deadlines(today: date) -> Deadlines:
    """Read every request that may have reached its deadline. Equal deadlines are counted once, however many there are.

    A working day is at least a day, so whoever was asked less days ago than they have is not read at all.
    """
    rows = tuple(calendar_rows())
    calendar = Calendar(rows)

    @cache
    def plain(asked_on: date, days: int) -> date | None:
        return due_day(Asked("", _NOTHING, asked_on, days, rows=rows), calendar)

    reached = []
    for found in _candidates(today):
        row = _Open(*found)
        if row.pauses:
            due = due_day(_with_pauses(row, rows), calendar)
        else:
            due = plain(row.asked_on, row.working_days + row.added)
        if due is not None and due <= today:
            reached.append((due, row.key))
    reached.sort()
    return Deadlines(
        due=tuple((key, due) for due, key in reached if due == today),
        overdue=tuple((key, due) for due, key in reached if due < today),
    )


def unanswered() -> QuerySet[ResponseRequest]:
    """Requests that nothing has stopped the clock of."""
    return ResponseRequest.objects.filter(answered_on__isnull=True).exclude(state__in=[str(code) for code in STOPPING])


def _candidates(today: date) -> Iterable[tuple[Any, ...]]:
    added = ClockExtension.objects.filter(request=OuterRef("pk")).order_by().values("request")
    pauses = ClockPause.objects.filter(request=OuterRef("pk")).order_by().values("request")
    spans = pauses.annotate(spans=ArrayAgg(JSONObject(first="from_on", last="until_on"))).values("spans")
    return (
        unanswered()
        .annotate(
            added=Coalesce(Subquery(added.annotate(days=Sum("working_days")).values("days")), 0),
            spans=Subquery(spans),
            not_before=ExpressionWrapper(F("asked_on") + F("working_days"), DateField()),
        )
        .filter(not_before__lte=today)
        .order_by()
        .values_list("pk", "asked_on", "working_days", "added", "spans")
    )


def _with_pauses(row: _Open, rows: tuple[CalendarRow, ...]) -> Asked:
    pauses = [Pause(_day(item["first"]) or row.asked_on, _day(item["last"]), _NOTHING) for item in row.pauses or ()]
    extensions = [Extension(row.added, row.asked_on, _NOTHING)] if row.added else []
    return Asked("", _NOTHING, row.asked_on, row.working_days, pauses=pauses, extensions=extensions, rows=rows)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def calendar_rows() -> Iterator[CalendarRow]:
    """Our own rows over the published calendar, the newest of each day."""
    ours = CalendarDay.objects.filter(jurisdiction__code=COUNTRY)
    newest = ours.order_by("day", "-id").distinct("day")
    for row in newest:
        yield CalendarRow(row.day, row.is_holiday, {"en": row.name_en, "th": row.name_th}, row.announced_on)
