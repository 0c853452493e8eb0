"""Filters of lists."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest

from claims.models.evidence import EvidenceCitation
from claims.models.incident import HostIncident
from claims.models.source import Source
from claims.vocabulary import QuoteState, ReviewState, SourceHealth


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


class QuotesFilter(admin.SimpleListFilter):
    """Sources by what became of the quotes that rest on them."""

    title = "quotes"
    parameter_name = "quotes"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """What calls for a person, and what nobody has looked for yet."""
        return [
            (QuoteState.LOST.value, "A quote is lost"),
            (QuoteState.EDITED.value, "A quote has changed"),
            (QuoteState.UNCHECKED.value, "A quote is not checked yet"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Filter by the choice."""
        if not self.value():
            return queryset
        return queryset.filter(Exists(EvidenceCitation.objects.filter(source=OuterRef("pk"), quote_state=self.value())))


class IncidentFilter(admin.SimpleListFilter):
    """Sources whose whole host fails."""

    title = "host incident"
    parameter_name = "incident"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """With an incident that is not over, or without."""
        return [("open", "The whole host fails"), ("none", "No open incident")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Filter by the choice."""
        fails = Exists(HostIncident.objects.open().filter(host=OuterRef("host")))
        if self.value() == "open":
            return queryset.filter(fails)
        return queryset.filter(~fails) if self.value() == "none" else queryset


class DueFilter(admin.SimpleListFilter):
    """Sources by when they are looked at next."""

    title = "next check"
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Due, being looked at, later, never."""
        return [("now", "Due now"), ("leased", "Being looked at"), ("later", "Later"), ("never", "Not watched")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Filter by the choice; the clock is the database's."""
        choices: dict[str, dict[str, Any]] = {
            "now": {"next_check_at__lte": Now(), "lease_token__isnull": True},
            "leased": {"lease_until__gt": Now()},
            "later": {"next_check_at__gt": Now(), "lease_token__isnull": True},
            "never": {"next_check_at__isnull": True},
        }
        return queryset.filter(**choices.get(self.value() or "", {}))
