"""What holds for every text."""

import random
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from budgets.intervals import Interval
from budgets.quantities.formatting import Lang
from budgets.quantities.quantity import Quantity
from budgets.quantities.reading import read
from budgets.quantities.writing import write

PIECES = [
    "1", "21", "1,234", "4.00", "๒๗๖", "2567", "2024", "1.234.567,89", " ", " ", ",", ".", "-", "–", "(", ")",
    "%", "ล้าน", "พัน", "แสน",
    "บาท", "ร้อยละ", "คน", "ปี", "ปีงบประมาณ", "พ.ศ.", "ถึง", "ครึ่ง", "เท่าตัว", "สอง", "กว่า", "ที่", "million", "billion",
    "baht", "half", "two",
    "people", "in", "to", "from", "between", "and", "about", "$", "฿", "FY", "m", "bn", "มาตรา", "โทร.", "\n",
    "ํา", "ก", "a", "\u200b",
]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
AMOUNTS = 10_000


@settings(max_examples=600, deadline=None)
@given(TEXTS)
@example("1" * 60)
@example("ล้าน" * 40)
@example("5 " + "ล้าน" * 9)
@example("İ5 ล้านบาท")
@example("\ud800 5 baht")
def test_every_quantity_stands_on_its_text_and_none_overlap(text: str) -> None:
    end = 0
    for found in read(text):
        assert end <= found.start < found.end <= len(text)
        assert found.text == text[found.start : found.end]
        assert found.text == found.text.strip()
        end = found.end


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_every_interval_holds_its_value_and_every_year_is_one(text: str) -> None:
    for found in read(text):
        assert found.value is None or found.interval.holds(found.value)
        assert (found.currency is not None) == (found.unit == "money")
        assert found.year is None or (found.calendar is not None and 1000 < found.year < 2300)
        assert found.unit


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS)
def test_a_line_of_its_own_reads_the_same_values_whatever_follows(first: str, second: str) -> None:
    alone = [(each.start, each.value, each.interval) for each in read(f"{first}\n")]
    together = [(each.start, each.value, each.interval) for each in read(f"{first}\n\n{second}")]
    cut = len(first)
    assert [each for each in together if each[0] < cut] == alone


def _generated(dice: random.Random, lang: Lang) -> str:
    whole = f"{dice.randrange(1, 10 ** dice.randint(1, 6)):,}"
    decimals = dice.choice([0, 0, 1, 2, 3])
    number = whole + (f".{dice.randrange(10**decimals):0{decimals}d}" if decimals else "")
    if lang == "en":
        scale = dice.choice(["", " thousand", " million", " billion", " trillion"])
        return f"{number}{scale} {dice.choice(['baht', 'US dollars', 'euros', 'yen'])}"
    scale = dice.choice(["", "พัน", "หมื่น", "แสน", "ล้าน", "พันล้าน", "หมื่นล้าน", "แสนล้าน", "ล้านล้าน"])
    return f"{number} {scale}{dice.choice(['บาท', 'ดอลลาร์สหรัฐ', 'ยูโร', 'เยน'])}"


def _meaning(found: Quantity) -> tuple[Decimal | None, Interval, str, str | None, int | None]:
    return found.value, found.interval, found.unit, found.currency, found.significant_digits


@pytest.mark.parametrize("lang", ["en", "th"])
def test_an_amount_written_back_reads_as_the_same_amount(lang: Lang) -> None:
    dice = random.Random(2567)
    lost = []
    for _ in range(AMOUNTS):
        text = _generated(dice, lang)
        [found] = read(text)
        again = read(write(found, lang))
        if [_meaning(each) for each in again] != [_meaning(found)]:
            lost.append((text, write(found, lang)))
    assert lost == []
