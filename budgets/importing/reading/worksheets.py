"""The rows of one sheet, streamed out of its XML; numbers stay the text that is stored. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Context, Decimal, InvalidOperation

from budgets.importing.reading import workbook_parts as parts
from budgets.importing.reading.layout import Limits, Unreadable

# Excel shows 15 digits; behind them stand the errors of the binary number that it stores (45000097800.000001).
SHOWN = Context(prec=15)
LARGEST_EXPONENT = 40
LAST_DAY = 2_958_465  # 31 December 9999
LONGEST_FORMULA = 200
MOST_MERGES = 200_000

_DIGITS = "0123456789"
_MERGED = re.compile(
    rb"""<(?:\w{1,20}:)?mergeCell\s[^>]{0,200}?ref=["']([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})["']"""
)
_PLAIN = re.compile(r"-?[0-9]{1,15}", re.ASCII)
_NO_NUMBER = "should hold a number and does not; save the workbook again."
_NO_RESULT = "holds a formula without a saved result; open the workbook, let it calculate, and save it again."


@dataclass(slots=True)
class RawRow:
    """A row of the sheet: its number, its cells from column A on, and sentences for cells that cannot be trusted."""

    number: int
    cells: list[str | None] = field(default_factory=list)
    faults: dict[int, str] = field(default_factory=dict)
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """A merged range; rows count from 1, columns from 0, both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Book:
    """What the cells of all sheets refer to."""

    strings: list[str]
    formats: parts.Formats
    since_1904: bool


def column_number(letters: str) -> int:
    """The place of a column from 0: A is 0, AA is 26."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


def merged(archive: parts.Archive, part: str, limits: Limits) -> list[Range]:
    """The merged ranges of a sheet: they stand behind its rows, so the bytes are looked through once before."""
    found: list[Range] = []
    rest = b""
    for chunk in parts.chunks(archive, part, limits.part_bytes):
        text = rest + chunk
        end = 0
        if b"mergeCell" in text:
            for match in _MERGED.finditer(text):
                found.append(_range(match.group(1).decode()))
                end = match.end()
        if len(found) > MOST_MERGES:
            raise Unreadable(f"The sheet has more than {MOST_MERGES:,} merged cells; save it as CSV.")
        rest = text[max(end, len(text) - 300) :]
    return found


def _range(written: str) -> Range:
    first, _, last = written.partition(":")
    left, right = first.rstrip(_DIGITS), last.rstrip(_DIGITS)
    return Range(int(first[len(left) :]), column_number(left), int(last[len(right) :]), column_number(right))


def rows(archive: parts.Archive, part: str, book: Book, limits: Limits) -> Iterator[RawRow]:
    """The rows of a sheet as they stand in its XML, empty ones included. Raises Unreadable midway."""
    reader = _Reader(book, limits)
    push = parts.XmlPush(part, reader.start, reader.end, reader.text)
    for chunk in parts.chunks(archive, part, limits.part_bytes):
        push.feed(chunk)
        yield from reader.taken()
    push.feed(b"", last=True)
    yield from reader.taken()


