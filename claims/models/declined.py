"""What we do not check, and why."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from budgets.models.columns import public_id
from claims.vocabulary import DeclineReason


class Declined(models.Model):
    """A claim that was taken in and declined, as readers see it: what it was about, why, since when. Append-only.

    Two persons: whoever declines wrote none of it.
    """

    public_id = public_id()
    claim = models.OneToOneField("claims.Claim", on_delete=models.PROTECT, related_name="declined")
    heading_en = models.CharField(max_length=300)
    heading_th = models.CharField(max_length=300)
    code = models.CharField(max_length=20, choices=DeclineReason.choices)
    reason_en = models.TextField()
    reason_th = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    declined_at = models.DateTimeField()

    class Meta:
        ordering = ["-declined_at", "-id"]
        verbose_name_plural = "declined claims"
        indexes = [models.Index(fields=["-declined_at", "-id"], name="declined_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__in=DeclineReason.values) & ~Q(reason_en="") & ~Q(reason_th=""),
                name="declined_says_why",
            )
        ]

    def __str__(self) -> str:
        return self.heading_en
