"""What an import did, or would do: counts, refused rows with their reasons, totals and conflicts. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from budgets.importing.reading.printing import printable

MOST_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row, or one amount of it, that was not taken: its line in the file, the column, why, and the cell."""

    line: int
    column: str
    reason: str
    cell: str = ""
    row_id: str = ""


@dataclass(frozen=True, slots=True)
class ColumnSum:
    """What the amounts taken from one column add up to, in base units."""

    column: str
    unit: str
    currency: str
    amounts: int
    total: Decimal


@dataclass(frozen=True, slots=True)
class TotalDifference:
    """A total that the file states and our own sum does not meet, rounding allowed for."""

    column: str
    group: tuple[str, ...]
    stated: Decimal
    ours: Decimal

    @property
    def difference(self) -> Decimal:
        """What is stated less what we add up to."""
        return self.stated - self.ours


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """Two sources say different things about the same: amounts in base units; line empty: the whole agency."""

    agency: str
    line: str
    period: str
    phase: str
    currency: str
    ours: Decimal
    theirs: Decimal
    dataset: str


@dataclass(frozen=True, slots=True)
class Report:
    """One import. Lists hold at most `MOST_KEPT` entries; the counts beside them are whole.

    `rows` are those of the file below its header: data, skipped, blank (without any amount), totals and refused
    ones. `refused` counts refusals, which may be several in a row of several amounts. `rests_on` are the public ids
    of the imports whose figures were found unchanged.
    """

    file: str
    sha256: str
    mapping: str
    dataset: str
    rows: int = 0
    skipped: int = 0
    blank: int = 0
    total_rows: int = 0
    amounts: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    missing: int = 0
    new_agencies: int = 0
    new_lines: int = 0
    refused: int = 0
    refused_rows: tuple[RefusedRow, ...] = ()
    reasons: Mapping[str, int] = field(default_factory=dict)
    sums: tuple[ColumnSum, ...] = ()
    totals_agree: int = 0
    totals_within_rounding: int = 0
    totals_differ: int = 0
    differences: tuple[TotalDifference, ...] = ()
    conflicts: int = 0
    conflict_rows: tuple[ConflictRow, ...] = ()
    notes: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()

    def changes(self) -> bool:
        """Whether the import changes what stands."""
        return bool(self.new or self.changed)

    def as_json(self) -> dict[str, Any]:
        """The report in JSON's own types; amounts are decimal strings."""
        return {each.name: _plain(getattr(self, each.name)) for each in dataclasses.fields(self)}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Report:
        """Read what `as_json` wrote; raise KeyError, TypeError or ValueError for anything else."""
        rows = {key: tuple(_row(kind, each) for each in value[key]) for key, kind in _ROWS.items()}
        return cls(**{**value, **rows, "notes": tuple(value["notes"]), "rests_on": tuple(value["rests_on"])})


_ROWS: dict[str, Any] = {
    "refused_rows": RefusedRow,
    "sums": ColumnSum,
    "differences": TotalDifference,
    "conflict_rows": ConflictRow,
}


def _plain(value: object) -> Any:
    if isinstance(value, str):
        # A zero byte or half a character of a file would be refused by the database.
        return printable(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {_plain(key): _plain(each) for key, each in value.items()}
    if dataclasses.is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in dataclasses.fields(value)}
    return value


def _row(kind: Any, value: Mapping[str, Any]) -> Any:
    read = {}
    for each in dataclasses.fields(kind):
        cell = value[each.name]
        if each.type == "Decimal":
            cell = Decimal(cell)
        read[each.name] = tuple(cell) if isinstance(cell, list) else cell
    return kind(**read)
