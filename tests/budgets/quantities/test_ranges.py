"""Two numbers that are one range, and two that are two."""

import pytest

from tests.budgets.quantities.shown import one, spans, value_and_ends


@pytest.mark.parametrize(
    ("text", "span", "low", "high", "unit"),
    [
        ("4–5 bn", "4–5 bn", "4000000000", "5000000000", "money"),
        ("10-15%", "10-15%", "10", "15", "percent"),
        ("10% to 15%", "10% to 15%", "10", "15", "percent"),
        ("ร้อยละ 5-10", "ร้อยละ 5-10", "5", "10", "percent"),
        ("3 ถึง 5 ล้านบาท", "3 ถึง 5 ล้านบาท", "3000000", "5000000", "money"),
        ("between 4 and 5 billion baht", "4 and 5 billion baht", "4000000000", "5000000000", "money"),
        ("ระหว่าง 4 และ 5 ล้านบาท", "4 และ 5 ล้านบาท", "4000000", "5000000", "money"),
        ("from 4 to 5 million baht", "4 to 5 million baht", "4000000", "5000000", "money"),
        ("10,000-1,000,000บาท", "10,000-1,000,000บาท", "10000", "1000000", "money"),
        ("$4-$5 billion", "$4-$5 billion", "4000000000", "5000000000", "money"),
        ("47,144 – 63,815 บาท", "47,144 – 63,815 บาท", "47144", "63815", "money"),
        ("อายุ 15 – 60 ปี", "15 – 60 ปี", "15", "60", "ปี"),
        ("five to six hours", "five to six hours", "5", "6", "hours"),
        ("7-8 เท่า", "7-8 เท่า", "7", "8", "ratio"),
    ],
)
def test_a_range_is_one_quantity_and_holds_both_ends(text: str, span: str, low: str, high: str, unit: str) -> None:
    found = one(text)
    assert (found.text, found.unit, value_and_ends(found)) == (span, unit, (None, low, high))
    assert (found.interval.low_closed, found.interval.high_closed) == (True, True)
    assert found.significant_digits is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "from 4 billion baht in 2020 to 6.61 billion baht in 2023",
            ["4 billion baht", "2020", "6.61 billion baht", "2023"],
        ),
        ("rose from 4 billion baht to 6.61 billion baht", ["4 billion baht", "6.61 billion baht"]),
        ("rose from 4 to 6 million baht", ["4", "6 million baht"]),
        ("จากร้อยละ 5 เหลือร้อยละ 1", ["ร้อยละ 5", "ร้อยละ 1"]),
        ("ระหว่างวันที่ 22 - 26 พฤศจิกายน 2564", ["2564"]),
    ],
)
def test_a_change_is_two(text: str, expected: list[str]) -> None:
    assert spans(text) == expected
