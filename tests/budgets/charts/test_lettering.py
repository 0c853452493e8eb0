"""Words in a drawing: widths, breaks, and short numbers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.charts.lettering import clean, scale_word, short, tick_label, width, wrap, year_label
from budgets.charts.values import Axis
from budgets.vocabulary import Unit
from tests.budgets.charts.drawn import BAHT, HOSTILE, THAI_BAHT, values


def test_years_are_counted_in_the_era_of_the_page() -> None:
    assert (year_label(2022, "en"), year_label(2022, "th")) == ("2022", "2565")


@given(st.text(), st.integers(30, 300), st.integers(1, 3))
def test_a_wrapped_text_fits_its_room_and_loses_nothing_without_saying_so(text: str, room: int, most: int) -> None:
    lines = wrap(text, room, most)
    assert len(lines) <= most
    assert all(width(line) <= room for line in lines)
    whole = clean(text).replace(" ", "")
    shown = "".join(lines).replace(" ", "")
    assert shown == whole or (shown.endswith("…") and whole.startswith(shown[:-1]))


def test_thai_breaks_before_no_vowel_sign_and_after_no_leading_vowel() -> None:
    lines = wrap("เงินอุดหนุนเพื่อแก้ปัญหาน้ำท่วมและการบริหารจัดการทรัพยากรน้ำในพื้นที่", 100, 9)
    assert len(lines) > 2
    for line in lines:
        assert line[0] not in "ะาำิีึืุู่้๊๋์ๅๆฯ"
        assert line[-1] not in "เแโใไ"


def test_a_text_breaks_at_a_space_where_there_is_one() -> None:
    assert wrap("Social Security Office", 125) == ("Social Security", "Office")


@pytest.mark.parametrize("text", [HOSTILE, "\ud800", "\uffff", "a\tb\nc"])
def test_characters_that_xml_cannot_hold_are_replaced(text: str) -> None:
    cleaned = clean(text)
    assert all(character not in cleaned for character in "\x00\x1b\ud800\uffff\n\t")


@pytest.mark.parametrize(
    ("largest", "axis", "size", "word"),
    [
        ("6610000000", BAHT, "1000000000", "billion baht"),
        ("6610000000", THAI_BAHT, "1000000", "ล้านบาท"),
        ("3100000000000", THAI_BAHT, "1000000000000", "ล้านล้านบาท"),
        ("965000000", BAHT, "1000000", "million baht"),
        ("999999", BAHT, "1", "baht"),
        ("999999", THAI_BAHT, "1", "บาท"),
        ("0", BAHT, "1", "baht"),
        ("5", Axis(Unit.STARS, None, "en"), "1", "stars"),
        ("5000000", Axis(Unit.MEMBERS, None, "th"), "1", "คน"),
        ("96", Axis(Unit.PERCENT, None, "en"), "1", "%"),
    ],
)
def test_numbers_are_counted_in_a_size_that_the_language_names(largest: str, axis: Axis, size: str, word: str) -> None:
    assert scale_word(Decimal(largest), axis) == (Decimal(size), word)


@pytest.mark.parametrize(
    ("value", "size", "text"),
    [
        ("6610000000", "1e9", "6.61"),
        ("6609876543.21", "1e9", "≈ 6.61"),
        ("-965000000", "1e6", "−965"),
        ("45000097800", "1e6", "≈ 45,000"),
        ("0", "1e6", "0"),
        ("0.01", "1e12", "0.00000000000001"),
        ("1234", "1", "1,234"),
    ],
)
def test_a_short_number_says_when_it_is_not_all_of_it(value: str, size: str, text: str) -> None:
    assert short(Decimal(value), Decimal(size)) == text


@given(values, st.sampled_from([Decimal(10) ** power for power in (0, 6, 9, 12)]))
def test_a_short_number_is_exact_or_within_half_a_percent(value: Decimal, size: Decimal) -> None:
    text = short(value, size)
    number = Decimal(text.removeprefix("≈ ").replace(",", "").replace("−", "-")) * size
    assert (number == value) is not text.startswith("≈")
    assert abs(number - value) * 200 <= abs(value)


def test_a_tick_is_written_whole() -> None:
    assert tick_label(Decimal("-500000"), Decimal("1e6")) == "−0.5"
    assert tick_label(Decimal("8000000000"), Decimal("1e6")) == "8,000"
