"""The budget explorer as a reader meets it: search, compare, follow a figure to its source, take it away as CSV."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser

from budgets.models.budget_import import BudgetImport
from budgets.models.figure import Figure
from claims.models.figure_attribution import FigureAttribution
from claims.web.views import budgets
from tests.budgets.web.conftest import Budget, make_budget
from tests.factories.budgets import Row, make_import, make_line
from tests.factories.cast import make_cast
from tests.factories.claims import NOW, draft_claim, publish_claim
from tests.factories.figures import make_check

pytestmark = pytest.mark.django_db
# Page and the most queries it may cost, however much is published.
COSTS = {"": 7, "?year=all&sort=name": 7, "?q=staff&agency=soc&phase=approved&sort=rise": 7, "soc/": 12, "mol/": 9}
SECRET = re.compile("Secret|ลับ|999 baht|999 บาท")


@pytest.fixture
def budget(db: None) -> Budget:
    return make_budget(make_cast())


def html(reader: Client, path: str) -> LexborHTMLParser:
    answer = reader.get(path)
    assert answer.status_code == 200, path
    return LexborHTMLParser(answer.content.decode())


def text(page: LexborHTMLParser, selector: str = "main") -> str:
    return " ".join(" ".join(found.text().split()) for found in page.css(selector))


def names(page: LexborHTMLParser) -> list[str]:
    return [" ".join(found.text().split()) for found in page.css(".browse tbody th > a")]


def sheet(reader: Client, path: str) -> list[list[str]]:
    answer = reader.get(path)
    assert answer.status_code == 200
    assert answer.streaming
    content = answer.getvalue().decode()
    assert content.startswith("\ufeff")
    return list(csv.reader(StringIO(content[1:])))


def test_the_list_is_of_the_newest_year_and_the_largest_amount_comes_first(reader: Client, budget: Budget) -> None:
    page = html(reader, "/en/budgets/")
    assert names(page) == ["Staff salaries", "Staff salaries", "Hotline 1506", "Staff salaries", "Personnel plan"]
    assert "Budget lines of 2022" in text(page, "h2")
    assert "งบประมาณปี 2565" in text(html(reader, "/th/budgets/"), "h2")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=HOTLINE", ["Hotline 1506"]),
        ("q=สายด่วน", ["Hotline 1506"]),
        ("year=2564", ["Staff salaries"]),
        ("year=2021", ["Staff salaries"]),
        ("year=all&q=salaries&sort=smallest", ["Staff salaries"] * 5),
        ("phase=disbursed", ["Staff salaries"]),
        ("agency=mol", []),
        ("sort=rise", ["Staff salaries"]),
        ("sort=name&phase=approved", ["Hotline 1506", "Personnel plan", "Staff salaries", "Staff salaries"]),
        ("q=secret", []),
        ("q=ลับ", []),
    ],
)
def test_lines_are_found_by_name_agency_year_and_phase(
    reader: Client, budget: Budget, query: str, found: list[str]
) -> None:
    page = html(reader, f"/en/budgets/?{query}")
    assert names(page) == found
    assert bool(page.css_first(".browse .empty")) is not bool(found)


def test_what_cannot_be_meant_is_left_out_and_named(reader: Client, budget: Budget) -> None:
    page = html(reader, "/en/budgets/?year=soon&phase=lost&sort=best&agency=../x&q=%00")
    assert len(page.css(".browse .notice p")) == 5
    assert len(names(page)) == 5


def test_a_row_tells_amount_change_phase_source_and_contradiction(reader: Client, budget: Budget) -> None:
    rows = [" ".join(row.text().split()) for row in html(reader, "/en/budgets/?q=salaries").css(".browse tbody tr")]
    (bill,) = [row for row in rows if "276 million baht" in row]
    assert "+76 million baht (+38%)" in bill
    assert "Fiscal year Approved" in bill
    assert "Budget bill 2022 file budget.csv, line 3" in bill
    assert "Another source gives a different amount" in bill
    (book,) = [row for row in rows if "280 million baht" in row]
    assert "from 275 million baht to under 285 million baht" in book
    assert "News report: Budget book" in book
    assert "no figure for the year before" in book
    (paid,) = [row for row in rows if "Paid out" in row]
    assert "different amount" not in paid


def test_before_anything_is_published_the_page_says_so(reader: Client, db: None) -> None:
    page = html(reader, "/en/budgets/")
    assert "No budget document has been published here yet." in text(page, ".empty")
    assert not page.css("form.filters")


def test_documents_are_listed_with_how_much_was_read_of_them(reader: Client, budget: Budget) -> None:
    BudgetImport.objects.filter(pk=budget.bill.pk).update(report={"amounts": 6})
    page = html(reader, "/th/budgets/")
    assert [heading.text().strip() for heading in page.css("article h3")] == ["สมุดงบประมาณ", "ร่าง พ.ร.บ. งบประมาณ 2565"]
    assert "นำเข้าตัวเลข 6 รายการ" in text(page, "article")


def test_too_many_figures_are_compared_only_after_a_search(
    reader: Client, budget: Budget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budgets, "MOST_COMPARED", 3)
    page = html(reader, "/en/budgets/?sort=rise")
    assert "choose an agency or search first" in text(page, ".notice")
    assert len(names(page)) == 5
    assert names(html(reader, "/en/budgets/?sort=rise&agency=soc")) == ["Staff salaries"]
    assert names(html(reader, "/en/budgets/soc/?sort=rise")) == ["Staff salaries"]


def test_an_agency_shows_totals_lines_and_contradictions_side_by_side(reader: Client, budget: Budget) -> None:
    page = html(reader, "/en/budgets/soc/")
    assert text(page, "h1") == "Social Office"
    assert "Ministry of Labour" in text(page, ".kicker")
    conflicts = page.css("section[aria-labelledby='h-conflicts'] tbody tr")
    assert len(conflicts) == 2
    assert "400 baht" in text(page, "section[aria-labelledby='h-totals']")
    assert page.css_first("svg.chart-drawing[role='img']")
    assert len(names(page)) == 5
    above = html(reader, "/th/budgets/mol/")
    assert "สำนักงานประกันสังคม" in text(above, "section[aria-labelledby='h-under']")


def test_a_line_shows_every_figure_with_its_source_and_the_change_with_its_sign(reader: Client, budget: Budget) -> None:
    page = html(reader, f"/en/budgets/lines/{budget.staff.slug}/")
    rows = [" ".join(row.text().split()) for row in page.css("section[aria-labelledby='h-figures'] tbody tr")]
    assert len(rows) == 5
    assert any("+76 million baht (+38%)" in row for row in rows)
    assert sum("Another source gives a different amount" in row for row in rows) == 2
    assert "The sources differ" in text(page, ".notice")
    assert "Personnel plan" in text(page, ".kicker")
    drawn = [title.text() for title in page.css("svg.chart-drawing g title")]
    assert any("280 million baht" in title and "Budget book" in title for title in drawn)
    assert page.css_first("a[href='https://example.org/budget']")


def test_the_parts_of_a_line_that_exceed_it_are_listed_and_not_drawn(reader: Client, budget: Budget) -> None:
    page = html(reader, f"/en/budgets/lines/{budget.plan.slug}/")
    parts = text(page, "section[aria-labelledby='h-parts']")
    assert "add up to more than the whole" in parts
    assert "124,000,000.5 baht" in parts
    Figure.objects.filter(line=budget.plan).update(retracted_at=NOW, retraction_reason="misread")
    page = html(reader, f"/en/budgets/lines/{budget.plan.slug}/")
    assert page.css_first("section[aria-labelledby='h-parts'] svg.chart-drawing")
    assert "69%" in text(page, "section[aria-labelledby='h-parts']")


def test_a_line_names_the_published_claims_that_rest_on_it(reader: Client, budget: Budget) -> None:
    claim = draft_claim(by=budget.cast.contributor, heading_en="MP says staff cost 300 million")
    said = Figure.objects.create(
        slug="staff-said", label_en="Staff cost", label_th="ค่าบุคลากร", agency=budget.office, line=budget.staff,
        value=Decimal(300_000_000), low=Decimal(300_000_000), high=Decimal(300_000_000), high_closed=True, unit="money",
        currency="THB", exactness="exact", period_basis="fiscal_year", period_year=2022, phase="approved",
        provenance="claimant", recorded_at=NOW,
    )  # fmt: skip
    FigureAttribution.objects.create(
        figure=said, claim=claim, basis="said", said_by_words_en="An MP", said_by_words_th="สส."
    )
    path = f"/en/budgets/lines/{budget.staff.slug}/"
    assert "300 million" not in text(html(reader, path)), "a draft"
    publish_claim(claim, budget.cast)
    page = html(reader, path)
    assert "MP says staff cost 300 million" in text(page, "section[aria-labelledby='h-claims'] .card")
    drawn = [title.text() for title in page.css("svg.chart-drawing g title")]
    assert any("300 million baht" in title and "Speaker's own figure" in title for title in drawn)


def test_a_claim_whose_check_computes_with_the_line_rests_on_it(reader: Client, budget: Budget) -> None:
    claim = draft_claim(by=budget.cast.contributor, heading_en="MP says staff costs grew")
    pair = [
        Figure.objects.get(line=budget.staff, period_year=year, phase="approved", budget_import=budget.bill)
        for year in (2022, 2021)
    ]
    make_check(claim, pair, by=budget.cast.contributor)
    path = f"/en/budgets/lines/{budget.staff.slug}/"
    assert "MP says staff costs grew" not in text(html(reader, path)), "a draft"
    publish_claim(claim, budget.cast)
    assert "MP says staff costs grew" in text(html(reader, path), "section[aria-labelledby='h-claims'] .card")


@pytest.mark.parametrize("path", ["nothing/", "lines/nothing/", "SOC/"])
def test_what_is_not_published_is_not_found(reader: Client, budget: Budget, path: str) -> None:
    assert reader.get(f"/en/budgets/{path}").status_code == 404


def test_a_line_or_agency_of_a_draft_alone_is_not_found(reader: Client, budget: Budget) -> None:
    line = make_line(budget.ministry, "Hidden", "ซ่อน")
    make_import(budget.cast.contributor, [Row(line, 2022, "1")], dataset="hidden")
    assert reader.get(f"/en/budgets/lines/{line.slug}/").status_code == 404
    assert reader.get(f"/en/budgets/lines/{line.slug}/?format=csv").status_code == 404


@pytest.mark.parametrize("lang", ["en", "th"])
@pytest.mark.parametrize("path", COSTS)
def test_no_page_shows_anything_of_a_draft(reader: Client, budget: Budget, path: str, lang: str) -> None:
    assert not SECRET.search(reader.get(f"/{lang}/budgets/{path}").content.decode())


def grow(budget: Budget) -> None:
    for number in range(12):
        line = make_line(budget.office, f"More staff {number}", f"เพิ่ม {number}", budget.plan)
        rows = [Row(line, year, f"{number + 1}0000") for year in (2020, 2021, 2022)]
        make_import(budget.cast.contributor, rows, dataset=f"more-{number}", published_by=budget.cast.editor)


@pytest.mark.parametrize("path", [*COSTS, "lines/"])
def test_a_page_costs_the_same_however_much_is_published(reader: Client, budget: Budget, path: str) -> None:
    address = f"/en/budgets/{path}"
    if path == "lines/":
        address += f"{budget.plan.slug}/"
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(address).status_code == 200
        counts.append(len(queries))
        grow(budget) if len(counts) == 1 else None
    assert counts[1] <= max(counts[0], COSTS.get(path, 6))
    assert counts[1] <= COSTS.get(path, 6)


def test_pages_follow_each_other_without_losing_a_row(reader: Client, budget: Budget) -> None:
    lines = [make_line(budget.office, f"Item {number:03}", f"รายการ {number:03}") for number in range(120)]
    rows = [Row(line, 2023, str(number % 7 + 1)) for number, line in enumerate(lines)]
    make_import(budget.cast.contributor, rows, dataset="long", published_by=budget.cast.editor)
    for sort in ("largest", "name"):
        path, found = f"/en/budgets/?sort={sort}", []
        for _ in range(3):
            page = html(reader, path)
            found += names(page)
            following = page.css_first("a[rel='next']")
            path = f"/en/budgets/{following.attributes['href']}" if following else ""
        assert path == ""
        assert sorted(found) == [f"Item {number:03}" for number in range(120)]


def test_the_list_as_csv_is_whole_plain_and_bilingual(reader: Client, budget: Budget) -> None:
    heads, *rows = sheet(reader, "/th/budgets/?year=all&format=csv")
    assert heads[0] == "Agency (English) / หน่วยงาน (อังกฤษ)"
    assert len(rows) == 7
    table = [dict(zip((head.split(" / ")[0] for head in heads), row, strict=True)) for row in rows]
    (bill,) = [row for row in table if row["Amount"] == "276000000"]
    assert bill["Year (B.E.)"] == "2565"
    assert bill["Change from the year before"] == "76000000"
    assert bill["Line (Thai)"] == "เงินเดือนบุคลากร"
    assert bill["Line of the file"] == "3"
    assert "124000000.5" in {row["Amount"] for row in table}
    assert len(sheet(reader, "/en/budgets/soc/?phase=disbursed&format=csv")) == 2
    assert len(sheet(reader, f"/en/budgets/lines/{budget.staff.slug}/?format=csv")) == 6


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "＝1+1"])
def test_a_name_that_a_spreadsheet_would_run_is_defused(reader: Client, budget: Budget, name: str) -> None:
    line = make_line(budget.office, name, name)
    make_import(budget.cast.contributor, [Row(line, 2024, "-5")], dataset="formula", published_by=budget.cast.editor)
    (row,) = sheet(reader, "/en/budgets/?format=csv")[1:]
    assert row[2] == f"'{name}"
    assert row[10] == "-5", "a negative amount stays a number"


def test_a_name_in_another_language_is_marked(reader: Client, budget: Budget) -> None:
    line = make_line(budget.office, "ค่าเช่า", "ค่าเช่า", lang="th")
    make_import(budget.cast.contributor, [Row(line, 2024, "5")], dataset="th", published_by=budget.cast.editor)
    page = html(reader, "/en/budgets/")
    assert page.css_first("tbody th span[lang='th']")
    assert not html(reader, "/th/budgets/").css_first("tbody th span[lang='th']")
