"""Quotes, links to them, and what the last check saw."""

from urllib.parse import unquote

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from claims.web.presentation.evidence import by_source, evidence_views, text_fragment
from tests.claims.web.documents import REPORT, both, evidence, known, source_panel


def quote(exact: str, prefix: str = "", suffix: str = "") -> dict[str, str]:
    return {"exact": exact, "prefix": prefix, "suffix": suffix, "lang": "en"}


def test_the_link_opens_the_page_at_the_quote() -> None:
    link = text_fragment("https://example.org/a", quote("from 4 billion", "past four years,", "in 2020"))
    assert link == "https://example.org/a#:~:text=past%20four%20years%2C-,from%204%20billion,-in%202020"


def test_what_separates_the_parts_is_encoded_inside_them() -> None:
    link = text_fragment("https://example.org/a#top", quote("e-banking, R&D"))
    assert link == "https://example.org/a#top:~:text=e%2Dbanking%2C%20R%26D"


def test_a_long_quote_is_named_by_its_ends() -> None:
    words = " ".join(f"word{number}" for number in range(80))
    start, end = text_fragment("https://example.org/", quote(words)).partition(":~:text=")[2].split(",")
    assert unquote(start) == "word0 word1 word2 word3 word4"
    assert unquote(end) == "word75 word76 word77 word78 word79"


def test_a_long_thai_quote_without_spaces_stays_whole() -> None:
    text = "ก" * 400
    assert unquote(text_fragment("https://example.org/", quote(text))).endswith(f":~:text={text}")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "ftp://example.org/"])
def test_only_web_addresses_become_links(url: str) -> None:
    assert text_fragment(url, quote("x")) == ""


def test_a_quote_shows_its_state_and_the_check_with_its_time() -> None:
    (view,) = evidence_views([evidence(1, "x", 1)], [source_panel(1)], "en")
    assert view.health is not None
    assert (view.health.label, view.health.outcome, view.health.http_status) == ("Quote unchanged", "Opened", 200)
    assert view.health.checked is not None
    assert view.health.checked.text == "24 November 2026, 15:40"


def test_before_the_first_check_no_time_is_invented() -> None:
    panel = source_panel(1, quote_state="unchecked", outcome=None, checked_at=None, http_status=None)
    (view,) = evidence_views([evidence(1, "x", 1)], [panel], "th")
    assert view.health is not None
    assert (view.health.label, view.health.outcome, view.health.checked) == ("ยังไม่ได้ตรวจซ้ำ", "", None)


def test_a_moved_source_shows_where_to_but_never_a_foreign_scheme() -> None:
    moved = source_panel(1, outcome="redirected", final_url="https://example.org/new")
    (view,) = evidence_views([evidence(1, "x", 1)], [moved], "en")
    assert view.health is not None
    assert view.health.moved_to == "https://example.org/new"
    (view,) = evidence_views([evidence(1, "x", 1)], [{**moved, "final_url": "javascript:1"}], "en")
    assert view.health is not None
    assert view.health.moved_to == ""


def test_an_old_edition_shows_no_state_that_is_of_today() -> None:
    (view,) = evidence_views([evidence(1, "x", 1)], [], "en")
    assert view.health is None


def test_our_translation_stands_only_where_the_quote_is_in_the_other_language() -> None:
    item = evidence(1, "x", 1)
    assert evidence_views([item], [], "th")[0].translation == "คำแปลของตามรอย"
    assert evidence_views([item], [], "en")[0].translation == ""
    assert evidence_views([evidence(1, "x", 1, translation=None)], [], "th")[0].translation == ""


def test_quotes_of_one_source_stand_together() -> None:
    other = evidence(2, "y", 1, source=None, document={"id": "d", "title": both("A letter", "จดหมาย"), "sha256": "ab"})
    views = evidence_views([evidence(1, "x", 1), other, evidence(3, "z", 1)], [], "en")
    groups = by_source(views)
    assert [[item.number for item in group.items] for group in groups] == [[1, 3], [2]]
    assert groups[0].first.page_url == REPORT
    assert (groups[1].first.title, groups[1].first.sha256, groups[1].first.url) == ("A letter", "ab", "")


def test_no_space_before_the_comma_after_a_quote() -> None:
    item = evidence(1, "x", 1, quote=quote("stars", "", ", with"))
    assert evidence_views([item], [], "en")[0].gap == ""
    assert evidence_views([{**item, "quote": quote("stars", "", "with")}], [], "en")[0].gap == " "


def test_a_source_without_any_date_says_so() -> None:
    item = evidence(1, "x", 1)
    item["source"] = {**item["source"], "published_on": known(None, None)}
    published = evidence_views([item], [], "en")[0].published
    assert published is not None
    assert published.text == "date not given"


ARCHIVED = {
    "before": "She said that ",
    "quote": "<b>x</b>",
    "after": ", twice.",
    "taken_at": "2026-11-24T08:40:00+00:00",
    "sha256": "a" * 64,
}


def test_the_kept_copy_stands_beside_the_quote_with_its_time() -> None:
    (view,) = evidence_views([evidence(1, "x", 1)], [source_panel(1, archived=ARCHIVED)], "th")
    assert view.archived is not None
    assert (view.archived.before, view.archived.quote) == ("She said that ", "<b>x</b>")
    assert view.archived.taken.text == "24 พฤศจิกายน 2569 เวลา 15:40 น."


@pytest.mark.parametrize("kept", [None, {**ARCHIVED, "quote": ""}])
def test_a_copy_that_does_not_hold_the_words_is_not_shown(kept: dict[str, str] | None) -> None:
    (view,) = evidence_views([evidence(1, "x", 1)], [source_panel(1, archived=kept)], "en")
    assert view.archived is None


def test_panels_from_before_copies_were_shown_still_read() -> None:
    (view,) = evidence_views([evidence(1, "x", 1)], [source_panel(1)], "en")
    assert view.archived is None


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "The quote in the copy that we keep"), ("th", "ข้อความในสำเนาที่เก็บไว้")]
)
def test_the_copy_is_shown_as_text_in_both_languages(lang: str, said: str) -> None:
    (view,) = evidence_views([evidence(1, "x", 1)], [source_panel(1, archived=ARCHIVED)], "en")
    with override(lang):
        html = render_to_string("parts/evidence.html", {"item": view, "rumours": ()})
    assert said in html
    assert "She said that <mark>&lt;b&gt;x&lt;/b&gt;</mark>, twice.…" in html
    assert "<b>x" not in html
