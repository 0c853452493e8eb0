"""A claim is drafted and revised in one form, through the verbs; a refusal loses nothing that was typed."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.models import LogEntry

from claims.models.claim import Claim
from claims.models.review import DraftEdit
from claims.models.source import Source
from claims.review.verbs import submit
from claims.vocabulary import EditionKind, QuoteState, Rating, ReviewState
from ledger.models import Entry
from tests.claims.admin.conftest import As
from tests.claims.admin.pages import claim_url, new_row, shown
from tests.claims.admin.typed import ADD, typed
from tests.factories.cast import Cast
from tests.factories.claims import NOW, draft_claim, make_source, open_review, published_claim
from tests.factories.nouns import DossierFactory


def quote(source: Source, **changes: str) -> dict[str, Any]:
    words = {
        "source": str(source.pk),
        "position": "1",
        "stance": "attests",
        "quote_exact": "spending doubled",
        "quote_prefix": "said that",
        "quote_suffix": "in 2024",
        "quote_lang": "en",
        "translation": "รายจ่ายเพิ่มเป็นสองเท่า",
    }
    return new_row("citations", 0, words | changes)


def test_a_claim_is_registered_with_all_its_rows_in_one_save(cast: Cast, browser: As) -> None:
    who = browser("contributor")
    source = make_source(by=cast.contributor)
    Source.objects.update(next_check_at=None)
    response = who.post(ADD, shown(who.get(ADD)) | typed() | quote(source))
    claim = Claim.objects.get(slug="mp-says-a-thing")
    assert response.status_code == 302, response.context["errors"]
    assert claim.claimants.count() == claim.appearances.count() == claim.assertions.count() == 1
    assert claim.citations.get().quote_exact == "spending doubled"
    assert open_review(claim).state == ReviewState.DRAFTED
    assert DraftEdit.objects.get(subject_id=claim.public_id).user == cast.contributor
    assert Entry.objects.latest("index").verb == "claim.registered"
    assert Source.objects.get(pk=source.pk).next_check_at is not None
    assert LogEntry.objects.get(object_id=claim.pk).user == cast.contributor


def test_what_hides_in_a_quote_is_named_beside_it_and_nothing_typed_is_lost(cast: Cast, browser: As) -> None:
    who = browser("contributor")
    source = make_source(by=cast.contributor)
    response = who.post(
        ADD, shown(who.get(ADD)) | typed() | quote(source, quote_exact="spending \u202edoubled", translation="สองเท่า")
    )
    assert response.status_code == 200
    assert "direction-changing characters" in response.content.decode()
    again = shown(response)
    assert (again["heading_en"], again["citations-0-translation"]) == ("heading in en", "สองเท่า")
    assert again["claimants-0-person"] == typed_person(again)
    assert not Claim.objects.exists()
    assert not Entry.objects.filter(verb="claim.registered").exists()


def typed_person(data: dict[str, Any]) -> str:
    """The person chosen is offered again."""
    return str(data["claimants-0-person"] or "nobody")


def test_a_revision_changes_the_draft_and_notes_its_author(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    who = browser("reviewer")
    page = shown(who.get(claim_url(claim)))
    response = who.post(claim_url(claim), page | {"summary_en": "Line one\r\nLine two"})
    assert response.status_code == 302
    claim.refresh_from_db()
    assert claim.summary_en == "Line one\nLine two"
    assert DraftEdit.objects.filter(subject_id=claim.public_id, user=cast.reviewer).count() == 1
    assert Entry.objects.latest("index").verb == "claim.revised"


def test_saving_without_a_change_makes_nobody_an_author(cast: Cast, browser: As) -> None:
    """Texts of several lines too: a browser sends CRLF where the database holds LF."""
    claim = draft_claim(by=cast.contributor, summary_en="One\n\nTwo\n", summary_th="หนึ่ง\nสอง")
    who = browser("reviewer")
    before = Entry.objects.count()
    assert who.post(claim_url(claim), shown(who.get(claim_url(claim)))).status_code == 302
    assert Entry.objects.count() == before
    assert not DraftEdit.objects.filter(user=cast.reviewer).exists()


def test_a_claim_before_a_second_person_can_only_be_read(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    submit(review=open_review(claim), by=cast.contributor, now=NOW)
    page = browser("contributor").get(claim_url(claim)).content.decode()
    assert 'name="_save"' not in page
    assert 'name="heading_en"' not in page
    assert "Take back to draft" in page
    assert "Awaiting a second person" in page


def test_a_save_that_comes_after_the_submission_is_refused_and_keeps_the_words(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    who = browser("contributor")
    page = shown(who.get(claim_url(claim)))
    submit(review=open_review(claim), by=cast.reviewer, now=NOW)
    response = who.post(claim_url(claim), page | {"summary_en": "Long work of mine"})
    text = response.content.decode()
    assert response.status_code == 200
    assert "take it back to draft before changing its text" in text
    assert shown(response)["summary_en"] == "Long work of mine"
    assert DraftEdit.objects.filter(subject_id=claim.public_id).exclude(at=NOW).count() == 0


def test_the_second_of_two_who_save_is_told_who_was_first(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    first, second = browser("contributor"), browser("reviewer")
    pages = [shown(who.get(claim_url(claim))) for who in (first, second)]
    assert first.post(claim_url(claim), pages[0] | {"summary_en": "First"}).status_code == 302
    refused = second.post(claim_url(claim), pages[1] | {"summary_en": "Second"})
    assert "contributor saved this at" in refused.content.decode()
    claim.refresh_from_db()
    assert claim.summary_en == "First"
    again = shown(refused)
    assert again["summary_en"] == "Second"
    assert second.post(claim_url(claim), again).status_code == 302
    claim.refresh_from_db()
    assert claim.summary_en == "Second"


def test_the_next_edition_is_described_in_the_same_form(cast: Cast, browser: As) -> None:
    claim = published_claim(cast)
    who = browser("contributor")
    page = shown(who.get(claim_url(claim)))
    assert page["edition_kind"] == EditionKind.UPDATE
    assert "slug" not in page
    change = {
        "heading_en": "MP says another thing",
        "edition_kind": "correction",
        "edition_note_en": "The heading was wrong.",
        "edition_note_th": "หัวเรื่องไม่ถูกต้อง",
    }
    assert who.post(claim_url(claim), page | change).status_code == 302
    review = open_review(claim)
    assert (review.number, review.kind, review.note_en) == (2, "correction", "The heading was wrong.")
    assert Claim.objects.get().heading_en == "MP says another thing"
    assert Entry.objects.latest("index").verb == "claim.revised"


def test_a_first_edition_can_only_be_the_first(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    who = browser("contributor")
    page = shown(who.get(claim_url(claim)))
    response = who.post(claim_url(claim), page | {"edition_kind": "retraction"})
    assert "not one of the available choices" in response.content.decode()
    assert open_review(claim).kind == EditionKind.INITIAL


def test_a_rating_is_only_what_a_person_chose(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    who = browser("contributor")
    page = shown(who.get(claim_url(claim)))
    who.post(claim_url(claim), page | {"edition_rating": "unverifiable", "edition_reasons_en": "No record."})
    assert (open_review(claim).rating, open_review(claim).reasons_en) == (Rating.UNVERIFIABLE, "No record.")


def test_a_changed_quote_is_unchecked_again(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    claim.citations.update(quote_state=QuoteState.INTACT, quote_state_at=NOW)
    who = browser("contributor")
    page = shown(who.get(claim_url(claim)))
    who.post(claim_url(claim), page | {"citations-0-translation": "คำแปลใหม่"})
    assert claim.citations.get().quote_state == QuoteState.INTACT
    page = shown(who.get(claim_url(claim)))
    who.post(claim_url(claim), page | {"citations-0-quote_exact": "Other words"})
    assert (claim.citations.get().quote_state, claim.citations.get().quote_state_at) == (QuoteState.UNCHECKED, None)


def test_a_quote_can_be_taken_out(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    who = browser("contributor")
    page = shown(who.get(claim_url(claim)))
    assert who.post(claim_url(claim), page | {"citations-0-DELETE": "on"}).status_code == 302
    assert not claim.citations.exists()


def test_a_quote_points_only_at_assertions_of_its_own_claim(cast: Cast, browser: As) -> None:
    claim, other = draft_claim(by=cast.contributor), draft_claim(by=cast.contributor)
    who = browser("contributor")
    page = shown(who.get(claim_url(claim)))
    foreign = str(other.assertions.get().pk)
    response = who.post(claim_url(claim), page | {"citations-0-assertion": foreign})
    assert response.status_code == 200
    assert claim.citations.get().assertion is None


def test_two_numbers_alike_are_refused_by_name(cast: Cast, browser: As) -> None:
    dossier = DossierFactory.create()
    draft_claim(by=cast.contributor, dossier=dossier, number=1)
    claim = draft_claim(by=cast.contributor, dossier=dossier, number=2)
    who = browser("contributor")
    response = who.post(claim_url(claim), shown(who.get(claim_url(claim))) | {"number": "1"})
    assert "Dossier and Number already exists" in response.content.decode()
