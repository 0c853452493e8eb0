"""Cells as numbers, however their country writes them."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.importing.cells import (
    BadCell,
    Number,
    decimal_mark_of,
    header_scale,
    is_blank,
    read_number,
    read_year,
)

# What a cell prints, its value, the decimals and the significant digits printed.
WITHOUT_A_MARK = [
    ("0", "0", 0, 1),
    ("318,896,000", "318896000", 0, 9),
    ("318896000.0", "318896000.0", 1, 10),
    ("0.123", "0.123", 3, 3),
    ("1234.567", "1234.567", 3, 7),
    ("1.234,50", "1234.50", 2, 6),
    ("1.234.567", "1234567", 0, 7),
    ("1,23", "1.23", 2, 3),
    ("1 234 567,89", "1234567.89", 2, 9),
    ("1\u00a0234\u202f567", "1234567", 0, 7),
    ("1'234'567.89", "1234567.89", 2, 9),
    ("1’234", "1234", 0, 4),
    ("1,23,45,678", "12345678", 0, 8),
    ("๒๗๖", "276", 0, 3),
    ("๑,๒๓๔.๕๐", "1234.50", 2, 6),
    ("１２", "12", 0, 2),
    (".5", "0.5", 1, 1),
    ("5.", "5", 0, 1),
    ("007", "7", 0, 1),
    ("00.50", "0.50", 2, 2),
    ("\ufeff 5\u200b ", "5", 0, 1),
    ("1.2E+10", "12000000000", 0, 2),
    ("4.50000978E10", "45000097800", 0, 9),
    ("1e-3", "0.001", 3, 1),
    ("12345678901234567890123456789012345.25", "12345678901234567890123456789012345.25", 2, 37),
]


@pytest.mark.parametrize(("cell", "value", "decimals", "digits"), WITHOUT_A_MARK)
def test_a_number_that_can_be_read_one_way_needs_no_decimal_mark(
    cell: str, value: str, decimals: int, digits: int
) -> None:
    number = read_number(cell, decimal_mark=None)
    assert number == Number(Decimal(value), decimals, digits)
    assert f"{number.value:f}" == value


@pytest.mark.parametrize(("cell", "point", "comma"), [("1.234", "1.234", "1234"), ("12,345", "12345", "12.345")])
def test_a_number_that_can_be_read_two_ways_waits_for_the_mapping(cell: str, point: str, comma: str) -> None:
    with pytest.raises(BadCell, match="set the decimal mark of this column"):
        read_number(cell, decimal_mark=None)
    for mark, value in ((".", point), (",", comma)):
        number = read_number(cell, decimal_mark=mark)
        assert number is not None
        assert f"{number.value:f}" == value


@pytest.mark.parametrize(
    "cell",
    ["(1,234.50)", "1,234.50-", "-1,234.50", "−1,234.50", "– 1,234.50", "-$1,234.50", "$-1,234.50", "($1,234.50)"],
)
def test_every_way_to_write_a_negative_is_understood(cell: str) -> None:
    number = read_number(cell, decimal_mark=".")
    assert number is not None
    assert number.value == Decimal("-1234.50")


@pytest.mark.parametrize("cell", ["(-5)", "-(5)", "--5", "-5-", "−(5)"])
def test_a_number_that_is_negative_twice_is_refused(cell: str) -> None:
    with pytest.raises(BadCell, match="negative twice"):
        read_number(cell, decimal_mark=".")


@pytest.mark.parametrize("cell", ["-0", "(0)", "0.00-"])
def test_zero_has_no_sign(cell: str) -> None:
    number = read_number(cell, decimal_mark=".")
    assert number is not None
    assert not number.value.is_signed()


@pytest.mark.parametrize(
    ("cell", "currency"),
    [
        ("฿1,234.50", "THB"),
        ("1,234.50 บาท", "THB"),
        ("1,234.50บ.", "THB"),
        ("THB 1,234.50", "THB"),
        ("1,234.50 €", "EUR"),
        ("US$ 1,234.50", "USD"),
        ("$1,234.50", None),
        ("1,234.50 kr.", None),
        ("₦1,234.50", None),
    ],
)
def test_currencies_are_taken_off_and_told_where_they_tell_a_country(cell: str, currency: str | None) -> None:
    number = read_number(cell, decimal_mark=".")
    assert number == Number(Decimal("1234.50"), 2, 6, currency)


@pytest.mark.parametrize("cell", ["96.5%", "96.5 %", "96.5％"])
def test_a_percent_sign_is_noted(cell: str) -> None:
    assert read_number(cell, decimal_mark=".") == Number(Decimal("96.5"), 1, 3, percent=True)


@pytest.mark.parametrize(
    "cell", [None, "", "  ", "\u00a0", "-", "–", "—", "n/a", "N/A", "ไม่มี", "..", "…", "NULL", "NaN", "#N/A", ":"]
)
def test_a_blank_is_not_zero(cell: str | None) -> None:
    assert read_number(cell, decimal_mark=None) is None
    assert is_blank(cell)


@pytest.mark.parametrize("cell", ["0", "0.00", "x", "–" * 5_000])
def test_zero_is_not_blank(cell: str) -> None:
    assert not is_blank(cell)


@pytest.mark.parametrize(
    ("cell", "mark", "words"),
    [
        ("abc", None, "“abc” is not a number."),
        ("ห้าร้อย", None, "“ห้าร้อย” is not a number."),
        ("5 million", ".", "“million” is neither"),
        ("#REF!", ".", "not a number"),
        ("=A1+B1", ".", "formula without a saved result"),
        ("1.234,50", ".", "if its comma is the decimal mark"),
        ("1,234.50", ",", "if its point is the decimal mark"),
        ("1,23", ".", "if its comma is the decimal mark"),
        ("0,123", ".", "grouped"),
        ("12,34,56", None, "grouped"),
        ("1 2", None, "grouped"),
        ("1,234 567", ".", "grouped"),
        ("1.2.2565", ".", "grouped"),
        ("1,5E3", ".", "grouped"),
        ("1E99", ".", "beyond every budget"),
        ("1" * 81, ".", "81 characters"),
        ("2014-12-31", ".", "not a number"),
        ("5 5%%x", ".", "not a number"),
        ("()", ".", "not a number"),
    ],
)
def test_what_is_no_number_is_refused_with_a_reason(cell: str, mark: str | None, words: str) -> None:
    with pytest.raises(BadCell, match=words):
        read_number(cell, decimal_mark=mark)


AMOUNTS = st.decimals(Decimal("-1E15"), Decimal("1E15"), places=2)
STYLES: list[tuple[str, Callable[[str], str]]] = [
    (".", lambda text: text),
    (",", lambda text: text.translate({44: ".", 46: ","})),
    (",", lambda text: text.translate({44: "\u202f", 46: ","})),
    (".", lambda text: text.replace(",", "'")),
    (".", lambda text: f"({text[1:]})" if text.startswith("-") else text),
    (".", lambda text: f"{text[1:]}-" if text.startswith("-") else text),
    (".", lambda text: text.translate({48 + digit: chr(0xE50 + digit) for digit in range(10)})),
    (",", lambda text: f"{text.translate({44: '.', 46: ','})} €"),
    (".", lambda text: f"฿ {text}"),
]


@given(AMOUNTS, st.sampled_from(STYLES))
def test_every_amount_comes_back_from_every_style(amount: Decimal, style: tuple[str, Callable[[str], str]]) -> None:
    mark, write = style
    number = read_number(write(f"{amount:,.2f}"), decimal_mark=mark)
    assert number is not None
    assert (number.value, number.decimals) == (amount, 2)


@given(st.text(max_size=100), st.sampled_from([None, ".", ","]))
def test_no_text_makes_anything_but_a_number_a_blank_or_a_refusal(cell: str, mark: str | None) -> None:
    found: list[Number | str | None] = []
    try:
        found.append(read_number(cell, decimal_mark=mark))
    except BadCell as refusal:
        found.append(str(refusal))
    assert found
    assert all(each is None or isinstance(each, str) or each.value.is_finite() for each in found)


def test_the_decimal_mark_of_a_column_is_the_one_with_which_all_of_it_can_be_read() -> None:
    assert decimal_mark_of(["1.234", "5,5", None, "-"]) == ","
    assert decimal_mark_of(["1,234", "5.5"]) == "."
    assert decimal_mark_of(["1,234", "5,678"]) is None
    assert decimal_mark_of(["1.5", "1,5"]) is None
    assert decimal_mark_of([]) is None


HOSTILE = [
    "1",
    "1,",
    "1.",
    "1 ",
    "(",
    "-",
    "฿",
    "€ ",
    "m ",
    "ล้าน",
    "พ.ศ. ",
    "in ",
    "ปี",
    "9e",
    "x%",
    "'",
    "/2",
    "FY",
    "\u0e50",
]


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("read", [lambda text: read_number(text, decimal_mark=None), read_year, header_scale])
def test_hostile_cells_take_no_time(piece: str, read: Callable[[str], object]) -> None:
    text = (piece * 50_000)[:50_000]
    started = time.process_time()
    with contextlib.suppress(BadCell):
        read(text)
    assert time.process_time() - started < 0.1
