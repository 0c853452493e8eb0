"""Bodies of sources as they were received."""

from __future__ import annotations

from django.db import models


class Snapshot(models.Model):
    """One version of a source; the body lies content-addressed in Django's storage, gzipped, written once."""

    source = models.ForeignKey("claims.Source", on_delete=models.PROTECT, related_name="snapshots")
    sha256 = models.CharField(max_length=64, help_text="Of the body as received.")
    size = models.PositiveIntegerField(help_text="Bytes of the body.")
    content_type = models.CharField(max_length=100, blank=True)
    charset = models.CharField(max_length=40, blank=True)
    storage_name = models.CharField(max_length=120)
    text = models.TextField(blank=True, help_text="The visible text that was extracted.")
    extractor = models.CharField(max_length=40, blank=True)
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["-taken_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["source", "sha256"], name="snapshot_once")]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.taken_at:%Y-%m-%d}"
