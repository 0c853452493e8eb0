"""Filters of lists."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from claims.models.evidence import EvidenceCitation
from claims.models.source import Source
from claims.vocabulary import ReviewState, SourceHealth


def troubled(sources: QuerySet[Source], *, cited_only: bool) -> QuerySet[Source]:
    """Return the sources that answer badly; `cited_only` leaves out those that no quote rests on."""
    found = sources.filter(health__in=[SourceHealth.SUSPECT, SourceHealth.BROKEN])
    return found.filter(Exists(EvidenceCitation.objects.filter(source=OuterRef("pk")))) if cited_only else found


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
        """Those in trouble that something rests on, as on the desk; and all of them."""
        return [("yes", "Cited, and suspect or broken"), ("any", "Suspect or broken")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Filter by the choice."""
        return troubled(queryset, cited_only=self.value() == "yes") if self.value() else queryset
