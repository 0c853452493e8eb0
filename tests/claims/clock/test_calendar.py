"""Working days: the package for the years it knows, weekends elsewhere, and our own rows over both."""

from datetime import date
from importlib.metadata import version

import pytest

from claims.clock.calendar import KNOWN_YEARS, Calendar, CalendarRow, is_known

from .requests import row


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 4, 13), "Songkran Festival"),
        (date(2025, 6, 2), "Bridge Public Holiday"),  # announced that year, and not to be computed
        (date(2026, 5, 13), "Royal Ploughing Ceremony"),  # closes government offices only
        (date(2026, 5, 1), "National Labor Day"),  # closes everything else
        (date(2025, 4, 16), "Songkran Festival (in lieu)"),
    ],
)
def test_holidays_of_known_years_have_their_names(day: date, name: str) -> None:
    found = Calendar().holiday(day)
    assert found is not None
    assert found["en"] == name
    assert found["th"]
    assert not Calendar().is_working_day(day)


def test_names_are_thai_in_thai() -> None:
    assert (Calendar().holiday(date(2026, 4, 13)) or {})["th"] == "วันสงกรานต์"
    two = Calendar().holiday(date(2026, 8, 12)) or {}
    assert two["en"].endswith("Birthday, National Mother's Day")


def test_weekends_and_ordinary_days_have_no_name() -> None:
    saturday, monday = date(2026, 3, 7), date(2026, 3, 9)
    assert (Calendar().holiday(saturday), Calendar().is_working_day(saturday)) == (None, False)
    assert (Calendar().holiday(monday), Calendar().is_working_day(monday)) == (None, True)


def test_years_that_are_not_known_have_weekends_only() -> None:
    new_year = date(2031, 1, 1)  # a Wednesday
    assert not is_known(2031)
    assert Calendar().is_working_day(new_year)
    assert not Calendar([row(new_year)]).is_working_day(new_year)
    assert all(is_known(year) and not Calendar().is_working_day(date(year, 1, 1)) for year in KNOWN_YEARS)


def test_a_row_adds_a_holiday_or_takes_one_away() -> None:
    added, withdrawn = date(2026, 3, 9), date(2026, 4, 13)
    calendar = Calendar([row(added), row(withdrawn, is_holiday=False)])
    assert calendar.holiday(added) == {"en": "A special holiday", "th": "วันหยุดพิเศษ"}
    assert not calendar.is_working_day(added)
    assert calendar.is_working_day(withdrawn)
    assert calendar.is_working_day(date(2026, 3, 10))


def test_of_several_rows_for_a_day_the_last_one_wins() -> None:
    day = date(2026, 3, 9)
    assert Calendar([row(day), row(day, is_holiday=False)]).is_working_day(day)


def test_a_row_makes_no_weekend_a_working_day() -> None:
    saturday = date(2026, 3, 7)
    assert not Calendar([row(saturday, is_holiday=False)]).is_working_day(saturday)


def test_the_version_says_what_the_calendar_rests_on() -> None:
    rows = [row(date(2026, 3, 9)), row(date(2026, 3, 10), announced_on=date(2026, 3, 6))]
    found = Calendar(rows).version
    assert found.package == f"holidays {version('holidays')}"
    assert (found.rows, found.announced_on) == (2, date(2026, 3, 6))
    assert (Calendar().version.rows, Calendar().version.announced_on) == (0, None)


def test_a_row_is_kept_and_read_again() -> None:
    kept = CalendarRow(date(2026, 3, 9), True, {"en": "A", "th": "ก"}, date(2026, 3, 3), "Gazette 143")
    assert CalendarRow.from_json(kept.to_json()) == kept