class _Reader:
    """Hears the elements of a sheet and collects its rows."""

    def __init__(self, book: Book, limits: Limits) -> None:
        self._book, self._limits = book, limits
        self._done: list[RawRow] = []
        self._places: dict[str, int] = {}
        self._row = RawRow(0)
        self._place = -1
        self._kind, self._style = "n", 0
        self._value: list[str] = []
        self._formula: list[str] | None = None
        self._hears: list[str] | None = None
        self._deaf = False

    def taken(self) -> list[RawRow]:
        done, self._done = self._done, []
        return done

    def start(self, name: str, attrs: dict[str, str]) -> None:
        if name == "c":
            self._open_cell(attrs)
        elif name in ("v", "t"):
            self._hears = self._value
        elif name == "f":
            self._formula = self._hears = []
        elif name == "row":
            number = parts.whole(attrs.get("r"), self._row.number + 1)
            self._row = RawRow(number, hidden=attrs.get("hidden") in ("1", "true"))
            self._place = -1
        elif name == "rPh":
            self._deaf = True

    def end(self, name: str) -> None:
        if name == "c":
            self._close_cell()
        elif name in ("v", "t", "f"):
            self._hears = None
        elif name == "row":
            self._done.append(self._row)
        elif name == "rPh":
            self._deaf = False

    def text(self, piece: str) -> None:
        if self._hears is not None and not self._deaf:
            self._hears.append(piece)

    def _open_cell(self, attrs: dict[str, str]) -> None:
        letters = attrs.get("r", "").rstrip(_DIGITS)
        if not letters:
            self._place += 1
        elif (known := self._places.get(letters)) is not None:
            self._place = known
        else:
            if not (letters.isascii() and letters.isalpha() and letters.isupper() and len(letters) <= 3):
                raise Unreadable(f"Row {self._row.number:,} has a cell without an address; save the workbook again.")
            self._place = self._places[letters] = column_number(letters)
        self._kind, self._style = attrs.get("t", "n"), parts.whole(attrs.get("s"))
        self._value, self._formula = [], None

    def _close_cell(self) -> None:
        raw = "".join(self._value)
        fault = ""
        if self._formula is not None and not raw and self._kind != "str":
            raw, fault = f"={''.join(self._formula)[:LONGEST_FORMULA]}", _NO_RESULT
        elif not raw and self._kind != "inlineStr":
            return
        else:
            raw, fault = self._shown(raw)
        if self._place >= self._limits.columns:
            raise Unreadable(
                f"Row {self._row.number:,} has a cell in column {self._place + 1:,}, beyond {self._limits.columns:,}; "
                "delete what stands there."
            )
        cells = self._row.cells
        cells.extend([None] * (self._place + 1 - len(cells)))
        cells[self._place] = raw
        if fault:
            self._row.faults[self._place] = f"The cell {fault}"

    def _shown(self, raw: str) -> tuple[str, str]:
        """The text of a cell, and a fault when it cannot be trusted."""
        kind = self._kind
        if kind == "n":
            return number_shown(raw, self._style, self._book)
        if kind == "s":
            return self._string(raw), ""
        if kind == "b":
            return ("FALSE" if raw.strip() == "0" else "TRUE"), ""
        if kind == "e":
            return raw, "" if raw == "#N/A" else f"shows the error {raw}; correct it in the workbook."
        if kind == "d":
            return raw.removesuffix("T00:00:00"), ""
        return parts.unescaped(raw), ""

    def _string(self, raw: str) -> str:
        place = parts.whole(raw, -1)
        if not 0 <= place < len(self._book.strings):
            raise Unreadable(f"Row {self._row.number:,} points to a text that is missing; save the workbook again.")
        return self._book.strings[place]


def number_shown(raw: str, style: int, book: Book) -> tuple[str, str]:
    """The text of a stored number, and a fault when it is none: a date as ISO 8601, a percentage with its sign.

    Whole numbers stay as they are stored; others are kept to the 15 digits that Excel shows, without zeros at the end.
    No binary number comes in between.
    """
    plain = style not in book.formats.dates and style not in book.formats.percents
    if plain and _PLAIN.fullmatch(raw):
        return raw, ""
    # Python takes 1_0 and the digits of every script for numbers; a workbook has none of them.
    if "_" in raw or not raw.isascii():
        return raw, _NO_NUMBER
    try:
        value = Decimal(raw.strip())
    except InvalidOperation:
        return raw, _NO_NUMBER
    if not value.is_finite() or (value and abs(value.adjusted()) > LARGEST_EXPONENT):
        return raw, "holds a number beyond every budget; correct it in the workbook."
    if style in book.formats.dates:
        return _date(value, since_1904=book.since_1904)
    if style in book.formats.percents:
        return f"{_rounded(value.scaleb(2))}%", ""
    return _rounded(value), ""


def _rounded(value: Decimal) -> str:
    if value == value.to_integral_value():
        return f"{value:f}".partition(".")[0]
    if len(value.as_tuple().digits) <= SHOWN.prec:
        return f"{value:f}"
    shown = f"{SHOWN.plus(value):f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _date(value: Decimal, *, since_1904: bool) -> tuple[str, str]:
    if not 0 <= value <= LAST_DAY:
        return f"{value:f}", "holds a number that is no day of the calendar; correct it in the workbook."
    day = int(value)
    seconds = int(((value - day) * 86_400).to_integral_value())
    if since_1904:
        start = date(1904, 1, 1)
    else:
        start = date(1899, 12, 30) if day >= 60 else date(1899, 12, 31)  # Excel counts a 29 February 1900
    try:
        moment = datetime(start.year, start.month, start.day) + timedelta(day, seconds)  # noqa: DTZ001 a sheet knows no zone
    except OverflowError:
        return f"{value:f}", "holds a number that is no day of the calendar; correct it in the workbook."
    return moment.isoformat().removesuffix("T00:00:00"), ""
