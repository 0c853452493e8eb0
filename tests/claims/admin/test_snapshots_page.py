"""A version of a source is read as inert text with its quotes marked, and its body is a file that no browser opens."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import Settings
from selectolax.lexbor import LexborHTMLParser

from claims.models.flag import Flag
from claims.models.snapshot import Snapshot
from claims.models.source import Source
from claims.models.watch import AcceptedVersion
from claims.sources.viewing import PAGE
from claims.vocabulary import FlagCode, Outcome
from ledger.models import Entry
from tests.claims.admin.conftest import As
from tests.claims.admin.versions import accept, look, version
from tests.factories.cast import Cast
from tests.factories.claims import NOW, cite, draft_claim

QUOTE = "the office set aside 336 million for public relations"
TEXT = f"Board meets\nThe board met on Monday.\nShe noted that {QUOTE}, which nobody disputed.\nThe end."


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Settings) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def source(cast: Cast) -> Source:
    claim = draft_claim(by=cast.contributor)
    claim.citations.all().delete()
    Source.objects.all().delete()
    citation = cite(claim, by=cast.contributor, quote=QUOTE)
    assert citation.source is not None
    return citation.source


def address(kept: Snapshot, tail: str = "") -> str:
    return reverse("admin:claims_source_snapshot" + tail, args=[kept.source_id, kept.pk])


def page(client: Client, kept: Snapshot, query: str = "") -> LexborHTMLParser:
    answer = client.get(address(kept) + query)
    assert answer.status_code == 200
    return LexborHTMLParser(answer.content.decode())


def whole(answer: Any) -> bytes:
    """All that was sent; the client then closes the file behind it, as a server does."""
    return b"".join(answer)


def text_of(found: LexborHTMLParser, selector: str) -> str:
    return " ".join(node.text() for node in found.css(selector))


def test_the_quote_is_marked_in_the_text_and_shown_with_its_surroundings(source: Source, browser: As) -> None:
    kept = version(source, TEXT)
    look(source, Outcome.OK, kept, address="203.0.113.7", headers={"etag": '"1"'}, text_sha256="f" * 64)
    found = page(browser("reviewer"), kept)
    assert text_of(found, ".kept-text mark") == QUOTE
    assert text_of(found, ".kept-text") == TEXT
    assert f"She noted that {QUOTE}, which" in text_of(found, ".passage")
    said = text_of(found, ".facts")
    for fact in (kept.sha256, "f" * 64, "203.0.113.7", 'etag: "1"', source.url, "html/2", "Opened", "(200)"):
        assert fact in said
    assert "Quote unchanged" in text_of(found, "#content-main table")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "<a href='https://evil.example/'>click</a>",
        "</pre></bdi><iframe src=//evil.example></iframe>",
        "{% load x %}{{ request.user }}",
        "<style>body{display:none}</style><base href=//evil.example>",
    ],
)
def test_whatever_a_page_says_stays_text(hostile: str, source: Source, browser: As) -> None:
    clean = page(browser("reviewer"), version(source, TEXT))
    found = page(browser("reviewer"), version(source, f"{TEXT}\n{hostile}", content_type=hostile[:100]))
    assert hostile in text_of(found, ".kept-text")
    for tag in ("script", "img", "iframe", "style", "base", "[onerror]"):
        assert len(found.css(tag)) == len(clean.css(tag)), tag
    assert not found.css(".kept-text a")
    assert not [a for a in found.css("#content-main a") if "evil" in (a.attributes.get("href") or "")]


def test_characters_that_hide_or_turn_a_text_are_named(source: Source, browser: As) -> None:
    kept = version(source, f"{TEXT}\nsafe \u202egpj.exe\u202c and \u200b\U000e0041 \x07end" + "\u2066" * 20)
    found = page(browser("reviewer"), kept)
    assert [node.text() for node in found.css(".kept-text .unseen")] == [
        "U+202E", "U+202C", "U+200B U+E0041", "U+0007", " ".join(["U+2066"] * 8) + " and 12 more",
    ]  # fmt: skip
    assert not set("\u202e\u202c\u2066\x07") & set(text_of(found, "#content-main"))


def test_a_hidden_character_inside_the_quote_neither_hides_it_nor_the_mark(source: Source, browser: As) -> None:
    found = page(browser("reviewer"), version(source, TEXT.replace("336 million", "336\u200b million")))
    before, _, after = QUOTE.partition(" million")
    assert [node.text() for node in found.css(".kept-text mark")] == [before, f" million{after}"]
    assert text_of(found, ".kept-text .unseen") == "U+200B"
    assert len(found.css("#quote-1")) == 1


def test_ten_megabytes_are_read_a_page_at_a_time(source: Source, browser: As) -> None:
    kept = version(source, "Title\n" + "ข้อความ " * 1_250_000 + QUOTE + " at the very end", body=b"x")
    who = browser("reviewer")
    began = time.monotonic()
    answer = who.get(address(kept))
    assert time.monotonic() - began < 5
    assert len(answer.content) < 500_000
    found = LexborHTMLParser(answer.content.decode())
    assert len(text_of(found, ".kept-text")) == PAGE
    (link,) = [a.attributes["href"] for a in found.css("td a") if "Show it" in a.text()]
    assert link == f"?page={len(kept.text) // PAGE + 1}#quote-1"
    last = page(who, kept, str(link).partition("#")[0])
    assert text_of(last, ".kept-text mark#quote-1") == QUOTE


@pytest.mark.parametrize("asked", ["0", "-1", "99999999999999999999", "x", "๒", "1e3", ""])
def test_a_damaged_page_number_shows_a_page(asked: str, source: Source, browser: As) -> None:
    assert text_of(page(browser("reviewer"), version(source, TEXT), f"?page={asked}"), ".kept-text") == TEXT


def test_an_edited_and_a_lost_quote_are_told_apart(cast: Cast, source: Source, browser: As) -> None:
    claim = source.citations.get().claim
    assert claim is not None
    cite(claim, by=cast.contributor, source=source, quote="a thing that nobody ever wrote on any page")
    found = page(browser("reviewer"), version(source, TEXT.replace("336", "633")))
    said = text_of(found, "#content-main table")
    assert "Quote changed" in said
    assert "Not in the main text of this version" in said
    assert "633 million" in text_of(found, ".kept-text mark")


def test_a_version_without_text_says_so(source: Source, browser: As) -> None:
    assert "No text could be read from this body." in text_of(page(browser("auditor"), version(source, "")), "main")


def test_the_body_is_a_file_of_no_kind_under_a_neutral_name(source: Source, browser: As) -> None:
    body = b"<html><script>alert(1)</script>\x00\xff"
    kept = version(source, TEXT, body=body, content_type="text/html")
    answer = browser("reviewer").get(address(kept, "_body"))
    assert whole(answer) == body
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == f'attachment; filename="body-{kept.sha256[:16]}.bin"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in answer["Cache-Control"]


def test_a_body_that_was_tampered_with_is_not_handed_out(media: Path, source: Source, browser: As) -> None:
    kept = version(source, TEXT)
    (media / kept.storage_name).write_bytes(b"tampered")
    who = browser("reviewer")
    assert "cannot be read; restore it" in who.get(address(kept, "_body"), follow=True).content.decode()
    default_storage.delete(kept.storage_name)
    assert "is not in the storage" in who.get(address(kept, "_body"), follow=True).content.decode()


@pytest.mark.parametrize("tail", ["", "_body"])
def test_only_those_with_editorial_work_read_what_others_published(tail: str, source: Source, browser: As) -> None:
    kept = version(source, TEXT)
    roles = ("contributor", "reviewer", "editor", "auditor", "operations")
    answers = [browser(role).get(address(kept, tail)) for role in roles]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 403]
    assert all(QUOTE.encode() in whole(answer) for answer in answers[:-1])
    assert Client().get(address(kept, tail)).status_code == 302


def test_a_version_of_another_source_is_not_found_here(cast: Cast, source: Source, browser: As) -> None:
    other = cite(draft_claim(by=cast.contributor), by=cast.contributor).source
    assert other is not None
    url = reverse("admin:claims_source_snapshot", args=[other.pk, version(source, TEXT).pk])
    assert browser("reviewer").get(url).status_code == 404
    assert browser("reviewer").get(reverse("admin:claims_source_snapshot", args=[987654, 1])).status_code == 404


def test_a_reviewer_accepts_a_version_with_a_reason(cast: Cast, source: Source, browser: As) -> None:
    accept(source, version(source, TEXT))
    kept = version(source, TEXT.replace("on Monday", "on Tuesday"))
    Flag.objects.create(code=FlagCode.PAGE_CHANGED, source=source, opened_at=NOW)
    who = browser("reviewer")
    found = page(who, kept)
    assert [node.text() for node in found.css("#content-main .wordings del")] == ["Monday"]
    assert [node.text() for node in found.css("#content-main .wordings ins")] == ["Tuesday"]
    assert "This field is required" in who.post(address(kept), {"reason": " "}).content.decode()
    assert "direction-changing" in who.post(address(kept), {"reason": "ok\u202e"}).content.decode()
    assert not AcceptedVersion.objects.exists()
    answer = who.post(address(kept), {"reason": "They corrected the day."}, follow=True)
    assert "This version is the baseline now" in answer.content.decode()
    assert "They corrected the day." in answer.content.decode()
    accepted = AcceptedVersion.objects.get()
    assert (accepted.snapshot, accepted.by) == (kept, cast.reviewer)
    assert Entry.objects.latest("index").verb == "source.version_accepted"
    assert not Flag.objects.open().exists()
    again = who.post(address(kept), {"reason": "Once more"})
    assert "is the baseline already" in again.content.decode()
    assert "accept_form" not in who.get(address(kept)).content.decode()


@pytest.mark.parametrize("role", ["contributor", "auditor", "operations"])
def test_nobody_else_accepts_a_version(role: str, source: Source, browser: As) -> None:
    kept = version(source, TEXT)
    assert "accept_form" not in browser(role).get(address(kept)).content.decode()
    assert browser(role).post(address(kept), {"reason": "Mine"}).status_code == 403
    assert not AcceptedVersion.objects.exists()


def test_the_page_costs_as_many_queries_with_many_quotes(cast: Cast, source: Source, browser: As) -> None:
    accept(source, version(source, TEXT))
    kept = version(source, TEXT + " More.")
    look(source, Outcome.CHANGED, kept)
    claim = source.citations.get().claim
    assert claim is not None
    who, costs = browser("reviewer"), []
    for _ in range(2):
        who.get(address(kept))
        with CaptureQueriesContext(connection) as queries:
            page(who, kept)
        costs.append(len(queries))
        for number in range(6):
            cite(claim, by=cast.contributor, source=source, quote=f"quote number {number} of a long page")
    assert costs[0] == costs[1] <= 12


def test_the_list_of_versions_leads_to_the_page_and_never_carries_the_text(source: Source, browser: As) -> None:
    kept = version(source, TEXT)
    with CaptureQueriesContext(connection) as queries:
        answer = browser("reviewer").get(reverse("admin:claims_snapshot_change", args=[kept.pk]))
    assert address(kept) in answer.content.decode()
    assert not [query for query in queries if '"claims_snapshot"."text"' in query["sql"]]


def test_the_sources_of_a_claim_are_downloaded_as_one_file(media: Path, source: Source, browser: As) -> None:
    kept = version(source, TEXT)
    look(source, Outcome.OK, kept)
    claim = source.citations.get().claim
    assert claim is not None
    url = reverse("admin:claims_claim_warc", args=[claim.pk])
    answer = browser("reviewer").get(url)
    assert whole(answer).startswith(b"\x1f\x8b")
    assert answer["Content-Disposition"] == f'attachment; filename="{claim.slug}.warc.gz"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert browser("operations").get(url).status_code == 403
    assert url in browser("auditor").get(reverse("admin:claims_claim_change", args=[claim.pk])).content.decode()
    (media / kept.storage_name).unlink()
    assert "The file was not made." in browser("reviewer").get(url, follow=True).content.decode()
