"""The work of people on one revision of a claim."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from budgets.models.columns import public_id
from claims.vocabulary import EditionKind, Rating, ReviewState, SubjectKind


class ClaimReview(models.Model):
    """One revision on its way to an edition: drafted, submitted under a content hash, approved, published."""

    public_id = public_id()
    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="reviews")
    number = models.PositiveIntegerField(editable=False, help_text="1 for the first revision.")
    state = models.CharField(
        max_length=12,
        choices=ReviewState.choices,
        default=ReviewState.DRAFTED,
        editable=False,
    )
    kind = models.CharField(max_length=12, choices=EditionKind.choices, default=EditionKind.INITIAL)
    rating = models.CharField(max_length=16, choices=Rating.choices, default=Rating.NOT_YET_RATED)
    reasons_en = models.TextField(blank=True, help_text="Why this rating; public.")
    reasons_th = models.TextField(blank=True)
    note_en = models.TextField(
        blank=True,
        help_text="What changed and why; public, needed from the second edition on.",
    )
    note_th = models.TextField(blank=True)
    content_hash = models.CharField(max_length=64, blank=True, editable=False)
    digests = models.JSONField(default=dict, editable=False, help_text="Digest of each document that was submitted.")
    approved_hash = models.CharField(max_length=64, blank=True, editable=False)
    legal_hash = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="Hash cleared for legal risk.",
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    legal_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    opened_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["claim", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="review_number_once"),
            models.UniqueConstraint(
                fields=["claim"],
                condition=~Q(state=ReviewState.PUBLISHED),
                name="review_one_open_per_claim",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ReviewState.values)
                & Q(rating__in=Rating.values)
                & Q(kind__in=EditionKind.values),
                name="review_codes_known",
            ),
            models.CheckConstraint(
                condition=Q(state=ReviewState.DRAFTED) | (~Q(content_hash="") & Q(submitted_by__isnull=False)),
                name="review_submitted_has_hash",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ReviewState.DRAFTED, ReviewState.IN_REVIEW])
                | (
                    Q(approved_by__isnull=False)
                    & Q(approved_hash=F("content_hash"))
                    & ~Q(approved_by=F("submitted_by"))
                ),
                name="review_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReviewState.PUBLISHED) | Q(published_by__isnull=False),
                name="review_published_has_publisher",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim}, revision {self.number}"


class DraftEdit(models.Model):
    """Somebody wrote in a subject. Append-only: it decides who may not approve the next edition."""

    subject_kind = models.CharField(max_length=8, choices=SubjectKind.choices)
    subject_id = models.UUIDField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    after_edition = models.PositiveIntegerField(help_text="Number of the newest edition then; 0 before the first.")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "after_edition"], name="draft_edit_since_edition")
        ]

    def __str__(self) -> str:
        return f"{self.user} wrote in {self.subject_kind} {self.subject_id}"


class ReviewAuthor(models.Model):
    """Somebody who wrote any part of a revision, and so cannot approve it."""

    review = models.ForeignKey(ClaimReview, on_delete=models.PROTECT, related_name="authors")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "user"], name="review_author_once")]

    def __str__(self) -> str:
        return str(self.user)


class ReviewDecision(models.Model):
    """Who moved a review from where to where, when and why. Append-only, also in SQL."""

    public_id = public_id()
    review = models.ForeignKey(ClaimReview, on_delete=models.PROTECT, related_name="decisions")
    verb = models.CharField(max_length=24)
    from_state = models.CharField(max_length=12, choices=ReviewState.choices)
    to_state = models.CharField(max_length=12, choices=ReviewState.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    content_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.verb} by {self.by}"
