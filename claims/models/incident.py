"""Hosts that fail as a whole: one incident, one alert, however many sources stand there."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from claims.vocabulary import Outcome


class HostIncidentQuerySet(models.QuerySet["HostIncident"]):
    """Filters over incidents."""

    def open(self) -> HostIncidentQuerySet:
        """Incidents that are not over."""
        return self.filter(closed_at__isnull=True)


class HostIncident(models.Model):
    """A time in which at least 30 % of a host's sources failed alike within an hour."""

    host = models.CharField(max_length=255)
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    failing = models.PositiveIntegerField(help_text="Sources that failed alike, at the last count.")
    watched = models.PositiveIntegerField(help_text="Sources of the host, at the last count.")
    opened_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = HostIncidentQuerySet.as_manager()

    class Meta:
        ordering = ["closed_at", "-opened_at"]
        constraints = [
            models.UniqueConstraint(fields=["host"], condition=Q(closed_at__isnull=True), name="incident_open_once"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="incident_outcome_known"),
            models.CheckConstraint(condition=Q(failing__lte=F("watched")), name="incident_counts_in_order"),
            models.CheckConstraint(condition=Q(last_seen_at__gte=F("opened_at")), name="incident_times_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.host}: {Outcome(self.outcome).label}"
