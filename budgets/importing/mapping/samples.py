"""What a budget file looks like: its columns, its first rows, what was decided about it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from budgets.importing.mapping.guessing import Guess, guess_columns
from budgets.importing.mapping.rows import shown
from budgets.importing.reading.layout import Layout
from budgets.importing.reading.tables import open_table

READ_ROWS = 200
SHOWN_ROWS = 8
MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Sample:
    """The start of a file. `notes` say how it was read; `rows` are (line, cells) as a report shows cells."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    notes: tuple[str, ...]
    guesses: tuple[Guess, ...]

    def examples(self, place: int) -> str:
        """The first different values of a column, by its place from 0."""
        found = dict.fromkeys(cells[place] for _, cells in self.rows if place < len(cells) and cells[place].strip())
        return " · ".join(list(found)[:3])


def look_at(path: Path, layout: Layout) -> Sample:
    """Read the header and the first rows of a file. Raises Unreadable, with what to do."""
    with open_table(path, layout) as table:
        rows = list(islice(table.rows, READ_ROWS))
        header, notes = table.header, list(table.notes)
    problems = [row.problem for row in rows if row.problem]
    if problems:
        notes.append(f"{len(problems):,} of the first {len(rows):,} rows cannot be read: {problems[0]}")
    if len(header) > MOST_COLUMNS:
        notes.append(f"The file has {len(header):,} columns; the first {MOST_COLUMNS:,} are shown.")
    kept = tuple(header[:MOST_COLUMNS])
    return Sample(
        header=kept,
        rows=tuple((row.number, _cells(row.cells)) for row in rows[:SHOWN_ROWS]),
        notes=tuple(notes),
        guesses=guess_columns(kept, [row.cells for row in rows]),
    )


def _cells(cells: Sequence[str | None]) -> tuple[str, ...]:
    return tuple(shown(cell, 60) for cell in cells[:MOST_COLUMNS])
