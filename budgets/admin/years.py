"""Countries and their fiscal years."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from budgets.admin.base import VerbAdmin, pair, staff
from budgets.models.agency import Jurisdiction
from budgets.models.fiscal_year import FiscalYear
from budgets.reference import ReferenceRefused, write_reference


class ReferenceAdmin(VerbAdmin):
    """Rows that `write_reference` stores."""

    refusals = (ReferenceRefused,)

    def write(self, request: HttpRequest, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Store the row."""
        write_reference(row=form.instance, by=staff(request))


@admin.register(Jurisdiction)
class JurisdictionAdmin(ReferenceAdmin):
    """What makes a country's dates and money."""

    list_display = ["code", "name_en", "name_th", "time_zone", "currency", "fiscal_year_starts_month"]
    search_fields = ["code", "name_en", "name_th"]
    fields = ["code", *pair("name"), "time_zone", "currency", ("fiscal_year_starts_month", "fiscal_year_named_by_end")]


@admin.register(FiscalYear)
class FiscalYearAdmin(ReferenceAdmin):
    """Years of a budget."""

    list_display = ["year", "jurisdiction", "starts_on", "ends_on"]
    list_filter = ["jurisdiction"]
    list_select_related = ["jurisdiction"]
    search_fields = ["=year"]
    autocomplete_fields = ["jurisdiction"]
    fields = ["jurisdiction", "year", ("starts_on", "ends_on")]
