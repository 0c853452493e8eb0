"""The largest changes between two years on an agency's page: which years, which lines, and what is said without any."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser

from budgets.models.agency import Agency
from budgets.models.figure import Figure
from budgets.web import explorer
from budgets.web.changes import comparable_years, most_changed
from tests.budgets.web.conftest import Budget, make_budget
from tests.factories.budgets import NOW, Row, make_import, make_line
from tests.factories.cast import Cast, make_cast
from tests.factories.nouns import AgencyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def office(db: None) -> Agency:
    agency: Agency = AgencyFactory.create(slug="soc", name_en="Social Office", name_th="สำนักงานประกันสังคม")
    return agency


def section(reader: Client, path: str = "/en/budgets/soc/") -> LexborHTMLParser:
    answer = reader.get(path)
    assert answer.status_code == 200
    found = LexborHTMLParser(answer.content.decode()).css_first("section[aria-labelledby='h-changes']")
    return LexborHTMLParser(found.html if found and found.html else "")


def text(page: LexborHTMLParser, selector: str = "section") -> str:
    return " ".join(" ".join(found.text().split()) for found in page.css(selector))


def lines(page: LexborHTMLParser) -> list[str]:
    return [row.text().strip() for row in page.css(".chart-table tbody th")]


def rows_of(office: Agency, amounts: dict[str, dict[int, str]], **changes: str) -> list[Row]:
    return [
        Row(line, year, value, **changes)
        for name, years in amounts.items()
        for line in [make_line(office, name, f"{name} ไทย")]
        for year, value in years.items()
    ]


def published(cast: Cast, rows: list[Row], dataset: str = "bill") -> None:
    make_import(cast.contributor, rows, dataset=dataset, published_by=cast.editor)


def test_the_lines_that_changed_most_are_drawn_with_a_table_of_the_same_numbers(
    reader: Client, cast: Cast, office: Agency
) -> None:
    amounts = {f"Line {n}": {2021: "100", 2022: str(100 + step)} for n, step in enumerate((1, -70, 30, 4, 50, -6, 90))}
    published(cast, rows_of(office, amounts | {"Same": {2021: "7", 2022: "7"}, "New": {2022: "900"}}))
    page = section(reader)
    assert lines(page) == ["Line 6", "Line 1", "Line 4", "Line 2", "Line 5", "Line 3"]
    assert page.css_first("svg.chart-drawing[role='img'] desc")
    assert len(page.css(".chart-course .chart-line")) == 6
    assert [head.text() for head in page.css("thead th")] == ["What", "2021", "2022"]
    assert [cell.text().split(" baht")[0] for cell in page.css("tbody tr:first-child td")] == ["100", "190"]
    assert "Lines that changed most from 2021 to 2022" in text(page)
    assert "Fiscal year · Approved · Budget bill 2022." in text(page)
    thai = section(reader, "/th/budgets/soc/")
    assert lines(thai)[0] == "Line 6 ไทย"
    assert [head.text() for head in thai.css("thead th")][1:] == ["2564", "2565"]
    assert "รายการที่เปลี่ยนมากที่สุดจากปี 2564 ถึงปี 2565" in text(thai)


def test_years_are_the_newest_two_of_one_document_or_those_up_to_the_chosen_year(
    reader: Client, cast: Cast, office: Agency
) -> None:
    published(cast, rows_of(office, {"A": {2017: "1", 2019: "5", 2021: "6"}, "B": {2019: "2", 2021: "8"}}))
    published(cast, [Row(make_line(office, "C", "C"), 2023, "1")], "alone")
    assert [head.text() for head in section(reader).css("thead th")][1:] == ["2019", "2021"]
    chosen = section(reader, "/en/budgets/soc/?year=2562")
    assert [head.text() for head in chosen.css("thead th")][1:] == ["2017", "2019"]
    assert lines(chosen) == ["A"]
    none = section(reader, "/en/budgets/soc/?year=2023")
    assert "No published document gives amounts of 2023 and of an earlier year in the same phase" in text(
        none, ".empty"
    )
    assert not none.css("svg")


@pytest.mark.parametrize("other", [{"phase": "disbursed"}, {"dataset": "other"}, {"currency": "USD"}])
def test_amounts_of_another_phase_document_or_currency_are_not_compared(
    reader: Client, cast: Cast, office: Agency, other: dict[str, str]
) -> None:
    line = make_line(office, "A", "A")
    phase = {"phase": other["phase"]} if "phase" in other else {}
    published(cast, [Row(line, 2021, "5")])
    make_import(
        cast.contributor, [Row(line, 2022, "9", **phase)], dataset=other.get("dataset", "bill"),
        currency=other.get("currency", "THB"), published_by=cast.editor,
    )  # fmt: skip
    page = section(reader)
    assert "No published document gives amounts of two years in the same phase" in text(page, ".empty")
    assert not page.css("svg, table")


def test_real_and_nominal_amounts_are_not_compared(cast: Cast, office: Agency) -> None:
    published(cast, rows_of(office, {"A": {2021: "5", 2022: "9"}}))
    totals = explorer.totals(office)
    years = comparable_years(totals, {total.import_id: "bill" for total in totals})
    assert years is not None
    assert len(most_changed(office, years, 6)) == 1
    old = Figure.objects.get(period_year=2021)
    Figure.objects.filter(pk=old.pk).update(retracted_at=NOW, retraction_reason="misread")
    old.pk, old.public_id, old.nominal = None, uuid4(), False
    old.save(force_insert=True)
    assert most_changed(office, years, 6) == []


def test_equal_amounts_are_said_to_be_equal(reader: Client, cast: Cast, office: Agency) -> None:
    published(cast, rows_of(office, {"A": {2021: "5", 2022: "5"}}))
    page = section(reader)
    assert "No line has different amounts in 2021 and 2022 in “Budget bill 2022”." in text(page, ".empty")
    assert not page.css("svg")


def test_money_is_not_shown_again_in_the_line_above_it(reader: Client, cast: Cast, office: Agency) -> None:
    plan = make_line(office, "Plan", "แผน")
    part = make_line(office, "Part", "ส่วน", plan)
    published(cast, [Row(line, year, value) for line in (plan, part) for year, value in ((2021, "5"), (2022, "9"))])
    assert lines(section(reader)) == ["Plan"]
    Figure.objects.filter(line=plan, period_year=2022).update(retracted_at=NOW, retraction_reason="misread")
    assert lines(section(reader)) == ["Part"]


def test_two_lines_of_one_name_are_told_apart_by_the_line_above(reader: Client, cast: Cast, office: Agency) -> None:
    parts = [make_line(office, "Travel", "เดินทาง", make_line(office, name, name)) for name in ("East", "West")]
    published(cast, [Row(line, year, str(year * n)) for n, line in enumerate(parts, 1) for year in (2021, 2022)])
    assert lines(section(reader)) == ["Travel (West)", "Travel (East)"]


def test_a_draft_and_what_was_taken_back_are_never_drawn(reader: Client, cast: Cast, office: Agency) -> None:
    published(cast, rows_of(office, {"A": {2021: "5", 2022: "9"}, "Wrong": {2021: "5", 2022: "99"}}))
    make_import(cast.contributor, rows_of(office, {"Secret": {2021: "1", 2022: "999"}}), dataset="draft")
    Figure.objects.filter(value=Decimal(99)).update(retracted_at=NOW, retraction_reason="misread")
    assert lines(section(reader)) == ["A"]


def test_an_agency_without_amounts_of_its_own_has_no_such_part(reader: Client, cast: Cast) -> None:
    make_budget(cast)
    assert not section(reader, "/en/budgets/mol/").css("section")
    assert lines(section(reader)) == ["Staff salaries"]


def test_the_part_costs_two_queries_however_many_lines(cast: Cast, office: Agency) -> None:
    def count() -> int:
        totals = explorer.totals(office)
        years = comparable_years(totals, {total.import_id: "bill" for total in totals})
        assert years is not None
        with CaptureQueriesContext(connection) as queries:
            pairs = most_changed(office, years, 6)
            assert all(new.line and new.line.parent is None and old.budget_import for old, new in pairs)
        return len(queries)

    published(cast, rows_of(office, {"A": {2021: "5", 2022: "9"}}))
    assert count() == 2
    published(cast, rows_of(office, {f"L{n}": {2021: "5", 2022: str(n)} for n in range(20)}))
    assert count() == 2


def test_rounded_amounts_are_drawn_with_what_rounding_leaves_open(budget: Budget, reader: Client) -> None:
    staff = budget.staff
    rows = [Row(staff, 2021, "200000000", low="150000000", high="250000000")]
    make_import(budget.cast.contributor, rows, dataset="book-2565", published_by=budget.cast.editor)
    Figure.objects.filter(budget_import=budget.bill, period_year=2021).update(retracted_at=NOW, retraction_reason="x")
    Figure.objects.filter(budget_import=budget.bill, period_year=2019).update(retracted_at=NOW, retraction_reason="x")
    assert "150 million baht to under 250 million baht" in text(section(reader))


@pytest.fixture
def budget(cast: Cast) -> Budget:
    return make_budget(cast)
