"""Amounts as readers see them."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.quantities.formatting import interval, money, plain, quantity
from budgets.vocabulary import Unit


@pytest.mark.parametrize(
    ("amount", "english", "thai"),
    [
        ("4000000000", "4 billion baht", "4,000 ล้านบาท"),
        ("6610000000", "6.61 billion baht", "6,610 ล้านบาท"),
        ("965000000", "965 million baht", "965 ล้านบาท"),
        ("2000000000", "2 billion baht", "2,000 ล้านบาท"),
        ("336000000", "336 million baht", "336 ล้านบาท"),
        ("276500000", "276.5 million baht", "276.5 ล้านบาท"),
        ("6612000000", "6,612 million baht", "6,612 ล้านบาท"),
        ("999999000000", "999,999 million baht", "999,999 ล้านบาท"),
        ("3480000000000", "3.48 trillion baht", "3.48 ล้านล้านบาท"),
        ("1234567", "1,234,567 baht", "1,234,567 บาท"),
        ("12500.50", "12,500.5 baht", "12,500.5 บาท"),
        ("0", "0 baht", "0 บาท"),
        ("-5000000", "−5 million baht", "−5 ล้านบาท"),
    ],
)
def test_money_is_written_as_each_language_counts(amount: str, english: str, thai: str) -> None:
    assert money(Decimal(amount), "THB", "en") == english
    assert money(Decimal(amount), "THB", "th") == thai


def test_a_currency_that_the_source_leaves_out_is_left_out() -> None:
    assert money(Decimal("336000000"), None, "en") == "336 million"
    assert money(Decimal("336000000"), None, "th") == "336 ล้าน"


def test_another_currency_keeps_its_name_or_its_code() -> None:
    assert money(Decimal("1500000"), "USD", "en") == "1.5 million US dollars"
    assert money(Decimal("1500000"), "USD", "th") == "1.5 ล้านดอลลาร์สหรัฐ"
    assert money(Decimal("1500000"), "XYZ", "en") == "1.5 million XYZ"
    assert money(Decimal("1500000"), "XYZ", "th") == "1.5 ล้าน XYZ"
    assert money(Decimal(15), "XYZ", "th") == "15 XYZ"


@pytest.mark.parametrize(
    ("amount", "unit", "english", "thai"),
    [
        ("1.5", Unit.STARS, "1.5 stars", "1.5 ดาว"),
        ("1", Unit.STARS, "1 star", "1 ดาว"),
        ("96", Unit.PERCENT, "96%", "96%"),
        ("21", Unit.MEMBERS, "21 members", "21 คน"),
        ("7", Unit.SEATS, "7 seats", "7 ที่นั่ง"),
        ("6", Unit.ISSUES, "6 issues", "6 ประเด็น"),
        ("4", Unit.YEARS, "4 years", "4 ปี"),
        ("2.07", Unit.RATIO, "2.07 ×", "2.07 ×"),
    ],
)
def test_counts_carry_their_unit(amount: str, unit: Unit, english: str, thai: str) -> None:
    assert quantity(Decimal(amount), unit, None, "en") == english
    assert quantity(Decimal(amount), unit, None, "th") == thai


def test_a_rounded_amount_says_which_ends_belong_to_its_range() -> None:
    low, high = Decimal(3_500_000_000), Decimal(4_500_000_000)
    written = {
        ("en", True, False): "from 3.5 billion baht to under 4.5 billion baht",
        ("en", True, True): "from 3.5 billion baht to 4.5 billion baht",
        ("en", False, False): "over 3.5 billion baht to under 4.5 billion baht",
        ("th", True, False): "ตั้งแต่ 3,500 ล้านบาท แต่ไม่ถึง 4,500 ล้านบาท",
        ("th", False, True): "มากกว่า 3,500 ล้านบาท ถึง 4,500 ล้านบาท",
    }
    for (lang, *closed), text in written.items():
        ends = (closed[0], closed[1])
        assert interval(low, high, ends, Unit.MONEY, "THB", "th" if lang == "th" else "en") == text


def test_both_ends_of_a_range_stand_on_one_scale() -> None:
    low, high = Decimal("6605000000"), Decimal("6615000000")
    assert interval(low, high, (True, False), Unit.MONEY, "THB", "en") == (
        "from 6.605 billion baht to under 6.615 billion baht"
    )
    small = interval(Decimal("0.5"), Decimal("1.5"), (True, False), Unit.MONEY, "THB", "en")
    assert small == "from 0.5 baht to under 1.5 baht"


def test_a_range_of_one_point_is_that_point() -> None:
    assert interval(Decimal(7), Decimal(7), (True, True), Unit.SEATS, None, "en") == "7 seats"
    assert interval(Decimal(3), Decimal(4), (True, True), Unit.YEARS, None, "en") == "from 3 years to 4 years"


NUMBERS = st.decimals(0, 10**15, places=2, allow_nan=False, allow_infinity=False)
SCALES = {"trillion": 10**12, "billion": 10**9, "million": 10**6, "ล้านล้าน": 10**12, "ล้าน": 10**6}


@given(NUMBERS, st.sampled_from(["en", "th"]))
def test_no_amount_is_ever_rounded(amount: Decimal, lang: str) -> None:
    written = money(amount, None, "th" if lang == "th" else "en")
    number, _, scale = written.partition(" ")
    assert Decimal(number.replace(",", "")) * SCALES.get(scale, 1) == amount


@given(NUMBERS)
def test_thousands_are_set_apart_by_commas(amount: Decimal) -> None:
    whole = plain(amount).partition(".")[0]
    commas = [place for place, letter in enumerate(reversed(whole)) if letter == ","]
    assert all(later - earlier == 4 for earlier, later in pairwise(commas))
    assert commas[:1] in ([], [3])
