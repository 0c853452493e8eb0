"""The review page shows a claim, its evidence, its rules and what has changed, and offers the one thing to do next."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models.claim import Claim
from claims.models.desk import ReviewComment
from claims.models.flag import Flag
from claims.models.interest import Interest
from claims.models.review import ClaimReview, ReviewDecision
from claims.models.snapshot import Snapshot
from claims.models.source import Source
from claims.vocabulary import AssertionKind, Coverage, FlagCode, Rating, ReviewState
from tests.claims.admin.conftest import As
from tests.claims.documents.test_at_once import rich_claim
from tests.factories.cast import Cast
from tests.factories.claims import NOW, begin_correction, cite, draft_claim, open_review, published_claim, respond
from tests.factories.figures import make_check, make_figure, make_line


def review_url(claim: Claim) -> str:
    return reverse("admin:claims_claim_review", args=[claim.pk])


def keep(source: Source | None, text: str) -> Snapshot:
    """A version of a source that we keep."""
    assert source is not None
    kept = Snapshot.objects.create(
        source=source, sha256=f"{source.pk:064d}", size=len(text), storage_name="x", text=text, taken_at=NOW
    )
    Source.objects.filter(pk=source.pk).update(accepted_snapshot=kept)
    return kept


def put_in(review: ClaimReview, state: ReviewState, cast: Cast, **fields: Any) -> ClaimReview:
    """Bring a revision into a state by decisions alone, whatever rules it breaks: what is shown is at issue here."""
    if state is ReviewState.DRAFTED:
        return review
    steps = [ReviewState.IN_REVIEW, ReviewState.SECOND_REVIEW, ReviewState.APPROVED]
    wanted = [ReviewState.IN_REVIEW] + [step for step in steps[1:] if step is state]
    before = ReviewState(review.state)
    review.content_hash, review.submitted_by = "a" * 64, cast.contributor
    review.authors.get_or_create(user=cast.contributor)
    for step in wanted:
        ReviewDecision.objects.create(
            review=review, verb="x", from_state=before, to_state=step, by=cast.contributor, at=NOW
        )
        if step is ReviewState.APPROVED:
            review.approved_by, review.approved_hash = cast.reviewer, review.content_hash
        review.state = before = step
        review.save()
    return review


def primary(browser: As, role: str, claim: Claim) -> str | None:
    """What the one button of a person's page does."""
    moves = browser(role).get(review_url(claim)).context["moves"]
    return moves.primary.verb if moves.primary else None


