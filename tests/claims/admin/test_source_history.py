"""The timeline of a source says what each look saw, and shows what changed between two versions word by word."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import Settings
from selectolax.lexbor import LexborHTMLParser

from claims.admin.looks import _SENTENCES, SHOWN, sentence_of
from claims.models.source import Source, SourceCheck
from claims.models.watch import AcceptedVersion
from claims.vocabulary import Outcome, QuoteState
from tests.claims.admin.conftest import As
from tests.claims.admin.versions import accept, look, version
from tests.factories.cast import Cast
from tests.factories.claims import NOW, cite, draft_claim, make_source

QUOTE = "the office set aside 336 million for public relations"
TEXT = f"Board meets\nThe board met on Monday.\nShe noted that {QUOTE}.\nThe end."
THAI = "ประชุม\nคณะกรรมการประชุมเมื่อวันจันทร์ที่ผ่านมาและพูดเรื่องงบประมาณ"


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def source(cast: Cast) -> Source:
    claim = draft_claim(by=cast.contributor)
    claim.citations.all().delete()
    Source.objects.all().delete()
    citation = cite(claim, by=cast.contributor, quote=QUOTE)
    assert citation.source is not None
    return citation.source


def url_of(source: Source) -> str:
    return reverse("admin:claims_source_looks", args=[source.pk])


def page(client: Client, source: Source, query: str = "") -> LexborHTMLParser:
    answer = client.get(url_of(source) + query)
    assert answer.status_code == 200
    return LexborHTMLParser(answer.content.decode())


def texts(found: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in found.css(selector)]


def hours(number: int) -> timedelta:
    return timedelta(hours=number)


def test_each_look_says_what_it_saw_newest_first(source: Source, browser: As) -> None:
    kept = version(source, TEXT)
    quotes = [{"citation": "x", "state": QuoteState.INTACT.value, "found": "", "similarity": 100}]
    look(source, Outcome.OK, kept, quotes=quotes, times_seen=3)
    look(source, Outcome.GONE, now=NOW + hours(1), http_status=404, detail="http_status: 404", duration_ms=87)
    look(
        source, Outcome.REDIRECTED, kept, now=NOW + hours(2), final_url="https://new.example.org/<b>",
        detail="", duration_ms=5,
    )  # fmt: skip
    found = page(browser("reviewer"), source)
    assert texts(found, ".look-label") == ["Moved to a new address", "Page removed", "Opened"]
    moved, gone, opened = texts(found, ".timeline > li")
    assert "now at https://new.example.org/<b>" in moved
    assert "The site answered with an error." in gone
    assert "HTTP 404 · 87 ms · seen 1 time" in gone
    assert "For a person to look at" in gone
    assert "seen 3 times, last on" in opened
    assert "1 × Quote unchanged" in opened
    assert "For a person to look at" not in opened


def test_what_changed_between_two_versions_is_shown_word_by_word(source: Source, browser: As) -> None:
    look(source, Outcome.OK, version(source, TEXT))
    look(source, Outcome.TIMEOUT, now=NOW + hours(1), detail="slow_body", http_status=None)
    after = TEXT.replace("on Monday", "on Tuesday") + "\nA new last line."
    look(source, Outcome.CHANGED, version(source, after), now=NOW + hours(2), detail="near_quote_changed")
    found = page(browser("auditor"), source)
    newest, failed, oldest = found.css(".timeline > li")
    assert [node.text() for node in newest.css("del")] == ["Monday"]
    assert [node.text() for node in newest.css("ins")] == ["Tuesday", "A new last line."]
    assert "The text around the quote has changed." in newest.text()
    assert not failed.css("details")
    assert not oldest.css("details")


def test_thai_is_compared_by_words(source: Source, browser: As) -> None:
    look(source, Outcome.OK, version(source, THAI))
    look(source, Outcome.CHANGED, version(source, THAI.replace("จันทร์", "อังคาร")), now=NOW + hours(1))
    found = page(browser("reviewer"), source)
    (gone,) = texts(found, "del")
    assert "จันทร์" in gone
    assert len(gone) < 15


def test_hostile_differences_stay_text(source: Source, browser: As) -> None:
    look(source, Outcome.OK, version(source, TEXT))
    evil = f"{TEXT}\n<script>alert(1)</script> \u202egpj.exe is here now."
    look(source, Outcome.CHANGED, version(source, evil), now=NOW + hours(1))
    found = page(browser("reviewer"), source)
    assert "<script>alert(1)</script>" in texts(found, "ins")[0]
    assert texts(found, "ins .unseen") == ["U+202E"]


def test_texts_that_are_too_long_are_not_compared(source: Source, browser: As) -> None:
    look(source, Outcome.OK, version(source, "T\n" + "one " * 150_000, body=b"1"))
    look(source, Outcome.CHANGED, version(source, "T\n" + "two " * 150_000, body=b"2"), now=NOW + hours(1))
    with CaptureQueriesContext(connection) as queries:
        found = page(browser("reviewer"), source)
    assert "too long to compare" in texts(found, "details")[0]
    assert max(len(str(query)) for query in queries) < 100_000


def test_an_accepted_version_is_named_with_who_and_why(cast: Cast, source: Source, browser: As) -> None:
    kept = version(source, TEXT)
    look(source, Outcome.OK, kept)
    accept(source, kept)
    AcceptedVersion.objects.create(source=source, snapshot=kept, reason="Checked by phone.", by=cast.editor, at=NOW)
    found = page(browser("reviewer"), source)
    assert "Checked by phone." in texts(found, "#content-main table")[0]
    assert texts(found, ".stamp-done") == ["Accepted version"]


def test_who_keeps_the_machines_sees_looks_but_no_texts(source: Source, browser: As) -> None:
    look(source, Outcome.OK, version(source, TEXT))
    look(source, Outcome.CHANGED, version(source, TEXT + " More here."), now=NOW + hours(1))
    found = page(browser("operations"), source)
    assert len(found.css(".timeline > li")) == 2
    assert not found.css("details, del, ins")
    assert "/snapshots/" not in (found.html or "")


def test_strangers_see_nothing(source: Source) -> None:
    assert Client().get(url_of(source)).status_code == 302


def test_a_source_that_is_not_there_is_not_found(browser: As) -> None:
    assert browser("reviewer").get(reverse("admin:claims_source_looks", args=[987654])).status_code == 404


def test_a_long_history_is_read_a_page_at_a_time_with_every_difference(source: Source, browser: As) -> None:
    for number in range(SHOWN + 3):
        kept = version(source, TEXT.replace("Monday", f"day {number}"))
        look(source, Outcome.CHANGED, kept, now=NOW + hours(number))
    who = browser("reviewer")
    first = page(who, source)
    assert len(first.css(".timeline > li")) == len(first.css("details")) == SHOWN
    (older,) = [str(a.attributes["href"]) for a in first.css(".pages a") if "Older" in a.text()]
    rest = page(who, source, older)
    assert len(rest.css(".timeline > li")) == 3
    assert len(rest.css("details")) == 2
    assert texts(rest, ".pages a") == ["Newest looks"]
    assert len(page(who, source, "?before=x1").css(".timeline > li")) == SHOWN


def test_the_timeline_costs_as_many_queries_with_many_looks(source: Source, browser: As) -> None:
    costs, who = [], browser("reviewer")
    for start in (0, 6):
        for number in range(start, start + 6):
            look(source, Outcome.CHANGED, version(source, f"{TEXT} {number} more words."), now=NOW + hours(number))
        page(who, source)
        with CaptureQueriesContext(connection) as queries:
            page(who, source)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 14


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_a_sentence(outcome: Outcome) -> None:
    assert sentence_of(SourceCheck(outcome=outcome)) == _SENTENCES[outcome]
    assert _SENTENCES[outcome].endswith(".")


def test_the_page_of_a_source_leads_to_its_history_and_accepted_version(source: Source, browser: As) -> None:
    accept(source, version(source, TEXT))
    shown = browser("reviewer").get(reverse("admin:claims_source_change", args=[source.pk])).content.decode()
    assert url_of(source) in shown
    assert reverse("admin:claims_source_snapshot", args=[source.pk, source.accepted_snapshot_id]) in shown


def test_the_list_is_narrowed_by_what_happens_to_quotes_hosts_and_clocks(
    cast: Cast, source: Source, browser: As
) -> None:
    from claims.models.incident import HostIncident

    source.citations.update(quote_state=QuoteState.LOST)
    other = make_source(by=cast.contributor, url="https://other.example.org/x")
    Source.objects.filter(pk=other.pk).update(next_check_at=None, last_outcome=Outcome.GONE, failures=2)
    HostIncident.objects.create(
        host="other.example.org", outcome=Outcome.GONE, failing=1, watched=1, opened_at=NOW, last_seen_at=NOW
    )
    who, url = browser("operations"), reverse("admin:claims_source_changelist")

    def found(**query: str) -> set[str]:
        return {row.host for row in who.get(url, query).context["cl"].result_list}

    both = {"news.example.org", "other.example.org"}
    assert found() == both
    assert found(quotes="lost") == {"news.example.org"}
    assert found(quotes="edited") == set()
    assert found(incident="open") == {"other.example.org"}
    assert found(incident="none") == {"news.example.org"}
    assert found(due="now") == {"news.example.org"}
    assert found(due="never") == {"other.example.org"}
    assert found(due="later") == found(due="leased") == set()
    assert found(last_outcome__exact="gone") == {"other.example.org"}
    assert found(due="nonsense") == both
