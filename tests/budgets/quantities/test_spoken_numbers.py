"""Numbers as people say them: halves and quarters of millions, two digits in a row, a กว่า inside, fractions."""

from decimal import Decimal
from fractions import Fraction

import pytest

from budgets.quantities.reading import read
from tests.budgets.quantities.shown import one, spans, value_and_ends


@pytest.mark.parametrize(
    ("text", "span", "value", "low", "high"),
    [
        ("ได้เงินครึ่งแสนบาท", "ครึ่งแสนบาท", "50000", "45000", "55000"),
        ("อีกครึ่งล้านบาท", "ครึ่งล้านบาท", "500000", "450000", "550000"),
        ("ซื้อรถมาล้านกว่าบาท", "ล้านกว่าบาท", "1000000", "500000", "1500000"),
        ("ใช้ไปสิบกว่าล้านบาท", "สิบกว่าล้านบาท", "10000000", "5000000", "15000000"),
        ("ร้อยกว่าล้านบาท", "ร้อยกว่าล้านบาท", "100000000", "50000000", "150000000"),
        ("Two point five billion baht", "Two point five billion baht", "2500000000", "2450000000", "2550000000"),
        ("a quarter of a million baht", "a quarter of a million baht", "250000", "245000", "255000"),
        ("half of a billion baht", "half of a billion baht", "500000000", "450000000", "550000000"),
        ("three quarters of a million baht", "three quarters of a million baht", "750000", "745000", "755000"),
    ],
)
def test_an_amount_is_read_as_it_is_said(text: str, span: str, value: str, low: str, high: str) -> None:
    found = one(text)
    assert (found.text, found.unit, found.currency) == (span, "money", "THB")
    assert value_and_ends(found) == (value, low, high)


@pytest.mark.parametrize(
    ("text", "span", "unit", "low", "high"),
    [
        ("ใช้เงินสามสี่ร้อยล้านบาท", "สามสี่ร้อยล้านบาท", "money", 300_000_000, 400_000_000),
        ("จ่ายห้าหกพันบาท", "ห้าหกพันบาท", "money", 5000, 6000),
        ("มาสองสามร้อยคน", "สองสามร้อยคน", "คน", 200, 300),
    ],
)
def test_two_digits_in_a_row_are_the_ends_of_a_range(text: str, span: str, unit: str, low: int, high: int) -> None:
    found = one(text)
    assert (found.text, found.unit, found.value) == (span, unit, None)
    assert (found.interval.low, found.interval.high, found.interval.high_closed) == (
        Fraction(low),
        Fraction(high),
        True,
    )


@pytest.mark.parametrize("text", ["ห้าสองพันบาท", "เสื้อสามสี", "หลักหมื่นล้านบาท", "หลายล้านกว่าบาท"])
def test_what_is_said_of_no_number_is_left_alone(text: str) -> None:
    assert spans(text) == []


@pytest.mark.parametrize(
    ("text", "span", "unit", "value"),
    [
        ("half a per cent", "half a per cent", "percent", "0.5"),
        ("by half a percentage point", "half a percentage point", "percentage_point", "0.5"),
        ("a quarter of a percentage point", "a quarter of a percentage point", "percentage_point", "0.25"),
        ("a quarter of a million people", "a quarter of a million people", "people", "250000"),
        ("10 pc", "10 pc", "percent", "10"),
        ("น้ำหนัก 1½ กิโลกรัม", "1½ กิโลกรัม", "กิโลกรัม", "1.5"),
        ("แพงขึ้นสองเท่าครึ่ง", "สองเท่าครึ่ง", "ratio", "2.5"),
        ("งบเพิ่ม 3 เท่าครึ่ง", "3 เท่าครึ่ง", "ratio", "3.5"),
    ],
)
def test_parts_of_one_are_read(text: str, span: str, unit: str, value: str) -> None:
    found = one(text)
    assert (found.text, found.unit, found.value) == (span, unit, Decimal(value))


def test_a_minus_may_stand_behind_the_sign_of_the_currency() -> None:
    found = one("a result of $-5 million")
    assert (found.text, found.value, found.currency) == ("$-5 million", Decimal(-5_000_000), "USD")


def test_an_era_in_brackets_belongs_to_the_year_behind_it() -> None:
    assert [(each.text, each.value, each.calendar) for each in read("A.D. 2024 (B.E. 2567)")] == [
        ("2024", Decimal(2024), "CE"),
        ("2567", Decimal(2024), "BE"),
    ]


def test_a_span_of_short_years_is_one_quantity() -> None:
    found = read("ปี 67-68 ใช้งบ 90 ล้าน")
    assert [each.text for each in found] == ["67-68", "90 ล้าน"]
    assert (found[0].interval.low, found[0].interval.high) == (Fraction(2024), Fraction(2025))
