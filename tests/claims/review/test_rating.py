"""The blind second rating: hidden until one's own is saved, binding the approval, a third person where two differ."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from claims.models.rating import IndependentRating
from claims.models.review import ClaimReview, ReviewDecision
from claims.publication.verbs import publish
from claims.review.blinding import hidden_reviews, rating_hidden_from
from claims.review.moving import NotAllowed
from claims.review.rating import rate
from claims.review.transitions import Role
from claims.review.verbs import approve, describe_revision, submit, take_back
from claims.vocabulary import EditionKind, Rating, ReviewState
from tests.factories.cast import Cast, member
from tests.factories.claims import NOW, draft_claim, open_review, published_claim


@pytest.fixture
def submitted(cast: Cast) -> ClaimReview:
    """A claim that its contributor rated mostly false, before a second person."""
    return rated(cast, Rating.MOSTLY_FALSE)


def rated(cast: Cast, rating: Rating) -> ClaimReview:
    claim = draft_claim(by=cast.contributor)
    describe_revision(
        claim=claim,
        kind=EditionKind.INITIAL,
        rating=rating,
        reasons=("The accounts say otherwise.", "บัญชีระบุต่างไป"),
        by=cast.contributor,
        now=NOW,
    )
    return submit(review=open_review(claim), by=cast.contributor, now=NOW)


def test_the_rating_is_hidden_from_whoever_may_rate_until_theirs_is_saved(cast: Cast, submitted: ClaimReview) -> None:
    assert rating_hidden_from(submitted, cast.reviewer)
    assert rating_hidden_from(submitted, cast.editor)
    assert not rating_hidden_from(submitted, cast.contributor), "the author knows it"
    assert not rating_hidden_from(submitted, cast.auditor), "who cannot rate may look"
    rate(review=submitted, rating=Rating.MOSTLY_FALSE, reason="The same.", by=cast.reviewer, now=NOW)
    assert not rating_hidden_from(submitted, cast.reviewer)
    assert rating_hidden_from(submitted, cast.editor)


def test_it_is_hidden_while_it_is_being_drafted_too(cast: Cast) -> None:
    review = open_review(draft_claim(by=cast.contributor))
    assert rating_hidden_from(review, cast.reviewer)
    assert not rating_hidden_from(review, cast.contributor)


def test_after_publication_everybody_sees_it(cast: Cast) -> None:
    claim = published_claim(cast)
    assert not rating_hidden_from(claim.reviews.get(), cast.reviewer)


def test_an_author_of_an_earlier_edition_is_blind_again(cast: Cast) -> None:
    claim = published_claim(cast)
    describe_revision(
        claim=claim, kind=EditionKind.UPDATE, rating=Rating.MOSTLY_TRUE, reasons=("a", "b"), note=("c", "d"),
        by=cast.editor, now=NOW,
    )  # fmt: skip
    assert rating_hidden_from(open_review(claim), cast.reviewer)
    assert not rating_hidden_from(open_review(claim), cast.editor)


def test_many_reviews_are_judged_with_a_constant_number_of_queries(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    reviews = [open_review(draft_claim(by=cast.contributor)) for _ in range(8)]
    reviews = list(ClaimReview.objects.select_related("claim").filter(pk__in=[review.pk for review in reviews]))
    with django_assert_max_num_queries(4):  # type: ignore[operator]  # a fixture without a type
        assert hidden_reviews(reviews, cast.reviewer) == {review.pk for review in reviews}


def test_whoever_rates_the_same_may_approve(cast: Cast, submitted: ClaimReview) -> None:
    with pytest.raises(NotAllowed, match="Rate the claim yourself first"):
        approve(review=submitted, by=cast.reviewer, now=NOW)
    review = rate(review=submitted, rating=Rating.MOSTLY_FALSE, reason="The same.", by=cast.reviewer, now=NOW)
    assert review.state == ReviewState.IN_REVIEW
    review = approve(review=review, by=cast.reviewer, now=NOW)
    publish(review=review, by=cast.editor, now=NOW)


def test_unequal_ratings_go_to_a_third_person(cast: Cast, submitted: ClaimReview) -> None:
    third = member(Role.REVIEWER, "third")
    review = rate(review=submitted, rating=Rating.MOSTLY_TRUE, reason="I read it otherwise.", by=cast.reviewer, now=NOW)
    assert review.state == ReviewState.SECOND_REVIEW
    assert ReviewDecision.objects.latest("pk").verb == "disagree"
    with pytest.raises(NotAllowed, match="You rated it otherwise"):
        approve(review=review, by=cast.reviewer, now=NOW)
    assert rating_hidden_from(review, third)
    review = rate(review=review, rating=Rating.MOSTLY_FALSE, reason="The accounts decide.", by=third, now=NOW)
    assert review.state == ReviewState.SECOND_REVIEW
    review = approve(review=review, by=third, now=NOW)
    publish(review=review, by=cast.editor, now=NOW)


def test_a_majority_against_the_draft_sends_it_back(cast: Cast, submitted: ClaimReview) -> None:
    third = member(Role.REVIEWER, "third")
    review = rate(review=submitted, rating=Rating.MOSTLY_TRUE, reason="Otherwise.", by=cast.reviewer, now=NOW)
    review = rate(review=review, rating=Rating.MOSTLY_TRUE, reason="Otherwise too.", by=third, now=NOW)
    review = rate(review=review, rating=Rating.MOSTLY_FALSE, reason="As drafted.", by=cast.editor, now=NOW)
    with pytest.raises(NotAllowed, match="Most of those who rated it blindly"):
        approve(review=review, by=cast.editor, now=NOW)


def test_a_rating_is_final_and_needs_a_reason(cast: Cast, submitted: ClaimReview) -> None:
    with pytest.raises(NotAllowed, match="in your own words"):
        rate(review=submitted, rating=Rating.MOSTLY_FALSE, reason=" ", by=cast.reviewer, now=NOW)
    review = rate(review=submitted, rating=Rating.MOSTLY_TRUE, reason="So it seems.", by=cast.reviewer, now=NOW)
    with pytest.raises(NotAllowed, match="rated this text already"):
        rate(review=review, rating=Rating.MOSTLY_FALSE, reason="Now that I have seen it.", by=cast.reviewer, now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        IndependentRating.objects.update(rating=Rating.MOSTLY_FALSE)
    with pytest.raises(DatabaseError), transaction.atomic():
        IndependentRating.objects.all().delete()


def test_authors_do_not_rate_their_own_text(cast: Cast, submitted: ClaimReview) -> None:
    mine = draft_claim(by=cast.reviewer)
    review = submit(review=open_review(mine), by=cast.reviewer, now=NOW)
    with pytest.raises(NotAllowed, match="wrote part"):
        rate(review=review, rating=Rating.MOSTLY_FALSE, reason="Mine.", by=cast.reviewer, now=NOW)
    with pytest.raises(IntegrityError, match="wrote none"), transaction.atomic():
        IndependentRating.objects.create(
            review=review,
            content_hash=review.content_hash,
            rating=Rating.MOSTLY_TRUE,
            reason="x",
            by=cast.reviewer,
            at=NOW,
        )


def test_another_text_is_rated_anew(cast: Cast, submitted: ClaimReview) -> None:
    review = rate(review=submitted, rating=Rating.MOSTLY_FALSE, reason="The same.", by=cast.reviewer, now=NOW)
    review = take_back(review=review, reason="A source is missing.", by=cast.contributor, now=NOW)
    describe_revision(
        claim=review.claim, kind=EditionKind.INITIAL, rating=Rating.HALF_TRUE, reasons=("a", "b"),
        by=cast.contributor, now=NOW,
    )  # fmt: skip
    review = submit(review=open_review(review.claim), by=cast.contributor, now=NOW)
    assert rating_hidden_from(review, cast.reviewer)
    with pytest.raises(NotAllowed, match="Rate the claim yourself first"):
        approve(review=review, by=cast.reviewer, now=NOW)


def test_raw_sql_approves_no_rating_that_its_approver_did_not_come_to(cast: Cast, submitted: ClaimReview) -> None:
    with pytest.raises(IntegrityError, match="independent rating"), transaction.atomic():
        ReviewDecision.objects.create(
            review=submitted, verb="approve", from_state="in_review", to_state="approved", by=cast.reviewer, at=NOW
        )
        ClaimReview.objects.filter(pk=submitted.pk).update(
            state="approved", approved_by=cast.reviewer, approved_hash=submitted.content_hash
        )


def test_a_claim_that_is_only_tracked_needs_no_second_rating(cast: Cast) -> None:
    review = rated(cast, Rating.NOT_YET_RATED)
    assert approve(review=review, by=cast.reviewer, now=NOW).state == ReviewState.APPROVED
