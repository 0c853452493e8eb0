"""What people need at the desk: comments, who is writing, filters they keep, what they are told of."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.vocabulary import AlertKind, AlertState


class ReviewComment(models.Model):
    """A remark on a claim or on one assertion of it, until somebody resolves it."""

    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="comments")
    assertion = models.ForeignKey(
        "claims.Assertion", on_delete=models.SET_NULL, null=True, blank=True, related_name="comments"
    )
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="comment_resolved_whole",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Presence(models.Model):
    """Who has a claim's form open. A hint for others, never a lock; a row older than two minutes means nothing."""

    claim = models.ForeignKey("claims.Claim", on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "user"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.user} at {self.claim_id}"


class SavedFilter(models.Model):
    """A list with its filters that a person keeps under a name."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters")
    page = models.CharField(max_length=80, help_text="Name of the admin page, for example claims_claim_changelist.")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1000, help_text="What stands after the question mark.")
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["position", "name"]
        constraints = [models.UniqueConstraint(fields=["user", "page", "name"], name="saved_filter_once")]

    def __str__(self) -> str:
        return self.name


class AlertPreference(models.Model):
    """What a person is told of, by e-mail, by webhook or both."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="alert_preference")
    new_replies = models.BooleanField(default=True)
    lost_quotes = models.BooleanField(default=True)
    digest = models.BooleanField(default=False, help_text="One e-mail each working day about what waits.")
    digest_sent_on = models.DateField(null=True, editable=False)
    webhook_url = models.URLField(max_length=500, blank=True, help_text="Where alerts are posted as JSON, signed.")
    webhook_secret = models.CharField(max_length=100, blank=True, editable=False)

    def __str__(self) -> str:
        return f"alerts of {self.user}"


class Alert(models.Model):
    """One message to one person through one channel: the row is the queue."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="alerts")
    kind = models.CharField(max_length=12, choices=AlertKind.choices)
    by_webhook = models.BooleanField(default=False, help_text="No: by e-mail.")
    key = models.CharField(max_length=120, help_text="What it is about; one alert per person, channel and key.")
    subject = models.CharField(max_length=300)
    text = models.TextField()
    path = models.CharField(max_length=300, blank=True, help_text="Page of the desk, from the root of the site.")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=AlertState.choices, default=AlertState.WAITING)
    due_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_token = models.UUIDField(null=True)
    sent_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="alert_due"),
            models.Index(fields=["made_at"], condition=Q(state=AlertState.FAILED), name="alert_failed"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "by_webhook", "kind", "key"], name="alert_once"),
            models.CheckConstraint(
                condition=Q(kind__in=AlertKind.values) & Q(state__in=AlertState.values), name="alert_codes_known"
            ),
        ]

    def __str__(self) -> str:
        return self.subject
