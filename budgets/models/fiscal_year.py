"""Years of a budget."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from budgets.models.agency import Jurisdiction


class FiscalYear(models.Model):
    """One fiscal year of a jurisdiction; `year` is the Christian-era name of it."""

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="fiscal_years")
    year = models.PositiveSmallIntegerField(help_text="C.E., for example 2024 for B.E. 2567.")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "year"], name="fiscal_year_once"),
            models.CheckConstraint(condition=Q(starts_on__lt=F("ends_on")), name="fiscal_year_in_order"),
        ]

    def __str__(self) -> str:
        return f"FY {self.year}"
