"""Dates in words, in both languages."""

from datetime import UTC, date, datetime

import pytest

from budgets.quantities.formatting import Lang
from claims.web.presentation.dates import When, bangkok_day, day, iso_day, moment, statement_date, when
from tests.claims.web.documents import known

CASES = [
    (known("2025-02-17", "2025-02-17"), "17 February 2025", "17 กุมภาพันธ์ 2568", "2025-02-17"),
    (known("2025-02-15", "2025-02-17"), "15 to 17 February 2025", "15–17 กุมภาพันธ์ 2568", ""),
    (known("2025-01-28", "2025-02-03"), "28 January to 3 February 2025", "28 มกราคม – 3 กุมภาพันธ์ 2568", ""),
    (
        known("2024-12-30", "2025-01-02"),
        "30 December 2024 to 2 January 2025",
        "30 ธันวาคม 2567 – 2 มกราคม 2568",
        "",
    ),
    (known("2023-12-01", "2023-12-31"), "December 2023", "ธันวาคม 2566", "2023-12"),
    (known("2024-02-01", "2024-02-28"), "1 to 28 February 2024", "1–28 กุมภาพันธ์ 2567", ""),
    (known("2020-01-01", "2020-12-31"), "2020", "2563", "2020"),
    (known(None, "2025-02-18"), "on or before 18 February 2025", "ไม่เกินวันที่ 18 กุมภาพันธ์ 2568", ""),
    (known("2025-02-18", None), "on or after 18 February 2025", "ตั้งแต่วันที่ 18 กุมภาพันธ์ 2568 เป็นต้นไป", ""),
    (known(None, None), "date not given", "ไม่ระบุวันที่", ""),
    (None, "date not given", "ไม่ระบุวันที่", ""),
    ({"earliest": None, "latest": None, "precision": "interval"}, "date not given", "ไม่ระบุวันที่", ""),
]


@pytest.mark.parametrize(("value", "english", "thai", "iso"), CASES)
def test_a_date_is_written_as_exactly_as_it_is_known(value: dict[str, str], english: str, thai: str, iso: str) -> None:
    assert when(value, "en") == When(english, iso)
    assert when(value, "th") == When(thai, iso)


def test_short_months_save_room_in_tables() -> None:
    assert when(known("2025-02-17", "2025-02-17"), "en", short=True).text == "17 Feb 2025"
    assert when(known("2025-02-17", "2025-02-17"), "th", short=True).text == "17 ก.พ. 2568"


@pytest.mark.parametrize(
    ("lang", "text"),
    [("en", "date not given (on or before 18 February 2025)"), ("th", "ไม่ระบุวันที่ (ไม่เกินวันที่ 18 กุมภาพันธ์ 2568)")],
)
def test_an_undated_statement_says_so_and_then_what_bounds_it(lang: Lang, text: str) -> None:
    assert statement_date(known(None, "2025-02-18"), lang).text == text
    assert statement_date(known("2025-02-15", "2025-02-17"), "en").text == "15 to 17 February 2025"
    assert statement_date(known(None, None), "en").text == "date not given"


def test_times_are_those_of_bangkok() -> None:
    late = datetime(2026, 11, 23, 18, 5, tzinfo=UTC)
    assert moment(late, "en") == When("24 November 2026, 01:05", "2026-11-24T01:05:00+07:00")
    assert moment(late, "th").text == "24 พฤศจิกายน 2569 เวลา 01:05 น."
    assert bangkok_day(late, "en", short=True) == When("24 Nov 2026", "2026-11-24")


def test_days_from_stored_text() -> None:
    assert iso_day("2025-02-18", "th") == When("18 กุมภาพันธ์ 2568", "2025-02-18")
    assert iso_day(None, "th") is None
    assert day(date(2025, 2, 18), "en") == "18 February 2025"
