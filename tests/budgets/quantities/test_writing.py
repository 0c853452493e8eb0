"""Quantities written back as text."""

from decimal import Decimal

import pytest

from budgets.quantities.formatting import Lang, money, quantity, year
from budgets.quantities.writing import write
from budgets.vocabulary import Unit
from tests.budgets.quantities.shown import one


@pytest.mark.parametrize(
    ("text", "lang", "written"),
    [
        ("4.00 billion baht", "en", "4.00 billion baht"),
        ("4.00 billion baht", "th", "4.00 พันล้านบาท"),
        ("276 ล้านบาท", "en", "276 million baht"),
        ("๒๗๖ ล้านบาท", "th", "276 ล้านบาท"),
        ("1.50 พันบาท", "en", "1.50 thousand baht"),
        ("96%", "th", "96%"),
        ("5.0 per cent", "en", "5.0%"),
        ("2 จุดร้อยละ", "en", "2 percentage points"),
        ("1.5 stars", "th", "1.5 ดาว"),
        ("3 เท่า", "en", "3 times"),
        ("half", "th", "ครึ่งหนึ่ง"),
        ("doubled", "th", "สองเท่า"),
        ("quadrupled", "en", "4 times"),
        ("one in five", "th", "1 ใน 5"),
        ("21 members", "en", "21 members"),
        ("4–5 billion baht", "en", "4 billion baht to 5 billion baht"),
        ("3 ถึง 5 ล้านบาท", "th", "3 ล้านบาท ถึง 5 ล้านบาท"),
        ("ปีงบประมาณ 2567", "th", "ปีงบประมาณ พ.ศ. 2567"),
        ("FY2024", "en", "fiscal year 2024"),
        ("−5 million baht", "en", "−5 million baht"),
    ],
)
def test_a_quantity_is_written_as_one_would_print_it(text: str, lang: Lang, written: str) -> None:
    assert write(one(text), lang) == written


@pytest.mark.parametrize(
    "text", ["96%", "5.0%", "2 จุดร้อยละ", "1.5 stars", "half", "twice", "1 ใน 5", "4–5 bn", "พ.ศ. 2567", "FY2024"]
)
@pytest.mark.parametrize("lang", ["en", "th"])
def test_what_is_written_reads_as_the_same_quantity(text: str, lang: Lang) -> None:
    first = one(text)
    again = one(write(first, lang))
    assert (again.value, again.interval, again.unit, again.year) == (
        first.value,
        first.interval,
        first.unit,
        first.year,
    )


def test_money_is_written_to_the_digits_asked_for() -> None:
    assert money(Decimal(4_000_000_000), "THB", "en", digits=3) == "4.00 billion baht"
    assert money(Decimal(4_000_000_000), "THB", "en", digits=1) == "4 billion baht"
    assert money(Decimal(50), "THB", "en", digits=2) == "0.050 thousand baht"
    assert money(Decimal(50), "THB", "en", digits=3) == "50.0 baht"
    assert quantity(Decimal(5), Unit.PERCENT, None, "en", digits=2) == "5.0%"


@pytest.mark.parametrize(
    ("calendar", "fiscal", "lang", "written"),
    [
        ("BE", None, "th", "พ.ศ. 2567"),
        ("BE", None, "en", "B.E. 2567"),
        ("CE", None, "th", "ค.ศ. 2024"),
        ("CE", True, "en", "fiscal year 2024"),
        ("BE", True, "th", "ปีงบประมาณ พ.ศ. 2567"),
        ("BE", False, "th", "ปีปฏิทิน พ.ศ. 2567"),
        ("unknown", None, "en", "2024"),
    ],
)
def test_a_year_is_written_in_its_calendar(calendar: str, fiscal: bool | None, lang: Lang, written: str) -> None:
    assert year(2024, calendar, lang, fiscal=fiscal) == written
