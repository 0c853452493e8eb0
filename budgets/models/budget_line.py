"""What money is for."""

from __future__ import annotations

from django.db import models

from budgets.models.agency import Agency
from budgets.models.columns import public_id, slug


class BudgetLine(models.Model):
    """One purpose of an agency's money, comparable over years."""

    public_id = public_id()
    slug = slug()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="budget_lines")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    name_en = models.CharField(max_length=200)
    name_th = models.CharField(max_length=200)

    class Meta:
        ordering = ["agency", "name_en"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")),
                name="budget_line_not_its_own_parent",
            )
        ]

    def __str__(self) -> str:
        return self.name_en
