"""The checkable parts of a claim."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from budgets.models.columns import public_id
from claims.vocabulary import AssertionKind


class Assertion(models.Model):
    """One numbered part of a claim that can be checked on its own."""

    public_id = public_id()
    claim = models.ForeignKey("claims.Claim", on_delete=models.CASCADE, related_name="assertions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=AssertionKind.choices)
    text_en = models.TextField()
    text_th = models.TextField()
    hedge_en = models.TextField(
        blank=True,
        help_text="The source's own caution, or what is ambiguous in the words.",
    )
    hedge_th = models.TextField(blank=True)

    class Meta:
        ordering = ["claim", "number"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="assertion_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="assertion_numbers_from_one"),
            models.CheckConstraint(condition=Q(kind__in=AssertionKind.values), name="assertion_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text_en[:60]}"
