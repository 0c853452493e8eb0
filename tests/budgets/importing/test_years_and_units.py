"""Cells as years of both eras, and headers as units."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.importing.cells import BadCell, Period, Scale, header_scale, read_year
from budgets.importing.mapping.periods import BadPeriod, FiscalRule, PeriodReader
from budgets.importing.mapping.spec import PeriodSpec
from budgets.importing.reading.layout import SourceRow


def year(number: int, basis: Any = None, **more: Any) -> Period:
    return Period(number, basis, **more)


def day(number: int, month: int, of: int) -> Period:
    when = date(number, month, of)
    return Period(number, None, when, when)


YEARS = [
    ("2565", year(2022)),
    ("2022", year(2022)),
    ("2022.0", year(2022)),
    ("พ.ศ. ๒๕๖๕", year(2022)),
    ("พ.ศ.2565", year(2022)),
    ("ค.ศ. 2022", year(2022)),
    ("B.E. 2565", year(2022)),
    ("AD 2022", year(2022)),
    ("ปี 2565", year(2022)),
    ("ปีงบประมาณ พ.ศ. 2565", year(2022, "fiscal_year")),
    ("งบประมาณประจำปี ๒๕๖๕", year(2022, "fiscal_year")),
    ("FY2022", year(2022, "fiscal_year")),
    ("FY 22", year(2022, "fiscal_year")),
    ("Fiscal year 2022", year(2022, "fiscal_year")),
    ("calendar year 2022", year(2022, "calendar_year")),
    ("ปีปฏิทิน 2565", year(2022, "calendar_year")),
    ("FY16-17", year(2017, "fiscal_year", first_year=2016)),
    ("2567/68", year(2025, "fiscal_year", first_year=2024)),
    ("2016–17", year(2017, "fiscal_year", first_year=2016)),
    ("1999/00", year(2000, "fiscal_year", first_year=1999)),
    ("2558/2559", year(2016, "fiscal_year", first_year=2015)),
    ("ปีงบประมาณ 2565-2567", year(2024, "fiscal_year", first_year=2022)),
    ("2014/2020", Period(2020, "calendar_year", date(2014, 1, 1), date(2020, 12, 31), 2014)),
    ("2014-12-31", day(2014, 12, 31)),
    ("2014-12-31T08:30:00", day(2014, 12, 31)),
    ("31/12/2565", day(2022, 12, 31)),
    ("12/31/2014", day(2014, 12, 31)),
    ("๓๑/๑๒/๒๕๖๕", day(2022, 12, 31)),
    ("05.05.2014", day(2014, 5, 5)),
    ("01/02/2015", year(2015)),
]


@pytest.mark.parametrize(("cell", "period"), YEARS)
def test_years_and_days_are_read_in_both_eras(cell: str, period: Period) -> None:
    assert read_year(cell) == period


def test_the_calendar_of_the_mapping_decides_bare_years_and_short_ones() -> None:
    assert read_year("65", calendar="BE") == year(2022)
    assert read_year("22", calendar="CE") == year(2022)
    assert read_year("16-17", calendar="CE") == year(2017, "fiscal_year", first_year=2016)
    assert read_year("ค.ศ. 2022", calendar="BE") == year(2022)
    assert read_year("2014-12-31", calendar="BE") == day(2014, 12, 31)


@pytest.mark.parametrize(
    ("cell", "calendar", "words"),
    [
        ("", "auto", "no year in this cell"),
        (None, "auto", "no year in this cell"),
        ("total", "auto", "no year that is understood"),
        ("65", "auto", "no year that is understood"),
        ("16-17", "auto", "years with four digits"),
        ("9999", "auto", "not a year B.E. or C.E."),
        ("2565", "CE", "not a year C.E."),
        ("2022", "BE", "not a year B.E."),
        ("2020/2014", "auto", "from an earlier to a later year"),
        ("2014-13-45", "auto", "no day of the calendar"),
        ("พ.ศ. 2565 (ค.ศ. 2022)", "auto", "both eras"),
        ("1" * 90, "auto", "90 characters"),
    ],
)
def test_what_is_no_year_is_refused_with_a_reason(cell: str | None, calendar: Any, words: str) -> None:
    with pytest.raises(BadCell, match=words):
        read_year(cell, calendar=calendar)


@given(st.integers(1900, 2200))
def test_both_eras_name_the_same_year(number: int) -> None:
    assert (
        read_year(str(number + 543)) == read_year(f"ค.ศ. {number}") == read_year(f"พ.ศ. {number + 543}") == year(number)
    )


def million(currency: str | None) -> tuple[int, str | None, str]:
    return (10**6, currency, "money")


SCALES: list[tuple[str, tuple[int, str | None, str]]] = [
    ("งบประมาณ (ล้านบาท)", million("THB")),
    ("หน่วย: ล้านบาท", million("THB")),
    ("หน่วย : บาท", (1, "THB", "money")),
    ("(พันบาท)", (1000, "THB", "money")),
    ("วงเงิน (หมื่นล้านบาท)", (10**10, "THB", "money")),
    ("งบประมาณ (ล้าน)", million(None)),
    ("in thousands", (1000, None, "money")),
    ("Amount (€m)", million("EUR")),
    ("Amount (US$ '000)", (1000, "USD", "money")),
    ("Amount ($000s)", (1000, None, "money")),
    ("Budget, EUR million", million("EUR")),
    ("Total (THB Mn)", million("THB")),
    ("Spending (bn)", (10**9, None, "money")),
    ("Monto (miles de pesos)", (1000, None, "money")),
    ("Value (in thousands of lek)", (1000, "ALL", "money")),
    ("Cohesion Fund (€)", (1, "EUR", "money")),
    ("Absorption (%)", (1, None, "percent")),
    ("Avance Financiero / % Avance", (1, None, "percent")),
    ("ร้อยละ", (1, None, "percent")),
]


@pytest.mark.parametrize(("header", "said"), SCALES)
def test_the_unit_in_a_header_is_understood(header: str, said: tuple[int, str | None, str]) -> None:
    scale = header_scale(header)
    assert scale is not None
    assert (scale.factor, scale.currency, scale.unit) == (Decimal(said[0]), said[1], said[2])


@pytest.mark.parametrize(
    "header",
    ["AMOUNT", "Presupuesto", "All funds", "M", "Programa m", "FY 2016 (1)", "พันธกิจ", "เงินแสดง", "Advance", ""],
)
def test_a_header_without_a_unit_says_nothing(header: str) -> None:
    assert header_scale(header) is None


def test_a_scale_says_what_it_rests_on() -> None:
    assert header_scale("Total (THB Mn)") == Scale(Decimal(1_000_000), "THB", "money", "thb mn")


@pytest.mark.parametrize(
    "cell", ["2399", "2401", "2442", "2744", "1899", "2201", "พ.ศ. 2442", "31/12/1899", "2200/01", "2201-01-01"]
)
def test_a_year_outside_three_centuries_is_a_misprint(cell: str) -> None:
    with pytest.raises(BadCell, match=r"between 1900 and 2200 C\.E\. \(2443 and 2743 B\.E\.\)"):
        read_year(cell)


def test_the_first_and_last_year_are_read_in_both_eras() -> None:
    assert [read_year(cell).year for cell in ("1900", "2200", "2443", "2743")] == [1900, 2200, 1900, 2200]


def test_a_day_whose_fiscal_year_lies_beyond_is_refused() -> None:
    reader = PeriodReader(PeriodSpec(column="when", basis="fiscal_year"), {"when": 0}, "", FiscalRule())
    assert reader.read(SourceRow(2, ["2200-09-30"])).year == 2200
    with pytest.raises(BadPeriod, match="fiscal year 2201"):
        reader.read(SourceRow(2, ["2200-10-01"]))
