"""Who spoke with whom, and what we note for ourselves. No document, export or API reads this module."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from budgets.models.columns import public_id
from claims.vocabulary import Channel


class Contact(models.Model):
    """One contact about a claim: a call, a letter, a visit. Append-only."""

    public_id = public_id()
    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="contacts")
    office = models.ForeignKey("claims.Office", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey("claims.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    channel = models.CharField(max_length=12, choices=Channel.choices)
    from_us = models.BooleanField(default=True, help_text="No: they contacted us.")
    on_record = models.BooleanField(default=False, help_text="May be quoted.")
    letter_number = models.CharField(max_length=80, blank=True)
    summary = models.TextField()
    happened_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-happened_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=Channel.values) & ~Q(summary=""), name="contact_whole")
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}, {self.happened_at:%Y-%m-%d}"


class PrivateNote(models.Model):
    """What we note for ourselves about a claim."""

    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="private_notes")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.text[:60]
