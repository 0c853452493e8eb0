"""What readers see when a claim is corrected, retracted or withheld, and when lists grow."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser

from claims.models.claim import Claim
from claims.models.public_status import PublicStatus
from claims.publication.verbs import publish
from claims.review.verbs import approve, submit
from claims.vocabulary import EditionKind
from claims.web import reading
from tests.factories.cast import Cast
from tests.factories.claims import NOW, begin_correction, correct_claim, published_claim

pytestmark = pytest.mark.django_db


def html(reader: Client, path: str) -> LexborHTMLParser:
    answer = reader.get(path)
    assert answer.status_code == 200, path
    return LexborHTMLParser(answer.content.decode())


def shown(page: LexborHTMLParser, selector: str) -> str:
    return " ".join(" ".join(found.text().split()) for found in page.css(selector))


def retract(claim: Claim, cast: Cast) -> None:
    review = begin_correction(claim, cast, kind=EditionKind.RETRACTION)
    review = approve(review=submit(review=review, by=cast.contributor, now=NOW), by=cast.reviewer, now=NOW)
    publish(review=review, by=cast.editor, now=NOW)


def test_a_correction_is_announced_at_the_top_and_the_old_edition_stays_readable(reader: Client, cast: Cast) -> None:
    claim = published_claim(cast, heading_en="MP says one thing", heading_th="สส. ระบุว่าอย่างหนึ่ง")
    before = reader.get(f"/en/claims/{claim.slug}/")["ETag"]
    correct_claim(claim, cast, heading="MP says another thing")
    page = html(reader, f"/en/claims/{claim.slug}/")
    assert reader.get(f"/en/claims/{claim.slug}/")["ETag"] != before
    assert "The heading was wrong." in shown(page, ".notice")
    assert shown(page, "h1") == "MP says another thing"
    assert "Edition 2: Corrected" in shown(page, "#history")
    assert "Edition 1: First edition" in shown(page, "#history")
    old = html(reader, f"/en/claims/{claim.slug}/editions/1/")
    assert shown(old, "h1") == "MP says one thing"
    assert "A newer edition exists." in shown(old, ".notice")
    listed = html(reader, "/th/corrections/")
    assert "หัวเรื่องไม่ถูกต้อง" in shown(listed, "main")
    assert "MP says another thing" in shown(listed, "main")
    assert "The heading was wrong." in shown(html(reader, "/en/"), "main")


def test_a_retracted_claim_says_so_and_leaves_the_markup_and_the_pages_of_people(reader: Client, cast: Cast) -> None:
    claim = published_claim(cast)
    retract(claim, cast)
    page = html(reader, f"/en/claims/{claim.slug}/")
    assert "Retracted" in shown(page, ".notice.strong")
    assert "The heading was wrong." in shown(page, ".notice.strong")
    assert not page.css("script[type='application/ld+json']")
    assert "Retracted" in shown(html(reader, "/en/claims/"), ".card .kicker")
    status = PublicStatus.objects.get(slug=claim.slug)
    person = status.claimant_slugs[0]
    assert "No published claim yet." in shown(html(reader, f"/en/people/{person}/"), "main")


def test_a_superseded_claim_says_that_a_newer_entry_exists(reader: Client, cast: Cast) -> None:
    claim = published_claim(cast)
    PublicStatus.objects.filter(slug=claim.slug).update(state="superseded")
    assert "Replaced by a newer entry" in shown(html(reader, f"/en/claims/{claim.slug}/"), ".notice")


def test_paging_meets_every_claim_once_in_both_directions(reader: Client, cast: Cast) -> None:
    for number in range(23):
        published_claim(cast, now=NOW + timedelta(hours=number // 2))
    slugs: list[str] = []
    path = "/en/claims/"
    pages = []
    while path:
        page = html(reader, path)
        pages.append([str(link.attributes["href"]) for link in page.css(".card h3 a")])
        following = page.css_first("a[rel=next]")
        path = f"/en/claims/{following.attributes['href']}" if following else ""
        previous = page.css_first("a[rel=prev]")
    slugs = [slug for rows in pages for slug in rows]
    assert [len(rows) for rows in pages] == [20, 3]
    assert len(set(slugs)) == 23
    assert previous is not None
    back = html(reader, f"/en/claims/{previous.attributes['href']}")
    assert [str(link.attributes["href"]) for link in back.css(".card h3 a")] == pages[0]
    assert back.css_first("a[rel=prev]") is None
    oldest = html(reader, "/en/claims/?sort=oldest")
    assert str(oldest.css(".card h3 a")[0].attributes["href"]) == slugs[-1]


@pytest.mark.parametrize("path", ["/en/", "/en/claims/", "/en/people/", "/en/corrections/"])
def test_a_list_costs_the_same_for_one_claim_and_for_many(reader: Client, cast: Cast, path: str) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert reader.get(path).status_code == 200
        return len(captured)

    correct_claim(published_claim(cast), cast, heading="Changed")
    one = cost()
    for _ in range(5):
        correct_claim(published_claim(cast), cast, heading="Changed")
    assert cost() == one


@pytest.mark.parametrize("path", ["/", "/claims/", "/dossiers/", "/people/", "/agencies/", "/corrections/"])
def test_an_empty_site_says_that_it_is_empty(reader: Client, path: str) -> None:
    assert reader.get(f"/en{path}").status_code == 200
    page = html(reader, f"/th{path}")
    assert page.css(".empty")
    assert "ยังไม่มี" in shown(page, ".empty")


def test_a_person_stands_with_the_newest_edition_only(cast: Cast) -> None:
    claim = published_claim(cast)
    correct_claim(claim, cast, heading="MP says another thing")
    status = PublicStatus.objects.get(slug=claim.slug)
    (person,) = reading.live_editions("person")  # type: ignore[arg-type]
    items = [item for item in reading.items_naming(person.subject_id) if item[0] == "claim"]
    assert [(slug, body["heading"]["en"]) for _, slug, body in items] == [(status.slug, "MP says another thing")]
