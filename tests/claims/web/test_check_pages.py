"""Figure checks on the pages of the first case: every sum, reading and reason, and nothing that says “true”."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

pytestmark = pytest.mark.usefixtures("first_case")

GROWTH = "/claims/sso-spending-growth/"
HOTLINE = "/claims/hotline-1506/"
CHECKED = [f"/{lang}{path}" for lang in ("en", "th") for path in (GROWTH, HOTLINE)]


def html(reader: Client, path: str) -> LexborHTMLParser:
    answer = reader.get(path)
    assert answer.status_code == 200, path
    return LexborHTMLParser(answer.content.decode())


def texts(page: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(found.text().split()) for found in page.css(selector)]


@pytest.mark.parametrize(
    ("lang", "sum_", "spread", "result"),
    [
        (
            "en",
            "2 billion baht ÷ 965 million baht = 2.07 times (+107.25%)",
            "with rounding, from 1.55 to 2.59 times",
            "The numbers agree",
        ),
        (
            "th",
            "2,000 ล้านบาท ÷ 965 ล้านบาท = 2.07 เท่า (+107.25%)",
            "เมื่อคำนึงถึงการปัดเศษ ตั้งแต่ 1.55 ถึง 2.59 เท่า",
            "ตัวเลขสอดคล้องกัน",
        ),
    ],
)
def test_doubled_is_computed_of_the_speakers_own_figures(
    reader: Client, lang: str, sum_: str, spread: str, result: str
) -> None:
    page = html(reader, f"/{lang}{GROWTH}")
    assert texts(page, "#assertion-6 .sum strong") == [sum_]
    assert texts(page, "#assertion-6 .spread") == [spread]
    assert texts(page, "#assertion-6 .finding strong") == [result]


@pytest.mark.parametrize(
    ("lang", "all_own", "one_own"),
    [
        ("en", "All figures are the speaker's own", "The figure is the speaker's own"),
        ("th", "ตัวเลขทั้งหมดมาจากผู้กล่าวเอง", "ตัวเลขนี้มาจากผู้กล่าวเอง"),
    ],
)
@pytest.mark.parametrize("path", [GROWTH, HOTLINE])
def test_whose_figures_they_are_stands_beside_every_result_and_no_result_is_green(
    reader: Client, path: str, lang: str, all_own: str, one_own: str
) -> None:
    page = html(reader, f"/{lang}{path}")
    with_figures = [check for check in page.css(".finding") if check.css_first(".own")]
    assert len(with_figures) == {GROWTH: 6, HOTLINE: 2}[path]
    said = texts(page, ".finding .own")
    assert sorted(said) == sorted([all_own] * said.count(all_own) + [one_own] * said.count(one_own))
    assert len(said) == len(with_figures)
    assert said.count(all_own) == {GROWTH: 2, HOTLINE: 0}[path]
    assert not page.css(".finding.tone-good, .finding.tone-mixed")
    assert not {"✓", "✔", "☑"} & set(" ".join(texts(page, "#assertions")))


@pytest.mark.parametrize(
    ("lang", "implied"),
    [
        ("en", "if ? is 50 million baht (from 25 million baht to under 75 million baht)"),
        ("th", "ถ้า ? คือ 50 ล้านบาท (ตั้งแต่ 25 ล้านบาท แต่ไม่ถึง 75 ล้านบาท)"),
    ],
)
def test_half_of_this_years_budget_has_four_readings_each_with_its_own_reason(
    reader: Client, lang: str, implied: str
) -> None:
    page = html(reader, f"/{lang}{HOTLINE}")
    assert len(set(texts(page, "#assertion-2 .readings .reading"))) == 4
    assert len(texts(page, "#assertion-2 .readings .why")) == 4
    assert implied in texts(page, "#assertion-2 .readings .sum")[0]
    assert len(texts(page, "#assertion-2 .readings .sum")) == 1, "without any figure there is no sum to show"


@pytest.mark.parametrize("path", CHECKED)
def test_every_figure_of_a_sum_leads_to_where_it_stands_on_the_page(reader: Client, path: str) -> None:
    page = html(reader, path)
    places = {tag.attributes["id"] for tag in page.css("[id]")}
    links = [str(link.attributes["href"]) for link in page.css(".operands a")]
    assert links
    assert {link.removeprefix("#") for link in links} <= places
    assert len(places) == len(page.css("[id]")), "no id comes twice"


@pytest.mark.parametrize("path", CHECKED)
def test_how_it_was_computed_can_be_opened_without_javascript(reader: Client, path: str) -> None:
    page = html(reader, path)
    findings = len(page.css(".readings > li")) + sum(not check.css(".readings") for check in page.css(".check"))
    assert len(page.css(".check details.how summary")) == findings
    assert all("10%" in text for text in texts(page, "details.how .facts"))
    assert {link.attributes["href"] for link in page.css(".how a")} == {f"/{path[1:3]}/methodology/#figure-checks"}


def test_thai_pages_count_the_years_of_sums_in_the_buddhist_era(reader: Client) -> None:
    checks = " ".join(texts(html(reader, f"/th{GROWTH}"), ".check"))
    assert "2563" in checks
    assert not re.search(r"\b20\d\d\b", checks)


@pytest.mark.parametrize(("lang", "summed"), [("en", "The numbers agree: 2"), ("th", "ตัวเลขสอดคล้องกัน 2")])
def test_the_strip_at_the_top_sums_the_findings_up(reader: Client, lang: str, summed: str) -> None:
    values = " ".join(texts(html(reader, f"/{lang}{GROWTH}"), ".axes .value"))
    assert summed in values


@pytest.mark.parametrize("path", CHECKED)
def test_nothing_on_the_page_is_called_true(reader: Client, path: str) -> None:
    said = " ".join(texts(html(reader, path), ".check, .axes"))
    assert not re.search(r"\btrue\b|\bfalse\b|จริง|เท็จ", said, re.IGNORECASE)


@pytest.mark.parametrize("lang", ["en", "th"])
def test_the_methodology_says_how_figures_are_checked(reader: Client, lang: str) -> None:
    page = html(reader, f"/{lang}/methodology/")
    assert page.css_first("#figure-checks h2") is not None
    assert page.css_first(".rail a[href='#figure-checks']") is not None
    assert len(page.css("#figure-checks .marks li")) == 7 + 3 + 8
