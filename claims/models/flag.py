"""Why a person should look."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.vocabulary import FlagCode


class FlagQuerySet(models.QuerySet["Flag"]):
    """Filters over flags."""

    def open(self) -> FlagQuerySet:
        """Flags nobody has closed yet."""
        return self.filter(closed_at__isnull=True)


class Flag(models.Model):
    """Something for a person to look at; never a state of the claim."""

    code = models.CharField(max_length=24, choices=FlagCode.choices)
    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, null=True, related_name="flags")
    source = models.ForeignKey("claims.Source", on_delete=models.PROTECT, null=True, related_name="flags")
    citation = models.ForeignKey(
        "claims.EvidenceCitation",
        on_delete=models.CASCADE,
        null=True,
        related_name="flags",
    )
    incident = models.ForeignKey("claims.HostIncident", on_delete=models.PROTECT, null=True, related_name="flags")
    detail = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    closing_note = models.CharField(max_length=300, blank=True)

    objects = FlagQuerySet.as_manager()

    class Meta:
        ordering = ["closed_at", "-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "claim", "source", "citation", "incident"],
                condition=Q(closed_at__isnull=True),
                nulls_distinct=False,
                name="flag_open_once",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True) | Q(closed_at__isnull=False),
                name="flag_closed_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(FlagCode(self.code).label)
