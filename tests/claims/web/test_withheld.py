"""A withheld text: its place, reason and hash stay, and nothing of it can be read or found."""

from __future__ import annotations

import psycopg
import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from claims.models.claim import Claim
from claims.models.public_status import PublicStatus
from tests.databases import owner_url
from tests.factories.cast import make_cast
from tests.factories.claims import correct_claim, published_claim
from tests.factories.nouns import DossierFactory

SLUG = "hidden"


def withhold(database: str, kind: str, number: int) -> None:
    """The verb for it is to come; until then only the owner of the tables can."""
    with psycopg.connect(owner_url(database)) as owner:
        owner.execute("ALTER TABLE claims_editiontext DISABLE TRIGGER text_is_final")
        owner.execute(
            """UPDATE claims_editiontext
            SET body = '', withheld_reason_en = 'By order of a court.', withheld_reason_th = 'ตามคำสั่งศาล'
            FROM claims_edition edition
            WHERE edition.id = edition_id AND edition.subject_kind = %s AND edition.number = %s""",
            [kind, number],
        )
        owner.execute("ALTER TABLE claims_editiontext ENABLE ALWAYS TRIGGER text_is_final")


@pytest.fixture
def claim(committed_db: str) -> Claim:
    dossier = DossierFactory.create(slug="file")
    heading = "MP says secretwords"
    return published_claim(make_cast(), slug=SLUG, dossier=dossier, number=1, heading_en=heading, heading_th=heading)


def shown(reader: Client, path: str, selector: str = "main") -> str:
    answer = reader.get(path)
    assert answer.status_code == 200, path
    return " ".join(found.text() for found in LexborHTMLParser(answer.content.decode()).css(selector))


def test_the_place_the_reason_and_the_hash_stay(reader: Client, claim: Claim, committed_db: str) -> None:
    etag = reader.get(f"/en/claims/{SLUG}/")["ETag"]
    withhold(committed_db, "claim", 1)
    assert reader.get(f"/en/claims/{SLUG}/", headers={"if-none-match": etag}).status_code == 200
    edition = PublicStatus.objects.select_related("edition").get(slug=SLUG).edition
    for path, reason in (
        (f"/en/claims/{SLUG}/", "By order of a court."),
        (f"/th/claims/{SLUG}/editions/1/", "ตามคำสั่งศาล"),
    ):
        text = shown(reader, path)
        assert reason in text
        assert edition.digest in text


def test_no_page_shows_or_finds_it(reader: Client, claim: Claim, committed_db: str) -> None:
    person = PublicStatus.objects.get(slug=SLUG).claimant_slugs[0]
    withhold(committed_db, "claim", 1)
    paths = (f"/en/claims/{SLUG}/", f"/en/claims/{SLUG}/editions/1/", "/en/claims/", "/en/", "/en/dossiers/file/")
    for path in (*paths, f"/en/people/{person}/"):
        assert "secretwords" not in reader.get(path).content.decode(), path
    assert "Text withheld" in shown(reader, "/en/claims/", ".card")
    assert not shown(reader, "/en/claims/?q=secretwords", ".card")


def test_an_old_edition_can_be_withheld_while_the_claim_stays(reader: Client, claim: Claim, committed_db: str) -> None:
    correct_claim(claim, make_cast(), heading="MP says another thing")
    withhold(committed_db, "claim", 1)
    assert "ตามคำสั่งศาล" in shown(reader, f"/th/claims/{SLUG}/editions/1/")
    assert shown(reader, f"/th/claims/{SLUG}/editions/1/", f"main a[href='/th/claims/{SLUG}/']")
    assert shown(reader, f"/en/claims/{SLUG}/", "h1") == "MP says another thing"


def test_a_withheld_dossier_keeps_its_page_and_leaves_the_lists(
    reader: Client, claim: Claim, committed_db: str
) -> None:
    withhold(committed_db, "dossier", 1)
    assert "By order of a court." in shown(reader, "/en/dossiers/file/")
    assert not shown(reader, "/en/dossiers/", ".card")
    assert not shown(reader, "/en/", ".feature")
    assert "file" not in shown(reader, "/en/claims/", "#f-dossier")


def test_a_withheld_person_keeps_the_place_and_leaves_the_list(reader: Client, claim: Claim, committed_db: str) -> None:
    person = PublicStatus.objects.get(slug=SLUG).claimant_slugs[0]
    withhold(committed_db, "person", 1)
    assert "By order of a court." in shown(reader, f"/en/people/{person}/")
    assert person not in reader.get("/en/people/").content.decode()
