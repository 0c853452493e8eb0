"""The table of moves: what it allows people do, what it does not the database refuses, by whatever way it comes."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from claims.authorship import Frozen, begin_edit
from claims.models.declined import Declined
from claims.models.response import ResponseRequest
from claims.models.review import ClaimReview, ReviewDecision
from claims.publication.verbs import NotPublishable, publish
from claims.review import routing
from claims.review.moving import NotAllowed
from claims.review.transitions import BY_VERB, TRANSITIONS, Role, allowed_pairs, possible_from
from claims.review.verbs import approve, describe_revision, submit
from claims.vocabulary import (
    FINAL,
    WRITABLE,
    DeclineReason,
    EditionKind,
    PublicState,
    Rating,
    ReviewState,
    RevisionReason,
)
from ledger.models import Entry
from tests.factories.cast import Cast, member
from tests.factories.claims import NOW, draft_claim, open_review, publish_claim, published_claim
from tests.factories.nouns import OfficeFactory

TOMORROW = NOW.date() + timedelta(days=2)
WHY = ("It is about a private matter.", "เป็นเรื่องส่วนตัว")


def in_state(state: ReviewState, cast: Cast) -> ClaimReview:
    """A first revision that verbs brought to the state."""
    claim = draft_claim(by=cast.contributor)
    review = open_review(claim)
    if state == ReviewState.IN_REVIEW:
        return submit(review=review, by=cast.contributor, now=NOW)
    if state == ReviewState.APPROVED:
        return approve(review=in_state(ReviewState.IN_REVIEW, cast), by=cast.reviewer, now=NOW)
    if state == ReviewState.ON_HOLD:
        return routing.hold(review=review, until=TOMORROW, reason="The budget is debated.", by=cast.editor, now=NOW)
    assert state == ReviewState.DRAFTED
    return review


def database_pairs() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('claims_is_move(text, text)'::regprocedure)")
        return set(re.findall(r"\('(\w*)', '(\w+)'\)", cursor.fetchone()[0]))


def test_the_database_knows_the_same_moves_as_the_table(db: None) -> None:
    assert database_pairs() == allowed_pairs()


def test_every_state_is_reached_and_every_open_one_is_left() -> None:
    reached = {after for _, after in allowed_pairs()}
    left = {before for before, _ in allowed_pairs()}
    assert reached == set(ReviewState.values)
    assert left - {""} >= {state.value for state in ReviewState if state.is_open}
    assert left & set(FINAL) == {ReviewState.PUBLISHED, ReviewState.RETRACTED, ReviewState.SUPERSEDED}


def test_every_verb_stands_once_in_the_table() -> None:
    assert len(BY_VERB) == len(TRANSITIONS)


def test_who_only_reads_or_keeps_machines_can_choose_nothing() -> None:
    assert not any(transition.roles & {Role.AUDITOR, Role.OPERATIONS} for transition in TRANSITIONS)


@pytest.mark.parametrize("state", list(ReviewState))
def test_every_move_that_is_offered_starts_there(state: ReviewState) -> None:
    offered = possible_from(state)
    assert all(state in transition.sources for transition in offered)
    assert bool(offered) == (state != ReviewState.DECLINED)


def illegal() -> Iterator[tuple[ReviewState, ReviewState]]:
    for before in (ReviewState.DRAFTED, ReviewState.IN_REVIEW, ReviewState.APPROVED, ReviewState.ON_HOLD):
        for after in ReviewState:
            if (before.value, after.value) not in allowed_pairs():
                yield before, after


@pytest.mark.parametrize(("before", "after"), sorted(illegal()))
def test_an_update_past_the_table_is_refused(cast: Cast, before: ReviewState, after: ReviewState) -> None:
    review = in_state(before, cast)
    if before != after:
        with pytest.raises(DatabaseError), transaction.atomic():
            ClaimReview.objects.filter(pk=review.pk).update(state=after)
    with pytest.raises(DatabaseError, match="cannot be decided"), transaction.atomic():
        ReviewDecision.objects.create(
            review=review, verb="forged", from_state=before, to_state=after, by=cast.editor, at=NOW
        )


@pytest.mark.parametrize("after", [ReviewState.IN_REVIEW, ReviewState.AWAITING_REPLY, ReviewState.DECLINED])
def test_a_legal_move_without_its_decision_is_refused(cast: Cast, after: ReviewState) -> None:
    review = in_state(ReviewState.DRAFTED, cast)
    with pytest.raises(IntegrityError, match="moves by a decision only"), transaction.atomic():
        ClaimReview.objects.filter(pk=review.pk).update(
            state=after, content_hash="0" * 64, submitted_by=cast.contributor
        )


def test_a_decision_that_nobody_carries_out_does_not_last(cast: Cast) -> None:
    review = in_state(ReviewState.DRAFTED, cast)
    with pytest.raises(IntegrityError, match="stands elsewhere"), transaction.atomic():
        ReviewDecision.objects.create(
            review=review, verb="x", from_state="drafted", to_state="awaiting_reply", by=cast.editor, at=NOW
        )
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_second_decision_waits_for_the_first_to_be_carried_out(cast: Cast) -> None:
    review = in_state(ReviewState.DRAFTED, cast)
    first = {"review": review, "verb": "x", "from_state": "drafted", "by": cast.editor, "at": NOW}
    with pytest.raises(IntegrityError, match="cannot be decided"), transaction.atomic():
        ReviewDecision.objects.create(to_state="awaiting_reply", **first)
        ReviewDecision.objects.create(to_state="on_hold", **first)


def test_a_revision_without_the_decision_that_opened_it_does_not_last(cast: Cast) -> None:
    claim = published_claim(cast)
    with pytest.raises(IntegrityError, match="stands elsewhere"), transaction.atomic():
        ClaimReview.objects.create(claim=claim, number=2, state=ReviewState.UNDER_REVISION, opened_at=NOW)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_raw_sql_meets_the_same_refusal(cast: Cast) -> None:
    review = in_state(ReviewState.IN_REVIEW, cast)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE claims_claimreview SET state = 'published' WHERE id = %s", [review.pk])


def test_a_hold_ends_where_it_began(cast: Cast) -> None:
    review = in_state(ReviewState.ON_HOLD, cast)
    with pytest.raises(Frozen, match="end the hold"):
        begin_edit(review.claim, by=cast.contributor, now=NOW)
    with pytest.raises(IntegrityError, match="cannot go"), transaction.atomic():
        ReviewDecision.objects.create(
            review=review, verb="x", from_state="on_hold", to_state="triaged", by=cast.editor, at=NOW
        )
        ClaimReview.objects.filter(pk=review.pk).update(state="triaged", held_from="", held_until=None)


def test_a_hold_is_released_by_a_person(cast: Cast) -> None:
    review = in_state(ReviewState.ON_HOLD, cast)
    assert (review.held_from, review.held_until) == (ReviewState.DRAFTED, TOMORROW)
    review = routing.release(review=review, by=cast.contributor, now=NOW)
    assert (review.state, review.held_from, review.held_until) == (ReviewState.DRAFTED, "", None)


@pytest.mark.parametrize("until", [date(2020, 1, 1), NOW.date()])
def test_a_hold_until_a_day_that_is_over_is_refused(cast: Cast, until: date) -> None:
    review = in_state(ReviewState.DRAFTED, cast)
    with pytest.raises(NotAllowed, match="a day to come"):
        routing.hold(review=review, until=until, reason="Later.", by=cast.editor, now=NOW)


def test_a_draft_waits_for_a_reply_only_when_somebody_was_asked(cast: Cast) -> None:
    review = in_state(ReviewState.DRAFTED, cast)
    with pytest.raises(NotAllowed, match="Ask an office first"):
        routing.await_reply(review=review, by=cast.contributor, now=NOW)
    ResponseRequest.objects.create(
        claim=review.claim, office=OfficeFactory.create(), asked_on=NOW.date(), sent_by=cast.editor
    )
    review = routing.await_reply(review=review, by=cast.contributor, now=NOW)
    assert review.state == ReviewState.AWAITING_REPLY
    begin_edit(review.claim, by=cast.contributor, now=NOW)
    review = routing.resume(review=review, by=cast.contributor, now=NOW)
    assert review.state == ReviewState.DRAFTED


def test_a_contributor_takes_a_draft_for_themselves_only(cast: Cast) -> None:
    other = member(Role.CONTRIBUTOR, "second contributor")
    review = in_state(ReviewState.DRAFTED, cast)
    with pytest.raises(NotAllowed, match="takes work for themselves"):
        routing.assign(review=review, to=other, by=cast.contributor, now=NOW)
    review = routing.assign(review=review, to=cast.contributor, by=cast.contributor, now=NOW)
    with pytest.raises(NotAllowed, match="has it already"):
        routing.assign(review=review, to=cast.contributor, by=cast.editor, now=NOW)
    review = routing.assign(review=review, to=other, by=cast.editor, now=NOW)
    assert (review.state, review.assigned_to) == (ReviewState.DRAFTED, other)


def test_work_is_not_assigned_to_somebody_who_cannot_do_it(cast: Cast) -> None:
    review = in_state(ReviewState.DRAFTED, cast)
    with pytest.raises(NotAllowed, match="needs the role"):
        routing.assign(review=review, to=cast.auditor, by=cast.editor, now=NOW)


def test_declining_is_public_final_and_by_another_person(cast: Cast) -> None:
    review = in_state(ReviewState.DRAFTED, cast)
    writer = draft_claim(by=cast.reviewer)
    with pytest.raises(NotAllowed, match="wrote part of it"):
        routing.decline(review=open_review(writer), code=DeclineReason.PRIVATE, reason=WHY, by=cast.reviewer, now=NOW)
    with pytest.raises(NotAllowed, match="both languages"):
        routing.decline(review=review, code=DeclineReason.PRIVATE, reason=("Why.", " "), by=cast.reviewer, now=NOW)
    routing.decline(review=review, code=DeclineReason.PRIVATE, reason=WHY, by=cast.reviewer, now=NOW)
    declined = Declined.objects.get()
    assert (declined.claim, declined.reason_en, declined.reason_th) == (review.claim, *WHY)
    with pytest.raises(Frozen, match="we do not check it"):
        begin_edit(review.claim, by=cast.contributor, now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Declined.objects.update(reason_en="Something else")


def test_a_published_claim_is_not_declined(cast: Cast) -> None:
    claim = published_claim(cast)
    review = routing.revise(claim=claim, code=RevisionReason.WORDING, reason="A word.", by=cast.contributor, now=NOW)
    assert (review.state, review.kind) == (ReviewState.UNDER_REVISION, EditionKind.UPDATE)
    with pytest.raises(NotAllowed, match="not possible"):
        routing.decline(review=review, code=DeclineReason.PRIVATE, reason=WHY, by=cast.reviewer, now=NOW)


def test_a_revision_is_opened_with_a_reason_and_only_once(cast: Cast) -> None:
    claim = published_claim(cast)
    with pytest.raises(NotAllowed, match="Say why"):
        routing.revise(claim=claim, code=RevisionReason.OUR_ERROR, reason=" ", by=cast.contributor, now=NOW)
    review = routing.revise(
        claim=claim, code=RevisionReason.OUR_ERROR, reason="The year is wrong.", by=cast.contributor, now=NOW
    )
    decision = ReviewDecision.objects.latest("pk")
    assert (decision.from_state, decision.to_state, decision.reason_code) == (
        "published",
        "under_revision",
        "our_error",
    )
    assert Entry.objects.latest("index").verb == "review.opened"
    with pytest.raises(NotAllowed, match=r"under revision since contributor moved it"):
        routing.revise(claim=claim, code=RevisionReason.WORDING, reason="Again.", by=cast.editor, now=NOW)
    assert open_review(claim) == review


@pytest.mark.parametrize(
    ("kind", "state", "public"),
    [
        (EditionKind.RETRACTION, ReviewState.RETRACTED, PublicState.RETRACTED),
        (EditionKind.SUPERSESSION, ReviewState.SUPERSEDED, PublicState.SUPERSEDED),
    ],
)
def test_what_takes_a_claim_out_ends_in_a_state_of_its_own(
    cast: Cast, kind: EditionKind, state: ReviewState, public: PublicState
) -> None:
    claim, other = published_claim(cast), published_claim(cast)
    describe_revision(
        claim=claim,
        kind=kind,
        rating=Rating.NOT_YET_RATED,
        note=("It stands elsewhere.", "อยู่ในรายการอื่น"),
        code=RevisionReason.MERGED,
        superseded_by=other if kind == EditionKind.SUPERSESSION else None,
        by=cast.contributor,
        now=NOW,
    )
    publish_claim(claim, cast)
    assert claim.reviews.latest("number").state == state
    claim.status.refresh_from_db()
    assert claim.status.state == public
    assert claim.status.notices == ({"superseded_by": {"slug": other.slug}} if kind == EditionKind.SUPERSESSION else {})
    review = routing.revise(
        claim=claim, code=RevisionReason.OUR_ERROR, reason="It stands after all.", by=cast.editor, now=NOW
    )
    assert review.state == ReviewState.UNDER_REVISION


def test_nothing_is_published_before_its_embargo_ends(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    review = open_review(claim)
    ClaimReview.objects.filter(pk=review.pk).update(embargo_until=NOW + timedelta(hours=1))
    review = submit(review=review, by=cast.contributor, now=NOW)
    review = approve(review=review, by=cast.reviewer, now=NOW)
    with pytest.raises(NotPublishable, match="under embargo until"):
        publish(review=review, by=cast.editor, now=NOW)
    publish(review=review, by=cast.editor, now=NOW + timedelta(hours=1))


def test_the_database_keeps_an_embargo_by_its_own_clock(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    review = open_review(claim)
    far = NOW + timedelta(days=36_500)
    ClaimReview.objects.filter(pk=review.pk).update(embargo_until=far)
    review = approve(review=submit(review=review, by=cast.contributor, now=NOW), by=cast.reviewer, now=NOW)
    with pytest.raises(IntegrityError, match="not public before"), transaction.atomic():
        publish(review=review, by=cast.editor, now=far + timedelta(days=1))


@pytest.mark.parametrize("state", sorted(WRITABLE))
def test_what_can_be_written_is_what_nobody_judges(state: ReviewState) -> None:
    assert not {ReviewState.IN_REVIEW, ReviewState.SECOND_REVIEW, ReviewState.APPROVED} & {state}
    assert any(state in transition.sources for transition in TRANSITIONS)
