"""A text from which claims are picked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from budgets.models.columns import public_id
from claims.vocabulary import IntakeState


class IntakeText(models.Model):
    """A pasted text, or a page that a worker fetches: the row is the queue."""

    public_id = public_id()
    url = models.URLField(max_length=2000, blank=True)
    title = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    lang = models.CharField(max_length=2, blank=True)
    state = models.CharField(max_length=8, choices=IntakeState.choices)
    failure = models.JSONField(default=dict, help_text="Outcome and sentence in both languages.")
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    fetch_due_at = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    discard_reason = models.CharField(max_length=300, blank=True)
    claims = models.ManyToManyField("claims.Claim", blank=True, related_name="intake_texts")

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["fetch_due_at"], condition=Q(fetch_due_at__isnull=False), name="intake_due"),
            models.Index(fields=["received_at"], condition=Q(state=IntakeState.FAILED), name="intake_failed"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(url="") | ~Q(text=""), name="intake_has_something"),
            models.CheckConstraint(condition=Q(state__in=IntakeState.values), name="intake_state_known"),
        ]

    def __str__(self) -> str:
        return self.title or self.url or self.text[:60]
