"""The log of contacts and our private notes: added, never changed, and in no document or export."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from budgets.admin.base import VerbAdmin, staff
from claims.authorship import Frozen
from claims.contacts import ContactRefused, log_contact, write_note
from claims.models.contact import Contact, PrivateNote

_OURS = "Only the desk sees this. What is added stays: put a mistake right by adding another one."


class _AddedOnly(VerbAdmin):
    """What both share: a row of the log is true of the day on which it was written."""

    refusals = (ContactRefused, Frozen)
    autocomplete_fields: ClassVar[Any] = ["claim"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody, whatever their role."""
        return False


@admin.register(Contact)
class ContactAdmin(_AddedOnly):
    """Logs through `log_contact`."""

    list_display = ["happened_at", "claim", "with_whom", "channel", "direction", "on_record", "letter_number", "by"]
    list_filter = ["channel", "on_record", "from_us", ("by", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["claim", "office", "person", "by"]
    search_fields = [
        *("summary", "letter_number", "claim__heading_en", "claim__heading_th", "claim__slug"),
        *("office__title_en", "office__title_th", "person__name_en", "person__name_th"),
    ]
    date_hierarchy = "happened_at"
    autocomplete_fields = ["claim", "office", "person"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who, how and what was said; afterwards also who logged it."""
        rows = [
            *("claim", ("office", "person"), ("happened_at", "channel"), ("from_us", "on_record")),
            *("letter_number", "summary"),
        ]
        return [(None, {"fields": rows if obj is None else [*rows, ("by", "at")], "description": _OURS})]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Now."""
        return {"happened_at": timezone.now(), **super().get_changeform_initial_data(request)}

    def write(self, request: HttpRequest, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Log it."""
        log_contact(contact=form.instance, by=staff(request), now=timezone.now())

    @admin.display(description="with")
    def with_whom(self, contact: Contact) -> str:
        """The person, the office, or both."""
        return ", ".join(str(one) for one in (contact.person, contact.office) if one) or "—"

    @admin.display(description="direction", ordering="from_us")
    def direction(self, contact: Contact) -> str:
        """Who began it."""
        return "from us" if contact.from_us else "to us"


@admin.register(PrivateNote)
class PrivateNoteAdmin(_AddedOnly):
    """Writes through `write_note`."""

    list_display = ["at", "by", "claim", "beginning"]
    list_filter = [("by", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["claim", "by"]
    search_fields = ["text", "claim__heading_en", "claim__heading_th", "claim__slug"]
    date_hierarchy = "at"

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The note; afterwards also whose."""
        rows = ["claim", "text"]
        return [(None, {"fields": rows if obj is None else [*rows, ("by", "at")], "description": _OURS})]

    def write(self, request: HttpRequest, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Keep it."""
        write_note(note=form.instance, by=staff(request), now=timezone.now())

    def subjects_of(self, row: PrivateNote) -> list[str]:
        """Its key is a number, which other nouns have too: the ledger is read on the claim's page."""
        return []

    @admin.display(description="note")
    def beginning(self, note: PrivateNote) -> str:
        """Its first words."""
        return str(note)
