"""What every reader of a file takes and gives: the layout, the rows, the limits, the refusal. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from budgets.importing.reading.printing import printable

Format = Literal["csv", "xlsx", "json", "package"]

JOINER = " / "


class Unreadable(Exception):
    """A file that cannot be read on: the sentence says what is wrong, where, and what to do."""

    def __init__(self, sentence: str) -> None:
        """Keep it, fit to be printed: it may quote half a character or a zero byte of the file."""
        super().__init__(printable(sentence))


@dataclass(frozen=True, slots=True)
class Layout:
    """How to read a file; None means: decide by looking at it.

    `encoding` is a codec's name; `separator` one character; `sheet` the name of a sheet, or of a package's resource;
    `header_rows`, `first_row` and `last_row` count lines of the file (or rows of the sheet) from 1, and `first_row` is
    the first row of data; `records` is the path to the innermost list of a JSON file, for example
    "groupedByArea.plans".
    """

    format: Format
    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    header_rows: tuple[int, ...] = (1,)
    first_row: int | None = None
    last_row: int | None = None
    records: str | None = None

    @property
    def data_starts(self) -> int:
        """The first line that can hold data: `first_row`, else the one after the header."""
        return self.first_row or max(self.header_rows, default=0) + 1

    def holds(self, number: int) -> bool:
        """Whether the line is one of data."""
        return number >= self.data_starts and (self.last_row is None or number <= self.last_row)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost. Sizes are in bytes; `ratio` is a part of a workbook unpacked against packed."""

    file_bytes: int = 1 << 30
    columns: int = 2_000
    json_bytes: int = 24 << 20
    json_depth: int = 32
    workbook_bytes: int = 128 << 20
    part_bytes: int = 1 << 30
    ratio: int = 200
    strings: int = 1_000_000
    string_bytes: int = 64 << 20


STANDARD = Limits()


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of data.

    `number` is the line where it starts (row of a sheet, ordinal of a JSON record), from 1. `cells` are as printed,
    one per column of the header; None stands for an absent cell. `problem` is a sentence when the whole row must be
    refused; `faults` has a sentence for each cell (by its place, from 0) that cannot be trusted; None is: none.
    """

    number: int
    cells: Sequence[str | None]
    problem: str = ""
    faults: Mapping[int, str] | None = None


@dataclass(slots=True)
class Table:
    """A file opened for reading once.

    `rows` may raise Unreadable midway. `notes` are sentences on what was decided or left out; more can come while
    the rows are read.
    """

    header: list[str]
    rows: Iterator[SourceRow]
    notes: list[str] = field(default_factory=list)


def header_names(parts: Sequence[Sequence[str | None]]) -> list[str]:
    """One name per column out of the rows of a header, from top to bottom.

    Names of several rows are joined by " / ", equal neighbours once; white space shrinks to one space; a column
    without a name is called "column 3" by its place; a name that came before gets " (2)".
    """
    width = max((len(row) for row in parts), default=0)
    names: list[str] = []
    taken: set[str] = set()
    for place in range(width):
        name = _joined([row[place] for row in parts if place < len(row)]) or f"column {place + 1}"
        unique, often = name, 1
        while unique in taken:
            often += 1
            unique = f"{name} ({often})"
        taken.add(unique)
        names.append(unique)
    return names


def _joined(pieces: Sequence[str | None]) -> str:
    kept: list[str] = []
    for piece in pieces:
        words = " ".join((piece or "").replace("\ufeff", "").split())
        if words and words not in kept[-1:]:
            kept.append(words)
    return JOINER.join(kept)


def filled_right(row: Sequence[str | None]) -> list[str | None]:
    """An upper row of a header with its gaps filled from the left, as a merged cell looks when it is written out."""
    filled: list[str | None] = []
    for cell in row:
        blank = cell is None or not cell.strip()
        filled.append(filled[-1] if blank and filled else cell)
    return filled


def fitted(number: int, cells: list[str | None], width: int) -> SourceRow:
    """The cells as a row of exactly `width`: short ones end in None, empty cells beyond it fall off, others are a
    problem of the row.
    """
    missing = width - len(cells)
    if missing > 0:
        cells.extend([None] * missing)
    elif missing < 0:
        if any(cell and cell.strip() for cell in cells[width:]):
            sentence = (
                f"has {len(cells):,} cells where the header has {width:,}; a separator inside a cell needs "
                "quotation marks around the cell."
            )
            return SourceRow(number, cells[:width], f"Row {number:,} {sentence}")
        del cells[width:]
    return SourceRow(number, cells)
