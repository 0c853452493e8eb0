"""Jurisdictions and the organizations in them."""

from __future__ import annotations

from django.db import models

from budgets.models.columns import public_id, slug
from budgets.vocabulary import AgencyKind


class Jurisdiction(models.Model):
    """What makes a country's dates and money: another country is another row."""

    code = models.CharField(max_length=8, unique=True, help_text="ISO 3166 code, for example TH.")
    name_en = models.CharField(max_length=120)
    name_th = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=64, default="Asia/Bangkok")
    currency = models.CharField(max_length=3, default="THB", help_text="ISO 4217 code.")
    fiscal_year_starts_month = models.PositiveSmallIntegerField(default=10, help_text="1 to 12; Thailand 10.")
    fiscal_year_named_by_end = models.BooleanField(
        default=True, help_text="Fiscal year 2024 is the one that ends in 2024."
    )

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(fiscal_year_starts_month__range=(1, 12)),
                name="jurisdiction_month_in_year",
            )
        ]

    def __str__(self) -> str:
        return self.name_en


class Agency(models.Model):
    """An organization: ministry, office, fund, board, committee, party or group."""

    public_id = public_id()
    slug = slug()
    kind = models.CharField(max_length=16, choices=AgencyKind.choices)
    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="agencies")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    name_en = models.CharField(max_length=200)
    name_th = models.CharField(max_length=200)
    lang = models.CharField(
        max_length=8, blank=True, db_default="", help_text="Empty: each name is in its own language."
    )
    abbreviation_en = models.CharField(max_length=40, blank=True)
    abbreviation_th = models.CharField(max_length=40, blank=True)
    note_en = models.TextField(blank=True, help_text="What readers should know about it; public.")
    note_th = models.TextField(blank=True)

    class Meta:
        ordering = ["name_en"]
        verbose_name_plural = "agencies"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")),
                name="agency_not_its_own_parent",
            ),
            models.CheckConstraint(condition=models.Q(kind__in=AgencyKind.values), name="agency_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name_en
