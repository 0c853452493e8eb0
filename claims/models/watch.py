"""Addresses that are watched for somebody's list, and versions of sources that a person took as the baseline."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class WatchEntry(models.Model):
    """One line of a list given to `watch_sources`: its own key, the source, and perhaps a quote (a citation)."""

    key = models.CharField(max_length=200, unique=True, help_text="The id that the list gave.")
    url = models.TextField(help_text="As the list wrote it.")
    source = models.ForeignKey("claims.Source", on_delete=models.PROTECT, null=True, related_name="watch_entries")
    refused = models.CharField(max_length=40, blank=True, help_text="Why the address cannot be watched: a code.")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "watch entries"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(source__isnull=False, refused="")
                | (models.Q(source__isnull=True) & ~models.Q(refused="")),
                name="watch_entry_watched_or_refused",
            )
        ]

    def __str__(self) -> str:
        return self.key


class AcceptedVersion(models.Model):
    """A person took a version of a source as the new baseline, and said why. Triggers refuse every change."""

    source = models.ForeignKey("claims.Source", on_delete=models.PROTECT, related_name="accepted_versions")
    snapshot = models.ForeignKey("claims.Snapshot", on_delete=models.PROTECT, related_name="+")
    previous = models.ForeignKey("claims.Snapshot", on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="accepted_version_has_reason")]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.reason[:60]}"
