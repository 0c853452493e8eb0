"""What a second rater must not see is in no list, filter, search, order or page of revisions, decisions and ratings."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.admin.blind import HIDDEN
from claims.models.rating import IndependentRating
from claims.models.review import ClaimReview, ReviewDecision
from claims.review.rating import rate
from claims.review.transitions import Role
from claims.review.verbs import describe_revision, submit
from claims.vocabulary import EditionKind, Rating
from tests.claims.admin.conftest import As
from tests.factories.cast import Cast, member
from tests.factories.claims import NOW, draft_claim

WHY = "Because the ledger of the fund says so."
SECOND = "The minutes say something else."
REVIEWS, DECISIONS, RATINGS = (
    f"admin:claims_{noun}" for noun in ("claimreview", "reviewdecision", "independentrating")
)


def rated_draft(cast: Cast) -> ClaimReview:
    """Before a second person, with a rating and its reasons."""
    claim = draft_claim(by=cast.contributor)
    review = describe_revision(
        claim=claim, kind=EditionKind.INITIAL, rating=Rating.HALF_TRUE, reasons=(WHY, "เพราะบัญชีของกองทุนระบุไว้"),
        by=cast.contributor, now=NOW,
    )  # fmt: skip
    return submit(review=review, by=cast.contributor, now=NOW)


@pytest.fixture
def review(cast: Cast) -> ClaimReview:
    """One that a first rater saw otherwise, so that the editor may be the third."""
    first = member(Role.REVIEWER, "first")
    return rate(review=rated_draft(cast), rating=Rating.MOSTLY_TRUE, reason=SECOND, by=first, now=NOW)


def pages_of(review: ClaimReview) -> list[str]:
    decision = ReviewDecision.objects.get(review=review, reason=SECOND)
    rating = IndependentRating.objects.get()
    return [
        *(reverse(f"{page}_changelist") for page in (REVIEWS, DECISIONS, RATINGS)),
        reverse(f"{REVIEWS}_change", args=[review.pk]),
        reverse(f"{DECISIONS}_change", args=[decision.pk]),
        reverse(f"{RATINGS}_change", args=[rating.pk]),
    ]


def words(answer: Any) -> str:
    """The page without the choices of its filters, which name every rating."""
    page: str = answer.content.decode()
    return page.partition('id="changelist-filter"')[0]


@pytest.mark.parametrize("role", ["reviewer", "editor"])
def test_who_may_rate_it_reads_no_rating_and_no_reason(cast: Cast, browser: As, review: ClaimReview, role: str) -> None:
    for url in pages_of(review):
        page = words(browser(role).get(url, follow=True))
        for secret in (WHY, SECOND, "Half true", "Mostly true"):
            assert secret not in page, (url, secret)
    assert HIDDEN in words(browser(role).get(reverse(f"{REVIEWS}_changelist")))
    assert browser(role).get(pages_of(review)[-1]).status_code == 302, "as if it were not there"


@pytest.mark.parametrize("role", ["contributor", "auditor"])
def test_who_never_rates_it_reads_all_of_it(cast: Cast, browser: As, review: ClaimReview, role: str) -> None:
    found = [words(browser(role).get(url)) for url in pages_of(review)]
    assert ["Half true" in found[0], SECOND in found[1], "Mostly true" in found[2]] == [True] * 3
    assert [WHY in found[3], SECOND in found[3], SECOND in found[4], SECOND in found[5]] == [True] * 4


def test_ones_own_rating_opens_everything(cast: Cast, browser: As, review: ClaimReview) -> None:
    rate(review=review, rating=Rating.HALF_TRUE, reason="I agree with the draft.", by=cast.editor, now=NOW)
    assert "Half true" in words(browser("editor").get(reverse(f"{REVIEWS}_changelist")))
    assert browser("editor").get(reverse(f"{RATINGS}_changelist")).context["cl"].result_count == 2
    assert browser("reviewer").get(reverse(f"{RATINGS}_changelist")).context["cl"].result_count == 0


@pytest.mark.parametrize(
    ("page", "query"),
    [
        (REVIEWS, "rating=half_true"),
        (REVIEWS, "rating__exact=half_true"),
        (REVIEWS, "rating__startswith=h"),
        (REVIEWS, "reasons_en__contains=ledger"),
        (REVIEWS, "rated=half_true"),
        (REVIEWS, "q=ledger"),
        (DECISIONS, "reason__contains=minutes"),
        (DECISIONS, "review__rating=half_true"),
        (DECISIONS, "q=minutes"),
        (RATINGS, "rating__exact=mostly_true"),
        (RATINGS, "q=minutes"),
    ],
)
def test_no_question_to_a_list_tells_it(cast: Cast, browser: As, review: ClaimReview, page: str, query: str) -> None:
    answer = browser("editor").get(f"{reverse(f'{page}_changelist')}?{query}", follow=True)
    if answer.status_code == 200:
        assert answer.context["cl"].result_count == 0 or answer.redirect_chain, query
    else:
        assert answer.status_code == 400, query


def test_a_filter_finds_what_one_may_see(cast: Cast, browser: As, review: ClaimReview) -> None:
    url = reverse(f"{REVIEWS}_changelist")
    assert browser("auditor").get(f"{url}?rated=half_true").context["cl"].result_count == 1
    assert browser("auditor").get(f"{url}?rated=false").context["cl"].result_count == 0


def test_no_list_is_ordered_by_it(cast: Cast, browser: As, review: ClaimReview) -> None:
    for page, column in ((REVIEWS, "shown_rating"), (DECISIONS, "shown_reason")):
        found = browser("editor").get(reverse(f"{page}_changelist")).context["cl"]
        names = [getattr(name, "__name__", name) for name in found.list_display]
        assert found.get_ordering_field(found.list_display[names.index(column)]) is None


def test_hiding_costs_as_much_for_many(cast: Cast, browser: As) -> None:
    counts = []
    for _ in range(2):
        rated_draft(cast)
        for page in (REVIEWS, DECISIONS, RATINGS):
            browser("editor").get(reverse(f"{page}_changelist"))
            with CaptureQueriesContext(connection) as queries:
                browser("editor").get(reverse(f"{page}_changelist"))
            counts.append(len(queries))
    assert counts[:3] == counts[3:]
    assert max(counts) <= 15
