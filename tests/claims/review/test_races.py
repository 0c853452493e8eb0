"""Two people in the same second on one claim: one is first, the other is told who and when, and no text slips through.

Every round runs on two threads with a connection of their own each, against committed rows.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connections

from claims.authorship import EditedMeanwhile, Frozen, last_edit, refuse_overwriting, subject_of
from claims.documents.bundle import build
from claims.intake import revise_claim
from claims.models.claim import Claim
from claims.models.edition import Edition
from claims.models.review import ClaimReview
from claims.publication.verbs import publish
from claims.review.moving import NotAllowed
from claims.review.transitions import Role
from claims.review.verbs import approve, submit, take_back
from claims.vocabulary import ReviewState
from tests.factories.cast import Cast, make_cast, member
from tests.factories.claims import NOW, begin_correction, draft_claim, open_review, publish_claim

ROUNDS = 200
Act = Callable[[], object]
Told = str | None  # what the one who came second was told; None for the one who was first


@dataclass(frozen=True)
class Newsroom:
    """Two of each who may collide, and two threads that act in the same moment."""

    cast: Cast
    second_reviewer: User
    second_editor: User
    pool: ThreadPoolExecutor

    def together(self, *acts: Act) -> list[Told]:
        start = threading.Barrier(len(acts))

        def run(act: Act) -> Told:
            start.wait()
            try:
                act()
            except (NotAllowed, EditedMeanwhile, Frozen) as refusal:
                return str(refusal)
            return None

        return list(self.pool.map(run, acts))


@pytest.fixture(scope="module")
def newsroom(committed_db_module: str) -> Iterator[Newsroom]:
    cast = make_cast()
    with ThreadPoolExecutor(2) as pool:
        yield Newsroom(cast, member(Role.REVIEWER, "reviewer2"), member(Role.EDITOR, "editor2"), pool)
        list(pool.map(lambda _: connections.close_all(), range(4)))


def edit(claim: Claim, text: str, *, opened_on: int, by: User) -> None:
    """As the form of a claim saves."""

    def save() -> None:
        refuse_overwriting(subject_of(claim), opened_on=opened_on, by=by)
        Claim.objects.filter(pk=claim.pk).update(summary_en=text, summary_th=text)

    revise_claim(claim=claim, save=save, by=by, now=NOW)


def submitted(claim: Claim, cast: Cast) -> ClaimReview:
    return submit(review=open_review(claim), by=cast.contributor, now=NOW)


def only_one(told: list[Told]) -> str:
    """Return what the second was told; fails unless exactly one came first."""
    assert told.count(None) == 1, told
    return next(words for words in told if words is not None)


def test_of_two_who_save_the_same_form_one_is_told_who_was_faster(newsroom: Newsroom) -> None:
    claim = draft_claim(by=newsroom.cast.contributor)
    people = [newsroom.cast.contributor, newsroom.second_editor]
    for number in range(ROUNDS):
        opened_on = last_edit(subject_of(claim))
        acts = [
            lambda by=by: edit(claim, f"{by.username} {number}", opened_on=opened_on, by=by)  # noqa: B023 - run at once
            for by in people
        ]
        words = only_one(newsroom.together(*acts))
        claim.refresh_from_db()
        first, turn = claim.summary_en.split()
        assert turn == str(number)
        assert words.startswith(f"{first} saved this at"), "who"


def test_an_approval_is_never_of_a_text_that_changed(newsroom: Newsroom) -> None:
    cast, claim = newsroom.cast, draft_claim(by=newsroom.cast.contributor)

    def change(review: ClaimReview, text: str) -> None:
        take_back(review=review, reason="One more thing.", by=cast.contributor, now=NOW)
        edit(claim, text, opened_on=last_edit(subject_of(claim)), by=cast.contributor)

    for number in range(ROUNDS):
        review = submitted(claim, cast)
        seen = review.content_hash
        changed, approved = newsroom.together(
            lambda: change(review, f"Text {number}"),  # noqa: B023
            lambda: approve(review=review, by=cast.reviewer, now=NOW, seen=seen),  # noqa: B023
        )
        assert changed is None, "a text is always taken back, also after its approval"
        review.refresh_from_db()
        assert (review.state, review.approved_hash) == (ReviewState.DRAFTED, "")
        assert build(review).content_hash != seen
        assert approved is None or "this revision is draft since contributor moved it" in approved


def test_of_two_who_approve_one_does(newsroom: Newsroom) -> None:
    cast, claim = newsroom.cast, draft_claim(by=newsroom.cast.contributor)
    people = [cast.reviewer, newsroom.second_reviewer]
    for _ in range(ROUNDS):
        review = submitted(claim, cast)
        acts = [lambda by=by: approve(review=review, by=by, now=NOW) for by in people]  # noqa: B023
        words = only_one(newsroom.together(*acts))
        review.refresh_from_db()
        assert review.approved_by in people
        assert f"this revision is approved since {review.approved_by} moved it" in words
        take_back(review=review, reason="Once more.", by=cast.contributor, now=NOW)


def test_of_two_who_publish_one_does_and_there_is_one_edition(newsroom: Newsroom) -> None:
    cast, claim = newsroom.cast, draft_claim(by=newsroom.cast.contributor)
    publish_claim(claim, cast)
    for number in range(2, ROUNDS + 2):
        review = _approved_correction(claim, cast)
        acts = [
            lambda by=by: publish(review=review, by=by, now=NOW)  # noqa: B023
            for by in (cast.editor, newsroom.second_editor)
        ]
        words = only_one(newsroom.together(*acts))
        [edition] = Edition.objects.filter(subject_id=claim.public_id, number=number)
        assert f"this revision is published since {edition.published_by} moved it" in words
        assert Edition.objects.filter(subject_id=claim.public_id).count() == number


def test_what_is_taken_back_in_that_second_is_not_published(newsroom: Newsroom) -> None:
    cast, claim = newsroom.cast, draft_claim(by=newsroom.cast.contributor)
    publish_claim(claim, cast)
    outcomes: Counter[Any] = Counter()
    for _ in range(ROUNDS):
        before = Edition.objects.filter(subject_id=claim.public_id).count()
        review = _approved_correction(claim, cast)
        published, _taken = told = newsroom.together(
            lambda: publish(review=review, by=cast.editor, now=NOW),  # noqa: B023
            lambda: take_back(review=review, reason="Wait.", by=cast.reviewer, now=NOW),  # noqa: B023
        )
        words = only_one(told)
        review.refresh_from_db()
        after = Edition.objects.filter(subject_id=claim.public_id).count()
        if published is None:
            assert (review.state, after) == (ReviewState.PUBLISHED, before + 1)
            assert "is published since editor moved it" in words
        else:
            assert (review.state, after) == (ReviewState.DRAFTED, before)
            assert "is draft since reviewer moved it" in words
        outcomes[published is None] += 1
    assert sum(outcomes.values()) == ROUNDS


def _approved_correction(claim: Claim, cast: Cast) -> ClaimReview:
    begin_correction(claim, cast)
    return approve(review=submitted(claim, cast), by=cast.reviewer, now=NOW)
