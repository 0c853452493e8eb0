"""The page of a claim says what is missing and where, names languages, and keeps what was typed."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.admin.panel import anchor_of
from claims.models.claim import Claim
from claims.models.review import ClaimReview
from claims.review.verbs import submit, take_back
from claims.vocabulary import ReviewState
from tests.claims.admin.conftest import As
from tests.claims.admin.pages import claim_url, new_row, shown
from tests.claims.admin.typed import ADD, typed
from tests.factories.cast import Cast
from tests.factories.claims import NOW, draft_claim, open_review, published_claim


def test_the_panel_says_what_is_missing_and_where(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor, known_en="", known_th="")
    page = browser("contributor").get(claim_url(claim)).content.decode()
    assert '<a href="#id_known_en"><code>minute.known</code></a>' in page


def test_a_rule_that_is_met_says_what_holds_and_one_without_a_subject_is_left_out(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor, known_en="", known_th="")
    response = browser("contributor").get(claim_url(claim))
    checks = {check.code: check.text for check in response.context["panel"].checks}
    assert checks["minute"] == "Fill in “In one minute”."
    assert checks["both_languages"] == "Every text stands in both languages."
    assert not {"reasons", "note", "legal_sign_off"} & set(checks)
    assert "stands in one language only" not in response.content.decode()


def test_a_text_that_is_too_long_is_refused_and_stays_in_the_form(cast: Cast, browser: As) -> None:
    who = browser("contributor")
    page = who.get(ADD)
    assert "maxlength" not in page.content.decode()
    response = who.post(ADD, shown(page) | typed() | {"heading_en": "x" * 5000})
    assert "at most 300 characters" in response.content.decode()
    assert shown(response)["heading_en"] == "x" * 5000
    assert not Claim.objects.exists()


def test_a_new_assertion_that_holds_only_the_number_the_page_filled_in_is_no_row(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    who = browser("contributor")
    rows = new_row("assertions", 1, {"number": 2, "kind": "", "text_en": "", "text_th": ""})
    assert who.post(claim_url(claim), shown(who.get(claim_url(claim))) | rows).status_code == 302
    assert claim.assertions.count() == 1


def test_labels_are_words(cast: Cast, browser: As) -> None:
    page = browser("contributor").get(ADD).content.decode()
    assert "Quote, word for word:" in page
    assert "First time it was said" in page
    assert "YYYY-MM-DD, in the Common Era (2025, not 2568)." in page


def test_the_page_of_a_claim_does_not_cost_more_per_assertion(cast: Cast, browser: As) -> None:
    small, large = draft_claim(by=cast.contributor), draft_claim(by=cast.contributor)
    for number in range(2, 12):
        large.assertions.create(number=number, kind="fact", text_en="x", text_th="x")
    who = browser("contributor")
    who.get(claim_url(small))
    costs = []
    for claim in (small, large):
        with CaptureQueriesContext(connection) as queries:
            assert who.get(claim_url(claim)).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_editions_and_decisions_stand_on_the_page_with_their_public_addresses(cast: Cast, browser: As) -> None:
    claim = published_claim(cast)
    page = browser("auditor").get(claim_url(claim)).content.decode()
    assert reverse("web:edition", args=[claim.slug, 1]).replace("/th/", "/en/") in page
    assert "See the public page" in page
    assert page.count("revision 1") == 3


def test_a_taken_back_claim_can_be_edited_again(cast: Cast, browser: As) -> None:
    claim = draft_claim(by=cast.contributor)
    review = submit(review=open_review(claim), by=cast.contributor, now=NOW)
    take_back(review=review, reason="A typo.", by=cast.reviewer, now=NOW)
    page = browser("contributor").get(claim_url(claim)).content.decode()
    assert 'name="_save"' in page
    assert "A typo." in page
    assert ClaimReview.objects.get().state == ReviewState.DRAFTED


def test_the_history_shows_what_the_ledger_holds_and_who_did_it(cast: Cast, browser: As) -> None:
    claim = published_claim(cast)
    page = browser("auditor").get(reverse("admin:claims_claim_history", args=[claim.pk]))
    assert [(entry.verb, name) for entry, name in page.context["entries"]] == [
        ("edition.published", "editor"),
        ("review.approved", "reviewer"),
        ("review.submitted", "contributor"),
        ("claim.registered", "contributor"),
    ]
    assert "In the ledger" in page.content.decode()


def test_a_field_names_its_language_for_writers_and_for_readers(cast: Cast, browser: As) -> None:
    claim = published_claim(cast)
    for role in ("contributor", "auditor"):
        page = browser(role).get(claim_url(claim)).content.decode()
        assert "Heading (English):" in page
        assert "Text (ไทย):" in page


@pytest.mark.parametrize(
    ("where", "anchor"),
    [
        ("minute.said", "id_said_en"),
        ("some-claim: heading", "id_heading_en"),
        ("some-claim: minute.not_known", "id_not_known_en"),
        ("some-claim: would_settle", "id_would_settle_en"),
        ("some-claim: claimants[1].interests", "claimants-group"),
        ("some-claim: figures[2].label", "figures-group"),
        ("assertions[3]", "assertions-2"),
        ("evidence[1]", "citations-0"),
        ("evidence", "citations-group"),
        ("rating.reasons", "id_edition_reasons_en"),
        ("note", "id_edition_note_en"),
        ("some-dossier: title", ""),
    ],
)
def test_a_rule_leads_to_the_part_of_the_form_that_breaks_it(where: str, anchor: str) -> None:
    assert anchor_of(where) == anchor
