"""A row of cells becomes amounts with their meaning, or says why not."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from budgets.importing.mapping.periods import BadPeriod, FiscalRule, StatedPeriod
from budgets.importing.mapping.rows import Kind, Outcome, RowReader
from budgets.importing.mapping.spec_reading import read_spec
from budgets.importing.reading.layout import SourceRow
from tests.budgets.importing.test_spec import raw

HEADER = ["Ministry", "Plan", "Item", "Year", "Amount"]
MONEY = {"column": "Amount", "phase": "proposed", "unit": "money", "currency": "THB"}


def read(cells: Sequence[str | None], faults: dict[int, str] | None = None, problem: str = "", **spec: Any) -> Outcome:
    """One row through a mapping."""
    reader = RowReader(read_spec(raw(**spec)), HEADER, {}, rule=FiscalRule())
    return reader.read(SourceRow(7, cells, problem, faults))


def measured(cell: str, **measure: Any) -> tuple[str, str, str]:
    """Value, low and high of a cell."""
    outcome = read(["M", "P", "I", "2565", cell], measures=[MONEY | measure])
    amount = outcome.amounts[0].amount
    return tuple(f"{value.normalize():f}" for value in (amount.value, amount.low, amount.high))  # type: ignore[return-value]


def test_a_row_becomes_an_amount() -> None:
    (amount,) = read(["กระทรวง  ก", " แผน\n๑ ", None, "2565", "1,234,000"]).amounts
    assert (amount.line, amount.agency, amount.path) == (7, ("กระทรวง ก",), ("แผน ๑",))
    assert amount.period == StatedPeriod(2022, None, None, "fiscal_year")
    assert (amount.amount.value, amount.amount.exact) == (Decimal(1_234_000), True)


@pytest.mark.parametrize(
    ("cell", "measure", "expected"),
    [
        ("12", {}, ("12", "12", "12")),
        ("12.0", {"smallest": "1"}, ("12", "12", "12")),
        ("12.5", {}, ("12.5", "12.45", "12.55")),
        ("12.50", {"smallest": "0.01"}, ("12.5", "12.5", "12.5")),
        ("-12.5", {}, ("-12.5", "-12.55", "-12.45")),
        ("12", {"scale": "1000000"}, ("12000000", "11500000", "12500000")),
        ("12.50", {"scale": "1000000"}, ("12500000", "12495000", "12505000")),
        ("1.2E+10", {}, ("12000000000", "11500000000", "12500000000")),
        ("0.123456", {}, ("0.123456", "0.123455", "0.123457")),
        ("๑๒", {"scale": "1000"}, ("12000", "11500", "12500")),
    ],
)
def test_an_amount_is_as_exact_as_it_is_printed(cell: str, measure: dict[str, str], expected: tuple[str, ...]) -> None:
    assert measured(cell, **measure) == expected


@pytest.mark.parametrize(
    ("cell", "measure", "words"),
    [
        ("3,864,033.3333333335", {"smallest": "1"}, "not a whole multiple of 1 THB"),
        ("3,864,033.3333333335", {}, "more than six decimal places"),
        ("1000000000000000000", {}, "more than 18 digits"),
        ("999999999999", {"scale": "1000000000"}, "more than 18 digits"),
        ("about 5", {}, ""),
        ("€ 5", {}, "says EUR where the mapping says THB"),
        ("5%", {}, "says percent"),
    ],
)
def test_an_amount_that_cannot_be_taken_is_refused(cell: str, measure: dict[str, str], words: str) -> None:
    outcome = read(["M", "P", "I", "2565", cell], measures=[MONEY | measure])
    (refused,) = outcome.refused
    assert (refused.line, refused.column, refused.cell) == (7, "Amount", cell)
    assert words in refused.reason
    assert not outcome.amounts


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        (["", "P", "I", "2565", "1"], "Ministry", "No agency"),
        (["M", " ", None, "2565", "1"], "Item", "blank"),
        (["M", "P", "I", "", "1"], "Year", "blank"),
        (["M", "P", "I", "soon", "1"], "Year", "soon"),
        (["M", "P\u202e", "I", "2565", "1"], "Plan", "nobody can see"),
        (["M", "P", "x" * 501, "2565", "1"], "Item", "more than 500"),
        (["x" * 201, "P", "I", "2565", "1"], "Ministry", "more than 200"),
    ],
)
def test_a_row_without_its_meaning_is_refused(cells: list[str | None], column: str, words: str) -> None:
    outcome = read(cells)
    assert not outcome.amounts
    assert [each.column for each in outcome.refused] == [column]
    assert words in outcome.refused[0].reason


def test_a_row_and_a_cell_that_the_reader_distrusts_are_refused() -> None:
    assert read([None] * 5, problem="Row 7 has too many cells.").refused[0].reason == "Row 7 has too many cells."
    assert read(["M", "P", "I", "2565", "1"], {4: "A date."}).refused[0].reason == "A date."
    assert read(["M", "P", "I", "2565", "1"], {1: "An error."}).refused[0].column == "Plan"
    assert read(["M", "P", "I", "2565", "1"], {3: "An error."}).refused[0].column == "Year"


def test_formulas_and_html_stay_text() -> None:
    (amount,) = read(["M", '=HYPERLINK("http://x")', "<b>I</b>", "2565", "1"]).amounts
    assert amount.path == ('=HYPERLINK("http://x")', "<b>I</b>")


def test_a_row_without_an_amount_is_blank_and_not_refused() -> None:
    assert read([None, None, None, None, " - "]).kind is Kind.BLANK


def test_rows_that_are_not_data_are_skipped_or_read_as_totals() -> None:
    skip = [{"column": "Item", "values": ["note", ""]}]
    assert read(["M", "P", " note ", "2565", "1"], skip=skip).kind is Kind.SKIPPED
    assert read(["M", "P", None, "2565", "1"], skip=skip).kind is Kind.SKIPPED
    totals = [{"where": [{"column": "Item", "values": ["รวม"]}, {"column": "Plan", "values": [""]}], "over": []}]
    outcome = read(["M", "", "รวม", "2565", "10"], totals=totals)
    assert (outcome.kind, outcome.rule, outcome.stated[0][1].value) == (Kind.TOTAL, 0, Decimal(10))
    assert read(["M", "P", "รวม", "2565", "10"], totals=totals).kind is Kind.DATA


def test_damaged_names_are_mapped_by_alias() -> None:
    aliases = {("agency", "ประกนั  สังคม"): "ประกันสังคม", ("line", "งบ"): "งบดำเนินงาน"}
    reader = RowReader(read_spec(raw()), HEADER, aliases)
    (amount,) = reader.read(SourceRow(2, ["ประกนั สังคม", "งบ", "ประกนั สังคม", "2565", "1"])).amounts
    assert (amount.agency, amount.path) == (("ประกันสังคม",), ("งบดำเนินงาน", "ประกนั สังคม"))


def test_every_column_of_amounts_gives_its_own() -> None:
    measures = [MONEY, {"column": "Year", "phase": "proposed", "unit": "money", "currency": "THB", "line": "Net"}]
    outcome = read(
        ["M", "P", "I", "2565", "x1"], measures=measures, period={"fixed": "2014/2020", "basis": "calendar_year"}
    )
    (amount,) = outcome.amounts
    assert (amount.measure, amount.path) == (1, ("P", "I", "Net"))
    assert (amount.period.year, str(amount.period.earliest)) == (None, "2014-01-01")
    assert [each.column for each in outcome.refused] == ["Amount"]


def test_a_row_is_known_by_the_columns_that_name_it() -> None:
    (refused,) = read(["M", "P", "I", "2565", "?"], row_id=["Item", "Plan"]).refused
    assert refused.row_id == "I P"


@pytest.mark.parametrize(
    ("cell", "rule", "year"),
    [
        ("2022-10-01", FiscalRule(10), 2023),
        ("2022-09-30", FiscalRule(10), 2022),
        ("2022-10-01", FiscalRule(1), 2022),
        ("2022-07-01", FiscalRule(7, named_by_end=False), 2022),
        ("2016/17", FiscalRule(7), 2017),
        ("2016/17", FiscalRule(4, named_by_end=False), 2016),
    ],
)
def test_a_day_belongs_to_the_fiscal_year_of_the_country(cell: str, rule: FiscalRule, year: int) -> None:
    reader = RowReader(read_spec(raw()), HEADER, {}, rule=rule)
    (amount,) = reader.read(SourceRow(2, ["M", "P", "I", cell, "1"])).amounts
    assert amount.period == StatedPeriod(year, None, None, "fiscal_year")


def test_a_day_whose_month_is_open_has_no_fiscal_year() -> None:
    assert "cannot be told" in read(["M", "P", "I", "01/02/2015", "1"]).refused[0].reason


def test_two_years_are_no_calendar_year() -> None:
    spec = read_spec(raw(period={"column": "Year", "basis": "calendar_year"}))
    (refused,) = RowReader(spec, HEADER, {}).read(SourceRow(2, ["M", "P", "I", "2016/17", "1"])).refused
    assert "no calendar year" in refused.reason


def test_what_a_day_or_year_says_is_kept_when_the_mapping_leaves_it_open() -> None:
    spec = read_spec(raw(period={"column": "Year", "basis": "year_unknown"}))
    reader = RowReader(spec, HEADER, {})
    found = [
        reader.read(SourceRow(2, ["M", "P", "I", cell, "1"])).amounts[0].period
        for cell in ("2565", "ปีงบประมาณ 2565", "2014-12-31")
    ]
    day = date(2014, 12, 31)
    assert found == [
        StatedPeriod(2022, None, None, "year_unknown"), StatedPeriod(2022, None, None, "fiscal_year"),
        StatedPeriod(2014, day, day, "year_unknown"),
    ]  # fmt: skip


def test_a_period_given_at_the_import_must_be_one() -> None:
    spec = read_spec(raw(period={"given": True, "basis": "fiscal_year"}))
    assert RowReader(spec, HEADER, {}, period="2566").read(SourceRow(2, ["M", "P", "I", "", "1"])).amounts
    with pytest.raises(BadPeriod):
        RowReader(spec, HEADER, {}, period="soon")
