"""Amounts of money, in both languages."""

from fractions import Fraction

import pytest

from budgets.quantities.reading import read
from tests.budgets.quantities.shown import one, spans, value_and_ends


@pytest.mark.parametrize(
    ("text", "span", "value", "low", "high", "currency"),
    [
        ("It cost 276 million baht.", "276 million baht", "276000000", "275500000", "276500000", "THB"),
        ("ใช้งบ 276 ล้านบาท", "276 ล้านบาท", "276000000", "275500000", "276500000", "THB"),
        ("6.61 billion baht", "6.61 billion baht", "6610000000", "6605000000", "6615000000", "THB"),
        ("4.00 billion baht", "4.00 billion baht", "4000000000", "3995000000", "4005000000", "THB"),
        ("฿0.276bn", "฿0.276bn", "276000000", "275500000", "276500000", "THB"),
        ("100 million baht", "100 million baht", "100000000", "50000000", "150000000", "THB"),
        ("2,000 million baht", "2,000 million baht", "2000000000", "1500000000", "2500000000", "THB"),
        ("45,000,097,800 baht", "45,000,097,800 baht", "45000097800", "45000097750", "45000097850", "THB"),
        ("2 พันล้านบาท", "2 พันล้านบาท", "2000000000", "1500000000", "2500000000", "THB"),
        ("แสนล้านบาท", "แสนล้านบาท", "100000000000", "50000000000", "150000000000", "THB"),
        ("1.9 ล้านล้านบาท", "1.9 ล้านล้านบาท", "1900000000000", "1850000000000", "1950000000000", "THB"),
        ("3 ล้าน 5 แสนบาท", "3 ล้าน 5 แสนบาท", "3500000", "3450000", "3550000", "THB"),
        ("3 ล้านห้าแสนบาท", "3 ล้านห้าแสนบาท", "3500000", "3450000", "3550000", "THB"),
        ("2 ล้านครึ่งบาท", "2 ล้านครึ่งบาท", "2500000", "2450000", "2550000", "THB"),
        ("สองร้อยเจ็ดสิบหกล้านบาท", "สองร้อยเจ็ดสิบหกล้านบาท", "276000000", "275500000", "276500000", "THB"),
        ("สองแสนห้าหมื่นบาท", "สองแสนห้าหมื่นบาท", "250000", "245000", "255000", "THB"),
        ("๑,๒๓๔,๕๖๗.๘๙ บาท", "๑,๒๓๔,๕๖๗.๘๙ บาท", "1234567.89", "1234567.885", "1234567.895", "THB"),
        ("กำไร 1,200 ลบ.", "1,200 ลบ.", "1200000000", "1150000000", "1250000000", "THB"),
        ("7 พันกว่าล้านบาท", "7 พันกว่าล้านบาท", "7000000000", "6500000000", "7500000000", "THB"),
        ("หนึ่งแสนสองหมื่นบาท", "หนึ่งแสนสองหมื่นบาท", "120000", "115000", "125000", "THB"),
        ("50 สตางค์", "50 สตางค์", "0.5", "0.495", "0.505", "THB"),
        ("5 บาท 50 สตางค์", "5 บาท 50 สตางค์", "5.5", "5.495", "5.505", "THB"),
        ("ราคา 500.-", "500.-", "500", "450", "550", "THB"),
        ("two billion baht", "two billion baht", "2000000000", "1500000000", "2500000000", "THB"),
        ("twenty-five million dollars", "twenty-five million dollars", "25000000", "24500000", "25500000", "USD"),
        ("half a million baht", "half a million baht", "500000", "450000", "550000", "THB"),
        ("two and a half million baht", "two and a half million baht", "2500000", "2450000", "2550000", "THB"),
        ("a 100-million-baht project", "100-million-baht", "100000000", "50000000", "150000000", "THB"),
        ("It gave $1.2m.", "$1.2m", "1200000", "1150000", "1250000", "USD"),
        ("Bt5bn", "Bt5bn", "5000000000", "4500000000", "5500000000", "THB"),
        ("THB 3.5 million", "THB 3.5 million", "3500000", "3450000", "3550000", "THB"),
        ("2.5B baht", "2.5B baht", "2500000000", "2450000000", "2550000000", "THB"),
        ("US$40", "US$40", "40", "35", "45", "USD"),
        ("RM20 million", "RM20 million", "20000000", "15000000", "25000000", "MYR"),
        ("3 หมื่นล้านเยน", "3 หมื่นล้านเยน", "30000000000", "25000000000", "35000000000", "JPY"),
        ("20 ล้านดอลลาร์สหรัฐ", "20 ล้านดอลลาร์สหรัฐ", "20000000", "15000000", "25000000", "USD"),
        ("1.234.567,89 euros", "1.234.567,89 euros", "1234567.89", "1234567.885", "1234567.895", "EUR"),
        ("€1.234", "€1.234", "1234", "1233.5", "1234.5", "EUR"),
        ("1 234 567 baht", "1 234 567 baht", "1234567", "1234566.5", "1234567.5", "THB"),
        ("1\u202f234\u202f567 €", "1\u202f234\u202f567 €", "1234567", "1234566.5", "1234567.5", "EUR"),
        ("1'234'567 CHF", "1'234'567 CHF", "1234567", "1234566.5", "1234567.5", "CHF"),
        ("Rs 12,34,567", "Rs 12,34,567", "1234567", "1234566.5", "1234567.5", "INR"),
        ("3 crore rupees", "3 crore rupees", "30000000", "25000000", "35000000", "INR"),
        ("-฿500", "-฿500", "-500", "-550", "-450", "THB"),
        ("ติดลบ 5 ล้านบาท", "ติดลบ 5 ล้านบาท", "-5000000", "-5500000", "-4500000", "THB"),
        ("(1,234) million baht", "(1,234) million baht", "-1234000000", "-1234500000", "-1233500000", "THB"),
    ],
)
def test_money_is_read_with_its_scale_and_currency(
    text: str, span: str, value: str, low: str, high: str, currency: str
) -> None:
    found = one(text)
    assert (found.text, found.unit, found.currency, found.currency_written) == (span, "money", currency, True)
    assert value_and_ends(found) == (value, low, high)


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("965 million in all", "965 million", "965000000"),
        ("๒๗๖ ล้าน", "๒๗๖ ล้าน", "276000000"),
        ("เป็นเงินพันล้าน", "พันล้าน", "1000000000"),
        ("336 million for public relations", "336 million", "336000000"),
        ("two billion for roads", "two billion", "2000000000"),
        ("16,000 a night", "16,000", "16000"),
        ("50,000 per person", "50,000", "50000"),
        ("16,000 ต่อคืน", "16,000", "16000"),
        ("มูลค่า 45,000", "45,000", "45000"),
        ("300k", "300k", "300000"),
    ],
)
def test_money_without_a_currency_gets_the_one_asked_for(text: str, span: str, value: str) -> None:
    found = one(text)
    assert (found.text, found.unit, value_and_ends(found)[0]) == (span, "money", value)
    assert (found.currency, found.currency_written) == ("THB", False)
    assert read(text, currency="EUR")[0].currency == "EUR"


