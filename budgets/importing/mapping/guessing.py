"""What each column of a file most likely means, and a mapping made of such meanings. Pure; a person looks at both."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from budgets.importing.cells import BadCell, header_scale, is_blank, read_number
from budgets.importing.mapping.spec import FROM_HEADER
from budgets.vocabulary import Unit


class Meaning(StrEnum):
    """What a column is for."""

    NOTHING = "nothing"
    AGENCY = "agency"
    LINE = "line"
    PERIOD = "period"
    AMOUNT = "amount"
    ROW_ID = "row_id"


@dataclass(frozen=True, slots=True)
class Guess:
    """The likely meaning of a column, and the decimal mark of its numbers ("" when they do not tell)."""

    meaning: Meaning
    decimal_mark: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose beside the meanings; empty texts are left out of the mapping."""

    basis: str
    calendar: str
    phase: str
    unit: str
    currency: str
    smallest: str = ""
    decimal_mark: str = ""
    unknown_agency: str = "refuse"
    duplicates: str = "refuse"
    lang: str = "en"


_YEARS = ((1900, 2200), (2400, 2743))
_PERIOD = re.compile(r"year|period|quarter|\bfy\b|ปี|ejercicio|ciclo|année|jahr|viti|date|วันที่", re.IGNORECASE)
_ID = re.compile(r"\bids?\b|_id\b|\bcode\b|_code\b|\bno\b|\bnumber\b|\bref|รหัส|ลำดับ|clave|\bkey\b", re.IGNORECASE)
_AGENCY = re.compile(
    r"ministry|agency|department|\borgan|institution|\bunit\b|_unit\b|municipal|member state|country|dependencia"
    r"|หน่วย|กระทรวง|กรม",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"amount|total|budget|value|spen[dt]|paid|alloc|euro?\b|baht|บาท|งบ|จำนวนเงิน|วงเงิน|importe|monto|shuma",
    re.IGNORECASE,
)


def guess_columns(header: Sequence[str], rows: Sequence[Sequence[str | None]]) -> tuple[Guess, ...]:
    """Guess the meaning of every column from its name and its first cells; at most one is the period."""
    found: list[Guess] = []
    for place, name in enumerate(header):
        cells = [cell for row in rows if place < len(row) and not is_blank(cell := row[place])]
        guess = _guess(name, [cell for cell in cells if cell is not None])
        if guess.meaning is Meaning.PERIOD and any(each.meaning is Meaning.PERIOD for each in found):
            guess = Guess(Meaning.NOTHING)
        found.append(guess)
    return tuple(found)


def _guess(name: str, cells: Sequence[str]) -> Guess:
    if not cells or "%" in name or cells[0].startswith(("http://", "https://")):
        return Guess(Meaning.NOTHING)
    numbers, mark = _numbers(cells)
    if numbers is None:
        if _PERIOD.search(name):
            return Guess(Meaning.PERIOD)
        if _ID.search(name):
            return Guess(Meaning.NOTHING)
        return Guess(Meaning.AGENCY if _AGENCY.search(name) else Meaning.LINE)
    if _are_years(numbers) and (_PERIOD.search(name) or not _AMOUNT.search(name)):
        return Guess(Meaning.PERIOD)
    return _of_numbers(name, mark)


def _of_numbers(name: str, mark: str) -> Guess:
    if _AMOUNT.search(name) or header_scale(name):
        return Guess(Meaning.AMOUNT, mark)
    return Guess(Meaning.NOTHING if _ID.search(name) or _PERIOD.search(name) else Meaning.AMOUNT, mark)


def _are_years(numbers: Sequence[Decimal]) -> bool:
    return any(all(low <= each <= high and each == int(each) for each in numbers) for low, high in _YEARS)


def _numbers(cells: Sequence[str]) -> tuple[list[Decimal] | None, str]:
    """The cells as numbers with their decimal mark, or None when some are none under either mark."""
    fitting = [(mark, read) for mark in (".", ",") if (read := _read_all(cells, mark)) is not None]
    if not fitting:
        return None, ""
    return fitting[0][1], fitting[0][0]


def _read_all(cells: Sequence[str], mark: str) -> list[Decimal] | None:
    found = []
    for cell in cells:
        try:
            number = read_number(cell, decimal_mark=mark)
        except BadCell:
            return None
        if number is not None:
            found.append(number.value)
    return found or None


def made_mapping(
    layout: Mapping[str, Any], header: Sequence[str], meanings: Sequence[Meaning], choices: Choices
) -> dict[str, Any]:
    """Return the JSON of a mapping: each column means what was chosen, in the order of the file.

    Without a column for the agency or the period these are asked for at the import. Several columns of amounts get
    lines of their own, for else they would be the same figures.
    """
    of = {each: [name for name, meant in zip(header, meanings, strict=True) if meant is each] for each in Meaning}
    agency, period, amounts = of[Meaning.AGENCY], of[Meaning.PERIOD], of[Meaning.AMOUNT]
    mapping: dict[str, Any] = {
        "layout": dict(layout),
        "agency": {"columns": agency} if agency else {"given": True},
        "line": {"columns": of[Meaning.LINE]},
        "period": {
            **({"column": period[0]} if period else {"given": True}),
            "basis": choices.basis,
            "calendar": choices.calendar,
        },
        "measures": [_measure(name, choices, alone=len(amounts) == 1) for name in amounts],
        "duplicates": choices.duplicates,
        "unknown_agency": choices.unknown_agency,
        "lang": choices.lang,
    }
    if of[Meaning.ROW_ID]:
        mapping["row_id"] = of[Meaning.ROW_ID]
    return mapping


def _measure(name: str, choices: Choices, *, alone: bool) -> dict[str, str]:
    measure = {"column": name, "phase": choices.phase, "unit": choices.unit}
    if choices.unit == Unit.MONEY:
        measure["currency"] = choices.currency
    if not alone:
        measure["line"] = name
    if header_scale(name):
        measure["scale"] = FROM_HEADER
    optional = {"smallest": choices.smallest, "decimal_mark": choices.decimal_mark}
    return measure | {key: value for key, value in optional.items() if value}
