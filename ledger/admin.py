"""The ledger in the admin: to be read, never to be written. Also what every read-only page shares."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ledger.models import Cursor, Entry

# Django's classes take their type parameters only in the stubs.
if TYPE_CHECKING:
    AnyModelAdmin = admin.ModelAdmin[Any]
else:
    AnyModelAdmin = admin.ModelAdmin


class ReadOnlyAdmin(AnyModelAdmin):
    """Pages of rows that verbs, machines or triggers write: nobody adds, changes or deletes them by hand."""

    actions = None
    list_per_page = 50
    list_max_show_all = 200
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody, whatever their role."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody, whatever their role."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody, whatever their role."""
        return False


def as_json(value: Any) -> SafeString:
    """Return a JSON value laid out for people."""
    return format_html('<pre class="json" tabindex="0">{}</pre>', json.dumps(value, ensure_ascii=False, indent=2))


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    """One line per thing that happened, newest first."""

    list_display = ["index", "verb", "subject_kind", "subject_id", "recorded_at"]
    list_filter = ["subject_kind", "verb"]
    search_fields = ["=subject_id", "verb"]
    date_hierarchy = "recorded_at"
    ordering = ["-index"]
    fields = ["index", "verb", "subject_kind", "subject_id", "recorded_at", "references", "leaf", "leaf_digest"]

    @admin.display(description="references")
    def references(self, entry: Entry) -> SafeString:
        """Ids of what else took part."""
        return as_json(entry.refs)

    @admin.display(description="leaf hash")
    def leaf_digest(self, entry: Entry) -> str:
        """The hash of the leaf, in hex."""
        return bytes(entry.leaf_hash).hex()


@admin.register(Cursor)
class CursorAdmin(ReadOnlyAdmin):
    """How far each follower has read the log."""

    list_display = ["name", "next_index"]
    search_fields = ["name"]
    ordering = ["name"]
