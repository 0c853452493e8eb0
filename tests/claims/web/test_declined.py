"""What we do not check, as a reader meets it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser

from claims.models.declined import Declined
from claims.review.routing import decline
from claims.vocabulary import DeclineReason
from tests.factories.cast import Cast
from tests.factories.claims import NOW, draft_claim, open_review

PAGE = "/en/claims/declined/"
REASON = ("Nothing but taste is at stake.", "เป็นเรื่องรสนิยมเท่านั้น")


def decline_one(
    cast: Cast, *, code: DeclineReason = DeclineReason.NOT_CHECKABLE, days: int = 0, **texts: Any
) -> Declined:
    claim = draft_claim(by=cast.contributor, **texts)
    now = NOW + timedelta(days=days)
    decline(review=open_review(claim), code=code, reason=REASON, by=cast.reviewer, now=now)
    return Declined.objects.get(claim=claim)


def main_of(reader: Client, path: str) -> str:
    found = LexborHTMLParser(reader.get(path).content.decode()).css_first("main")
    assert found is not None
    return " ".join(found.text().split())


def test_each_is_named_with_the_reason_and_the_day_in_both_languages(cast: Cast, reader: Client) -> None:
    decline_one(cast, heading_en="MP calls soup the best", heading_th="สส. บอกว่าซุปดีที่สุด")
    english, thai = main_of(reader, PAGE), main_of(reader, "/th/claims/declined/")
    for words in ("MP calls soup the best", "Nothing in it can be checked", REASON[0], "2 March 2026"):
        assert words in english
    for words in ("สส. บอกว่าซุปดีที่สุด", "ไม่มีประเด็นที่ตรวจสอบได้", REASON[1], "2 มีนาคม 2569"):
        assert words in thai
    assert cast.reviewer.username not in english


def test_the_newest_comes_first_and_the_rest_is_paged(cast: Cast, reader: Client) -> None:
    rows = [decline_one(cast, days=number, heading_en=f"Claim {number:02d}.") for number in range(21)]
    first = main_of(reader, PAGE)
    assert first.index("Claim 20.") < first.index("Claim 19.")
    assert rows[0].heading_en not in first
    link = LexborHTMLParser(reader.get(PAGE).content.decode()).css_first('a[rel="next"]')
    assert link is not None
    second = main_of(reader, f"{PAGE}{link.attributes['href']}")
    assert rows[0].heading_en in second
    assert rows[1].heading_en not in second
    assert "This page address is damaged" in main_of(reader, f"{PAGE}?after=nonsense")


def test_a_private_person_is_not_named_by_being_declined(cast: Cast, reader: Client) -> None:
    decline_one(cast, code=DeclineReason.PRIVATE, heading_en="Somchai of 12 Soi 3 owes tax")
    page = main_of(reader, PAGE)
    assert "Somchai" not in page
    assert "A claim about a private person" in page
    assert "It concerns a private person" in page


def test_an_empty_list_says_so(reader: Client, db: None) -> None:
    assert "Nothing has been declined so far." in main_of(reader, PAGE)


def test_it_costs_one_query_and_reads_no_other_table(cast: Cast, reader: Client) -> None:
    for _ in range(3):
        decline_one(cast)
    with CaptureQueriesContext(connection) as queries:
        reader.get(PAGE)
    (query,) = queries.captured_queries
    assert "claims_declined" in query["sql"]
    assert "JOIN" not in query["sql"]
    assert "by_id" not in query["sql"]


def test_a_new_one_makes_a_new_version_of_the_page(cast: Cast, reader: Client) -> None:
    before = reader.get(PAGE)
    assert before["Cache-Control"] == "public, max-age=30, must-revalidate"
    assert reader.get(PAGE, headers={"if-none-match": before["ETag"]}).status_code == 304
    decline_one(cast)
    assert reader.get(PAGE, headers={"if-none-match": before["ETag"]}).status_code == 200


@pytest.mark.parametrize("path", ["/en/claims/", "/th/claims/", "/en/methodology/", "/th/methodology/"])
def test_the_list_of_claims_and_the_methodology_lead_there(reader: Client, db: None, path: str) -> None:
    links = {link.attributes.get("href") for link in LexborHTMLParser(reader.get(path).content.decode()).css("main a")}
    assert f"{path[:3]}/claims/declined/" in links
