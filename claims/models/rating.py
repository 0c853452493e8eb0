"""What a second and a third person rate without having seen the draft's rating."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from budgets.models.columns import public_id
from claims.vocabulary import Rating


class IndependentRating(models.Model):
    """One blind rating of a submitted text. Append-only; it is of the text with that hash and of no other."""

    public_id = public_id()
    review = models.ForeignKey("claims.ClaimReview", on_delete=models.PROTECT, related_name="ratings")
    content_hash = models.CharField(max_length=64)
    rating = models.CharField(max_length=16, choices=Rating.choices)
    reason = models.TextField(help_text="Why, in your own words; internal.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "content_hash", "by"], name="independent_rating_once"),
            models.CheckConstraint(
                condition=Q(rating__in=Rating.values) & ~Q(reason="") & ~Q(content_hash=""),
                name="independent_rating_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by}: {self.rating}"
