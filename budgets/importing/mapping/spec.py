"""A column mapping: what each column of a budget file means. Pure; docs/importing.md says it to people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from budgets.importing.reading.layout import Layout
from budgets.vocabulary import PeriodBasis, Phase, Unit

FORMATS = ("csv", "xlsx", "json", "package")
CALENDARS = ("auto", "BE", "CE")
DUPLICATES = ("refuse", "add_up", "number")
UNKNOWN_AGENCY = ("refuse", "create")
FROM_HEADER = "header"
LAYOUT_TEXTS = ("encoding", "separator", "sheet", "records")
PHASES = tuple(str(each) for each in Phase.values)
UNITS = tuple(str(each) for each in Unit.values)
BASES = tuple(str(each) for each in PeriodBasis.values)


@dataclass(frozen=True, slots=True)
class AgencySpec:
    """Whose money: columns from general to particular, one agency's slug, or the agency named at the import."""

    columns: tuple[str, ...] = ()
    fixed: str = ""
    given: bool = False


@dataclass(frozen=True, slots=True)
class LineSpec:
    """What the money is for: names that stand before all others, then columns from general to particular."""

    columns: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodSpec:
    """Which period: a column, one period, or the period named at the import."""

    basis: str = "year_unknown"
    calendar: str = "auto"
    column: str = ""
    fixed: str = ""
    given: bool = False


@dataclass(frozen=True, slots=True)
class MeasureSpec:
    """A column of amounts. `scale` None: read from the header. `smallest` None: amounts are rounded as printed."""

    column: str
    line: str = ""
    phase: str = "unstated"
    unit: str = "money"
    currency: str = ""
    scale: Decimal | None = Decimal(1)
    smallest: Decimal | None = None
    decimal_mark: str | None = None
    period: PeriodSpec | None = None


@dataclass(frozen=True, slots=True)
class CellSpec:
    """Rows in which a column holds one of some texts; the empty text is a blank cell."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TotalSpec:
    """Stated totals: rows that match every `where`, or a column beside the data; `over` names what a total is for.

    A row states one total for each money column. A column states the total of `measure` (empty: of the first one).
    """

    where: tuple[CellSpec, ...] = ()
    column: str = ""
    measure: str = ""
    over: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spec:
    """A whole mapping."""

    layout: Layout
    agency: AgencySpec
    line: LineSpec
    period: PeriodSpec
    measures: tuple[MeasureSpec, ...]
    skip: tuple[CellSpec, ...] = ()
    totals: tuple[TotalSpec, ...] = ()
    duplicates: str = "refuse"
    unknown_agency: str = "refuse"
    lang: str = "en"
    row_id: tuple[str, ...] = ()

    def given(self) -> frozenset[str]:
        """What must be named at the import: `agency`, `period`, both or nothing."""
        periods = (self.period, *(each.period for each in self.measures if each.period))
        wanted = {"agency"} if self.agency.given else set()
        if any(period.given for period in periods):
            wanted.add("period")
        return frozenset(wanted)


def named_columns(spec: Spec) -> tuple[tuple[str, str], ...]:
    """Return each column that a mapping names, behind its place in the JSON, in the order of the mapping."""
    return tuple(_columns(spec))


def _columns(spec: Spec) -> Iterator[tuple[str, str]]:
    yield from _listed("agency.columns", spec.agency.columns)
    yield from _listed("line.columns", spec.line.columns)
    yield from _alone("period.column", spec.period.column)
    for place, measure in enumerate(spec.measures):
        yield f"measures[{place}].column", measure.column
        if measure.period:
            yield from _alone(f"measures[{place}].period.column", measure.period.column)
    for place, skip in enumerate(spec.skip):
        yield f"skip[{place}].column", skip.column
    for place, total in enumerate(spec.totals):
        yield from _total_columns(f"totals[{place}]", total)
    yield from _listed("row_id", spec.row_id)


def _total_columns(path: str, total: TotalSpec) -> Iterator[tuple[str, str]]:
    yield from _alone(f"{path}.column", total.column)
    for place, where in enumerate(total.where):
        yield f"{path}.where[{place}].column", where.column
    yield from _listed(f"{path}.over", total.over)


def _listed(path: str, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    return ((f"{path}[{place}]", name) for place, name in enumerate(names))


def _alone(path: str, name: str) -> Iterator[tuple[str, str]]:
    return iter([(path, name)] if name else [])
