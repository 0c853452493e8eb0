"""Filters of lists."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from claims.vocabulary import ReviewState, SourceHealth


class ReviewStateFilter(admin.SimpleListFilter):
    """Claims by the state of their open revision; the list is annotated with it."""

    title = "revision"
    parameter_name = "revision"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The states of an open revision, and none."""
        states = [state for state in ReviewState if state is not ReviewState.PUBLISHED]
        return [*((state.value, str(state.label)) for state in states), ("none", "No open revision")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Filter by the choice."""
        if self.value() == "none":
            return queryset.filter(open_state__isnull=True)
        return queryset.filter(open_state=self.value()) if self.value() else queryset


class OpenFilter(admin.SimpleListFilter):
    """Flags: open ones unless asked otherwise."""

    title = "open"
    parameter_name = "open"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The other choices; open is what is shown first."""
        return [("closed", "Closed"), ("all", "All")]

    def choices(self, changelist: Any) -> Any:
        """Name the first choice for what it is."""
        first, *others = super().choices(changelist)
        return [first | {"display": "Open"}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Filter by the choice."""
        if self.value() == "all":
            return queryset
        return queryset.filter(closed_at__isnull=self.value() != "closed")


class TroubleFilter(admin.SimpleListFilter):
    """Sources that answer badly, once or for long."""

    title = "in trouble"
    parameter_name = "in_trouble"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Those in trouble."""
        return [("yes", "Suspect or broken")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Filter by the choice."""
        return queryset.filter(health__in=[SourceHealth.SUSPECT, SourceHealth.BROKEN]) if self.value() else queryset