def test_it_shows_the_quote_where_it_stands_in_the_version_that_we_keep(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    citation = claim.citations.get()
    before, after = "Before it. " * 30, " After it, <script>alert(1)</script>." + " more" * 100
    keep(citation.source, f"{before}{citation.quote_exact}{after}")
    page = browser("reviewer").get(review_url(claim)).content.decode()
    assert f"<mark>{citation.quote_exact}</mark>" in page
    assert "Before it. " in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert page.count(" more") < 60  # the surroundings, not the whole text


def test_a_quote_that_is_not_there_any_more_says_so(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    keep(claim.citations.get().source, "Something else altogether.")
    assert "Not found in the version that we keep." in browser("reviewer").get(review_url(claim)).content.decode()


def test_a_source_never_read_says_so(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    assert "No version of this page is kept yet." in browser("reviewer").get(review_url(claim)).content.decode()


def test_each_assertion_has_its_evidence_checks_statements_and_comments(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor, kinds=(AssertionKind.FIGURE, AssertionKind.RUMOUR))
    first, second = claim.assertions.order_by("number")
    claim.citations.update(assertion=second)
    response = respond({claim: Coverage.PARTLY}, by=cast.contributor)
    response.coverage.update(assertion=first)
    line = make_line()
    later, earlier = (
        make_figure(n, by=cast.contributor, line=line, year=year) for n, year in ((200, 2024), (100, 2023))
    )
    make_check(claim, [later, earlier], by=cast.contributor)
    ReviewComment.objects.create(claim=claim, assertion=first, text="Which year?", by=cast.reviewer, at=NOW)
    one, two = browser("reviewer").get(review_url(claim)).context["parts"]
    assert (one.kind, one.is_risky, two.is_risky) == ("Figure", False, True)
    assert ([each.number for each in one.evidence], [each.number for each in two.evidence]) == ([], [1])
    assert [check["result"] for check in one.checks] == ["holds"]
    assert one.covered == (("A statement", "Answers part of this", "Neither confirms nor disputes"),)
    assert [remark.text for remark in one.comments] == ["Which year?"]


def test_rules_lead_to_the_part_of_the_form_that_breaks_them(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor, known_en="", known_th="")
    page = browser("contributor").get(review_url(claim)).content.decode()
    form = reverse("admin:claims_claim_change", args=[claim.pk])
    assert f'<a href="{form}#id_known_en"><code>minute.known</code></a>' in page


def test_a_first_edition_has_nothing_to_be_compared_with(cast: Cast, browser: As) -> None:
    page = browser("reviewer").get(review_url(draft_claim(by=cast.contributor))).content.decode()
    assert "This is the first edition" in page


def test_a_later_one_is_compared_word_by_word_with_what_readers_see(cast: Cast, browser: As) -> None:
    claim = published_claim(cast)
    assert browser("reviewer").get(review_url(claim)).context["diff"].changes == ()
    begin_correction(claim, cast)
    Claim.objects.filter(pk=claim.pk).update(claimed_en="A different thing.")
    claim.assertions.create(number=2, kind="fact", text_en="New part", text_th="ส่วนใหม่")
    response = browser("reviewer").get(review_url(claim))
    found = {(change.where, change.lang): change for change in response.context["diff"].changes}
    assert {("in one minute · claimed", "en"), ("assertions · 2 · text", "en"), ("assertions · 2 · text", "th")} <= set(
        found
    )
    assert not any("summary" in where for where, _ in found)
    assert "A <ins>different</ins> thing." in " ".join(
        response.content.decode().replace("<ins>different </ins>", "<ins>different</ins> ").split()
    )


@pytest.mark.parametrize(
    ("state", "role", "expected"),
    [
        (ReviewState.IN_REVIEW, "contributor", None),
        (ReviewState.IN_REVIEW, "reviewer", "approve"),
        (ReviewState.APPROVED, "editor", "publish"),
        (ReviewState.APPROVED, "reviewer", None),
        (ReviewState.APPROVED, "auditor", None),
    ],
)
def test_one_thing_comes_first(state: ReviewState, role: str, expected: str | None, cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    put_in(open_review(claim), state, cast)
    assert primary(browser, role, claim) == expected


def test_a_draft_that_lacks_something_leads_to_the_form(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor, known_en="", known_th="")
    response = browser("contributor").get(review_url(claim))
    assert response.context["moves"].primary is None
    assert response.context["missing"] >= 1
    assert "Mend" in response.content.decode()
    assert "submit" in [move.verb for move in response.context["moves"].others]


def test_the_rating_is_hidden_from_who_has_to_rate_it_blindly(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    review = open_review(claim)
    ClaimReview.objects.filter(pk=review.pk).update(
        rating=Rating.MISLEADING, reasons_en="The wrong year.", reasons_th="ผิดปี"
    )
    put_in(ClaimReview.objects.get(pk=review.pk), ReviewState.IN_REVIEW, cast)
    hidden = browser("reviewer").get(review_url(claim))
    assert hidden.context["moves"].primary.verb == "rate"
    assert "approve" not in [move.verb for move in hidden.context["moves"].others]
    text = hidden.content.decode().replace("<option", "\n<option")
    assert "The wrong year." not in text
    assert [line for line in text.splitlines() if "Misleading" in line and "<option" not in line] == []
    seen = browser("contributor").get(review_url(claim)).content.decode()
    assert "The wrong year." in seen
    assert "Misleading without context" in seen


def test_an_interest_keeps_somebody_off(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    put_in(open_review(claim), ReviewState.IN_REVIEW, cast)
    person = claim.claimants.get().person
    Interest.objects.create(
        user=cast.reviewer, person=person, kind="family", declared_by=cast.reviewer, declared_at=NOW
    )
    response = browser("reviewer").get(review_url(claim))
    assert response.context["moves"].all == []
    assert "declared an interest" in response.content.decode()


def test_open_flags_and_decisions_stand_beside_the_claim(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    Flag.objects.create(code=FlagCode.QUOTE_LOST, claim=claim, opened_at=NOW)
    page = browser("auditor").get(review_url(claim)).content.decode()
    assert "A cited quote is no longer found" in page
    assert "<strong>contributor</strong>" in page


def test_whoever_keeps_the_machines_sees_no_draft(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    assert browser("operations").get(review_url(claim)).status_code == 403
    assert browser("auditor").get(reverse("admin:claims_claim_review", args=[0])).status_code == 404


def enlarge(claim: Claim, cast: Cast) -> None:
    """Twenty assertions, thirty quotes in versions that we keep, statements, figure checks, comments."""
    for number in range(claim.assertions.count() + 1, 21):
        claim.assertions.create(number=number, kind="fact", text_en=f"Part {number}", text_th=f"ส่วน {number}")
    for _ in range(30 - claim.citations.count()):
        citation = cite(claim, by=cast.contributor)
        keep(citation.source, f"So {citation.quote_exact}, they wrote.")
    for assertion in claim.assertions.all():
        ReviewComment.objects.create(claim=claim, assertion=assertion, text="Look", by=cast.reviewer, at=NOW)
    for _ in range(4):
        respond({claim: Coverage.PARTLY}, by=cast.contributor, dossier=claim.dossier)
        later, earlier = (make_figure(number, by=cast.contributor) for number in (200, 100))
        make_check(claim, [later, earlier], by=cast.contributor)


@pytest.mark.parametrize("role", ["contributor", "reviewer", "editor", "auditor"])
def test_the_page_costs_twelve_queries_at_most_whatever_the_claim_holds(role: str, cast: Cast, browser: As) -> None:
    claim = rich_claim(cast)
    browser(role).get(review_url(claim))
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            page = browser(role).get(review_url(claim))
        assert page.status_code == 200
        costs.append(len(queries))
        enlarge(claim, cast)
    assert len(page.context["parts"]) == 20
    assert costs[0] == costs[1] <= 12, [query["sql"][:90] for query in queries.captured_queries]
