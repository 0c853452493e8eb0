"""Text files with separators (CSV and its kin), read row by row. Pure."""

from __future__ import annotations

import csv
import functools
import io
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from budgets.importing.reading import encodings
from budgets.importing.reading.layout import (
    Layout,
    Limits,
    SourceRow,
    Table,
    Unreadable,
    filled_right,
    fitted,
    header_names,
)

SAMPLE_CHARS = 1 << 16
SAMPLE_RECORDS = 60
LONGEST_LINE = 1 << 22

# Where two fit equally well, the one that stands within numbers and sentences comes last.
_SEPARATORS = {"\t": "tabs", "|": "vertical bars", ";": "semicolons", ",": "commas"}
_OPEN_QUOTE = "unexpected end of data"

# A record with the line where it starts; a sentence in place of the cells when its quotation marks are wrong.
_Record = tuple[int, "list[str] | str"]


@dataclass(slots=True)
class _Opened:
    """A text file at its start, with what was decided about it."""

    text: io.TextIOWrapper
    path: Path
    codec: str
    separator: str
    has_zero: bool
    lines_skipped: int = 0


@contextmanager
def open_separated(path: Path, layout: Layout, limits: Limits) -> Iterator[Table]:
    """Open a CSV file: the header is read, the rows follow as they are asked for.

    Rows of nothing but empty cells are left out. Raises Unreadable, also while the rows are read.
    """
    found = encodings.decide(path, layout.encoding)
    with path.open(encoding=found.codec, newline="") as text:
        opened, layout, note = _prepared(text, path, layout, found)
        records = _records(opened)
        header, ahead = _header(records, layout)
        if len(header) > limits.columns:
            raise Unreadable(f"The header has {len(header):,} columns, more than {limits.columns:,}; is it the header?")
        yield Table(header, _rows(itertools.chain(ahead, records), len(header), layout, opened), [found.note, note])


def _prepared(
    text: io.TextIOWrapper, path: Path, layout: Layout, found: encodings.Encoding
) -> tuple[_Opened, Layout, str]:
    try:
        sample = text.read(SAMPLE_CHARS)
    except UnicodeError:
        raise _undecodable(path, found.codec) from None
    text.seek(0)
    first, _, _ = sample.partition("\n")
    first = first.strip("\ufeff\r")
    separator, note = layout.separator, "Columns are separated as the mapping says."
    opened = _Opened(text, path, found.codec, separator or ",", found.has_zero)
    if first.lower().startswith("sep=") and len(first) == 5:
        text.readline()
        opened.lines_skipped = 1
        opened.separator = separator or first[4]
        if 1 in layout.header_rows:
            layout = replace(layout, header_rows=tuple(row + 1 for row in layout.header_rows))
        return opened, layout, "The first line of the file names the separator."
    if separator is None:
        opened.separator = _sniffed(sample, layout)
        note = f"Columns are separated by {_SEPARATORS[opened.separator]}."
    return opened, layout, note


def _sniffed(sample: str, layout: Layout) -> str:
    if len(sample) == SAMPLE_CHARS:
        sample = sample[: sample.rfind("\n") + 1] or sample
    scores = {separator: _fit(sample, separator, layout) for separator in _SEPARATORS}
    best = max(scores, key=lambda separator: scores[separator])
    return best if scores[best] > (0, 0) else ","


def _fit(sample: str, separator: str, layout: Layout) -> tuple[int, int]:
    """How well a separator fits: tenths of the records that are as wide as the header, and that width."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    start = max(layout.header_rows, default=1)
    widths: list[int] = []
    try:
        for cells in reader:
            if cells and reader.line_num >= start:
                widths.append(len(cells))
            if len(widths) == SAMPLE_RECORDS:
                break
    except csv.Error:
        return (0, 0)
    if not widths or widths[0] == 1:
        return (0, 0)
    return (10 * widths.count(widths[0]) // len(widths), widths[0])


def _physical_lines(text: io.TextIOWrapper) -> Iterator[str]:
    """The lines of the file; one without an end would be held in memory as a whole."""
    for line in iter(functools.partial(text.readline, LONGEST_LINE), ""):
        if len(line) == LONGEST_LINE:
            raise Unreadable(f"A line has more than {LONGEST_LINE:,} letters; is this a text file with separators?")
        yield line


def _records(opened: _Opened) -> Iterator[_Record]:
    try:
        reader = csv.reader(_physical_lines(opened.text), delimiter=opened.separator, strict=True)
    except (TypeError, ValueError):
        raise Unreadable(f"“{opened.separator}” cannot separate columns; name one character, such as ;") from None
    skipped = opened.lines_skipped
    while True:
        start = reader.line_num + 1 + skipped
        try:
            cells = next(reader)
        except StopIteration:
            return
        except UnicodeError:
            raise _undecodable(opened.path, opened.codec) from None
        except csv.Error as error:
            yield start, _quoting(error, start)
        else:
            yield start, cells


def _quoting(error: csv.Error, start: int) -> str:
    if str(error) == _OPEN_QUOTE or "field limit" in str(error):
        raise Unreadable(
            f"A quotation mark opened in the row of line {start:,} is not closed: the rest of the file would be one "
            "cell. Close it, or double it when it belongs to the text."
        )
    return f"Row {start:,} has text behind a closing quotation mark; double the marks that belong to the text."


def _header(records: Iterator[_Record], layout: Layout) -> tuple[list[str], list[_Record]]:
    """The names of the columns, and the records that were read to find them but belong to the data."""
    wanted = sorted(layout.header_rows)
    if not wanted:
        ahead = list(itertools.islice((record for record in records if layout.holds(record[0])), 1))
        width = len(ahead[0][1]) if ahead and not isinstance(ahead[0][1], str) else 0
        return header_names([[None] * width]), ahead
    parts: list[list[str | None]] = []
    for number, cells in records:
        if isinstance(cells, str) and number in wanted:
            raise Unreadable(cells)
        if number in wanted and any(cells):
            parts.append(list(cells))
        if number >= wanted[-1]:
            break
    if len(parts) < len(wanted):
        rows = ", ".join(f"{row:,}" for row in wanted)
        raise Unreadable(f"The header should stand in line {rows}, where there is none; set the header rows.")
    return header_names([filled_right(part) for part in parts[:-1]] + [parts[-1]]), []


def _rows(records: Iterator[_Record], width: int, layout: Layout, opened: _Opened) -> Iterator[SourceRow]:
    first, last = layout.data_starts, layout.last_row
    for number, cells in records:
        if number < first:
            continue
        if last is not None and number > last:
            return
        if isinstance(cells, str):
            yield SourceRow(number, [None] * width, cells)
        elif any(cells):
            if len(cells) == width and not opened.has_zero:
                yield SourceRow(number, cells)
            else:
                yield _odd(number, list(cells), width)


def _odd(number: int, cells: list[str | None], width: int) -> SourceRow:
    row = fitted(number, cells, width)
    if any(cell and "\0" in cell for cell in row.cells):
        problem = f"Row {number:,} has a zero byte in it, which no text has; export the file again."
        return SourceRow(number, row.cells, problem)
    return row


def _undecodable(path: Path, codec: str) -> Unreadable:
    line = encodings.bad_line(path, codec)
    return Unreadable(
        f"Line {line:,} has a byte that {codec} does not know. Set the right encoding in the mapping, or save the file "
        "again as UTF-8."
    )
