"""A rule that an editor sets aside for one claim, in public."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from budgets.models.columns import public_id


class WaiverQuerySet(models.QuerySet["Waiver"]):
    """Filters over waivers."""

    def standing(self) -> WaiverQuerySet:
        """Those that nobody has withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Waiver(models.Model):
    """Why a rule before publishing does not hold for a claim; readers see the reason."""

    public_id = public_id()
    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="waivers")
    rule = models.CharField(max_length=32, help_text="Code of the gate.")
    reason_en = models.TextField()
    reason_th = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = WaiverQuerySet.as_manager()

    class Meta:
        ordering = ["claim", "rule"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "rule"], condition=Q(withdrawn_at__isnull=True), name="waiver_stands_once"
            ),
            models.CheckConstraint(condition=~Q(reason_en="") & ~Q(reason_th=""), name="waiver_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.claim}"
