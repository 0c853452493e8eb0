"""From whom the rating of a draft is hidden: whoever may still be asked to rate it without having seen it."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef

from claims.models.rating import IndependentRating
from claims.models.review import ClaimReview, DraftEdit, ReviewAuthor
from claims.review.transitions import RATE
from claims.vocabulary import ReviewState, SubjectKind

HIDDEN_FIELDS = ("rating", "reasons_en", "reasons_th")


def rating_hidden_from(review: ClaimReview, user: User) -> bool:
    """Whether the draft's rating and its reasons must not be shown to the user, on any page.

    True for people who may rate, wrote none of the revision and have not saved a rating of their own for the submitted
    text. After publication everybody sees it. One query.
    """
    return bool(hidden_reviews([review], user))


def hidden_reviews(reviews: Iterable[ClaimReview], user: User) -> set[int]:
    """Return the keys of those reviews whose rating is hidden from the user, in one query for all."""
    open_ones = [review.pk for review in reviews if ReviewState(review.state).is_open]
    if not open_ones:
        return set()
    wrote = ReviewAuthor.objects.filter(review=OuterRef("pk"), user=user)
    rated = IndependentRating.objects.filter(review=OuterRef("pk"), content_hash=OuterRef("content_hash"), by=user)
    edited = DraftEdit.objects.filter(
        subject_kind=SubjectKind.CLAIM,
        subject_id=OuterRef("claim__public_id"),
        user=user,
        at__gte=OuterRef("opened_at"),
    )
    judge = Exists(user.groups.filter(name__in=RATE.roles))
    found = ClaimReview.objects.filter(judge, ~Exists(wrote), ~Exists(rated), ~Exists(edited), pk__in=open_ones)
    return set(found.values_list("pk", flat=True))
