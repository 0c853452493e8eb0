"""Messages to our own people on their way out, for those who keep the machines: without their words."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from claims.models.desk import Alert
from ledger.admin import ReadOnlyAdmin


@admin.register(Alert)
class AlertAdmin(ReadOnlyAdmin):
    """Workers send them; one that has failed says why."""

    list_display = ["made_at", "user", "kind", "by_webhook", "state", "attempts", "due_at", "sent_at", "failure"]
    list_filter = ["state", "kind", "by_webhook"]
    list_select_related = ["user"]
    search_fields = ["user__username", "failure"]
    date_hierarchy = "made_at"
    fields = [
        "user",
        ("kind", "by_webhook"),
        ("made_at", "state"),
        ("due_at", "attempts", "sent_at"),
        "failure",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The words are their reader's."""
        found: QuerySet[Any] = super().get_queryset(request).defer("text", "path")
        return found
