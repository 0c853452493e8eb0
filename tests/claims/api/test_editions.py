"""Corrected, retracted and withheld claims, as the API shows them."""

import json
from datetime import timedelta
from hashlib import sha256

import psycopg
import pytest

from claims.models.claim import Claim
from claims.publication.verbs import publish
from claims.review.verbs import approve, submit
from claims.vocabulary import EditionKind
from ledger.merkle import canonical
from tests.claims.api.conftest import Api
from tests.databases import owner_url
from tests.factories.cast import Cast, make_cast
from tests.factories.claims import NOW, begin_correction, correct_claim, published_claim

LATER = NOW + timedelta(days=1)


@pytest.fixture
def corrected(cast: Cast) -> Claim:
    claim = published_claim(cast)
    correct_claim(claim, cast, heading="MP says another thing", now=LATER)
    return claim


def test_both_editions_and_the_note_can_be_read(api: Api, corrected: Claim) -> None:
    answer = api.read(f"claims/{corrected.slug}/")
    assert (answer["edition"]["number"], answer["edition"]["kind"], answer["live"]) == (2, "correction", True)
    assert answer["edition"]["note"] == {"en": "The heading was wrong.", "th": "หัวเรื่องไม่ถูกต้อง"}
    assert [line["number"] for line in answer["editions"]] == [2, 1]
    assert answer["document"]["heading"]["en"] == "MP says another thing"
    first = api.read(answer["editions"][1]["url"].removeprefix("http://127.0.0.1:8000"))
    assert (first["edition"]["number"], first["live"]) == (1, False)
    assert first["document"]["heading"]["en"].startswith("MP says thing")
    assert first["status"]["edition"] == 2
    assert first["links"]["html"]["th"].endswith(f"/th/claims/{corrected.slug}/editions/1/")


def test_a_document_has_the_digest_that_its_edition_states(api: Api, corrected: Claim) -> None:
    for number in (1, 2):
        answer = api.read(f"claims/{corrected.slug}/", edition=number)
        assert sha256(canonical(answer["document"])).hexdigest() == answer["edition"]["digest"]


def test_lists_show_the_live_edition_only(api: Api, corrected: Claim) -> None:
    headings = [entry["heading"]["en"] for entry in api.read("claims/")["items"]]
    assert headings == ["MP says another thing"]
    assert len(api.read("evidence/", claim=corrected.slug)["items"]) == 1


def test_a_new_edition_is_a_new_validator(api: Api, cast: Cast) -> None:
    claim = published_claim(cast)
    addresses = [f"claims/{claim.slug}/", f"claims/{claim.slug}/status/", "claims/", "statuses/", "evidence/"]
    before = {address: api.respond(address)["ETag"] for address in addresses}
    correct_claim(claim, cast, heading="MP says another thing", now=LATER)
    for address in addresses:
        response = api.respond(address, {}, **{"If-None-Match": before[address]})
        assert response.status_code == 200, address


def test_a_retracted_claim_stays_and_says_so_and_its_parts_leave_the_lists(api: Api, cast: Cast) -> None:
    claim = published_claim(cast)
    review = begin_correction(claim, cast, kind=EditionKind.RETRACTION, now=LATER)
    review = approve(review=submit(review=review, by=cast.contributor, now=LATER), by=cast.reviewer, now=LATER)
    publish(review=review, by=cast.editor, now=LATER)
    assert api.read(f"claims/{claim.slug}/status/")["state"] == "retracted"
    assert [entry["status"]["state"] for entry in api.read("claims/")["items"]] == ["retracted"]
    assert [status["state"] for status in api.read("statuses/")["items"]] == ["retracted"]
    assert api.read("claims/", state="live")["items"] == []
    assert api.read("evidence/")["items"] == []


def withhold_live_texts(database: str) -> None:
    """The verb for it is to come; until then only the owner of the tables can."""
    with psycopg.connect(owner_url(database)) as owner:
        owner.execute("ALTER TABLE claims_editiontext DISABLE TRIGGER text_is_final")
        owner.execute(
            """UPDATE claims_editiontext
            SET body = '', withheld_reason_en = 'Court order', withheld_reason_th = 'คำสั่งศาล'
            WHERE edition_id IN (SELECT edition_id FROM claims_publicstatus)"""
        )
        owner.execute("ALTER TABLE claims_editiontext ENABLE ALWAYS TRIGGER text_is_final")


@pytest.fixture
def withheld(committed_db: str) -> Claim:
    claim = published_claim(make_cast(), slug="hidden", heading_en="Secretword", heading_th="คำลับ")
    withhold_live_texts(committed_db)
    return claim


def test_of_a_withheld_edition_number_reason_and_digest_stay(api: Api, withheld: Claim) -> None:
    answer = api.read("claims/hidden/")
    assert answer["document"] is None
    assert answer["sources"] == []
    assert answer["withheld"] == {"reason": {"en": "Court order", "th": "คำสั่งศาล"}}
    assert (answer["edition"]["number"], len(answer["edition"]["digest"])) == (1, 64)
    assert answer["status"]["slug"] == "hidden"


def test_no_list_shows_or_finds_a_withheld_text(api: Api, withheld: Claim) -> None:
    entry = api.read("claims/")["items"][0]
    assert (entry["slug"], entry["withheld"], entry["heading"]) == ("hidden", True, None)
    for address in ("claims/", "claims/hidden/", "statuses/", "evidence/", "figures/", "responses/"):
        text = api.respond(address).content.decode()
        assert "Secretword" not in text
        assert "คำลับ" not in text
    assert api.read("claims/", q="Secretword")["items"] == []
    assert api.read("evidence/")["items"] == []


def test_hiding_a_text_is_a_new_validator(api: Api, committed_db: str) -> None:
    published_claim(make_cast(), slug="open")
    etag = api.respond("claims/open/")["ETag"]
    assert api.respond("claims/open/", {}, **{"If-None-Match": etag}).status_code == 304
    withhold_live_texts(committed_db)
    response = api.respond("claims/open/", {}, **{"If-None-Match": etag})
    assert json.loads(response.content)["document"] is None
