"""The blind second rating: what somebody who has not seen the draft's rating concludes from the text."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from claims.models.rating import IndependentRating
from claims.models.review import ClaimReview
from claims.review.moving import NotAllowed, lock_for, move, unchanged_bundle
from claims.review.transitions import DISAGREE, RATE
from claims.vocabulary import Rating, ReviewState


def rate(
    *, review: ClaimReview, rating: Rating, reason: str, by: User, now: datetime, seen: str | None = None
) -> ClaimReview:
    """Store what `by` concludes; a rating unlike the draft's asks for a third person. Raises `NotAllowed`.

    One rating per person and text, and final: whoever has rated sees the others.
    """
    with transaction.atomic():
        review = lock_for(review, RATE, by, seen)
        unchanged_bundle(review)
        if not reason.strip():
            raise NotAllowed(["Say in your own words why you conclude this: nobody has shown you the draft's reasons."])
        if ratings_of(review).filter(by=by).exists():
            raise NotAllowed(["You have rated this text already; a rating is final."])
        IndependentRating.objects.create(
            review=review, content_hash=review.content_hash, rating=rating, reason=reason.strip(), by=by, at=now
        )
        differs = rating != review.rating
        asks_third = differs and review.state == ReviewState.IN_REVIEW
        move(review, DISAGREE if asks_third else RATE, by=by, now=now, reason=reason)
    return review


def refuse_unrated(review: ClaimReview, by: User) -> None:
    """Raise `NotAllowed` unless the approver came to the draft's rating blindly, and no majority to another one."""
    if not Rating(review.rating).is_rated:
        return
    given = list(ratings_of(review).values_list("by_id", "rating"))
    if by.pk not in [pk for pk, _ in given]:
        raise NotAllowed(["Rate the claim yourself first: its rating is hidden from you until you have."])
    if (by.pk, review.rating) not in given:
        raise NotAllowed(["You rated it otherwise: somebody else must approve it, or it goes back to draft."])
    same = [pk for pk, rating in given if rating == review.rating]
    if len(same) < len(given) - len(same):
        raise NotAllowed(["Most of those who rated it blindly came to another rating: take it back to draft."])


def ratings_of(review: ClaimReview) -> QuerySet[IndependentRating]:
    """Return the independent ratings of the text that is judged now."""
    return IndependentRating.objects.filter(review=review, content_hash=review.content_hash)
