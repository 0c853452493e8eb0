"""What machines keep of the watch: hosts that fail as a whole, accepted versions, entries of watch lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timesince import timesince

from claims.admin.filters import OpenFilter
from claims.models.incident import HostIncident
from claims.models.source import Source
from claims.models.watch import AcceptedVersion, WatchEntry
from claims.outbound import reasons
from claims.vocabulary import Outcome, SourceHealth
from ledger.admin import ReadOnlyAdmin

MOST_SOURCES = 100


@admin.register(HostIncident)
class HostIncidentAdmin(ReadOnlyAdmin):
    """Hosts that fail as a whole, open ones first."""

    list_display = ["host", "outcome", "how_many", "lasts", "opened_at", "last_seen_at", "closed_at"]
    list_filter = [OpenFilter, "outcome"]
    search_fields = ["host"]
    date_hierarchy = "opened_at"
    ordering = ["-opened_at"]
    fields = ["host", "outcome", "how_many", "opened_at", "last_seen_at", "closed_at", "sources"]

    @admin.display(description="fail alike", ordering="failing")
    def how_many(self, incident: HostIncident) -> str:
        """How many of how many."""
        share = f" ({incident.failing * 100 // incident.watched} %)" if incident.watched else ""
        return f"{incident.failing:,} of {incident.watched:,}{share}"

    @admin.display(description="for", ordering="opened_at")
    def lasts(self, incident: HostIncident) -> str:
        """How long it lasts, or lasted."""
        return timesince(incident.opened_at, incident.closed_at or timezone.now(), depth=1)

    @admin.display(description="sources of the host that answer badly now")
    def sources(self, incident: HostIncident) -> SafeString | str:
        """Links to them, the first hundred."""
        bad = Source.objects.filter(host=incident.host, health__in=[SourceHealth.SUSPECT, SourceHealth.BROKEN])
        found = list(bad.order_by("pk")[: MOST_SOURCES + 1])
        if not found:
            return "None: all of them open again."
        listed = format_html_join("", '<li><a href="{}">{}</a> — {}, {}</li>', _lines(found[:MOST_SOURCES]))
        more = ""
        if len(found) > MOST_SOURCES:
            url = f"{reverse('admin:claims_source_changelist')}?in_trouble=any&q={incident.host}"
            more = format_html('<p><a href="{}">All of them</a></p>', url)
        return format_html('<ul class="chain">{}</ul>{}', listed, more)


def _lines(sources: Iterable[Source]) -> list[tuple[str, str, str, str]]:
    return [
        (
            reverse("admin:claims_source_looks", args=[source.pk]),
            source.title,
            str(Outcome(source.last_outcome).label) if source.last_outcome else "not looked at",
            str(SourceHealth(source.health).label),
        )
        for source in sources
    ]


@admin.register(AcceptedVersion)
class AcceptedVersionAdmin(ReadOnlyAdmin):
    """Who took which version of a source as the baseline, and why."""

    list_display = ["at", "source", "by", "reason"]
    list_select_related = ["source", "by"]
    search_fields = ["source__title", "source__url", "reason"]
    date_hierarchy = "at"
    fields = ["source", "at", "by", "reason", "versions"]

    @admin.display(description="versions")
    def versions(self, accepted: AcceptedVersion) -> SafeString:
        """Links to the version and the one before it."""
        linked = [("the accepted one", accepted.snapshot_id), ("the one before", accepted.previous_id)]
        rows = [
            (reverse("admin:claims_source_snapshot", args=[accepted.source_id, version]), name)
            for name, version in linked
            if version
        ]
        return format_html_join(", ", '<a href="{}">{}</a>', rows)


@admin.register(WatchEntry)
class WatchEntryAdmin(ReadOnlyAdmin):
    """Lines of watch lists."""

    list_display = ["key", "url", "source", "why_refused", "added_at"]
    list_filter = [("refused", admin.EmptyFieldListFilter)]
    list_select_related = ["source"]
    search_fields = ["key", "url"]
    fields = ["key", "url", "source", "why_refused", "added_at"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """In the order in which they were taken."""
        return super().get_queryset(request).order_by("id")

    @admin.display(description="refused", empty_value="—")
    def why_refused(self, entry: WatchEntry) -> str | None:
        """Why it is not watched, in a sentence."""
        return reasons.sentence(entry.refused)["en"] or entry.refused or None
