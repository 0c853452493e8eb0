"""Percentages, points, stars, multiples, proportions and counted things."""

import pytest

from tests.budgets.quantities.shown import one, spans, value_and_ends


@pytest.mark.parametrize(
    ("text", "span", "value", "low", "high", "unit"),
    [
        ("96% of transactions", "96%", "96", "95.5", "96.5", "percent"),
        ("50 percent", "50 percent", "50", "49.5", "50.5", "percent"),
        ("5.0 per cent", "5.0 per cent", "5", "4.95", "5.05", "percent"),
        ("ten percent", "ten percent", "10", "9.5", "10.5", "percent"),
        ("ร้อยละ 96 ของรายการ", "ร้อยละ 96", "96", "95.5", "96.5", "percent"),
        ("ร้อยละ ๑๒.๕", "ร้อยละ ๑๒.๕", "12.5", "12.45", "12.55", "percent"),
        ("ร้อยละสิบ", "ร้อยละสิบ", "10", "9.5", "10.5", "percent"),
        ("ร้อยละ 5 ต่อปี", "ร้อยละ 5", "5", "4.5", "5.5", "percent"),
        ("25 เปอร์เซ็นต์", "25 เปอร์เซ็นต์", "25", "24.5", "25.5", "percent"),
        ("7％", "7％", "7", "6.5", "7.5", "percent"),
        ("−3.2%", "−3.2%", "-3.2", "-3.25", "-3.15", "percent"),
        ("minus 5 percent", "minus 5 percent", "-5", "-5.5", "-4.5", "percent"),
        ("1.5 percentage points", "1.5 percentage points", "1.5", "1.45", "1.55", "percentage_point"),
        ("2 จุดร้อยละ", "2 จุดร้อยละ", "2", "1.5", "2.5", "percentage_point"),
        ("3 pp", "3 pp", "3", "2.5", "3.5", "percentage_point"),
        ("just 1.5 stars", "1.5 stars", "1.5", "1.45", "1.55", "stars"),
        ("1.5 ดาว", "1.5 ดาว", "1.5", "1.45", "1.55", "stars"),
        ("rated 1.5 out of 5 stars", "1.5 out of 5 stars", "1.5", "1.45", "1.55", "stars"),
        ("3 เท่า", "3 เท่า", "3", "3", "3", "ratio"),
        ("2.5 เท่า", "2.5 เท่า", "2.5", "2.45", "2.55", "ratio"),
        ("three times as much", "three times", "3", "3", "3", "ratio"),
        ("ครึ่งหนึ่งของงบ", "ครึ่งหนึ่ง", None, "0.5", "0.5", "ratio"),
        ("Half of this year's budget", "Half", None, "0.5", "0.5", "ratio"),
        ("It doubled.", "doubled", None, "2", "2", "ratio"),
        ("เพิ่มขึ้นเท่าตัว", "เท่าตัว", None, "2", "2", "ratio"),
        ("เพิ่มสองเท่า", "สองเท่า", None, "2", "2", "ratio"),
        ("It tripled.", "tripled", None, "3", "3", "ratio"),
        ("twice the amount", "twice", None, "2", "2", "ratio"),
        ("a third of them", "a third", None, "1/3", "1/3", "ratio"),
        ("two-thirds voted", "two-thirds", None, "2/3", "2/3", "ratio"),
        ("a quarter of it", "a quarter", None, "0.25", "0.25", "ratio"),
        ("one in five,", "one in five", None, "0.2", "0.2", "ratio"),
        ("1 ใน 4 ของทั้งหมด", "1 ใน 4", None, "0.25", "0.25", "ratio"),
        ("หนึ่งในสาม", "หนึ่งในสาม", None, "1/3", "1/3", "ratio"),
        ("1/3 of the fund", "1/3", None, "1/3", "1/3", "ratio"),
        ("revenue halved", "halved", None, "0.5", "0.5", "ratio"),
    ],
)
def test_a_measure_is_read(text: str, span: str, value: str | None, low: str, high: str, unit: str) -> None:
    found = one(text)
    assert (found.text, found.unit, found.currency) == (span, unit, None)
    assert value_and_ends(found) == (value, low, high)


@pytest.mark.parametrize(
    ("text", "span", "value", "low", "high", "unit"),
    [
        ("consists of 21 members", "21 members", "21", "21", "21", "members"),
        ("all seven seats", "seven seats", "7", "7", "7", "seats"),
        ("six key issues", "six key issues", "6", "6", "6", "issues"),
        ("over the past four years", "four years", "4", "4", "4", "years"),
        ("one year", "one year", "1", "1", "1", "years"),
        ("a five-year plan", "five-year", "5", "5", "5", "years"),
        ("3 million Americans", "3 million Americans", "3000000", "2500000", "3500000", "Americans"),
        ("24.5 million insured persons", "24.5 million insured persons", "24500000", "24450000", "24550000", "persons"),
        ("150,000 people", "150,000 people", "150000", "150000", "150000", "people"),
        ("a dozen officials", "a dozen officials", "12", "12", "12", "officials"),
        ("15 basis points", "15 basis points", "15", "15", "15", "basis points"),
        ("12.5 km", "12.5 km", "12.5", "12.45", "12.55", "km"),
        ("21 คน", "21 คน", "21", "21", "21", "คน"),
        ("ยี่สิบเอ็ดคน", "ยี่สิบเอ็ดคน", "21", "21", "21", "คน"),
        ("ทั้งสองฝ่าย", "สองฝ่าย", "2", "2", "2", "ฝ่าย"),
        ("ตลอด 4 ปี", "4 ปี", "4", "4", "4", "ปี"),
        ("20 ล้านคน", "20 ล้านคน", "20000000", "15000000", "25000000", "คน"),
        ("6แสนตำแหน่งงาน", "6แสนตำแหน่งงาน", "600000", "550000", "650000", "ตำแหน่งงาน"),
        ("ผู้ติดเชื้อโควิด-19 จำนวน 12,259 ราย", "12,259 ราย", "12259", "12259", "12259", "ราย"),
        ("รัศมี 500 ม. จากโกดัง", "500 ม.", "500", "500", "500", "ม."),
    ],
)
def test_a_counted_thing_is_read_with_its_word(
    text: str, span: str, value: str, low: str, high: str, unit: str
) -> None:
    found = one(text)
    assert (found.text, found.unit, found.currency, found.currency_written) == (span, unit, None, False)
    assert value_and_ends(found) == (value, low, high)


@pytest.mark.parametrize(
    "text",
    [
        "the first half", "ครึ่งปีแรก", "คนละครึ่ง", "half-hearted", "double standards", "a quarter-million",
        "the third quarter", "ผลเท่ากับ", "อย่างเท่าเทียม", "two of them", "no one", "one by one",
    ],
)  # fmt: skip
def test_words_like_a_measure_are_left_alone(text: str) -> None:
    assert spans(text) == []
