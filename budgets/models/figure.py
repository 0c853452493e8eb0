"""Amounts as somebody gave them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from budgets.models.agency import Agency
from budgets.models.budget_line import BudgetLine
from budgets.models.columns import COMMON_ERA, date_in_order, public_id, slug
from budgets.vocabulary import Exactness, PeriodBasis, Phase, Provenance, Unit


class FigureQuerySet(models.QuerySet["Figure"]):
    """Filters over figures."""

    def standing(self) -> FigureQuerySet:
        """Figures that nothing replaced and nobody took back."""
        return self.filter(superseded_by__isnull=True, retracted_at__isnull=True)


class Figure(models.Model):
    """An amount for a line, period, phase and provenance.

    `value` is in base units (baht, percent, stars); null when only words were given. The interval
    [low, high] says how exact it is: which ends belong to it is stored, and low = high is that point.
    """

    public_id = public_id()
    slug = slug()
    label_en = models.CharField(max_length=200, help_text="What is counted, for example: SSO spending.")
    label_th = models.CharField(max_length=200)
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
    recorded_at = models.DateTimeField(editable=False)

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(condition=Q(low__lte=F("high")), name="figure_interval_in_order"),
            models.CheckConstraint(
                condition=~Q(low=F("high")) | Q(low_closed=True, high_closed=True),
                name="figure_point_is_closed",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=F("low"), value__lte=F("high")),
                name="figure_value_in_interval",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | (~Q(words_en="") & ~Q(words_th="")),
                name="figure_value_or_words",
            ),
            models.CheckConstraint(
                condition=(Q(unit=Unit.MONEY) & ~Q(currency="")) | (~Q(unit=Unit.MONEY) & Q(currency="")),
                name="figure_money_has_currency",
            ),
            models.CheckConstraint(
                condition=Q(
                    exactness=Exactness.SIGNIFICANT_FIGURES,
                    significant_digits__isnull=False,
                    significant_digits__gte=1,
                )
                | (~Q(exactness=Exactness.SIGNIFICANT_FIGURES) & Q(significant_digits__isnull=True)),
                name="figure_digits_when_significant",
            ),
            models.CheckConstraint(
                condition=Q(unit__in=Unit.values)
                & Q(phase__in=Phase.values)
                & Q(provenance__in=Provenance.values)
                & Q(period_basis__in=PeriodBasis.values)
                & Q(exactness__in=Exactness.values),
                name="figure_codes_known",
            ),
            models.CheckConstraint(
                condition=~Q(superseded_by=F("id")),
                name="figure_does_not_supersede_itself",
            ),
            date_in_order("figure_period_in_order", "period_earliest", "period_latest"),
        ]

    def __str__(self) -> str:
        return self.label_en
