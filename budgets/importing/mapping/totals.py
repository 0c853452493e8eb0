"""Totals that a file states, held against our own sums. Pure.

A sum is over the amounts as they were read; each amount that is rounded may be off by half a unit of its last digit,
and so a difference within those halves together is rounding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from budgets.importing.cells import BadCell
from budgets.importing.mapping.measures import Amount, AmountReader
from budgets.importing.mapping.rows import ImportedAmount, Outcome
from budgets.importing.mapping.spec import Spec
from budgets.importing.reading.layout import SourceRow
from budgets.importing.report import MOST_KEPT, TotalDifference
from budgets.vocabulary import Unit

MOST_GROUPS = 100_000
TOO_MANY = f"The file has more than {MOST_GROUPS:,} groups with a total; only those of the first are compared."

_Key = tuple[int, int, tuple[str, ...]]


class StatedTotals:
    """Sums per group while rows pass by, and what the file states for them."""

    def __init__(self, spec: Spec, header: Sequence[str], readers: Sequence[AmountReader]) -> None:
        """Take the mapping and the readers of its measures, in their order."""
        at = {name: place for place, name in enumerate(header)}
        self._readers = readers
        self._over = [tuple(at[name] for name in total.over) for total in spec.totals]
        self._columns: list[tuple[int, int, AmountReader]] = []
        self._rules: list[list[int]] = [[] for _ in readers]
        for rule, total in enumerate(spec.totals):
            measures = _measures_of(spec, rule)
            for measure in measures:
                self._rules[measure].append(rule)
            if total.column and measures:
                reader = readers[measures[0]]
                own = AmountReader(reader.measure, at[total.column], reader.scale)
                self._columns.append((rule, measures[0], own))
        self._names = [total.column for total in spec.totals]
        self._sums: dict[_Key, list[Decimal]] = {}
        self._stated: dict[_Key, Amount] = {}
        self.notes: list[str] = []

    def add(self, row: SourceRow, amounts: Sequence[ImportedAmount]) -> None:
        """Count the amounts of a row of data, and the totals that stand beside them."""
        if not self._over:
            return
        for each in amounts:
            for rule in self._rules[each.measure]:
                key = (rule, each.measure, self._group(rule, row.cells))
                sums = self._sums.get(key)
                if sums is None:
                    if self._full(self._sums):
                        continue
                    sums = self._sums[key] = [Decimal(0), Decimal(0)]
                sums[0] += each.amount.value
                sums[1] += each.amount.half
        for rule, measure, reader in self._columns:
            key = (rule, measure, self._group(rule, row.cells))
            if key not in self._stated:
                self._state_column(key, reader, row)

    def state(self, row: SourceRow, outcome: Outcome) -> None:
        """Count a row of totals."""
        group = self._group(outcome.rule, row.cells)
        for measure, amount in outcome.stated:
            if outcome.rule in self._rules[measure]:
                self._state((outcome.rule, measure, group), amount)

    def compared(self) -> tuple[int, int, list[TotalDifference]]:
        """Return how many stated totals agree, how many within rounding, and those that differ."""
        agree = rounding = 0
        differ: list[TotalDifference] = []
        for key, stated in self._stated.items():
            ours, half = self._sums.get(key, (Decimal(0), Decimal(0)))
            off = abs(stated.value - ours)
            if not off:
                agree += 1
            elif off <= half + stated.half:
                rounding += 1
            else:
                differ.append(TotalDifference(self._name(key), key[2], stated.value, ours))
        return agree, rounding, differ

    def _state_column(self, key: _Key, reader: AmountReader, row: SourceRow) -> None:
        try:
            amount = reader.read(row.cells[reader.place])
        except BadCell as error:
            if len(self.notes) < MOST_KEPT:
                self.notes.append(f"Line {row.number:,}, total in “{self._name(key)}”: {error}")
            return
        if amount is not None:
            self._state(key, amount)

    def _state(self, key: _Key, amount: Amount) -> None:
        before = self._stated.get(key)
        if before is None and not self._full(self._stated):
            self._stated[key] = amount
        elif before is not None and before.value != amount.value:
            group = " / ".join(key[2]) or "the whole file"
            note = f"Two totals are stated for {group} in “{self._name(key)}”: {before.value:f} and {amount.value:f}."
            if len(self.notes) < MOST_KEPT:
                self.notes.append(note)

    def _full(self, held: Mapping[_Key, object]) -> bool:
        full = len(held) >= MOST_GROUPS
        if full and TOO_MANY not in self.notes:
            self.notes.append(TOO_MANY)
        return full

    def _group(self, rule: int, cells: Sequence[str | None]) -> tuple[str, ...]:
        return tuple((cells[place] or "").strip() for place in self._over[rule])

    def _name(self, key: _Key) -> str:
        return self._names[key[0]] or self._readers[key[1]].measure.column


def _measures_of(spec: Spec, rule: int) -> list[int]:
    """The measures that a rule states totals for: the named one, the first one, or all of money."""
    total = spec.totals[rule]
    if not total.column:
        return [place for place, each in enumerate(spec.measures) if each.unit == Unit.MONEY]
    named = [place for place, each in enumerate(spec.measures) if each.column == total.measure]
    return named[:1] or [0]
