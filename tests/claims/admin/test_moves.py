"""The buttons of a claim: one POST to one verb, shown to those who may, refused with what is missing."""

from __future__ import annotations

import pytest
from django.test import Client

from claims.models.claim import Claim
from claims.models.edition import Edition
from claims.models.public_status import PublicStatus
from claims.models.review import ReviewDecision
from claims.review.verbs import approve, clear_legal_risk, submit
from claims.vocabulary import AssertionKind, ReviewState
from tests.claims.admin.conftest import As
from tests.claims.admin.pages import claim_url, move, shown
from tests.factories.cast import Cast
from tests.factories.claims import NOW, draft_claim, open_review, published_claim


def test_the_whole_way_through_the_buttons(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor, kinds=(AssertionKind.FACT, AssertionKind.RUMOUR))
    who = browser("contributor")
    page = shown(who.get(claim_url(claim)))
    said = who.post(claim_url(claim), page | {"_move": "submit"}, follow=True).content.decode()
    assert "Submitted. Another person must approve it now." in said
    assert (
        "legal risk is signed off"
        in move(browser("editor"), claim, "clear_legal_risk", reason="Hedged.").content.decode()
    )
    assert "An editor can publish it now" in move(browser("reviewer"), claim, "approve").content.decode()
    assert "Published." in move(browser("editor"), claim, "publish").content.decode()
    assert list(ReviewDecision.objects.values_list("verb", "by__username")) == [
        ("submit", "contributor"),
        ("clear_legal_risk", "editor"),
        ("approve", "reviewer"),
        ("publish", "editor"),
    ]
    assert PublicStatus.objects.get().edition.number == 1


