"""Organizations, and what their money is for. Here and not in `budgets`: their words stand in editions."""

from __future__ import annotations

from django.contrib import admin

from budgets.admin.base import pair
from budgets.models.agency import Agency
from budgets.models.budget_line import BudgetLine
from claims.admin.subjects import SharedAdmin, SubjectAdmin
from claims.vocabulary import SubjectKind


@admin.register(Agency)
class AgencyAdmin(SubjectAdmin):
    """A ministry, office, fund, board, committee, party or group."""

    kind = SubjectKind.AGENCY
    list_display = ["name_en", "name_th", "abbreviation_en", "kind", "parent", "slug"]
    list_filter = ["kind", "jurisdiction"]
    list_select_related = ["parent"]
    search_fields = ["name_en", "name_th", "abbreviation_en", "abbreviation_th", "slug"]
    autocomplete_fields = ["jurisdiction", "parent"]
    fields = [
        *pair("name"),
        *pair("abbreviation"),
        ("slug", "kind"),
        ("jurisdiction", "parent"),
        *pair("note"),
    ]


@admin.register(BudgetLine)
class BudgetLineAdmin(SharedAdmin):
    """One purpose of an agency's money."""

    list_display = ["name_en", "name_th", "agency", "parent", "slug"]
    list_filter = [("agency", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["agency", "parent"]
    search_fields = ["name_en", "name_th", "slug"]
    autocomplete_fields = ["agency", "parent"]
    prepopulated_fields = {"slug": ("name_en",)}
    fields = [*pair("name"), "slug", ("agency", "parent")]
