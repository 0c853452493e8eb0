"""The public pages over the first case, as a reader meets them."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser

from claims.models.public_status import PublicStatus

pytestmark = pytest.mark.usefixtures("first_case")

CLAIM = "/en/claims/sso-plus-app/"
DOSSIER = "/en/dossiers/sso-budget-2025/"
PUBLIC_TABLES = {"claims_edition", "claims_editiontext", "claims_publisheditem", "claims_publicstatus"}
# Page and the most queries it may cost, however much is published.
COSTS = {
    "/": 7,
    "/claims/": 4,
    "/claims/?q=app&rating=not_yet_rated&speaker=ratchanok-srinok&agency=sso&response=partly": 4,
    "/claims/sso-plus-app/": 1,
    "/claims/sso-plus-app/editions/1/": 2,
    "/dossiers/": 2,
    "/dossiers/sso-budget-2025/": 3,
    "/people/": 1,
    "/people/ratchanok-srinok/": 3,
    "/agencies/": 1,
    "/agencies/sso/": 3,
    "/about/": 0,
    "/methodology/": 0,
    "/corrections/": 1,
}
PAGES = [f"/{lang}{path}" for lang in ("en", "th") for path in COSTS]


@contextmanager
def queries() -> Iterator[CaptureQueriesContext]:
    with CaptureQueriesContext(connection) as captured:
        yield captured


def html(reader: Client, path: str) -> LexborHTMLParser:
    answer = reader.get(path)
    assert answer.status_code == 200, path
    return LexborHTMLParser(answer.content.decode())


def text(page: LexborHTMLParser, selector: str = "main") -> str:
    found = page.css_first(selector)
    assert found is not None, selector
    return " ".join(found.text().split())


@pytest.mark.parametrize("path", PAGES)
def test_a_page_costs_few_queries_and_reads_no_draft(reader: Client, path: str) -> None:
    with queries() as captured:
        assert reader.get(path).status_code == 200
    assert len(captured) <= COSTS[path[3:]], captured.captured_queries
    for query in captured.captured_queries:
        assert set(re.findall(r'"((?:claims|budgets|auth)_\w+)"', query["sql"])) <= PUBLIC_TABLES


@pytest.mark.parametrize("path", PAGES)
def test_a_page_sets_no_cookie_and_says_how_long_it_holds(reader: Client, path: str) -> None:
    answer = reader.get(path)
    assert not answer.cookies
    assert answer["Cache-Control"] == "public, max-age=30, must-revalidate"
    assert answer["ETag"].startswith('"')
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.parametrize("path", PAGES)
def test_a_reader_who_has_the_page_gets_304(reader: Client, path: str) -> None:
    etag = reader.get(path)["ETag"]
    again = reader.get(path, headers={"if-none-match": etag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    assert "max-age" in again["Cache-Control"]
    assert reader.get(path, headers={"if-none-match": '"another"'}).status_code == 200


def test_an_unchanged_claim_costs_one_small_read(reader: Client) -> None:
    etag = reader.get(CLAIM)["ETag"]
    with queries() as captured:
        reader.get(CLAIM, headers={"if-none-match": etag})
    (query,) = captured.captured_queries
    assert '"claims_editiontext"."body",' not in query["sql"], "the text is looked at, not fetched"
    assert '"claims_publicstatus"."body"' not in query["sql"]


def test_a_machines_observation_makes_a_new_version_of_the_page(reader: Client) -> None:
    before = reader.get(CLAIM)["ETag"]
    rows = PublicStatus.objects.filter(slug="sso-plus-app")
    rows.update(version=2)
    try:
        assert reader.get(CLAIM)["ETag"] != before
    finally:
        rows.update(version=1)
    assert reader.get(CLAIM)["ETag"] == before
    assert reader.get(CLAIM.replace("/en/", "/th/"))["ETag"] != before


@pytest.mark.parametrize("path", PAGES)
def test_a_page_knows_its_language_and_its_counterpart(reader: Client, path: str) -> None:
    page, lang = html(reader, path), path[1:3]
    other = "th" if lang == "en" else "en"
    root = page.css_first("html")
    assert root is not None
    assert root.attributes["lang"] == lang
    switch = page.css_first(f".tools a[hreflang={other}]")
    assert switch is not None
    assert switch.attributes["href"] == f"/{other}{path[3:]}"
    alternates = {link.attributes["hreflang"]: link.attributes["href"] for link in page.css("link[rel=alternate]")}
    assert set(alternates) == {"en", "th"}
    assert str(alternates[other]).endswith(f"/{other}{path[3:].partition('?')[0]}")
    assert len(page.css("h1")) == 1
    assert not page.css("[style], style, script:not([src]):not([type='application/ld+json'])")


def test_every_link_inside_the_site_leads_to_a_page_and_to_a_place_on_it(reader: Client) -> None:
    ids: dict[str, set[str | None]] = {}

    def places(path: str) -> set[str | None]:
        if path not in ids:
            ids[path] = {tag.attributes["id"] for tag in html(reader, path).css("[id]")}
        return ids[path]

    for path in PAGES:
        for link in html(reader, path).css("a[href^='/'], a[href^='#']"):
            target, _, anchor = str(link.attributes["href"]).partition("#")
            found = places(target or path)
            assert not anchor or anchor in found, f"{link.attributes['href']} on {path}"


def test_a_rumour_stands_in_no_heading_card_or_preview(reader: Client) -> None:
    for lang, rumour in (("en", "rumour"), ("th", "ข่าวลือ")):
        page = html(reader, CLAIM.replace("/en/", f"/{lang}/"))
        previews = [str(tag.attributes["content"]) for tag in page.css("meta[content]")]
        previews += [str(tag.text()) for tag in page.css("title, h1, h2, h3, script[type='application/ld+json']")]
        assert not [found for found in previews if rumour in found]
        for listing in ("/", "/claims/", "/dossiers/sso-budget-2025/", "/people/ratchanok-srinok/", "/agencies/sso/"):
            assert rumour not in text(html(reader, f"/{lang}{listing}")), listing
        for place in page.css("[data-nosnippet]"):
            place.decompose()
        assert rumour not in text(page), "what is left could become a search snippet"


def test_the_order_of_a_claim_page_is_that_of_the_design(reader: Client) -> None:
    ids = [str(section.attributes["id"]) for section in html(reader, CLAIM).css(".sections > section")]
    assert ids == ["minute", "responses", "assertions", "settle", "evidence", "speakers", "events", "history", "cite"]


def test_the_words_that_must_stand_on_an_unasked_unrated_claim(reader: Client) -> None:
    english, thai = text(html(reader, CLAIM)), text(html(reader, CLAIM.replace("/en/", "/th/")))
    for phrase in (
        "Not yet rated",
        "We have not asked yet",
        "As reported on 18 February 2025; later statements have not been looked for yet",
        "date not given",
        "Kind of year not stated",
        "All figures are the speaker's own",
        "Rumour, no evidence seen",
    ):
        assert phrase in english
    for phrase in ("ยังไม่สรุปผล", "ตามรอยยังไม่ได้สอบถาม", "18 กุมภาพันธ์ 2568", "ไม่ระบุวันที่", "276 ล้านบาท"):
        assert phrase in thai


def test_no_sum_of_the_speakers_own_figures_is_green(reader: Client) -> None:
    page = html(reader, CLAIM)
    assert not page.css(".tone-good")
    assert "✓" not in text(page)


def test_the_markup_is_a_claim_until_there_is_a_rating(reader: Client) -> None:
    script = html(reader, CLAIM).css_first("script[type='application/ld+json']")
    assert script is not None
    assert '"@type":"Claim"' in script.text()
    assert "ClaimReview" not in script.text()


def test_evidence_links_open_at_the_quote(reader: Client) -> None:
    links = [str(link.attributes["href"]) for link in html(reader, CLAIM).css(".evidence a[href*=':~:text=']")]
    assert len(links) == 7
    assert all(link.startswith("https://www.bangkokpost.com/") for link in links)


def test_the_edition_page_reads_as_published_and_is_not_indexed(reader: Client) -> None:
    page = html(reader, f"{CLAIM}editions/1/")
    assert "It is the current one" in text(page, ".notice")
    assert page.css_first("meta[name=robots][content=noindex]") is not None
    assert page.css_first(".axes") is None


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("response=partly", ["sso-plus-app"]),
        ("speaker=marasri-jairangsri", ["sso-e-banking-share"]),
        ("q=1506", ["hotline-1506"]),
        ("q=ประชาสัมพันธ์", ["public-relations"]),
        ("rating=true", []),
        ("dossier=nowhere", []),
    ],
)
def test_filters_narrow_the_list(reader: Client, query: str, slugs: list[str]) -> None:
    page = html(reader, f"/th/claims/?{query}")
    links = [str(link.attributes["href"]).split("/")[3] for link in page.css(".card h3 a")]
    assert links == slugs
    assert (page.css_first(".empty") is not None) is (not slugs)


def test_a_chosen_value_that_is_not_offered_stays_chosen(reader: Client) -> None:
    page = html(reader, "/en/claims/?dossier=nowhere")
    option = page.css_first("#f-dossier option[selected]")
    assert option is not None
    assert option.attributes["value"] == "nowhere"


def test_a_bad_filter_is_explained_and_a_damaged_cursor_starts_anew(reader: Client) -> None:
    assert "“splendid” is not a value of this list" in text(html(reader, "/en/claims/?rating=splendid"), ".notice")
    assert "start of the list" in text(html(reader, "/en/claims/?after=zzz"), ".notice")
    for path in (
        "/en/corrections/?after=zzz",
        "/en/dossiers/?before=zzz",
        "/en/people/?after=zzz",
        "/en/agencies/?after=z",
    ):
        assert reader.get(path).status_code == 200


def test_a_cursor_with_a_number_beyond_all_columns_starts_anew(reader: Client) -> None:
    values = ["sso-budget-2025", 10**30, "01890000-0000-7000-8000-000000000000"]
    cursor = urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")
    page = html(reader, f"/en/claims/?sort=number&after={cursor}")
    assert len(page.css(".card")) == 8


def test_numbered_order_puts_claims_outside_the_numbering_last(reader: Client) -> None:
    cards = html(reader, "/en/claims/?sort=number").css(".card .kicker")
    assert [card.text().strip() for card in cards[:6]] == [f"Claim {number}" for number in range(1, 7)]
    assert "Outside the numbering" in cards[7].text()


@pytest.mark.parametrize(
    "path",
    [
        "/en/claims/no-such/",
        "/th/claims/no-such/editions/1/",
        f"{CLAIM}editions/9/",
        "/en/dossiers/no/",
        "/en/people/no/",
        "/th/agencies/no/",
    ],
)
def test_what_is_not_published_is_not_found_in_the_language_of_the_address(reader: Client, path: str) -> None:
    answer = reader.get(path)
    assert answer.status_code == 404
    page = LexborHTMLParser(answer.content.decode())
    assert len(page.css("main section")) == 1
    assert ("Nothing is published" in page.text()) is path.startswith("/en/")


def test_an_address_without_language_is_answered_in_both(reader: Client) -> None:
    answer = reader.get("/nowhere/at-all/")
    page = LexborHTMLParser(answer.content.decode())
    assert answer.status_code == 404
    assert [section.attributes["lang"] for section in page.css("main section")] == ["en", "th"]
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/en/claims/", CLAIM, DOSSIER])
def test_pages_are_for_reading_only(reader: Client, path: str) -> None:
    assert reader.post(path).status_code in (403, 405)
    assert reader.head(path).status_code == 200