def test_save_and_submit_saves_first(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    who = browser("contributor")
    page = shown(who.get(claim_url(claim)))
    who.post(claim_url(claim), page | {"summary_en": "Changed at last", "_move": "submit"})
    claim.refresh_from_db()
    assert claim.summary_en == "Changed at last"
    assert open_review(claim).state == ReviewState.IN_REVIEW


def test_a_refused_submission_says_every_fault_and_where_and_the_draft_stays_saved(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    who = browser("contributor")
    page = shown(who.get(claim_url(claim)))
    change = {"summary_en": "Kept", "known_en": "", "known_th": "", "said_th": "", "_move": "submit"}
    text = who.post(claim_url(claim), page | change, follow=True).content.decode()
    assert "“Submit for review” was refused" in text
    assert text.count("Saved, but not submitted: see what is missing below.") == 1
    assert "changed successfully" not in text
    assert '<a href="#id_known_en"><code>minute.known</code></a>' in text
    assert "This text stands in one language only; write the other." in text
    claim.refresh_from_db()
    assert (claim.summary_en, claim.known_en) == ("Kept", "")
    assert open_review(claim).state == ReviewState.DRAFTED
    assert "was refused" not in who.get(claim_url(claim)).content.decode()  # said once


def test_each_reason_says_what_it_is_for_and_the_way_back_comes_last(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor, kinds=(AssertionKind.RUMOUR,))
    submit(review=open_review(claim), by=cast.contributor, now=NOW)
    response = browser("editor").get(claim_url(claim))
    assert [move.verb for move in response.context["panel"].moves] == ["approve", "clear_legal_risk", "take_back"]
    text = response.content.decode()
    assert "Why it goes back to draft" in text
    assert "Why the legal risk can be taken" in text


def test_taking_back_needs_a_reason(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    submit(review=open_review(claim), by=cast.contributor, now=NOW)
    assert "Say why it goes back to draft" in move(browser("reviewer"), claim, "take_back").content.decode()
    assert open_review(claim).state == ReviewState.IN_REVIEW
    move(browser("reviewer"), claim, "take_back", reason="The date is missing.")
    assert open_review(claim).state == ReviewState.DRAFTED


def test_a_typed_reason_comes_back_when_the_move_is_refused(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor, kinds=(AssertionKind.ALLEGATION,))
    submit(review=open_review(claim), by=cast.contributor, now=NOW)
    text = move(browser("editor"), claim, "clear_legal_risk", reason="Carefully worded", seen="0" * 64).content.decode()
    assert "Another text has been submitted since you opened this page" in text
    assert ">Carefully worded</textarea>" in text


def test_an_approval_is_of_the_text_that_was_on_the_page(cast: Cast, browser: As) -> None:
    """Taken back, changed and submitted again while the reviewer was reading."""
    claim = draft_claim(by=cast.contributor)
    read = submit(review=open_review(claim), by=cast.contributor, now=NOW).content_hash
    move(browser("contributor"), claim, "take_back", reason="One more thing.")
    who = browser("contributor")
    page = shown(who.get(claim_url(claim)))
    who.post(claim_url(claim), page | {"summary_en": "Something else", "_move": "submit"})
    assert open_review(claim).content_hash != read
    text = move(browser("reviewer"), claim, "approve", seen=read).content.decode()
    assert "Another text has been submitted since you opened this page" in text
    assert open_review(claim).state == ReviewState.IN_REVIEW


BUTTONS = {
    "drafted": {
        "contributor": {"submit"},
        "reviewer": {"submit"},
        "editor": {"submit"},
        "auditor": set(),
    },
    "in_review": {
        "contributor": {"take_back"},
        "reviewer": {"take_back", "approve"},
        "editor": {"take_back", "approve"},
        "auditor": set(),
    },
    "approved": {
        "contributor": {"take_back"},
        "reviewer": {"take_back"},
        "editor": {"take_back", "publish"},
        "auditor": set(),
    },
}


def verbs_shown(client: Client, claim: Claim) -> set[str]:
    return {button.verb for button in client.get(claim_url(claim)).context["panel"].moves}


@pytest.mark.parametrize("state", list(BUTTONS))
@pytest.mark.parametrize("role", ["contributor", "reviewer", "editor", "auditor"])
def test_each_role_sees_its_own_buttons(state: str, role: str, cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    if state != "drafted":
        review = submit(review=open_review(claim), by=cast.contributor, now=NOW)
    if state == "approved":
        approve(review=review, by=cast.reviewer, now=NOW)
    assert verbs_shown(browser(role), claim) == BUTTONS[state][role]


def test_who_wrote_it_is_told_why_there_is_no_button(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.editor)
    submit(review=open_review(claim), by=cast.contributor, now=NOW)
    page = browser("editor").get(claim_url(claim))
    assert {button.verb for button in page.context["panel"].moves} == {"take_back"}
    assert "You wrote part of this revision: another person must judge it." in page.content.decode()


def test_a_missing_sign_off_stops_the_approval_and_says_so(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor, kinds=(AssertionKind.RUMOUR,))
    review = submit(review=open_review(claim), by=cast.contributor, now=NOW)
    text = move(browser("reviewer"), claim, "approve").content.decode()
    assert "needs an editor&#x27;s sign-off for legal risk" in text
    assert "clear_legal_risk" in verbs_shown(browser("editor"), claim)
    assert "clear_legal_risk" not in verbs_shown(browser("reviewer"), claim)
    clear_legal_risk(review=review, reason="Hedged.", by=cast.editor, now=NOW)
    assert "clear_legal_risk" not in verbs_shown(browser("editor"), claim)
    move(browser("reviewer"), claim, "approve")
    assert open_review(claim).state == ReviewState.APPROVED


def test_a_correction_is_a_second_edition_and_both_are_listed(cast: Cast, browser: As) -> None:
    claim = published_claim(cast)
    who = browser("contributor")
    page = shown(who.get(claim_url(claim)))
    change = {
        "summary_en": "Corrected",
        "edition_kind": "correction",
        "edition_note_en": "A number was wrong.",
        "edition_note_th": "ตัวเลขผิด",
        "_move": "submit",
    }
    who.post(claim_url(claim), page | change)
    move(browser("reviewer"), claim, "approve")
    text = move(browser("editor"), claim, "publish").content.decode()
    assert list(Edition.objects.filter(subject_kind="claim").values_list("number", "kind").order_by("number")) == [
        (1, "initial"),
        (2, "correction"),
    ]
    assert f"/en/claims/{claim.slug}/editions/1/" in text
    assert f"/en/claims/{claim.slug}/editions/2/" in text
    assert "A number was wrong." in text
