"""Who is tied to an actor is kept off the claims by or about them: by the verbs, and by the database."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from claims.authorship import Conflicted, begin_edit
from claims.models.interest import Interest
from claims.models.review import ClaimReview, ReviewDecision
from claims.publication.verbs import publish
from claims.review import routing
from claims.review.interests import declare_interest, end_interest
from claims.review.moving import NotAllowed
from claims.review.verbs import approve, submit
from claims.vocabulary import InterestKind, RevisionReason
from ledger.models import Entry
from tests.factories.cast import Cast
from tests.factories.claims import NOW, draft_claim, open_review, published_claim
from tests.factories.nouns import AgencyFactory, PersonFactory


def tie(cast: Cast, **to: object) -> Interest:
    interest = Interest(user=cast.reviewer, kind=InterestKind.FAMILY, **to)
    return declare_interest(interest=interest, by=cast.reviewer, now=NOW)


def test_a_tie_to_the_claimant_keeps_one_from_writing_and_judging(cast: Cast) -> None:
    person = PersonFactory.create()
    claim = draft_claim(by=cast.contributor, person=person)
    tie(cast, person=person)
    with pytest.raises(Conflicted, match="has declared an interest"):
        begin_edit(claim, by=cast.reviewer, now=NOW)
    review = submit(review=open_review(claim), by=cast.contributor, now=NOW)
    with pytest.raises(NotAllowed, match="has declared an interest"):
        approve(review=review, by=cast.reviewer, now=NOW)
    approve(review=review, by=cast.editor, now=NOW)


def test_a_tie_to_the_agency_that_it_is_about_counts_too(cast: Cast) -> None:
    agency = AgencyFactory.create()
    claim = draft_claim(by=cast.contributor)
    claim.agencies.add(agency)
    tie(cast, agency=agency)
    with pytest.raises(NotAllowed, match="has declared an interest"):
        routing.assign(review=open_review(claim), to=cast.reviewer, by=cast.editor, now=NOW)


def test_other_claims_stay_open_to_them(cast: Cast) -> None:
    tie(cast, person=PersonFactory.create())
    begin_edit(draft_claim(by=cast.contributor), by=cast.reviewer, now=NOW)


def test_a_published_claim_is_not_opened_again_by_them(cast: Cast) -> None:
    person = PersonFactory.create()
    claim = published_claim(cast, person=person)
    tie(cast, person=person)
    with pytest.raises(Conflicted):
        routing.revise(claim=claim, code=RevisionReason.WORDING, reason="A word.", by=cast.reviewer, now=NOW)


def test_a_tie_that_is_declared_after_the_approval_stops_the_publication(cast: Cast) -> None:
    person = PersonFactory.create()
    claim = draft_claim(by=cast.contributor, person=person)
    review = submit(review=open_review(claim), by=cast.contributor, now=NOW)
    review = approve(review=review, by=cast.reviewer, now=NOW)
    tie(cast, person=person)
    with pytest.raises(IntegrityError, match="has an interest"), transaction.atomic():
        publish(review=review, by=cast.editor, now=NOW)


def test_raw_sql_does_not_approve_past_a_tie(cast: Cast) -> None:
    person = PersonFactory.create()
    review = submit(review=open_review(draft_claim(by=cast.contributor, person=person)), by=cast.contributor, now=NOW)
    tie(cast, person=person)
    with pytest.raises(IntegrityError, match="has an interest"), transaction.atomic():
        ReviewDecision.objects.create(
            review=review, verb="approve", from_state="in_review", to_state="approved", by=cast.reviewer, at=NOW
        )
        ClaimReview.objects.filter(pk=review.pk).update(
            state="approved", approved_by=cast.reviewer, approved_hash=review.content_hash
        )


def test_one_declares_ones_own_and_an_editor_those_of_others(cast: Cast) -> None:
    interest = Interest(user=cast.reviewer, kind=InterestKind.PARTY, person=PersonFactory.create())
    with pytest.raises(NotAllowed, match="your own interests"):
        declare_interest(interest=interest, by=cast.contributor, now=NOW)
    declare_interest(interest=interest, by=cast.editor, now=NOW)
    assert Entry.objects.latest("index").verb == "interest.declared"


def test_a_tie_needs_one_actor(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        tie(cast)


def test_nobody_ends_their_own_tie(cast: Cast) -> None:
    person = PersonFactory.create()
    interest = tie(cast, person=person)
    with pytest.raises(NotAllowed, match="nobody their own"):
        end_interest(interest=interest, on=NOW.date(), by=cast.reviewer, now=NOW)
    with pytest.raises(NotAllowed, match="today or before"):
        end_interest(interest=interest, on=NOW.date() + timedelta(days=1), by=cast.editor, now=NOW)
    end_interest(interest=interest, on=NOW.date(), by=cast.editor, now=NOW)
    begin_edit(draft_claim(by=cast.contributor, person=person), by=cast.reviewer, now=NOW)
    with pytest.raises(NotAllowed, match="ended on"):
        end_interest(interest=interest, on=NOW.date(), by=cast.editor, now=NOW)


def test_a_declared_tie_cannot_be_deleted(cast: Cast) -> None:
    tie(cast, person=PersonFactory.create())
    with pytest.raises(DatabaseError), transaction.atomic():
        Interest.objects.all().delete()
