"""Alerts that are due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth.models import User

from claims.models.desk import Alert
from claims.vocabulary import AlertKind

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def make(user: User, key: str = "7", **fields: Any) -> Alert:
    given = {"kind": AlertKind.NEW_REPLY, "subject": "The desk: a reply came in", "text": "A reply “ก” came in.\n"}
    given |= {"path": "/admin/claims/receivedreply/7/change/"}
    return Alert.objects.create(**(given | fields), user=user, key=key, made_at=NOW, due_at=NOW)


def again(alert: Alert) -> Alert:
    return Alert.objects.get(pk=alert.pk)
