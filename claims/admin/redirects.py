"""Public addresses that moved: to be read."""

from __future__ import annotations

from django.contrib import admin

from claims.models.redirect import Redirect
from ledger.admin import ReadOnlyAdmin


@admin.register(Redirect)
class RedirectAdmin(ReadOnlyAdmin):
    """Made when claims are merged, split or renumbered."""

    list_display = ["kind", "old_slug", "new_slug", "by", "at"]
    list_filter = ["kind", ("by", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["by"]
    search_fields = ["old_slug", "new_slug"]
    date_hierarchy = "at"
