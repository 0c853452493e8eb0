"""Queues of the right of reply: deadlines that are reached, and what came in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from django.db.models import Case, CharField, DateTimeField, F, Value, When
from django.db.models.functions import Concat
from django.utils import timezone

from claims.desk.of_claims import roles_for
from claims.desk.queue import SHOWN, Kind, Rows, Viewer, waiting
from claims.models.asking import ReceivedReply
from claims.models.response import ResponseRequest

_WRITERS = roles_for("submit")


def _due(viewer: Viewer) -> Rows:
    return _reached(viewer.deadlines.due)


def _overdue(viewer: Viewer) -> Rows:
    return _reached(viewer.deadlines.overdue)


def _reached(deadlines: Sequence[tuple[int, date]]) -> Rows:
    """Every request that the clock named; the day comes from the clock as well, for the few that are shown."""
    shown = [When(pk=key, then=Value(_begin(day), DateTimeField())) for key, day in deadlines[:SHOWN]]
    last = Value(_begin(deadlines[-1][1]) if deadlines else None, DateTimeField())
    since = Case(*shown, default=last) if shown else last
    rows = ResponseRequest.objects.filter(pk__in=[key for key, _ in deadlines])
    return waiting(rows, text="claim__heading_en", since=since, note="office__title_en")


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _received(viewer: Viewer) -> Rows:
    rows = ReceivedReply.objects.filter(handled_at__isnull=True)
    who = Concat(F("sender_name"), Value(", "), F("request__office__title_en"), output_field=CharField())
    return waiting(rows, text="request__claim__heading_en", since="received_at", note=who)


REPLIES = (
    Kind(
        "received", "New replies", "Every reply that came in was looked at.", ReceivedReply, _received, _WRITERS,
        page="claims_receivedreply_change", full=("claims_receivedreply_changelist", "handled_at__isnull=True"),
    ),
    Kind(
        "overdue", "Replies overdue", "No office is past our deadline.", ResponseRequest, _overdue, _WRITERS,
        page="claims_responserequest_change", claim="claim",
    ),
    Kind(
        "due", "Replies due today", "No deadline is today.", ResponseRequest, _due, _WRITERS,
        page="claims_responserequest_change", claim="claim",
    ),
)  # fmt: skip
