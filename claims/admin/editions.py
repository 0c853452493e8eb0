"""What the public sees: frozen, and only to be read."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.panel import public_url
from claims.models.edition import Edition
from claims.models.public_status import PublicStatus
from claims.models.published_item import PublishedItem
from claims.vocabulary import SubjectKind
from ledger.admin import ReadOnlyAdmin, as_json


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    """Numbered, digested documents, newest first."""

    list_display = ["slug", "number", "subject_kind", "kind", "published_at", "approved_by", "published_by"]
    list_filter = ["subject_kind", "kind"]
    list_select_related = ["approved_by", "published_by"]
    search_fields = ["slug", "=digest", "note_en", "note_th"]
    date_hierarchy = "published_at"
    fields = [
        ("subject_kind", "slug", "number"),
        "page",
        ("kind", "published_at"),
        ("note_en", "note_th"),
        ("approved_by", "published_by"),
        "digest",
        "document",
    ]

    @admin.display(description="public page")
    def page(self, edition: Edition) -> SafeString:
        """Link to the page that shows it."""
        if edition.subject_kind == SubjectKind.CLAIM:
            url = public_url("edition", edition.slug, edition.number)
        else:
            url = public_url(edition.subject_kind, edition.slug)
        return format_html('<a href="{}">{}</a>', url, url)

    @admin.display(description="document")
    def document(self, edition: Edition) -> SafeString | str:
        """The frozen text, laid out for people."""
        return as_json(json.loads(edition.text.body)) if edition.text.body else "withheld"


@admin.register(PublicStatus)
class PublicStatusAdmin(ReadOnlyAdmin):
    """What API consumers pull."""

    list_display = ["heading_en", "state", "rating", "statements_code", "content_updated_at", "observed_at", "version"]
    list_filter = ["state", "rating", "statements_code"]
    search_fields = ["heading_en", "heading_th", "slug"]
    date_hierarchy = "content_updated_at"
    fields = [
        "page",
        ("state", "rating", "version"),
        ("request_code", "asked_on", "due_on", "answered_on"),
        ("statements_code", "stance", "statements_count", "statements_last_on", "last_searched_on"),
        ("quotes_intact", "quotes_edited", "quotes_lost", "quotes_unreachable", "quotes_unchecked"),
        ("published_at", "content_updated_at", "observed_at", "status_due_at"),
        ("change_no", "content_change_no"),
        "as_served",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Lists do not need the documents."""
        return super().get_queryset(request).defer("card", "sources", "history")

    @admin.display(description="public page")
    def page(self, status: PublicStatus) -> SafeString:
        """Link to the claim's page."""
        url = public_url("claim", status.slug)
        return format_html('<a href="{}">{}</a>', url, url)

    @admin.display(description="as the API serves it")
    def as_served(self, status: PublicStatus) -> SafeString:
        """The status itself."""
        return as_json(json.loads(status.body))


@admin.register(PublishedItem)
class PublishedItemAdmin(ReadOnlyAdmin):
    """Parts of editions that the API pages through."""

    list_display = ["kind", "public_id", "edition", "position"]
    list_filter = ["kind"]
    list_select_related = ["edition"]
    search_fields = ["=public_id", "edition__slug"]
    ordering = ["-edition_id", "kind", "position"]
    fields = ["edition", ("kind", "public_id", "position"), "content"]

    @admin.display(description="content")
    def content(self, item: PublishedItem) -> SafeString:
        """The part as it is served."""
        return as_json(json.loads(item.body))
