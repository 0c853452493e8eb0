"""A text beside a claim: what differs is listed, and nothing is kept of it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.admin.drift import MOST_CHARACTERS
from claims.models.claim import Claim
from claims.review.verbs import submit
from tests.claims.admin.conftest import As
from tests.claims.admin.pages import claim_url, shown
from tests.factories.cast import Cast
from tests.factories.claims import NOW, draft_claim, open_review

SAYS = "The meter app of the water office reportedly cost 276 million baht in 2023."


@pytest.fixture
def claim(cast: Cast) -> Claim:
    return draft_claim(by=cast.contributor, slug="meter-app", summary_en=SAYS, summary_th="แอปมิเตอร์")


def url_of(claim: Claim) -> str:
    """The page on which texts are compared with a claim."""
    return reverse("admin:claims_claim_drift", args=[claim.pk])


def test_the_panel_leads_to_a_page_that_lists_every_difference(claim: Claim, browser: As) -> None:
    who = browser("reviewer")
    assert url_of(claim) in who.get(claim_url(claim)).content.decode()
    answer = who.post(url_of(claim), {"text": SAYS.replace("baht", "ringgit").replace("reportedly ", "")})
    page = answer.content.decode()
    assert [each["kind"] for each in answer.context["differences"]] == ["Hedge", "Unit"]
    assert "<mark>276 million ringgit</mark>" in page
    assert "the text says “276 million ringgit”" in page


def test_an_equal_text_has_no_difference(claim: Claim, browser: As) -> None:
    answer = browser("auditor").post(url_of(claim), {"text": SAYS.replace("276 million baht", "฿0.276bn")})
    assert "No difference was found" in answer.content.decode()


def test_a_text_is_refused_when_it_is_empty_or_too_long_and_stays_in_the_form(claim: Claim, browser: As) -> None:
    long = "ก" * (MOST_CHARACTERS + 1)
    answer = browser("reviewer").post(url_of(claim), {"text": long})
    assert "has at most 50000 characters" in answer.content.decode()
    assert shown(answer, "drift_form")["text"] == long
    assert "differences" not in browser("reviewer").post(url_of(claim), {"text": " "}).context


def test_what_is_pasted_is_shown_as_text_and_writes_nothing(claim: Claim, cast: Cast, browser: As) -> None:
    submit(review=open_review(claim), by=cast.contributor, now=NOW)
    who = browser("contributor")
    who.get(url_of(claim))
    with CaptureQueriesContext(connection) as queries:
        page = who.post(url_of(claim), {"text": "<script>x</script> 5 million baht. " + SAYS}).content.decode()
    assert "<script>x" not in page
    written = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written == []


def test_only_those_who_see_claims_compare_texts(claim: Claim, browser: As) -> None:
    assert browser("operations").post(url_of(claim), {"text": SAYS}).status_code == 403
    assert "login" in Client().post(url_of(claim), {"text": SAYS})["Location"]
    assert browser("reviewer").get(reverse("admin:claims_claim_drift", args=[claim.pk + 1])).status_code == 404
