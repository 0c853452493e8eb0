"""Revisions and what people decided about them: to be read. The moves are on the page of the claim."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.rows import WrittenElsewhere
from claims.models.review import ClaimReview, DraftEdit, ReviewAuthor, ReviewDecision
from ledger.admin import ReadOnlyAdmin


class DecisionInline(WrittenElsewhere):
    """Who moved it, when and why."""

    model = ReviewDecision
    verbose_name_plural = "Decisions"
    readonly_fields = ["at", "by", "verb", "from_state", "to_state", "reason"]
    fields = [*readonly_fields]

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the names of those who decided."""
        return super().get_queryset(request).select_related("by")


class AuthorInline(WrittenElsewhere):
    """Who wrote any of it, and so cannot approve it."""

    model = ReviewAuthor
    verbose_name_plural = "Authors"
    readonly_fields = ["user"]
    fields = ["user"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """With their names."""
        return super().get_queryset(request).select_related("user")


@admin.register(ClaimReview)
class ClaimReviewAdmin(ReadOnlyAdmin):
    """One revision on its way to an edition."""

    inlines = (DecisionInline, AuthorInline)
    list_display = ["claim", "number", "state", "kind", "rating", "submitted_by", "approved_by", "opened_at"]
    list_filter = ["state", "kind", "rating"]
    list_select_related = ["claim", "submitted_by", "approved_by"]
    search_fields = ["claim__heading_en", "claim__heading_th", "claim__slug"]
    date_hierarchy = "opened_at"
    ordering = ["-opened_at", "-pk"]
    fieldsets = [
        (None, {"fields": ["claim_page", ("number", "state"), ("kind", "rating"), "opened_at"]}),
        ("Texts", {"fields": [("reasons_en", "reasons_th"), ("note_en", "note_th")]}),
        (
            "Two persons",
            {
                "fields": [
                    ("submitted_by", "content_hash"),
                    ("approved_by", "approved_hash"),
                    ("legal_by", "legal_hash"),
                    "published_by",
                ]
            },
        ),
    ]

    @admin.display(description="claim")
    def claim_page(self, review: ClaimReview) -> SafeString:
        """Link to the claim, where the buttons are."""
        url = reverse("admin:claims_claim_change", args=[review.claim_id])
        return format_html('<a href="{}">{}</a>', url, review.claim)


@admin.register(ReviewDecision)
class ReviewDecisionAdmin(ReadOnlyAdmin):
    """Every decision, newest first."""

    list_display = ["at", "by", "verb", "from_state", "to_state", "review", "reason"]
    list_filter = ["verb", "to_state", ("by", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["by", "review__claim"]
    search_fields = ["review__claim__heading_en", "review__claim__slug", "reason"]
    date_hierarchy = "at"
    ordering = ["-id"]


@admin.register(DraftEdit)
class DraftEditAdmin(ReadOnlyAdmin):
    """Who wrote in what since which edition."""

    list_display = ["at", "user", "subject_kind", "subject_id", "after_edition"]
    list_filter = ["subject_kind", ("user", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["user"]
    search_fields = ["=subject_id"]
    date_hierarchy = "at"
    ordering = ["-id"]
