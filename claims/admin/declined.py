"""What we do not check, as readers see it: to be read."""

from __future__ import annotations

from django.contrib import admin

from claims.models.declined import Declined
from ledger.admin import ReadOnlyAdmin


@admin.register(Declined)
class DeclinedAdmin(ReadOnlyAdmin):
    """Made by the move “Decline” on the page of a claim."""

    list_display = ["heading_en", "code", "reason_en", "by", "declined_at"]
    list_filter = ["code", ("by", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["by"]
    search_fields = ["heading_en", "heading_th", "claim__slug", "reason_en", "reason_th"]
    date_hierarchy = "declined_at"
    fields = [
        "claim",
        ("heading_en", "heading_th"),
        "code",
        ("reason_en", "reason_th"),
        ("by", "declined_at"),
    ]
