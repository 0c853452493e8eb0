"""Why a person should look. A flag is closed with a note, and stays."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timesince import timesince

from budgets.admin.base import RefusableForm, VerbAdmin, staff
from budgets.vocabulary import Result
from claims.admin.filters import OpenFilter
from claims.admin.quote_queue import QueuesQuotes
from claims.flags import FlagClosed, close_flag
from claims.models.flag import Flag
from ledger.admin import as_json


class ClosingForm(RefusableForm):
    """Closing needs a note."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for it."""
        super().__init__(*args, **kwargs)
        if "closing_note" in self.fields:
            self.fields["closing_note"].required = True
            self.fields["closing_note"].help_text = "What you saw and did. Saving closes the flag."


@admin.register(Flag)
class FlagAdmin(QueuesQuotes, VerbAdmin):
    """Closes through `close_flag`."""

    form = ClosingForm
    change_list_template = "admin/claims/flag/change_list.html"
    refusals = (FlagClosed,)
    list_display = ["code", "about", "age", "opened_at", "closed_at", "closed_by"]
    list_filter = [OpenFilter, "code"]
    list_select_related = ["claim", "source", "citation", "incident", "closed_by"]
    search_fields = ["claim__heading_en", "claim__slug", "source__title", "source__url", "citation__quote_exact"]
    date_hierarchy = "opened_at"
    ordering = ["opened_at"]
    fields = [
        "code",
        "claim_link",
        "source_link",
        "incident_link",
        "citation",
        "what",
        "opened_at",
        "closed_at",
        "closed_by",
        "closing_note",
    ]
    readonly_fields = [
        "code",
        "claim_link",
        "source_link",
        "incident_link",
        "citation",
        "what",
        "opened_at",
        "closed_at",
        "closed_by",
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Machines raise them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Open ones can be closed. A POST is let through: the verb says who was faster."""
        if not super().has_change_permission(request, obj):
            return False
        return request.method == "POST" or obj is None or obj.closed_at is None

    def write(self, request: HttpRequest, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Close the flag."""
        close_flag(flag=form.instance, note=form.cleaned_data["closing_note"], by=staff(request), now=timezone.now())

    @admin.display(description="about")
    def about(self, flag: Flag) -> str:
        """The claim, the source or the host."""
        return str(flag.claim or flag.source or flag.incident or "—")

    @admin.display(description="age", ordering="opened_at")
    def age(self, flag: Flag) -> str:
        """How long it has waited, or waited."""
        return timesince(flag.opened_at, flag.closed_at or timezone.now(), depth=1)

    @admin.display(description="claim")
    def claim_link(self, flag: Flag) -> SafeString | str:
        """Link to the claim."""
        return _link("claims_claim", flag.claim)

    @admin.display(description="source")
    def source_link(self, flag: Flag) -> SafeString | str:
        """Link to the source."""
        return _link("claims_source", flag.source)

    @admin.display(description="host")
    def incident_link(self, flag: Flag) -> SafeString | str:
        """Link to the incident of a host."""
        return _link("claims_hostincident", flag.incident)

    @admin.display(description="what was seen")
    def what(self, flag: Flag) -> SafeString:
        """What the machine saw; of changed findings, from what to what, each with its check."""
        changes = flag.detail.get("changes")
        return _changes(changes) if changes else as_json(flag.detail)


def _link(page: str, row: Model | None) -> SafeString | str:
    if row is None:
        return "—"
    return format_html('<a href="{}">{}</a>', reverse(f"admin:{page}_change", args=[row.pk]), row)


def _changes(changes: list[dict[str, Any]]) -> SafeString:
    rows = [
        (
            reverse("admin:claims_figurecheck_change", args=[change["check"]]),
            f"Assertion {change['assertion']}, check {change['number']}, reading {change['reading']}",
            Result(change["was"]).label if change["was"] else "not computed",
            Result(change["now"]).label,
            change["sum"],
            change["why"],
        )
        for change in changes
    ]
    return format_html_join("", '<div><a href="{}">{}</a>: {} → <strong>{}</strong><br>{}<br>{}</div>', rows)
