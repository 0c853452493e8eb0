"""Where and when a claim was made."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from budgets.models.columns import COMMON_ERA, date_in_order
from claims.vocabulary import AppearanceKind


class Appearance(models.Model):
    """One place where a claim was made; the date may be an interval or unknown."""

    claim = models.ForeignKey("claims.Claim", on_delete=models.CASCADE, related_name="appearances")
    kind = models.CharField(max_length=16, choices=AppearanceKind.choices)
    where_en = models.CharField(max_length=200)
    where_th = models.CharField(max_length=200)
    said_earliest = models.DateField(validators=COMMON_ERA, null=True, blank=True)
    said_latest = models.DateField(validators=COMMON_ERA, null=True, blank=True)
    is_first = models.BooleanField(default=False)
    is_captured = models.BooleanField(default=False, help_text="Whether we hold the original itself.")
    source = models.ForeignKey(
        "claims.Source",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appearances",
    )
    note_en = models.TextField(blank=True)
    note_th = models.TextField(blank=True)

    class Meta:
        ordering = ["claim", "-is_first", "id"]
        constraints = [
            date_in_order("appearance_dates_in_order", "said_earliest", "said_latest"),
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(is_first=True),
                name="appearance_one_first",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=AppearanceKind.values),
                name="appearance_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return self.where_en
