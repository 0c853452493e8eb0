"""What second and third persons rated blindly: to be read by those from whom nothing is hidden any more."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from claims.admin.blind import hidden_from
from claims.models.rating import IndependentRating
from ledger.admin import ReadOnlyAdmin


@admin.register(IndependentRating)
class IndependentRatingAdmin(ReadOnlyAdmin):
    """Made by the move “Rate it yourself” on the page of a claim."""

    list_display = ["at", "by", "review", "rating", "reason"]
    list_filter = ["rating", ("by", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["by", "review__claim"]
    search_fields = ["review__claim__heading_en", "review__claim__heading_th", "review__claim__slug", "reason"]
    date_hierarchy = "at"
    ordering = ["-id"]
    fields = ["review", ("by", "at"), "rating", "reason", "content_hash"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Not those of a review that the person may still be asked to rate: no list, count or search knows them."""
        found: QuerySet[Any] = super().get_queryset(request).exclude(review__in=hidden_from(request))
        return found
