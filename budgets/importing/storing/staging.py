"""Rows of a file into temporary tables, as a stream: the database compares them, Python never holds them.

The temporary tables end with the transaction. `import_row` has a row per amount: `agency` and `key` (MD5 of the path
of names) say whose money for what, `series` and `period` point into the small tables; `low`, `high` and `digits` are
null for exact amounts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from budgets.importing.cells.names import BadName
from budgets.importing.mapping.periods import StatedPeriod
from budgets.importing.mapping.rows import ImportedAmount, Kind, RowReader
from budgets.importing.mapping.spec import Spec
from budgets.importing.mapping.tally import Tally
from budgets.importing.mapping.totals import StatedTotals
from budgets.importing.reading.layout import Table
from budgets.importing.storing.agencies import JOINER, AgencyBook

_NAMES = ("row", "period", "series", "path", "twice", "line", "new_line", "standing", "change", "write", "conflict")
# Left by an earlier import of the same transaction.
_CLEAR = "DROP TABLE IF EXISTS " + ", ".join(f"pg_temp.import_{name}" for name in _NAMES)
TABLES = """
    CREATE TEMP TABLE import_row (
        line integer NOT NULL, measure smallint NOT NULL, series smallint NOT NULL, agency bigint NOT NULL,
        period integer NOT NULL, key uuid NOT NULL, path text, value numeric NOT NULL, low numeric, high numeric,
        digits smallint
    ) ON COMMIT DROP;
    CREATE TEMP TABLE import_period (
        no integer PRIMARY KEY, year smallint, earliest date, latest date, basis text NOT NULL
    ) ON COMMIT DROP;
    CREATE TEMP TABLE import_series (
        no smallint PRIMARY KEY, phase text NOT NULL, unit text NOT NULL, currency text NOT NULL
    ) ON COMMIT DROP;
"""
_COPY = "COPY import_row FROM STDIN"
_PATHS = """
    CREATE TEMP TABLE import_path ON COMMIT DROP AS
    SELECT DISTINCT ON (key) key, path FROM import_row WHERE path IS NOT NULL;
    ANALYZE import_row; ANALYZE import_path;
"""
_CHUNK = 1 << 16
_PATHS_KEPT = 50_000
PROGRESS_EVERY = 10_000

Progress = Callable[[int], None]


@dataclass(slots=True)
class Staged:
    """What was read: counts and totals; the amounts are in `import_row`."""

    tally: Tally
    totals: StatedTotals
    periods: dict[StatedPeriod, int] = field(default_factory=dict)
    series: list[int] = field(default_factory=list)


def stage(
    cursor: Any, table: Table, reader: RowReader, book: AgencyBook, *, agency: int | None, on_progress: Progress | None
) -> Staged:
    """Read a file into the temporary tables. `agency` is the key of the one that all rows are of.

    Raises Unreadable when the file cannot be read on.
    """
    cursor.execute(_CLEAR)
    cursor.execute(TABLES)
    staged = Staged(Tally(), StatedTotals(reader.spec, table.header, reader.readers))
    staged.series = _stage_series(cursor, reader.spec)
    lines = _Lines(staged, book, agency)
    with cursor.copy(_COPY) as copy:
        for chunk in _chunks(_copied(table, reader, lines, on_progress)):
            copy.write(chunk)
    cursor.executemany(
        "INSERT INTO import_period VALUES (%s, %s, %s, %s, %s)", [(no, *each) for each, no in staged.periods.items()]
    )
    cursor.execute(_PATHS)
    return staged


def _stage_series(cursor: Any, spec: Spec) -> list[int]:
    """Measures of the same phase, unit and currency make one series."""
    numbers: dict[tuple[str, str, str], int] = {}
    found = [numbers.setdefault((m.phase, m.unit, m.currency), len(numbers)) for m in spec.measures]
    cursor.executemany(
        "INSERT INTO import_series VALUES (%s, %s, %s, %s)", [(number, *key) for key, number in numbers.items()]
    )
    return found


def _copied(table: Table, reader: RowReader, lines: _Lines, on_progress: Progress | None) -> Iterator[str]:
    tally, totals = lines.staged.tally, lines.staged.totals
    for row in table.rows:
        outcome = reader.read(row)
        if outcome.kind is Kind.TOTAL:
            totals.state(row, outcome)
        elif outcome.amounts:
            reason = lines.agency_fault(outcome.amounts[0])
            if reason:
                column = reader.spec.agency.columns[-1]
                outcome = outcome._replace(amounts=(), refused=[*outcome.refused, reader.refusal(row, column, reason)])
            else:
                totals.add(row, outcome.amounts)
                for amount in outcome.amounts:
                    yield lines.line(amount)
        tally.count(outcome)
        if on_progress and tally.rows % PROGRESS_EVERY == 0:
            on_progress(tally.rows)
    if on_progress:
        on_progress(tally.rows)


class _Lines:
    """Amounts as lines of PostgreSQL's COPY text."""

    def __init__(self, staged: Staged, book: AgencyBook, agency: int | None) -> None:
        """Start with no path seen."""
        self.staged, self._book, self._agency = staged, book, agency
        self._paths: dict[tuple[str, ...], str] = {}

    def agency_fault(self, amount: ImportedAmount) -> str:
        """Why the agency of a row is not taken, or nothing."""
        if self._agency is None:
            try:
                self._book.find(amount.agency)
            except BadName as error:
                return str(error)
        return ""

    def line(self, each: ImportedAmount) -> str:
        """One amount. The words of a path are sent once in a while, its key always."""
        key, words = self._paths.get(each.path), "\\N"
        if key is None:
            path = JOINER.join(each.path)
            key = hashlib.md5(path.encode(), usedforsecurity=False).hexdigest()
            words = path.replace("\\", "\\\\")
            if len(self._paths) >= _PATHS_KEPT:
                self._paths.clear()
            self._paths[each.path] = key
        agency = self._book.find(each.agency) if self._agency is None else self._agency
        periods = self.staged.periods
        period = periods.get(each.period)
        if period is None:
            period = periods[each.period] = len(periods)
        amount, series = each.amount, self.staged.series[each.measure]
        ends = f"{amount.low:f}\t{amount.high:f}\t{amount.digits}" if amount.half else "\\N\t\\N\t\\N"
        return f"{each.line}\t{each.measure}\t{series}\t{agency}\t{period}\t{key}\t{words}\t{amount.value:f}\t{ends}\n"


def _chunks(lines: Iterator[str]) -> Iterator[str]:
    held: list[str] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= _CHUNK:
            yield "".join(held)
            held.clear()
            size = 0
    yield "".join(held)
