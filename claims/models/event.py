"""What happened when: events of a story, never our own publications."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from budgets.models.columns import COMMON_ERA, date_in_order


class Event(models.Model):
    """Something that happened, on a date that may be an interval or unknown."""

    dossier = models.ForeignKey(
        "claims.Dossier",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="events",
    )
    claim = models.ForeignKey(
        "claims.Claim",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="events",
    )
    position = models.PositiveSmallIntegerField(help_text="Order among events whose dates do not decide it.")
    happened_earliest = models.DateField(validators=COMMON_ERA, null=True, blank=True)
    happened_latest = models.DateField(validators=COMMON_ERA, null=True, blank=True)
    text_en = models.CharField(max_length=300)
    text_th = models.CharField(max_length=300)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            date_in_order("event_dates_in_order", "happened_earliest", "happened_latest"),
            models.CheckConstraint(
                condition=Q(dossier__isnull=False, claim__isnull=True) | Q(dossier__isnull=True, claim__isnull=False),
                name="event_of_one_story",
            ),
        ]

    def __str__(self) -> str:
        return self.text_en[:60]
