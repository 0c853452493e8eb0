"""A cell of a table as an exact number, however its country writes it. Pure; Decimal only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

DecimalMark = Literal[".", ","]

LONGEST = 80
LARGEST_EXPONENT = 30

_BLANKS = frozenset(
    (
        *("", "-", "--", "---", "–", "—", "−", ".", "..", "...", "…", ":", "n/a", "#n/a", "na", "n.a.", "n.a", "nd"),
        *("n.d.", "nan", "null", "none", "ไม่มี", "ไม่มีข้อมูล", "ไม่ระบุ"),
    )
)
_MINUS = "-−–‒﹣－"  # as typed, as typeset, as word processors put it
_SPACES = " \u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_LETTER_FORM = {ord(space): " " for space in _SPACES} | {ord("’"): "'", ord("٫"): ".", ord("٬"): ","}
_UNSEEN = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF))
_CURRENCIES = {
    "฿": "THB", "บาท": "THB", "บ.": "THB", "baht": "THB", "€": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP",
    "us$": "USD", "ดอลลาร์สหรัฐ": "USD", "rm": "MYR", "₹": "INR", "₫": "VND", "₱": "PHP", "₩": "KRW", "₺": "TRY",
    "zł": "PLN", "kč": "CZK", "r$": "BRL", "rp": "IDR", "lek": "ALL", "lekë": "ALL", "mx$": "MXN", "a$": "AUD",
    "s$": "SGD", "r": "ZAR",
    # Shared by several countries, so they tell nothing.
    "$": "", "¥": "", "kr": "", "kr.": "", "dollar": "", "dollars": "",
}  # fmt: skip
_CODE = re.compile(r"[A-Z]{3}", re.ASCII)
_FRONT = re.compile(r"[^0-9().,'+\s-]{1,20}\.?")
_BACK = re.compile(r"[^0-9().,'+\s-][^0-9(),'+\s-]{0,19}\Z")
_COMMON = re.compile(r"([0-9]{1,3}(?:,[0-9]{3}){1,12})(?:\.([0-9]{1,40}))?", re.ASCII)
_PLAIN = re.compile(r"[0-9]{1,40}", re.ASCII)
_POINTED = re.compile(r"(?:0|[0-9]{4,40})\.[0-9]{1,40}|[0-9]{1,40}\.(?:[0-9]{1,2}|[0-9]{4,40})", re.ASCII)
_EXPONENT = re.compile(r"([0-9]{1,40}(?:[.,][0-9]{1,40})?)[eE]([+-]?[0-9]{1,3})", re.ASCII)
_BODY = re.compile(r"[0-9][0-9., ']*|[.,][0-9]+", re.ASCII)


class BadCell(Exception):
    """A cell that cannot be read: the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as a cell prints it.

    `decimals` counts the digits printed behind the decimal mark, `digits` the significant digits printed (those from
    the first that is not 0 on; 1 for zero). `currency` is the ISO 4217 code when the cell names a currency that
    belongs to one country; `percent` says that a percent sign stands there (96% has the value 96).
    """

    value: Decimal
    decimals: int
    digits: int
    currency: str | None = None
    percent: bool = False


def is_blank(cell: str | None) -> bool:
    """Whether a cell says nothing: empty, a dash, dots, n/a, ไม่มี. Zero says something."""
    return cell is None or (not _too_long(cell) and _cleaned(cell).casefold() in _BLANKS)


def read_number(cell: str | None, *, decimal_mark: str | None) -> Number | None:
    """The number in a cell, or None for a blank one.

    `decimal_mark` is "." or ","; with None the cell decides, and one that could be read both ways ("1.234") is
    refused. Thai and other decimal digits, separators of groups (comma, point, space, apostrophe, also Indian groups),
    negatives in parentheses or with a minus before or after, signs and codes of currencies, percent signs and
    exponents (1.2E+10) are understood. Raises BadCell with a sentence.
    """
    if cell is None:
        return None
    if _PLAIN.fullmatch(cell):
        return _number(cell, "", negative=False)
    if decimal_mark == "." and (common := _COMMON.fullmatch(cell)) and cell[0] != "0":
        return _number(common.group(1).replace(",", ""), common.group(2) or "", negative=False)
    text = cell if _too_long(cell) else _cleaned(cell)
    if text.casefold() in _BLANKS:
        return None
    if len(text) > LONGEST:
        raise BadCell(f"This is no number: it has {len(text):,} characters.")
    if text.startswith("="):
        raise BadCell("This is a formula without a saved result; open the file, calculate it, and save it again.")
    return _read(text, decimal_mark)


def decimal_mark_of(cells: Iterable[str | None]) -> DecimalMark | None:
    """The one decimal mark with which all of the cells can be read; None when both will do, or neither."""
    able: set[DecimalMark] = {".", ","}
    for cell in cells:
        able = {mark for mark in able if _readable(cell, mark)}
    return able.pop() if len(able) == 1 else None


def _readable(cell: str | None, mark: DecimalMark) -> bool:
    try:
        read_number(cell, decimal_mark=mark)
    except BadCell:
        return False
    return True


def _too_long(cell: str) -> bool:
    """Whether a cell cannot become a number even when its spaces and what cannot be seen are taken out."""
    return len(cell) > 4 * LONGEST and not cell.isspace()


def _cleaned(cell: str) -> str:
    """The cell in plain digits and spaces, without what cannot be seen."""
    if cell.isascii():
        return cell.strip()
    text = cell.translate(_UNSEEN).translate(_LETTER_FORM)
    if not text.isascii():
        text = "".join(str(unicodedata.decimal(letter, letter)) for letter in text)
    return text.strip()


def _read(text: str, decimal_mark: str | None) -> Number:
    negative, unsigned = _unsigned(text, text)
    bare, currency, percent = _bare(unsigned, text)
    inner, bare = _unsigned(bare, text)
    if negative and inner:
        raise BadCell(f"“{text}” is negative twice; write one minus sign.")
    whole, fraction, exponent = _parts(bare, decimal_mark, text)
    return _number(whole, fraction, negative=negative or inner, exponent=exponent, currency=currency, percent=percent)


def _unsigned(text: str, cell: str) -> tuple[bool, str]:
    negative = False
    if text.startswith("(") and text.endswith(")"):
        negative, text = True, text[1:-1].strip()
    for sign in (text[:1], text[-1:]):
        if sign and sign in _MINUS:
            if negative:
                raise BadCell(f"“{cell}” is negative twice; write one minus sign.")
            negative, text = True, (text[1:] if text[:1] == sign else text[:-1]).strip()
    if text.startswith("+") and not negative:
        text = text[1:].strip()
    return negative, text


def _bare(text: str, cell: str) -> tuple[str, str | None, bool]:
    """The digits without currency and percent sign, the code of the currency, and whether it was percent."""
    percent = text.endswith(("%", "٪", "％")) or text.startswith("%")
    if percent:
        text = text.strip("%٪％ ")
    currency: str | None = None
    if front := _FRONT.match(text):
        currency = _currency(front.group(), cell)
        text = text[front.end() :].strip()
    elif back := _BACK.search(text):
        currency = _currency(back.group(), cell)
        text = text[: back.start()].strip()
    return text, currency or None, percent


def _currency(word: str, cell: str) -> str:
    known = _CURRENCIES.get(word.casefold(), _CURRENCIES.get(word.casefold().rstrip(".")))
    if known is not None:
        return known
    if _CODE.fullmatch(word):
        return word
    if len(word) == 1 and unicodedata.category(word) == "Sc":
        return ""
    if not any(letter.isdigit() for letter in cell):
        raise BadCell(f"“{cell}” is not a number.")
    raise BadCell(f"“{cell}” is not a number: “{word}” is neither a digit nor a currency.")


def _parts(text: str, decimal_mark: str | None, cell: str) -> tuple[str, str, int]:
    """The digits before and behind the decimal mark, and the exponent."""
    if _PLAIN.fullmatch(text):
        return text, "", 0
    if decimal_mark != "," and _POINTED.fullmatch(text):
        whole, _, fraction = text.partition(".")
        return whole, fraction, 0
    if exponent := _EXPONENT.fullmatch(text):
        return _scientific(exponent.group(1), int(exponent.group(2)), decimal_mark, cell)
    if not _BODY.fullmatch(text):
        raise BadCell(f"“{cell}” is not a number.")
    return (*_marked(text, decimal_mark, cell), 0)


def _scientific(front: str, power: int, decimal_mark: str | None, cell: str) -> tuple[str, str, int]:
    if decimal_mark and set(front) & {".", ","} - {decimal_mark}:
        raise BadCell(_grouping(cell, decimal_mark))
    if abs(power) > LARGEST_EXPONENT:
        raise BadCell(f"“{cell}” is beyond every budget: its exponent is {power}.")
    whole, _, fraction = front.replace(",", ".").partition(".")
    return whole, fraction, power


def _marked(text: str, decimal_mark: str | None, cell: str) -> tuple[str, str]:
    mark = decimal_mark or _decided(text, cell)
    whole, found, fraction = text.rpartition(mark) if mark else ("", "", text)
    if not found:
        whole, fraction = text, ""
    if (mark and mark in whole) or not (fraction.isdigit() or not fraction):
        raise BadCell(_grouping(cell, mark))
    return _ungrouped(whole, mark, cell), fraction


def _decided(text: str, cell: str) -> str:
    """Which of "." and "," is the decimal mark of this text alone; empty when it has none."""
    points, commas = text.count("."), text.count(",")
    if points and commas:
        return "." if text.rfind(".") > text.rfind(",") else ","
    if not points and not commas:
        return ""
    mark = "." if points else ","
    if points + commas > 1:
        return "," if mark == "." else "."
    before, _, behind = text.partition(mark)
    if len(behind) == 3 and 1 <= len(before) <= 3 and before.isdigit() and before != "0":
        raise BadCell(
            f"“{cell}” can be {before}{behind}, or {before} and a fraction; set the decimal mark of this column in the "
            "mapping."
        )
    return mark


def _ungrouped(whole: str, mark: str, cell: str) -> str:
    if not whole or whole.isdigit():
        return whole
    used = {letter for letter in whole if not letter.isdigit()}
    if len(used) > 1 or mark in used:
        raise BadCell(_grouping(cell, mark))
    groups = whole.split(used.pop())
    widths = {len(group) for group in groups[1:-1]}
    first_fits = 1 <= len(groups[0]) <= 3 and groups[0][0] != "0"
    if not first_fits or len(groups[-1]) != 3 or widths not in (set(), {3}, {2}):
        raise BadCell(_grouping(cell, mark))
    return "".join(groups)


def _grouping(cell: str, mark: str) -> str:
    other = "comma" if mark == "." else "point"
    return (
        f"The digits of “{cell}” are not grouped as numbers are; if its {other} is the decimal mark, set that in the "
        "mapping."
    )


def _number(
    whole: str, fraction: str, *, negative: bool, exponent: int = 0, currency: str | None = None, percent: bool = False
) -> Number:
    printed = whole + fraction
    digits = len(printed.lstrip("0")) or 1
    sign = "-" if negative and printed.strip("0") else ""
    # Through text, not by multiplying: the context of Decimal would round beyond 28 digits.
    value = Decimal(f"{sign}{whole or 0}.{fraction}E{exponent}" if fraction or exponent else sign + whole)
    if exponent > len(fraction):
        value = Decimal(f"{value:f}")
    return Number(value, max(0, len(fraction) - exponent), digits, currency, percent)