def test_money_without_a_currency_takes_the_nearest_one_written() -> None:
    found = read("It took US$5 million, then 3 million more; in Thailand 7 million baht and 2 million more.")
    assert [(each.currency, each.currency_written) for each in found] == [
        ("USD", True),
        ("USD", False),
        ("THB", True),
        ("THB", False),
    ]


def test_a_currency_belongs_to_the_number_it_stands_at() -> None:
    assert spans("Bt5bn THB 3 million") == ["Bt5bn", "THB 3 million"]
    assert spans("2,000 baht 2023 people") == ["2,000 baht", "2023 people"]


@pytest.mark.parametrize(
    "text",
    [
        "หลายพันล้านบาท",
        "หน่วย : พันล้านบาท",
        "(พันล้านบาท)",
        "หน่วย: ล้านบาท",
        "millions of dollars",
        "hundreds of millions",
        "a million-dollar question",
        "several million",
    ],
)
def test_a_scale_without_a_number_is_no_amount(text: str) -> None:
    assert spans(text) == []


def test_significant_digits_are_counted() -> None:
    written = {"100 million baht": 1, "4.00 billion baht": 3, "45,000,097,800 baht": 9, "276 ล้านบาท": 3, "0.05 baht": 1}
    assert {text: one(text).significant_digits for text in written} == written
    assert one("21 members").significant_digits is None


def test_the_interval_is_half_a_unit_to_both_sides_and_open_above() -> None:
    interval = one("276 ล้านบาท").interval
    assert (interval.low_closed, interval.high_closed) == (True, False)
    assert interval.high - interval.low == Fraction(1_000_000)
