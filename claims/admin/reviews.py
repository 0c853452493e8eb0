"""Revisions and what people decided about them: to be read. The moves are on the page of the claim."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.blind import HIDDEN, KeepsBlind, ShownRatingFilter, with_hidden
from claims.admin.rows import WrittenElsewhere
from claims.models.review import ClaimReview, DraftEdit, ReviewAuthor, ReviewDecision
from claims.review.blinding import HIDDEN_FIELDS
from ledger.admin import ReadOnlyAdmin


@admin.display(description="reason")
def shown_reason(decision: Any) -> str:
    """Why; the reasons of those who have rated it are hidden together with the rating."""
    return HIDDEN if decision.is_hidden and decision.reason else decision.reason or "—"


class DecisionInline(WrittenElsewhere):
    """Who moved it, when and why."""

    model = ReviewDecision
    verbose_name_plural = "Decisions"
    readonly_fields: ClassVar[Any] = ["at", "by", "verb", "from_state", "to_state", shown_reason]
    fields = [*readonly_fields]

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the names of those who decided."""
        return with_hidden(super().get_queryset(request).select_related("by"), request, review="review")


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
class ClaimReviewAdmin(KeepsBlind, ReadOnlyAdmin):
    """One revision on its way to an edition."""

    kept = frozenset(HIDDEN_FIELDS)
    inlines = (DecisionInline, AuthorInline)
    list_display = ["claim", "number", "state", "kind", "shown_rating", "submitted_by", "approved_by", "opened_at"]
    list_filter = ["state", "kind", ShownRatingFilter]
    list_select_related = ["claim", "submitted_by", "approved_by"]
    search_fields = ["claim__heading_en", "claim__heading_th", "claim__slug"]
    date_hierarchy = "opened_at"
    ordering = ["-opened_at", "-pk"]
    fieldsets = [
        (None, {"fields": ["claim_page", ("number", "state"), ("kind", "shown_rating"), "opened_at"]}),
        ("Texts", {"fields": [("shown_reasons_en", "shown_reasons_th"), ("note_en", "note_th")]}),
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

    @admin.display(description="rating")
    def shown_rating(self, review: Any) -> str:
        """The draft's rating."""
        return HIDDEN if review.is_hidden else str(review.get_rating_display())

    @admin.display(description="Reasons (English)")
    def shown_reasons_en(self, review: Any) -> str:
        """Why this rating."""
        return HIDDEN if review.is_hidden else review.reasons_en or "—"

    @admin.display(description="Reasons (ไทย)")
    def shown_reasons_th(self, review: Any) -> str:
        """Why this rating, in Thai."""
        return HIDDEN if review.is_hidden else review.reasons_th or "—"


@admin.register(ReviewDecision)
class ReviewDecisionAdmin(KeepsBlind, ReadOnlyAdmin):
    """Every decision, newest first. Reasons are not searched: a search would find the hidden ones too."""

    kept = frozenset({"reason"})
    review = "review"
    list_display: Any = ["at", "by", "verb", "from_state", "to_state", "review", shown_reason]
    list_filter = ["verb", "to_state", ("by", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["by", "review__claim"]
    search_fields = ["review__claim__heading_en", "review__claim__slug"]
    date_hierarchy = "at"
    ordering = ["-id"]
    readonly_fields: ClassVar[Any] = [shown_reason]
    fields: ClassVar[Any] = [
        "review",
        "verb",
        ("from_state", "to_state"),
        "reason_code",
        shown_reason,
        ("by", "at"),
        "content_hash",
    ]


@admin.register(DraftEdit)
class DraftEditAdmin(ReadOnlyAdmin):
    """Who wrote in what since which edition."""

    list_display = ["at", "user", "subject_kind", "subject_id", "after_edition"]
    list_filter = ["subject_kind", ("user", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["user"]
    search_fields = ["=subject_id"]
    date_hierarchy = "at"
    ordering = ["-id"]
