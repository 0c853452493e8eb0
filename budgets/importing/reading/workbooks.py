"""Excel workbooks (.xlsx) as tables: the sheet, its header with merged cells, its rows. Pure."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from budgets.importing.reading import workbook_parts as parts
from budgets.importing.reading import worksheets
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
from budgets.importing.reading.worksheets import Range, RawRow

Cells = list[str | None]


@contextlib.contextmanager
def open_workbook(path: Path, layout: Layout, limits: Limits) -> Iterator[Table]:
    """Open a sheet of a workbook: the one named, else the first that is not hidden.

    A cell merged over several columns or rows of the header names them all. Rows of nothing but empty cells are left
    out; hidden rows are read and noted. Raises Unreadable, also while the rows are read.
    """
    with contextlib.closing(parts.Archive(path, limits)) as archive:
        found, since_1904 = parts.sheets(archive)
        sheet, notes = _chosen(found, layout.sheet)
        book = worksheets.Book(parts.strings(archive, limits), parts.formats(archive), since_1904)
        merges = worksheets.merged(archive, sheet.part, limits)
        rows = worksheets.rows(archive, sheet.part, book, limits)
        header = _header(rows, layout, merges)
        table = Table(header, iter(()), notes + _merge_notes(merges, layout))
        table.rows = _rows(rows, table, layout)
        yield table


def _chosen(found: Sequence[parts.Sheet], name: str | None) -> tuple[parts.Sheet, list[str]]:
    if not found:
        raise Unreadable("The workbook has no sheet with cells.")
    names = ", ".join(f"“{sheet.name}”" for sheet in found)
    if name:
        for sheet in found:
            if sheet.name.strip() == name.strip():
                return sheet, [f"Sheet “{sheet.name}”, as the mapping says."]
        raise Unreadable(f"There is no sheet “{name}”; there are {names}.")
    sheet = next((each for each in found if not each.hidden), found[0])
    others = f" of {len(found)}: {names}" if len(found) > 1 else ""
    return sheet, [f"Sheet “{sheet.name}”, the first{others}."]


def _header(rows: Iterator[RawRow], layout: Layout, merges: Sequence[Range]) -> list[str]:
    wanted = sorted(layout.header_rows)
    if not wanted:
        raise Unreadable("A sheet needs header rows; set the header rows of the mapping.")
    found: dict[int, Cells] = {}
    for row in rows:
        if row.number in wanted:
            found[row.number] = row.cells
        if row.number >= wanted[-1]:
            break
    if not any(cell and cell.strip() for cell in found.get(wanted[-1], [])):
        listed = ", ".join(f"{row:,}" for row in wanted)
        raise Unreadable(f"The header should stand in row {listed}, where there is none; set the header rows.")
    grid = [list(found.get(number, [])) for number in wanted]
    inside = [each for each in merges if each.top in wanted]
    if inside:
        _spread(grid, wanted, inside)
    elif len(grid) > 1:
        grid = [*(filled_right(row) for row in grid[:-1]), grid[-1]]
    width = max((place + 1 for row in grid for place, cell in enumerate(row) if cell and cell.strip()), default=0)
    return header_names([row[:width] + [None] * (width - len(row)) for row in grid])


def _spread(grid: list[Cells], wanted: Sequence[int], merges: Sequence[Range]) -> None:
    """Write the first cell of each merged range into all of its cells in the header."""
    width = max(len(row) for row in grid)
    for each in merges:
        source = grid[wanted.index(each.top)]
        text = source[each.left] if each.left < len(source) else None
        right = min(each.right, max(width, each.left) + 200)
        for number in wanted[wanted.index(each.top) :]:
            if number <= each.bottom:
                row = grid[wanted.index(number)]
                row.extend([None] * (right + 1 - len(row)))
                row[each.left : right + 1] = [text] * (right + 1 - each.left)


def _merge_notes(merges: Sequence[Range], layout: Layout) -> list[str]:
    data = [each for each in merges if layout.holds(each.top) and (each.bottom > each.top or each.right > each.left)]
    if not data:
        return []
    return [f"{len(data):,} ranges of cells are merged below the header; only the first cell of each has a value."]


def _rows(rows: Iterator[RawRow], table: Table, layout: Layout) -> Iterator[SourceRow]:
    width, hidden = len(table.header), 0
    for raw in rows:
        if layout.last_row is not None and raw.number > layout.last_row:
            break
        if raw.number < layout.data_starts or not any(cell and cell.strip() for cell in raw.cells):
            continue
        hidden += raw.hidden
        row = fitted(raw.number, raw.cells, width)
        if raw.faults:
            row = SourceRow(row.number, row.cells, row.problem, raw.faults)
        yield row
    if hidden:
        table.notes.append(f"{hidden:,} of the rows are hidden in the sheet; they were read like the others.")
