"""Filters of the figures' list, none of which reads all figures to offer its choices."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from budgets.models.budget_import import BudgetImport
from budgets.models.figure import Figure

MOST_IMPORTS = 50
YEARS = 15
_NONE, _EARLIER = "none", "earlier"


class StandingFilter(admin.SimpleListFilter):
    """Figures in use, and those that a better one replaced."""

    title = "standing"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The two kinds."""
        return [("yes", "In use"), ("no", "Superseded or retracted")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Figure]) -> QuerySet[Figure]:
        """Filter by the choice."""
        if self.value() == "yes":
            return queryset.filter(superseded_by__isnull=True, retracted_at__isnull=True)
        if self.value() == "no":
            return queryset.exclude(superseded_by__isnull=True, retracted_at__isnull=True)
        return queryset


class DatasetFilter(admin.SimpleListFilter):
    """Figures of one data set, or those that people recorded."""

    title = "data set"
    parameter_name = "dataset"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The data sets of imports, which are few."""
        names = BudgetImport.objects.order_by("dataset").values_list("dataset", flat=True).distinct()
        return [(_NONE, "Recorded by people"), *((name, name) for name in names)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Figure]) -> QuerySet[Figure]:
        """Filter by the imports of the data set, by their ids: the planner then takes the index of figures."""
        if self.value() == _NONE:
            return queryset.filter(budget_import__isnull=True)
        if self.value():
            found = BudgetImport.objects.filter(dataset=self.value()).values_list("pk", flat=True)
            return queryset.filter(budget_import__in=list(found))
        return queryset


class ImportFilter(admin.SimpleListFilter):
    """Figures that one import brought; the newest imports are offered, all others come by their links."""

    title = "import"
    parameter_name = "budget_import"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The newest imports that stored anything, and the chosen one."""
        stored = BudgetImport.objects.filter(dry_run=False, finished_at__isnull=False)
        newest = list(stored.order_by("-pk").values_list("pk", "dataset", "file_name")[:MOST_IMPORTS])
        chosen = self.value() or ""
        if chosen.isdecimal() and len(chosen) < 19 and int(chosen) not in {key for key, _, _ in newest}:
            newest += list(BudgetImport.objects.filter(pk=int(chosen)).values_list("pk", "dataset", "file_name"))
        return [(str(key), f"{dataset}: {name}") for key, dataset, name in newest]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Figure]) -> QuerySet[Figure]:
        """Filter by the choice; nonsense finds nothing."""
        if not self.value():
            return queryset
        chosen = str(self.value())
        return (
            queryset.filter(budget_import=int(chosen)) if chosen.isdecimal() and len(chosen) < 19 else queryset.none()
        )


class YearFilter(admin.SimpleListFilter):
    """Figures of one year (C.E.). The choices are not read from the figures, which would read all of them."""

    title = "year (C.E.)"
    parameter_name = "period_year"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The next year and those before it."""
        latest = timezone.localdate().year + 1
        years = range(latest, latest - YEARS, -1)
        return [*((str(year), str(year)) for year in years), (_EARLIER, f"before {years[-1]}"), (_NONE, "no year")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Figure]) -> QuerySet[Figure]:
        """Filter by the choice; nonsense finds nothing."""
        chosen = str(self.value() or "")
        if not chosen:
            return queryset
        if chosen == _NONE:
            return queryset.filter(period_year__isnull=True)
        if chosen == _EARLIER:
            return queryset.filter(period_year__lt=timezone.localdate().year + 2 - YEARS)
        return queryset.filter(period_year=int(chosen)) if chosen.isdecimal() and len(chosen) < 5 else queryset.none()
