"""Who gave a figure, where, and what it belongs to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from claims.vocabulary import SaidBasis


class FigureAttribution(models.Model):
    """Joins a figure to the claim or dossier it stands in, to who says so, and to the quote that shows it."""

    figure = models.ForeignKey("budgets.Figure", on_delete=models.PROTECT, related_name="attributions")
    claim = models.ForeignKey(
        "claims.Claim",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="figures",
    )
    dossier = models.ForeignKey(
        "claims.Dossier",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="figures",
    )
    assertion = models.ForeignKey(
        "claims.Assertion",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="figures",
    )
    citation = models.ForeignKey(
        "claims.EvidenceCitation",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="figures",
    )
    position = models.PositiveSmallIntegerField(default=1)
    basis = models.CharField(max_length=12, choices=SaidBasis.choices)
    said_by = models.ForeignKey(
        "claims.Person",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    said_by_words_en = models.CharField(max_length=200, help_text="For example: the report; Ratchanok Srinok implied.")
    said_by_words_th = models.CharField(max_length=200)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(claim__isnull=False, dossier__isnull=True) | Q(claim__isnull=True, dossier__isnull=False),
                name="attribution_of_one_subject",
            ),
            models.UniqueConstraint(
                fields=["figure", "claim", "dossier"],
                nulls_distinct=False,
                name="attribution_once",
            ),
            models.CheckConstraint(condition=Q(basis__in=SaidBasis.values), name="attribution_basis_known"),
            models.CheckConstraint(
                condition=Q(assertion__isnull=True) | Q(claim__isnull=False),
                name="attribution_assertion_needs_claim",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure}: {self.said_by_words_en}"
