"""Taking in by hand: a text or an address, its candidates beside what is like them, and drafts of those picked."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.candidates.candidate import MOST_CHARACTERS
from claims.models.claim import Claim
from claims.models.intake_text import IntakeText
from claims.outbound.policy import Policy
from claims.receiving.texts import receive_text, receive_url
from claims.vocabulary import IntakeState
from tests.claims.admin.conftest import As
from tests.claims.admin.pages import claim_url, shown
from tests.factories.cast import Cast
from tests.factories.claims import NOW, draft_claim

ADD = "admin:claims_intaketext_add"
REPORT = """Malee Suksai said the meter app of the water office cost 120 million baht.
According to the MP, the app has 1.5 stars.
The logo of the office is blue and green."""


@pytest.fixture
def text(cast: Cast) -> IntakeText:
    return receive_text(text=REPORT, policy=Policy(), by=cast.contributor, now=NOW)


def url_of(text: IntakeText) -> str:
    """The page of a text."""
    return reverse("admin:claims_intaketext_change", args=[text.pk])


def _keys(answer: Any) -> list[str]:
    """The keys of the candidates on a page, likely ones first."""
    page = answer.context["page"]
    return [row.key for row in (*page.shown, *page.others)]


@pytest.mark.parametrize("role", ["contributor", "reviewer", "editor"])
def test_writers_paste_a_text_and_see_its_candidates_with_their_amounts_marked(browser: As, role: str) -> None:
    answer = browser(role).post(reverse(ADD), {"text": REPORT, "url": "", "title": ""}, follow=True)
    page = answer.content.decode()
    assert "2 candidates" in page
    assert "1 other sentence" in page
    assert '<mark class="amount">120 million baht</mark>' in page
    assert "said by Malee Suksai" in page
    assert "It gives an amount: “1.5 stars”." in page


def test_an_address_waits_and_the_page_looks_again_by_itself(browser: As) -> None:
    given = {"text": "", "url": "https://news.example.org/a", "title": ""}
    answer = browser("contributor").post(reverse(ADD), given, follow=True)
    page = answer.content.decode()
    assert IntakeText.objects.get().state == IntakeState.WAITING
    assert '<meta http-equiv="refresh" content="3">' in page
    assert "Waiting for a worker" in page


def test_a_page_that_failed_says_why_in_both_languages_and_can_be_asked_for_again(cast: Cast, browser: As) -> None:
    text = receive_url(url="https://news.example.org/a?b=1&c=2", policy=Policy(), by=cast.contributor, now=NOW)
    failure = {"outcome": "gone", "en": "Page removed: 404.", "th": "หน้านี้ถูกนำออกแล้ว: 404"}
    IntakeText.objects.update(state=IntakeState.FAILED, failure=failure, fetch_due_at=None)
    who = browser("contributor")
    page = who.get(url_of(text)).content.decode()
    assert "Page removed: 404." in page
    assert '<span lang="th">หน้านี้ถูกนำออกแล้ว: 404</span>' in page
    assert "refresh" not in page
    [again] = re.findall(r'href="([^"]+\?url=[^"]+)"', page)
    assert shown(who.get(again), "intaketext_form")["url"] == "https://news.example.org/a?b=1&c=2"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"text": " ", "url": ""}, "Paste a text, or give the address of a page."),
        ({"text": "a" * (MOST_CHARACTERS + 1), "url": ""}, "at most 50,000 are read at once"),
        ({"text": "", "url": "http://127.0.0.1/"}, "leads back to this machine"),
    ],
)
def test_what_cannot_be_taken_in_comes_back_with_why_and_nothing_is_lost(
    browser: As, given: dict[str, str], sentence: str
) -> None:
    answer = browser("contributor").post(reverse(ADD), {**given, "title": "A story"})
    assert sentence in answer.content.decode()
    assert shown(answer, "intaketext_form")["text"].strip() == given["text"].strip()
    assert not IntakeText.objects.exists()


def test_one_draft_of_all_chosen_leads_to_its_form(text: IntakeText, browser: As) -> None:
    who = browser("contributor")
    keys = _keys(who.get(url_of(text)))[:2]
    answer = who.post(url_of(text), {"pick": keys, "_one": "1"})
    claim = Claim.objects.get()
    assert answer["Location"] == claim_url(claim)
    assert claim.assertions.count() == 2
    assert who.get(claim_url(claim)).status_code == 200


def test_a_draft_of_each_leads_back_to_the_text_with_links(text: IntakeText, browser: As) -> None:
    who = browser("contributor")
    keys = _keys(who.get(url_of(text)))
    answer = who.post(url_of(text), {"pick": keys, "_each": "1"}, follow=True)
    page = answer.content.decode()
    assert "3 drafts made" in page
    assert all(claim_url(claim) in page for claim in Claim.objects.all())
    assert "Make a draft of each" not in page


def test_somebody_may_go_on_picking_and_sees_what_was_picked(text: IntakeText, browser: As) -> None:
    who = browser("contributor")
    key = _keys(who.get(url_of(text)))[0]
    answer = who.post(url_of(text), {"pick": [key], "_one": "1", "go_on": "1"}, follow=True)
    rows = answer.context["page"].shown
    assert [(row.key == key, row.is_picked) for row in rows] == [(True, True), (False, False)]
    assert "Make a draft of each" in answer.content.decode()


def test_what_is_like_a_candidate_stands_beside_it_and_takes_it_as_an_appearance(
    text: IntakeText, cast: Cast, browser: As
) -> None:
    heading = "MP says the meter app of the water office cost 120 million baht"
    claim = draft_claim(by=cast.editor, heading_en=heading)
    who = browser("contributor")
    answer = who.get(url_of(text))
    page = answer.content.decode()
    assert f'href="{claim_url(claim)}"' in page
    assert "Same amount: 120 million baht; Similar words" in page
    key = _keys(answer)[0]
    answer = who.post(url_of(text), {"pick": [key], f"to-{key}": str(claim.pk), "_each": "1"}, follow=True)
    assert "Added to 1 claim." in answer.content.decode()
    assert claim.appearances.count() == 2
    assert Claim.objects.count() == 1


def test_a_refused_choice_comes_back_as_it_was_made(text: IntakeText, cast: Cast, browser: As) -> None:
    who = browser("contributor")
    keys = _keys(who.get(url_of(text)))
    answer = who.post(url_of(text), {"pick": [keys[1], "0-2"], "_one": "1"})
    page = answer.content.decode()
    assert "The text is cut otherwise by now" in page
    assert f'value="{keys[1]}" id="pick-{keys[1]}" checked' in page
    assert not Claim.objects.exists()


@pytest.mark.parametrize("forged", ["", "x", "1", "-1-2", "9" * 30 + "-1", "1-2; DROP"])
def test_a_forged_choice_makes_nothing(text: IntakeText, browser: As, forged: str) -> None:
    answer = browser("contributor").post(url_of(text), {"pick": [forged], f"to-{forged}": "7" * 30, "_one": "1"})
    assert answer.status_code == 200
    assert not Claim.objects.exists()


def test_a_text_is_put_aside_with_a_reason(text: IntakeText, browser: As) -> None:
    who = browser("reviewer")
    assert "Say why nothing is taken" in who.post(url_of(text), {"_discard": "1", "reason": " "}).content.decode()
    page = who.post(url_of(text), {"_discard": "1", "reason": "An advert."}, follow=True).content.decode()
    assert "put aside, An advert." in page
    assert "pick_form" in page
    assert 'name="_discard"' not in page
    assert 'name="pick"' not in page


def test_what_is_pasted_is_shown_as_text(cast: Cast, browser: As) -> None:
    evil = "<script>x</script> The office spent 5 million baht. <img src=x onerror=y>"
    text = receive_text(text=evil, policy=Policy(), by=cast.contributor, now=NOW)
    page = browser("contributor").get(url_of(text)).content.decode()
    assert "<script>x" not in page
    assert "<img src=x" not in page
    assert "style=" not in page.partition("<main")[2]


def test_an_auditor_reads_and_takes_nothing_in(text: IntakeText, browser: As) -> None:
    who = browser("auditor")
    page = who.get(url_of(text)).content.decode()
    assert "2 candidates" in page
    assert 'name="pick"' not in page
    assert who.get(reverse(ADD)).status_code == 403
    for posted in ({"pick": ["0-5"], "_one": "1"}, {"_discard": "1", "reason": "No."}):
        assert who.post(url_of(text), posted).status_code == 403
    text.refresh_from_db()
    assert text.state == IntakeState.READ


def test_operations_and_strangers_see_no_text(text: IntakeText, browser: As) -> None:
    assert browser("operations").get(url_of(text)).status_code == 403
    assert "login" in Client().get(url_of(text))["Location"]
    assert browser("contributor").get(reverse("admin:claims_intaketext_change", args=[text.pk + 1])).status_code == 404


def test_many_candidates_cost_as_many_queries_as_few_and_come_in_pages(cast: Cast, browser: As) -> None:
    who = browser("contributor")
    few = receive_text(text=REPORT, policy=Policy(), by=cast.contributor, now=NOW)
    lines = "\n".join(f"Office {number} spent {number + 2} million baht on new meters." for number in range(45))
    many = receive_text(text=lines, policy=Policy(), by=cast.contributor, now=NOW + timedelta(hours=1))
    who.get(url_of(few))
    with CaptureQueriesContext(connection) as first:
        who.get(url_of(few))
    with CaptureQueriesContext(connection) as second:
        answer = who.get(url_of(many))
    asked = [[each["sql"] for each in of if "SAVEPOINT" not in each["sql"]] for of in (first, second)]
    assert len(asked[0]) == len(asked[1]) <= 12
    assert "45 candidates, page 1 of 5" in answer.content.decode()
    assert len(who.get(f"{url_of(many)}?page=5").context["page"].shown) == 5


def test_the_list_names_every_text_with_its_state(text: IntakeText, browser: As) -> None:
    page = browser("contributor").get(reverse("admin:claims_intaketext_changelist")).content.decode()
    assert "Malee Suksai said the meter app" in page
    assert "Read" in page
