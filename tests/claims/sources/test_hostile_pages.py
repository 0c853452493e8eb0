"""Pages made to cost a worker its time: each is read or refused within a second."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime

import pytest

from claims.outbound.magic import Kind
from claims.outbound.reasons import known
from claims.sources.extract import extract
from claims.sources.extract.document import Document
from claims.sources.extract.html import from_html
from claims.sources.extract.markup import MAX_DEPTH, is_too_deep, style_rules
from claims.vocabulary import Outcome, QuoteState
from tests.claims.sources.conftest import TEXT, Watch, Web, answer, page

SECONDS = 2.0  # one on an idle machine
Hours = Callable[[float], datetime]


def read(html: str) -> Document:
    return asyncio.run(extract(Kind.HTML, html.encode(), "text/html; charset=utf-8"))


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000,
        "<span>" * 100_000,
        "<b>" * 100_000,
        "<svg>" + "<g>" * 100_000,
        "<noscript>" + "<div>" * 100_000,
        "<ul><li>" * 50_000,
        "<table><tr><td>" * 20_000,
        "".join(f"<font a={n}>" for n in range(20_000)) + "<p>x" * 20_000,
    ],
)
def test_a_page_nested_too_deep_is_refused_at_once(html: str) -> None:
    began = time.monotonic()
    assert read(html).problem == "page_too_complex"
    assert time.monotonic() - began < SECONDS


@pytest.mark.parametrize("unit", ["@", "/*", "{", "}", ".a,", ".a{display:none}", "@media{.a{", ".a .b{"])
def test_a_style_sheet_is_read_in_one_pass(unit: str) -> None:
    began = time.monotonic()
    document = read(f"<head><style>{unit * 40_000}</style></head><p class=b>Seen</p>")
    assert time.monotonic() - began < SECONDS
    assert "Seen" in document.visible


def test_a_refused_page_is_unverifiable_and_says_nothing_of_its_quotes(watch: Watch, web: Web, hours: Hours) -> None:
    watch.look(hours(0))
    web.says = lambda request: answer(request.url, "<div>" * 100_000)
    [seen] = watch.look(hours(30))
    assert (seen.outcome, seen.detail) == (Outcome.UNVERIFIABLE, "page_too_complex")
    assert known(seen.detail)
    assert watch.citation.quote_state == QuoteState.INTACT


def test_a_large_page_reads_the_same_in_the_child_as_here() -> None:
    html = page(*TEXT, *(f"Paragraph {n} of a long report about the budget: ๓๓๖ ล้านบาท." for n in range(3_000)))
    assert len(html) > 100_000
    here, child = from_html(html, "utf-8"), read(html)
    assert (child.title, child.main, child.visible, child.charset) == (here.title, here.main, here.visible, "utf-8")
    assert TEXT[1] in child.main


def test_a_large_page_that_needs_more_than_it_may_have_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.sources.extract.html._MEMORY", 8 << 20)
    assert read(page("Words of a page. " * 10_000)).problem == "page_too_complex"


@pytest.mark.parametrize(
    "html",
    [
        "<p>never closed" * 2_000,
        "<ul>" + "<li>one" * 2_000 + "</ul>",
        "<table>" + "<tr><td>a<td>b" * 2_000 + "</table>",
        "<div><span>the div closes the span</div>" * 2_000,
        "<br><img src=x>" * 2_000,
        "<svg>" + "<path d='M0 0'/>" * 2_000 + "</svg>",
        "<script>" + "x('<div>');" * 2_000 + "</script>",
        "<div>" * MAX_DEPTH + "</div>" * MAX_DEPTH,
        "<a name=x>anchors of old pages" * 2_000,
    ],
)
def test_sloppy_pages_are_not_taken_for_deep_ones(html: str) -> None:
    assert not is_too_deep(html)


def test_nested_parts_that_nobody_sees_are_removed_from_the_inside() -> None:
    document = from_html("<p>Seen</p><del>a<s>b<del>c</del></s></del><div hidden>d<div hidden>e</div></div><p>Also</p>")
    assert document.visible.split() == ["Seen", "Also"]


def test_rules_are_told_from_what_stands_around_them() -> None:
    css = "@import 'x'; .a{x:1} /* .b{x:2} */ @media print{.c{x:3}} .d , #e{x:4} .f{x:5"
    assert list(style_rules(css)) == [(".a", "x:1"), (".d , #e", "x:4")]
