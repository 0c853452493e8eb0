"""Buddhist-era years and fiscal years."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.fiscal import buddhist_year, fiscal_year, fiscal_year_of, gregorian_year

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


def test_the_thai_fiscal_year_2024_is_2567_and_begins_in_october_2023() -> None:
    year = fiscal_year(2024)
    assert (year.start, year.end, year.buddhist) == (date(2023, 10, 1), date(2024, 9, 30), 2567)


def test_a_fiscal_year_that_starts_in_january_is_the_calendar_year() -> None:
    year = fiscal_year(2024, start_month=1)
    assert (year.start, year.end) == (date(2024, 1, 1), date(2024, 12, 31))


@pytest.mark.parametrize("month", [0, 13, -1])
def test_there_is_no_thirteenth_month(month: int) -> None:
    with pytest.raises(ValueError, match="month from 1 to 12"):
        fiscal_year(2024, month)


@pytest.mark.parametrize(
    ("day", "year"), [(date(2023, 9, 30), 2023), (date(2023, 10, 1), 2024), (date(2024, 9, 30), 2024)]
)
def test_a_day_belongs_to_the_year_that_ends_next(day: date, year: int) -> None:
    assert fiscal_year_of(day).year == year


@given(DAYS, st.integers(1, 12))
def test_every_day_lies_in_its_fiscal_year_and_in_no_neighbour(day: date, month: int) -> None:
    year = fiscal_year_of(day, month)
    assert year.contains(day)
    assert not fiscal_year(year.year - 1, month).contains(day)
    assert fiscal_year(year.year + 1, month).start == year.end + timedelta(days=1)


@given(st.integers(1, 9000))
def test_eras_convert_both_ways(year: int) -> None:
    assert gregorian_year(buddhist_year(year)) == year
    assert buddhist_year(2025) == 2568
