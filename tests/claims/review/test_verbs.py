"""A revision goes through two persons, and every refusal says what to do."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from budgets.figures import record_figure
from budgets.vocabulary import Exactness, Provenance, Unit
from claims.authorship import Frozen, begin_edit
from claims.intake import IntakeRefused, register_claim, revise_claim, write_shared, write_subject
from claims.models.claim import Claim
from claims.models.figure_attribution import FigureAttribution
from claims.models.people import Office
from claims.models.response import ResponseCoverage
from claims.models.review import ReviewDecision
from claims.publication.verbs import publish
from claims.responses import record_coverage
from claims.review.verbs import NotAllowed, approve, clear_legal_risk, describe_revision, submit, take_back
from claims.vocabulary import AssertionKind, Coverage, EditionKind, Rating, ReviewState, SaidBasis
from ledger.models import Entry
from tests.factories.cast import Cast
from tests.factories.claims import (
    NOW,
    begin_correction,
    cite,
    draft_claim,
    make_source,
    open_review,
    publish_claim,
    published_claim,
    respond,
)
from tests.factories.nouns import DossierFactory

FIGURE: dict[str, Any] = {
    "slug": "seven",
    "label_en": "Seats",
    "label_th": "ที่นั่ง",
    "value": Decimal(7),
    "low": Decimal(7),
    "high": Decimal(7),
    "high_closed": True,
    "unit": Unit.SEATS,
    "exactness": Exactness.EXACT,
    "provenance": Provenance.MEDIA,
}


def test_a_draft_goes_through_submit_and_approve(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    review = submit(review=open_review(claim), by=cast.contributor, now=NOW)
    assert review.state == ReviewState.IN_REVIEW
    assert len(review.content_hash) == 64
    review = approve(review=review, by=cast.reviewer, now=NOW)
    assert review.state == ReviewState.APPROVED
    assert list(ReviewDecision.objects.values_list("verb", "by__username")) == [
        ("submit", "contributor"),
        ("approve", "reviewer"),
    ]
    assert Entry.objects.latest("index").verb == "review.approved"


def test_the_drafter_cannot_approve_even_as_an_editor(cast: Cast) -> None:
    claim = draft_claim(by=cast.editor)
    review = submit(review=open_review(claim), by=cast.contributor, now=NOW)
    with pytest.raises(NotAllowed, match="Nobody publishes alone"):
        approve(review=review, by=cast.editor, now=NOW)


def test_a_typo_by_somebody_else_does_not_launder_ones_own_text(cast: Cast) -> None:
    claim = draft_claim(by=cast.reviewer)
    revise_claim(claim=claim, save=lambda: None, by=cast.contributor, now=NOW)
    review = submit(review=open_review(claim), by=cast.contributor, now=NOW)
    with pytest.raises(NotAllowed, match="reviewer wrote part"):
        approve(review=review, by=cast.reviewer, now=NOW)


def test_whoever_wrote_the_dossier_cannot_approve_a_claim_in_it(cast: Cast) -> None:
    dossier = DossierFactory.create()
    write_subject(subject=dossier, by=cast.reviewer, now=NOW)
    claim = draft_claim(by=cast.contributor, dossier=dossier, number=1)
    review = submit(review=open_review(claim), by=cast.contributor, now=NOW)
    with pytest.raises(NotAllowed, match="reviewer wrote part"):
        approve(review=review, by=cast.reviewer, now=NOW)


def test_the_text_is_frozen_while_others_judge_it(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    submit(review=open_review(claim), by=cast.contributor, now=NOW)
    with pytest.raises(Frozen, match="take it back to draft"):
        begin_edit(claim, by=cast.contributor, now=NOW)
    with pytest.raises(Frozen):
        cite(claim, by=cast.contributor)


def test_a_text_changed_behind_the_verbs_is_not_approved(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    review = submit(review=open_review(claim), by=cast.contributor, now=NOW)
    Claim.objects.filter(pk=claim.pk).update(heading_en="MP says something else")
    with pytest.raises(NotAllowed, match="has changed since it was submitted"):
        approve(review=review, by=cast.reviewer, now=NOW)


def test_taking_back_needs_a_reason_and_opens_the_text_again(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    review = submit(review=open_review(claim), by=cast.contributor, now=NOW)
    review = approve(review=review, by=cast.reviewer, now=NOW)
    with pytest.raises(NotAllowed, match="Say why"):
        take_back(review=review, reason=" ", by=cast.reviewer, now=NOW)
    review = take_back(review=review, reason="The date is missing.", by=cast.reviewer, now=NOW)
    assert (review.state, review.approved_by, review.approved_hash) == (ReviewState.DRAFTED, None, "")
    begin_edit(claim, by=cast.contributor, now=NOW)


@pytest.mark.parametrize(
    ("verb", "role", "reason"),
    [
        (submit, "auditor", "needs the role contributor or editor or reviewer"),
        (submit, "operations", "needs the role"),
        (approve, "contributor", "not possible: this revision is draft"),
        (publish, "editor", "not possible: this revision is draft"),
    ],
)
def test_moves_need_their_state_and_role(cast: Cast, verb, role: str, reason: str) -> None:  # type: ignore[no-untyped-def] # any verb
    claim = draft_claim(by=cast.contributor)
    with pytest.raises(NotAllowed, match=reason):
        verb(review=open_review(claim), by=getattr(cast, role), now=NOW)


def test_a_deactivated_account_can_do_nothing(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    cast.contributor.is_active = False
    cast.contributor.save()
    with pytest.raises(NotAllowed):
        submit(review=open_review(claim), by=cast.contributor, now=NOW)


def test_a_rumour_needs_an_editors_sign_off_of_this_very_text(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor, kinds=(AssertionKind.FACT, AssertionKind.RUMOUR))
    review = submit(review=open_review(claim), by=cast.contributor, now=NOW)
    with pytest.raises(NotAllowed, match=r"assertions\[2\]: An allegation or a rumour needs"):
        approve(review=review, by=cast.reviewer, now=NOW)
    with pytest.raises(NotAllowed, match="needs the role editor"):
        clear_legal_risk(review=review, reason="Fine.", by=cast.reviewer, now=NOW)
    with pytest.raises(NotAllowed, match="Say in a sentence"):
        clear_legal_risk(review=review, reason="", by=cast.editor, now=NOW)
    review = clear_legal_risk(review=review, reason="Attributed and hedged.", by=cast.editor, now=NOW)
    assert approve(review=review, by=cast.reviewer, now=NOW).state == ReviewState.APPROVED


def test_an_editor_who_drafted_cannot_sign_off_the_risk(cast: Cast) -> None:
    claim = draft_claim(by=cast.editor, kinds=(AssertionKind.RUMOUR,))
    review = submit(review=open_review(claim), by=cast.contributor, now=NOW)
    with pytest.raises(NotAllowed, match="wrote part"):
        clear_legal_risk(review=review, reason="Fine.", by=cast.editor, now=NOW)


def test_submitting_says_everything_that_is_missing(cast: Cast) -> None:
    claim = Claim(slug="bare", heading_en="MP says", heading_th="สส. ระบุ", summary_en="A thing.", summary_th="")
    with pytest.raises(IntakeRefused) as refused:
        register_claim(claim=claim, by=cast.contributor, now=NOW)
    assert refused.value.reasons == ["summary_th: This field cannot be blank."]
    claim.summary_th = "เรื่องหนึ่ง"
    register_claim(claim=claim, by=cast.contributor, now=NOW)
    Claim.objects.filter(pk=claim.pk).update(known_en="Only English.")
    describe_revision(claim=claim, kind=EditionKind.INITIAL, rating=Rating.HALF_TRUE, by=cast.contributor, now=NOW)
    with pytest.raises(NotAllowed) as stopped:
        submit(review=open_review(claim), by=cast.contributor, now=NOW)
    assert {fault.code for fault in stopped.value.faults} == {
        "claimant",
        "appearance",
        "assertion",
        "attested",
        "minute",
        "both_languages",
        "reasons",
    }
    assert "bare: minute.known: This text stands in one language only; write the other." in stopped.value.reasons


def test_a_second_edition_says_what_changed(cast: Cast) -> None:
    claim = published_claim(cast)
    begin_edit(claim, by=cast.contributor, now=NOW)
    with pytest.raises(NotAllowed, match="what changed since the last edition"):
        submit(review=open_review(claim), by=cast.contributor, now=NOW)


def test_a_new_revision_keeps_the_rating_of_the_last(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    describe_revision(
        claim=claim,
        kind=EditionKind.INITIAL,
        rating=Rating.OPINION,
        reasons=("It is one.", "เป็นความเห็น"),
        by=cast.contributor,
        now=NOW,
    )
    publish_claim(claim, cast)
    review = begin_edit(claim, by=cast.contributor, now=NOW)
    assert (review.number, review.kind, review.rating) == (2, EditionKind.UPDATE, Rating.OPINION)


@pytest.mark.parametrize("row", ["response", "source", "figure", "office"])
def test_words_that_somebody_else_put_into_the_claim_still_have_their_author(cast: Cast, row: str) -> None:
    claim = draft_claim(by=cast.contributor)
    if row == "response":
        other = draft_claim(by=cast.contributor)
        response = respond({other: Coverage.PARTLY}, by=cast.reviewer)
        cover = ResponseCoverage(response=response, claim=claim, coverage=Coverage.PARTLY)
        record_coverage(coverage=cover, by=cast.contributor, now=NOW)
    elif row == "source":
        cite(claim, by=cast.contributor, source=make_source(by=cast.reviewer))
    elif row == "figure":
        figure = record_figure(by=cast.reviewer, now=NOW, **FIGURE)
        FigureAttribution.objects.create(
            figure=figure, claim=claim, basis=SaidBasis.SAID, said_by_words_en="she", said_by_words_th="เธอ"
        )
    else:
        office = Office(slug="an-office", title_en="An office", title_th="ตำแหน่งหนึ่ง")
        write_shared(row=office, by=cast.reviewer, now=NOW)
        claim.claimants.update(office=office)
    review = submit(review=open_review(claim), by=cast.contributor, now=NOW)
    with pytest.raises(NotAllowed, match="reviewer wrote part"):
        approve(review=review, by=cast.reviewer, now=NOW)


def test_the_author_of_a_row_that_is_public_already_may_judge_the_next_edition(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    cite(claim, by=cast.contributor, source=make_source(by=cast.editor))
    publish_claim(claim, cast, now=timezone.now())
    review = submit(review=begin_correction(claim, cast), by=cast.contributor, now=NOW)
    assert approve(review=review, by=cast.editor, now=NOW).state == ReviewState.APPROVED
