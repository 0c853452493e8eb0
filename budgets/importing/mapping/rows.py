"""From a row of cells to the amounts it gives, through a mapping compiled for one file. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from budgets.importing.cells import BadCell
from budgets.importing.cells.names import BLANK_AGENCY, BLANK_LINE, LONGEST_AGENCY, LONGEST_LINE, BadName, NameReader
from budgets.importing.mapping.measures import Amount, amount_reader
from budgets.importing.mapping.periods import THAI, BadPeriod, FiscalRule, StatedPeriod, readers
from budgets.importing.mapping.spec import CellSpec, Spec
from budgets.importing.reading.layout import SourceRow
from budgets.importing.reading.printing import printable

LONGEST_CELL = 80

Aliases = Mapping[tuple[str, str], str]


class Kind(Enum):
    """What a row is."""

    DATA = "data"
    BLANK = "blank"
    SKIPPED = "skipped"
    TOTAL = "total"


class ImportedAmount(NamedTuple):
    """One amount of a row. `measure` is the place of its column in the mapping, `agency` and `path` are names from
    general to particular; an empty `agency` is the one that the mapping or the import names.
    """

    line: int
    measure: int
    agency: tuple[str, ...]
    path: tuple[str, ...]
    period: StatedPeriod
    amount: Amount


class Refused(NamedTuple):
    """A cell or row that was not taken. The same reasons have the same words, so that they can be counted."""

    line: int
    column: str
    reason: str
    cell: str = ""
    row_id: str = ""


class Outcome(NamedTuple):
    """What a row gave. Of a total row the amounts are what it states, by the place of their measure."""

    kind: Kind
    amounts: Sequence[ImportedAmount] = ()
    refused: Sequence[Refused] = ()
    rule: int = -1
    stated: Sequence[tuple[int, Amount]] = ()


_SKIPPED = Outcome(Kind.SKIPPED)
_BLANK = Outcome(Kind.BLANK)


class RowReader:
    """A mapping compiled for a header."""

    def __init__(
        self,
        spec: Spec,
        header: Sequence[str],
        aliases: Aliases,
        *,
        period: str = "",
        rule: FiscalRule = THAI,
    ) -> None:
        """Take the names of the columns, which must all be there (`header_faults`), and the period given at the import.

        Raises BadPeriod when a fixed or given period cannot be read.
        """
        at = {name: place for place, name in enumerate(header)}
        self.header, self.spec = header, spec
        self.readers = [amount_reader(measure, at) for measure in spec.measures]
        self._agency_names = NameReader(_of(aliases, "agency"), LONGEST_AGENCY)
        self._line_names = NameReader(_of(aliases, "line"), LONGEST_LINE)
        self._agency = [at[name] for name in spec.agency.columns]
        self._line = [at[name] for name in spec.line.columns]
        self._lines = [(measure.line,) if measure.line else () for measure in spec.measures]
        self._row_id = [at[name] for name in spec.row_id]
        self._skip = _tests(spec.skip, at)
        self._totals = [(rule, _tests(total.where, at)) for rule, total in enumerate(spec.totals) if total.where]
        self._periods = readers([each.period for each in spec.measures], spec.period, at, period, rule)

    def read(self, row: SourceRow) -> Outcome:
        """Return what a row gives: amounts, refusals, or why there is nothing to take."""
        if row.problem:
            return Outcome(Kind.DATA, refused=[self._refused(row, "", row.problem, "")])
        cells = row.cells
        if any((cells[place] or "").strip() in values for place, values in self._skip):
            return _SKIPPED
        for rule, tests in self._totals:
            if all((cells[place] or "").strip() in values for place, values in tests):
                stated, refused = self._amounts(row)
                return Outcome(Kind.TOTAL, (), refused, rule, stated)
        found, refused = self._amounts(row)
        if not found:
            return Outcome(Kind.DATA, (), refused) if refused else _BLANK
        return self._data(row, found, refused)

    def _amounts(self, row: SourceRow) -> tuple[list[tuple[int, Amount]], list[Refused]]:
        found: list[tuple[int, Amount]] = []
        refused: list[Refused] = []
        for place, reader in enumerate(self.readers):
            cell = row.cells[reader.place]
            if row.faults and reader.place in row.faults:
                refused.append(self._refused(row, reader.measure.column, row.faults[reader.place], cell))
                continue
            try:
                amount = reader.read(cell)
            except BadCell as error:
                refused.append(self._refused(row, reader.measure.column, str(error), cell))
            else:
                if amount is not None:
                    found.append((place, amount))
        return found, refused

    def _data(self, row: SourceRow, found: list[tuple[int, Amount]], refused: list[Refused]) -> Outcome:
        agency = self._named(row, self._agency, self._agency_names, refused)
        path = self._named(row, self._line, self._line_names, refused)
        if agency == () and self._agency:
            refused.append(self._refused(row, self.header[self._agency[-1]], BLANK_AGENCY, ""))
            agency = None
        path = None if path is None else self.spec.line.fixed + path
        if path == ():
            refused.append(self._refused(row, self.header[self._line[-1]], BLANK_LINE, ""))
        if agency is None or not path:
            return Outcome(Kind.DATA, (), refused)
        amounts = []
        for measure, amount in found:
            try:
                period = self._periods[measure].read(row)
            except BadPeriod as error:
                refused.append(self._refused(row, self._periods[measure].column, error.reason, error.cell))
                break
            amounts.append(ImportedAmount(row.number, measure, agency, path + self._lines[measure], period, amount))
        return Outcome(Kind.DATA, amounts, refused)

    def _named(
        self, row: SourceRow, places: list[int], names: NameReader, refused: list[Refused]
    ) -> tuple[str, ...] | None:
        """The names of some columns without blanks; None when one is refused."""
        read: list[str] = []
        for place in places:
            cell = row.cells[place]
            reason = row.faults.get(place, "") if row.faults else ""
            try:
                name = names.read(cell)
            except BadName as error:
                reason = reason or str(error)
            if reason:
                refused.append(self._refused(row, self.header[place], reason, cell))
                return None
            if name:
                read.append(name)
        return tuple(read)

    def refusal(self, row: SourceRow, column: str, reason: str) -> Refused:
        """A refusal of the cell that stands in a column of the row."""
        return self._refused(row, column, reason, row.cells[self.header.index(column)])

    def _refused(self, row: SourceRow, column: str, reason: str, cell: str | None) -> Refused:
        named = " ".join(row.cells[place] or "" for place in self._row_id if place < len(row.cells))
        return Refused(row.number, column, printable(reason), shown(cell), shown(named))


def shown(cell: str | None, longest: int = LONGEST_CELL) -> str:
    """A cell as a report shows it: one line, short, nothing invisible."""
    text = printable((cell or "")[: longest + 1])
    return f"{text[: longest - 1]}…" if len(text) > longest else text


def _tests(specs: Sequence[CellSpec], at: Mapping[str, int]) -> list[tuple[int, frozenset[str]]]:
    return [(at[each.column], frozenset(value.strip() for value in each.values)) for each in specs]


def _of(aliases: Aliases, target: str) -> dict[str, str]:
    return {written: meant for (kind, written), meant in aliases.items() if kind == target}
