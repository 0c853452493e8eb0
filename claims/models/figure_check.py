"""Assertions computed from figures: what was checked, in which readings, and what came out."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from budgets.models.columns import public_id
from budgets.vocabulary import Formula, PeriodBasis, Phase, Relation, Result, Unit
from claims.vocabulary import FindingCause


class FigureCheck(models.Model):
    """One computation of an assertion: a formula, and what the assertion says comes out of it."""

    public_id = public_id()
    assertion = models.ForeignKey("claims.Assertion", on_delete=models.CASCADE, related_name="checks")
    number = models.PositiveSmallIntegerField(default=1)
    formula = models.CharField(max_length=16, choices=Formula.choices)
    relation = models.CharField(max_length=12, choices=Relation.choices, default=Relation.EQUALS)
    claimed_low = models.DecimalField(
        max_digits=24, decimal_places=6, null=True, blank=True, help_text="Empty: the claimed figure is the first one."
    )
    claimed_high = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    claimed_high_closed = models.BooleanField(default=True)
    claimed_unit = models.CharField(max_length=16, choices=Unit.choices)
    claimed_currency = models.CharField(max_length=3, blank=True)
    claimed_words_en = models.CharField(max_length=200, help_text="What the assertion says, for example: doubled.")
    claimed_words_th = models.CharField(max_length=200)

    class Meta:
        ordering = ["assertion", "number"]
        constraints = [
            models.UniqueConstraint(fields=["assertion", "number"], name="figure_check_number_once"),
            models.CheckConstraint(
                condition=Q(formula__in=Formula.values)
                & Q(relation__in=Relation.values)
                & Q(claimed_unit__in=Unit.values),
                name="figure_check_codes_known",
            ),
            models.CheckConstraint(
                condition=Q(claimed_low__isnull=True, claimed_high__isnull=True)
                | Q(claimed_low__isnull=False, claimed_high__isnull=False, claimed_low__lte=F("claimed_high")),
                name="figure_check_claimed_whole",
                violation_error_message="Give both ends of what is claimed, the lower first, or neither.",
            ),
            models.CheckConstraint(
                condition=Q(claimed_low__isnull=False) | Q(formula=Formula.VALUE),
                name="figure_check_claims_something",
                violation_error_message="Say what the assertion claims: only a value is compared with its own figure.",
            ),
        ]

    def __str__(self) -> str:
        return f"{Formula(self.formula).label}: {self.claimed_words_en}"


class Reading(models.Model):
    """One way to understand the sentence; a sentence with one meaning has one reading without words."""

    public_id = public_id()
    figure_check = models.ForeignKey(FigureCheck, on_delete=models.CASCADE, related_name="readings")
    number = models.PositiveSmallIntegerField(default=1)
    words_en = models.CharField(max_length=300, blank=True, help_text="For example: half of the hotline's 100 million.")
    words_th = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["figure_check", "number"]
        constraints = [
            models.UniqueConstraint(fields=["figure_check", "number"], name="reading_number_once"),
            models.CheckConstraint(
                condition=Q(words_en="", words_th="") | (~Q(words_en="") & ~Q(words_th="")),
                name="reading_words_in_both",
                violation_error_message="Say the reading in both languages.",
            ),
        ]

    def __str__(self) -> str:
        return self.words_en or "As it stands"


class Operand(models.Model):
    """One figure that a reading computes with: named, or asked for by what it would have to be of.

    An operand without a figure names what is missing; with a line and a year it takes the official figure in as soon
    as there is exactly one.
    """

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="operands")
    position = models.PositiveSmallIntegerField(help_text="As the formula takes them: later first, part before whole.")
    figure = models.ForeignKey(
        "budgets.Figure", on_delete=models.PROTECT, null=True, blank=True, related_name="operands"
    )
    missing_en = models.CharField(max_length=200, blank=True, help_text="What is missing, when there is no figure.")
    missing_th = models.CharField(max_length=200, blank=True)
    line = models.ForeignKey(
        "budgets.BudgetLine", on_delete=models.PROTECT, null=True, blank=True, related_name="operands"
    )
    year = models.PositiveSmallIntegerField(null=True, blank=True, help_text="C.E.")
    basis = models.CharField(max_length=16, choices=PeriodBasis.choices, blank=True)
    phase = models.CharField(max_length=16, choices=Phase.choices, blank=True)

    class Meta:
        ordering = ["reading", "position"]
        indexes = [models.Index(fields=["line", "year"], name="operand_wanted", condition=Q(line__isnull=False))]
        constraints = [
            models.UniqueConstraint(fields=["reading", "position"], name="operand_position_once"),
            models.CheckConstraint(
                condition=Q(figure__isnull=False, missing_en="", missing_th="", line__isnull=True)
                | (Q(figure__isnull=True) & ~Q(missing_en="") & ~Q(missing_th="")),
                name="operand_figure_or_missing",
                violation_error_message="Choose a figure, or say in both languages which one is missing.",
            ),
            models.CheckConstraint(
                condition=Q(line__isnull=True, year__isnull=True, basis="", phase="")
                | (Q(line__isnull=False, year__isnull=False) & ~Q(basis="") & ~Q(phase="")),
                name="operand_wanted_whole",
                violation_error_message="To wait for a figure name its line, year, kind of year and phase: all four.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.figure) if self.figure_id else self.missing_en


class FindingQuerySet(models.QuerySet["Finding"]):
    """Filters over findings."""

    def current(self) -> FindingQuerySet:
        """The newest finding of each reading."""
        return self.order_by("reading_id", "-id").distinct("reading_id")


class Finding(models.Model):
    """What a reading came to at one time. Triggers refuse every change: another result is another row.

    `body` is the whole finding as documents show it (docs/figure-checks.md); the columns beside it are for queries.
    """

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="findings")
    result = models.CharField(max_length=12, choices=Result.choices)
    cause = models.CharField(max_length=8, choices=FindingCause.choices)
    body = models.JSONField()
    digest = models.CharField(max_length=64, help_text="SHA-256 (hex) of the canonical body.")
    computed_at = models.DateTimeField()

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["reading", "-id"]
        indexes = [models.Index(fields=["reading", "-id"], name="finding_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(result__in=Result.values) & Q(cause__in=FindingCause.values), name="finding_codes_known"
            )
        ]

    def __str__(self) -> str:
        return str(Result(self.result).label)
