"""Addresses that moved."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.vocabulary import SubjectKind


class Redirect(models.Model):
    """An address that was public and now leads to another subject of the same kind. Append-only."""

    kind = models.CharField(max_length=8, choices=SubjectKind.choices)
    old_slug = models.SlugField(max_length=80)
    new_slug = models.SlugField(max_length=80)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "old_slug"], name="redirect_once"),
            models.CheckConstraint(condition=~Q(old_slug=F("new_slug")), name="redirect_elsewhere"),
        ]

    def __str__(self) -> str:
        return f"{self.old_slug} → {self.new_slug}"
