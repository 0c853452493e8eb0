"""The pages that take a claim or an edition out of sight: who sees which form, and that each is one verb."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from claims.models.claim import Claim
from claims.models.edition import Edition
from claims.models.hiding import Hiding, Withholding
from claims.models.public_status import PublicStatus
from claims.review.transitions import Role
from claims.vocabulary import PublicState, SubjectKind
from tests.claims.admin.pages import shown, signed_in
from tests.factories.cast import Cast, member
from tests.factories.claims import draft_claim, published_claim

As = Callable[[str], Client]
pytestmark = pytest.mark.django_db
WORDS = {"reason_en": "It names somebody.", "reason_th": "มีชื่อบุคคล"}


@pytest.fixture
def claim(cast: Cast) -> Claim:
    return published_claim(cast, slug="shy")


@pytest.fixture
def second(cast: Cast) -> Client:
    other: User = member(Role.EDITOR, "second-editor")
    return signed_in(other)


def hide_url(claim: Claim) -> str:
    return reverse("admin:claims_claim_hide", args=[claim.pk])


def withhold_url() -> str:
    edition = Edition.objects.get(subject_kind=SubjectKind.CLAIM, slug="shy", number=1)
    return reverse("admin:claims_edition_withhold", args=[edition.pk])


def send(client: Client, url: str, form: str, do: str, **typed: str) -> str:
    """Fill in a form of the page as it stands and press its button; what the browser shows afterwards."""
    fields = shown(client.get(url), form)
    assert fields, f"there is no {form}"
    return client.post(url, {**fields, **typed, "_do": do}, follow=True).content.decode()


def state(claim: Claim) -> str:
    return PublicStatus.objects.get(claim=claim).state


def test_an_editor_hides_another_confirms_and_lifts(browser: As, claim: Claim, second: Client) -> None:
    page = browser("editor").get(reverse("admin:claims_claim_change", args=[claim.pk])).content.decode()
    assert hide_url(claim) in page
    answer = send(browser("editor"), hide_url(claim), "hide_form", "hide", **WORDS)
    assert "Ask another person to confirm" in answer
    assert "You hid it" in answer
    assert state(claim) == PublicState.HIDDEN
    assert "Confirmed: it stays hidden" in send(second, hide_url(claim), "confirm_form", "confirm_hiding")
    send(browser("reviewer"), hide_url(claim), "lift_form", "lift_hiding", note="All is well.")
    assert state(claim) == PublicState.LIVE
    assert "All is well." in browser("editor").get(hide_url(claim)).content.decode()


def test_a_refusal_says_why_and_keeps_what_was_typed(browser: As, claim: Claim) -> None:
    page = send(browser("editor"), hide_url(claim), "hide_form", "hide", **WORDS | {"reason_th": " "})
    assert "Say why in both languages" in page
    assert WORDS["reason_en"] in page
    assert "Choose what is to be done" in send(browser("editor"), hide_url(claim), "hide_form", "erase", **WORDS)
    assert not Hiding.objects.exists()


@pytest.mark.parametrize("role", ["contributor", "auditor", "operations"])
def test_others_see_neither_page(browser: As, claim: Claim, role: str) -> None:
    for url, do in ((hide_url(claim), "hide"), (withhold_url(), "ask_withholding")):
        assert browser(role).get(url).status_code == 403
        assert browser(role).post(url, {"_do": do, **WORDS}).status_code == 403
    assert state(claim) == PublicState.LIVE


def test_a_reviewer_is_offered_no_hiding_and_forges_none(browser: As, claim: Claim) -> None:
    assert 'id="hide_form"' not in browser("reviewer").get(hide_url(claim)).content.decode()
    answer = browser("reviewer").post(hide_url(claim), {"_do": "hide", **WORDS}, follow=True)
    assert "This needs the role editor" in answer.content.decode()
    assert browser("reviewer").get(withhold_url()).status_code == 403


def test_who_hid_forges_no_second_person(browser: As, claim: Claim) -> None:
    send(browser("editor"), hide_url(claim), "hide_form", "hide", **WORDS)
    posted = {"hiding": Hiding.objects.get().pk, "note": "Mine."}
    for do in ("confirm_hiding", "lift_hiding"):
        answer = browser("editor").post(hide_url(claim), posted | {"_do": do})
        assert "another person confirms or lifts it" in answer.content.decode()
    assert (state(claim), Hiding.objects.get().confirmed_at) == (PublicState.HIDDEN, None)


def test_a_hiding_of_another_claim_cannot_be_named(browser: As, cast: Cast, claim: Claim, second: Client) -> None:
    other = published_claim(cast)
    send(browser("editor"), hide_url(claim), "hide_form", "hide", **WORDS)
    posted = {"_do": "lift_hiding", "hiding": Hiding.objects.get().pk, "note": "Elsewhere."}
    assert "It is not hidden" in second.post(hide_url(other), posted).content.decode()
    assert "It is not hidden" in second.post(hide_url(claim), posted | {"hiding": "9" * 30}).content.decode()
    assert state(claim) == PublicState.HIDDEN


def test_a_draft_has_no_button(browser: As, cast: Cast) -> None:
    draft = draft_claim(by=cast.contributor)
    page = browser("editor").get(reverse("admin:claims_claim_change", args=[draft.pk])).content.decode()
    assert hide_url(draft) not in page


def test_two_editors_withhold_an_edition_by_its_name(browser: As, claim: Claim, second: Client) -> None:
    url = withhold_url()
    change = url.replace("/withhold/", "/change/")
    assert url in browser("editor").get(change).content.decode()
    assert "Another editor confirms it" in send(browser("editor"), url, "ask_form", "ask_withholding", **WORDS)
    assert 'id="id_name"' not in browser("editor").get(url).content.decode()
    assert "Type “shy 1”" in send(second, url, "confirm_form", "confirm_withholding", name="shy 2")
    assert Withholding.objects.get().confirmed_at is None
    assert "Withheld since" in send(second, url, "confirm_form", "confirm_withholding", name=" shy 1 ")
    assert Withholding.objects.get().edition.text.body == ""
    assert "withheld" in second.get(change).content.decode()


def test_who_asked_forges_no_confirmation(browser: As, claim: Claim) -> None:
    send(browser("editor"), withhold_url(), "ask_form", "ask_withholding", **WORDS)
    seen = Withholding.objects.get().asked_at.isoformat()
    posted = {"_do": "confirm_withholding", "name": "shy 1", "seen": seen}
    assert "another editor confirms it" in browser("editor").post(withhold_url(), posted).content.decode()
    assert Withholding.objects.get().edition.text.body


def test_a_confirmation_says_which_request_was_read(browser: As, claim: Claim, second: Client) -> None:
    posted = {"_do": "confirm_withholding", "name": "shy 1"}
    assert "Nobody has asked for it" in second.post(withhold_url(), posted).content.decode()
    send(browser("editor"), withhold_url(), "ask_form", "ask_withholding", **WORDS)
    assert "which request you read" in second.post(withhold_url(), posted).content.decode()


def test_each_decision_asks_again_who_decides(browser: As, claim: Claim, settings: Settings) -> None:
    settings.DECISIONS_NEED_REAUTHENTICATION = True
    for url, do in ((hide_url(claim), "hide"), (withhold_url(), "ask_withholding")):
        answer = browser("editor").post(url, {"_do": do, **WORDS})
        assert answer["Location"].startswith("/admin/account/confirm/?next="), do
    assert not Hiding.objects.exists()
    assert not Withholding.objects.exists()


def test_the_list_leads_to_the_decision(browser: As, claim: Claim) -> None:
    send(browser("editor"), hide_url(claim), "hide_form", "hide", **WORDS)
    url = reverse("admin:claims_hiding_changelist")
    assert hide_url(claim) in browser("auditor").get(url).content.decode()
    assert browser("operations").get(url).status_code == 403
    row = reverse("admin:claims_hiding_change", args=[Hiding.objects.get().pk])
    assert hide_url(claim) in browser("reviewer").get(row).content.decode()
