"""Amounts as somebody gave them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count, F, Max, Min, Q

from budgets.models.agency import Agency
from budgets.models.budget_import import BudgetImport
from budgets.models.budget_line import BudgetLine
from budgets.models.columns import COMMON_ERA, date_in_order, public_id, slug
from budgets.quantities.formatting import quantity
from budgets.vocabulary import Exactness, ImportState, PeriodBasis, Phase, Provenance, Unit

# What makes two figures answers to the same question; a line that is unknown makes no key.
KEY = (
    *("agency", "line", "unit", "currency", "nominal", "phase"),
    *("period_basis", "period_year", "period_earliest", "period_latest"),
)


class FigureQuerySet(models.QuerySet["Figure"]):
    """Filters over figures."""

    def standing(self) -> FigureQuerySet:
        """Figures that nothing replaced and nobody took back."""
        return self.filter(superseded_by__isnull=True, retracted_at__isnull=True)

    def replaced(self) -> FigureQuerySet:
        """Figures that were taken back, or that a figure replaced which readers can see."""
        seen = Q(superseded_by__budget_import__isnull=True) | Q(
            superseded_by__budget_import__published_at__isnull=False
        )
        return self.filter(Q(retracted_at__isnull=False) | (Q(superseded_by__isnull=False) & seen))

    def published(self) -> FigureQuerySet:
        """Figures that readers may see because the import that brought them was published."""
        return self.filter(budget_import__published_at__isnull=False, budget_import__state=ImportState.DONE)

    def conflicts(self) -> models.QuerySet[Any, dict[str, Any]]:
        """Keys for which figures of this set give different amounts: `KEY` with `lowest`, `highest` and `amounts`.

        Grouping takes two unknown parts for the same part, which is what makes them answers to one question.
        """
        keyed = self.filter(line__isnull=False, value__isnull=False).order_by()
        amounts = {"amounts": Count("value", distinct=True), "lowest": Min("value"), "highest": Max("value")}
        counted: models.QuerySet[Any, dict[str, Any]] = keyed.values(*KEY).annotate(**amounts).filter(amounts__gt=1)
        return counted


class Figure(models.Model):
    """An amount for a line, period, phase and provenance.

    `value` is in base units (baht, percent, stars); null when only words were given. The interval
    [low, high] says how exact it is: which ends belong to it is stored, and low = high is that point.
    """

    public_id = public_id()
    slug = slug(null=True, blank=True, help_text="Imported figures have none: they are addressed by their line.")
    label_en = models.CharField(max_length=500, help_text="What is counted, for example: SSO spending.")
    label_th = models.CharField(max_length=500)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="figures")
    line = models.ForeignKey(
        BudgetLine,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="figures",
    )

    value = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    low = models.DecimalField(max_digits=24, decimal_places=6)
    high = models.DecimalField(max_digits=24, decimal_places=6)
    low_closed = models.BooleanField(default=True)
    high_closed = models.BooleanField(default=False)
    words_en = models.CharField(
        max_length=200,
        blank=True,
        help_text="As it was said, when it was said in words.",
    )
    words_th = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=16, choices=Unit.choices)
    currency = models.CharField(max_length=3, blank=True, help_text="ISO 4217; empty unless the unit is money.")
    currency_written = models.BooleanField(default=True, help_text="False when the source leaves the word out.")
    exactness = models.CharField(max_length=24, choices=Exactness.choices)
    significant_digits = models.PositiveSmallIntegerField(null=True, blank=True)

    period_words_en = models.CharField(max_length=80, blank=True, help_text="The period as written; empty: none given.")
    period_words_th = models.CharField(max_length=80, blank=True)
    period_basis = models.CharField(max_length=16, choices=PeriodBasis.choices, default=PeriodBasis.YEAR_UNKNOWN)
    period_year = models.PositiveSmallIntegerField(null=True, blank=True, help_text="C.E.")
    period_earliest = models.DateField(validators=COMMON_ERA, null=True, blank=True)
    period_latest = models.DateField(validators=COMMON_ERA, null=True, blank=True)
    phase = models.CharField(max_length=16, choices=Phase.choices, default=Phase.UNSTATED)
    provenance = models.CharField(max_length=24, choices=Provenance.choices)
    nominal = models.BooleanField(default=True, help_text="Not adjusted for inflation.")

    superseded_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="supersedes",
    )
    retracted_at = models.DateTimeField(null=True, blank=True, editable=False)
    retraction_reason = models.CharField(max_length=300, blank=True, db_default="", editable=False)
    recorded_at = models.DateTimeField(editable=False)
    budget_import = models.ForeignKey(
        BudgetImport, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="figures"
    )
    source_line = models.PositiveIntegerField(null=True, blank=True, editable=False, help_text="Line of the file.")

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(low__lte=F("high")),
                name="figure_interval_in_order",
                violation_error_message="Low must not be above high.",
            ),
            models.CheckConstraint(
                condition=~Q(low=F("high")) | Q(low_closed=True, high_closed=True),
                name="figure_point_is_closed",
                violation_error_message="When low and high are the same, tick both “closed”.",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=F("low"), value__lte=F("high")),
                name="figure_value_in_interval",
                violation_error_message="The value must lie between low and high.",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | (~Q(words_en="") & ~Q(words_th="")),
                name="figure_value_or_words",
                violation_error_message="Give a value, or the words in both languages.",
            ),
            models.CheckConstraint(
                condition=(Q(unit=Unit.MONEY) & ~Q(currency="")) | (~Q(unit=Unit.MONEY) & Q(currency="")),
                name="figure_money_has_currency",
                violation_error_message="Money needs a currency (three letters, such as THB); nothing else has one.",
            ),
            models.CheckConstraint(
                condition=Q(
                    exactness=Exactness.SIGNIFICANT_FIGURES,
                    significant_digits__isnull=False,
                    significant_digits__gte=1,
                )
                | (~Q(exactness=Exactness.SIGNIFICANT_FIGURES) & Q(significant_digits__isnull=True)),
                name="figure_digits_when_significant",
                violation_error_message="Give the significant digits when exactness asks for them, and only then.",
            ),
            models.CheckConstraint(
                condition=Q(unit__in=Unit.values)
                & Q(phase__in=Phase.values)
                & Q(provenance__in=Provenance.values)
                & Q(period_basis__in=PeriodBasis.values)
                & Q(exactness__in=Exactness.values),
                name="figure_codes_known",
                violation_error_message="Choose unit, phase, provenance, kind of year and exactness from their lists.",
            ),
            models.CheckConstraint(
                condition=~Q(superseded_by=F("id")),
                name="figure_does_not_supersede_itself",
                violation_error_message="A figure cannot supersede itself.",
            ),
            models.CheckConstraint(
                condition=Q(slug__isnull=False) | Q(budget_import__isnull=False, line__isnull=False),
                name="figure_has_an_address",
                violation_error_message="Give a slug: only an imported figure with a line does without.",
            ),
            models.CheckConstraint(
                condition=Q(retracted_at__isnull=True, retraction_reason="")
                | (Q(retracted_at__isnull=False) & ~Q(retraction_reason="")),
                name="figure_retracted_with_reason",
                violation_error_message="A retraction needs a reason, and nothing else has one.",
            ),
            date_in_order("figure_period_in_order", "period_earliest", "period_latest"),
        ]

    def __str__(self) -> str:
        """What tells it from others of its name: "SSO spending · 6.61 billion baht · 2023"."""
        amount = self.words_en
        if self.value is not None:
            amount = quantity(self.value, Unit(self.unit), self.currency or None, "en")
        fate = "superseded" if self.superseded_by_id else "retracted" if self.retracted_at else ""
        return " · ".join(str(part) for part in (self.label_en, amount, self.period_year, fate) if part)
