"""The period of each row: what a cell says, and what the mapping says about it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, cast

from budgets.fiscal import fiscal_year_of
from budgets.importing.cells import BadCell, Calendar, Period, read_year
from budgets.importing.cells.years import CHRISTIAN, WITHIN
from budgets.importing.mapping.spec import PeriodSpec
from budgets.importing.reading.layout import SourceRow
from budgets.vocabulary import PeriodBasis

NO_PERIOD = "The period is blank in this row."
WHICH_MONTH = (
    "Which number is the month cannot be told, and so neither can the fiscal year: write dates like 2022-10-31."
)
TWO_YEARS = "Two years are no calendar year: write one, or let the mapping say that these are fiscal years."
BEYOND = f"The day belongs to the fiscal year {{year}}, which is not {WITHIN}: look at the column."
_KEPT = 10_000


class BadPeriod(ValueError):
    """A period that is not taken: the reason, and the cell (empty: nothing to show)."""

    def __init__(self, reason: str, cell: str = "") -> None:
        """Keep both."""
        super().__init__(reason)
        self.reason, self.cell = reason, cell


class StatedPeriod(NamedTuple):
    """A period as a figure keeps it: a year C.E., or the days of what is no single year, or both for a day."""

    year: int | None
    earliest: date | None
    latest: date | None
    basis: str


@dataclass(frozen=True, slots=True)
class FiscalRule:
    """How a country's fiscal years run: the month they start in, and whether they are named by their end."""

    starts_month: int = 10
    named_by_end: bool = True


THAI = FiscalRule()


class PeriodReader:
    """Reads the periods of one column, or knows the one period that all rows have."""

    def __init__(self, spec: PeriodSpec, header: Mapping[str, int], given: str, rule: FiscalRule) -> None:
        """Take the mapping's word; raises BadPeriod when the fixed or given period cannot be read."""
        self._spec, self._rule = spec, rule
        self.column = spec.column
        self._place = header[spec.column] if spec.column else -1
        self._fixed = None if spec.column else self._stated(spec.fixed or given)
        self._seen: dict[str, StatedPeriod] = {}

    def read(self, row: SourceRow) -> StatedPeriod:
        """Return the period of a row; raises BadPeriod."""
        if self._fixed is not None:
            return self._fixed
        if row.faults and self._place in row.faults:
            raise BadPeriod(row.faults[self._place], row.cells[self._place] or "")
        cell = row.cells[self._place]
        if not cell or cell.isspace():
            raise BadPeriod(NO_PERIOD)
        known = self._seen.get(cell)
        if known is None:
            known = self._stated(cell)
            if len(self._seen) < _KEPT:
                self._seen[cell] = known
        return known

    def _stated(self, cell: str) -> StatedPeriod:
        try:
            period = read_year(cell, calendar=cast(Calendar, self._spec.calendar))
        except BadCell as error:
            raise BadPeriod(str(error), cell) from None
        basis = self._spec.basis
        if basis == PeriodBasis.YEAR_UNKNOWN:
            basis = period.basis or basis
        if _several_years(period):
            return StatedPeriod(None, period.earliest, period.latest, basis)
        if basis == PeriodBasis.YEAR_UNKNOWN:
            return StatedPeriod(period.year, period.earliest, period.latest, basis)
        if basis == PeriodBasis.CALENDAR_YEAR and period.first_year is not None:
            raise BadPeriod(TWO_YEARS, cell)
        # The mapping says that the column tells a year: of a day, the year that it belongs to is kept.
        year = self._fiscal(period, cell) if basis == PeriodBasis.FISCAL_YEAR else period.year
        if year not in CHRISTIAN:
            raise BadPeriod(BEYOND.format(year=year), cell)
        return StatedPeriod(year, None, None, basis)

    def _fiscal(self, period: Period, cell: str) -> int:
        rule = self._rule
        if period.earliest is not None:
            year = fiscal_year_of(period.earliest, rule.starts_month).year
            return year if rule.named_by_end or rule.starts_month == 1 else year - 1
        if rule.starts_month != 1 and _numbers(cell) == 3:
            raise BadPeriod(WHICH_MONTH, cell)
        return period.year if rule.named_by_end or period.first_year is None else period.first_year


def readers(
    specs: Sequence[PeriodSpec | None], shared: PeriodSpec, header: Mapping[str, int], given: str, rule: FiscalRule
) -> list[PeriodReader]:
    """Return a reader per measure: of its own period, or the one of the whole mapping. Raises BadPeriod."""
    common = None if all(specs) else PeriodReader(shared, header, given, rule)
    return [PeriodReader(own, header, given, rule) if own else cast(PeriodReader, common) for own in specs]


def _several_years(period: Period) -> bool:
    return period.earliest is not None and period.latest is not None and period.earliest.year != period.latest.year


def _numbers(cell: str) -> int:
    return len("".join(letter if letter.isdecimal() else " " for letter in cell).split())
