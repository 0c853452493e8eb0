"""What is taken out of sight: a whole claim for now, or one edition for good."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from budgets.models.columns import public_id


class Hiding(models.Model):
    """An emergency: one editor hides a published claim at once, and a second person confirms or lifts it."""

    public_id = public_id()
    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="hidings")
    reason_en = models.CharField(max_length=300, help_text="Readers see it.")
    reason_th = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifting_note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["claim"], condition=Q(lifted_at__isnull=True), name="hiding_one_per_claim"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("by")), name="hiding_confirmed_by_another"
            ),
            models.CheckConstraint(condition=~Q(reason_en="") & ~Q(reason_th=""), name="hiding_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.claim}, hidden {self.at:%Y-%m-%d}"


class Withholding(models.Model):
    """The text of one edition is erased (court order, privacy); its number, digest and reason stay. Two persons."""

    public_id = public_id()
    edition = models.OneToOneField("claims.Edition", on_delete=models.PROTECT, related_name="withholding")
    reason_en = models.CharField(max_length=300)
    reason_th = models.CharField(max_length=300)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | (Q(confirmed_at__isnull=False) & Q(confirmed_by__isnull=False) & ~Q(confirmed_by=F("asked_by"))),
                name="withholding_by_two_persons",
            ),
            models.CheckConstraint(condition=~Q(reason_en="") & ~Q(reason_th=""), name="withholding_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.edition}, withheld"
