"""What ties one of us to somebody whom claims are about."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from budgets.models.columns import COMMON_ERA
from claims.models.claim import Claim
from claims.vocabulary import InterestKind


class InterestQuerySet(models.QuerySet["Interest"]):
    """Filters over interests."""

    def standing(self) -> InterestQuerySet:
        """Those that have not ended."""
        return self.filter(ended_on__isnull=True)

    def in_claim(self, claim: Claim) -> InterestQuerySet:
        """Those in anybody whom the claim is by or about: claimants, their parties, and its agencies."""
        return self.filter(
            Q(person__claimed__claim=claim)
            | Q(agency__in=claim.claimants.values("party"))
            | Q(agency__in=claim.agencies.values("pk"))
        ).distinct()


class Interest(models.Model):
    """A declared tie of a user to a person or an agency; it keeps the user off claims by or about them."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="interests")
    person = models.ForeignKey(
        "claims.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="interests"
    )
    agency = models.ForeignKey(
        "budgets.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="interests"
    )
    kind = models.CharField(max_length=12, choices=InterestKind.choices)
    note = models.CharField(max_length=300, blank=True, help_text="Internal.")
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    ended_on = models.DateField(validators=COMMON_ERA, null=True, blank=True)

    objects = InterestQuerySet.as_manager()

    class Meta:
        ordering = ["user", "-declared_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, agency__isnull=True) | Q(person__isnull=True, agency__isnull=False),
                name="interest_in_one_actor",
            ),
            models.CheckConstraint(condition=Q(kind__in=InterestKind.values), name="interest_kind_known"),
            models.UniqueConstraint(
                fields=["user", "person", "agency"],
                condition=Q(ended_on__isnull=True),
                nulls_distinct=False,
                name="interest_stands_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.person or self.agency}"
