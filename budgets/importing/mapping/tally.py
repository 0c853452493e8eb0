"""Counting while rows pass by, for the report. Memory stays the same however many rows are refused. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from budgets.importing.mapping.rows import Kind, Outcome, Refused
from budgets.importing.report import MOST_KEPT, RefusedRow

MOST_REASONS = 200
OTHER_REASONS = "Other reasons."


@dataclass(slots=True)
class Tally:
    """What has been read so far."""

    rows: int = 0
    skipped: int = 0
    blank: int = 0
    total_rows: int = 0
    refused: int = 0
    refused_rows: list[RefusedRow] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)

    def count(self, outcome: Outcome) -> None:
        """Count a row."""
        self.rows += 1
        if outcome.kind is Kind.SKIPPED:
            self.skipped += 1
        elif outcome.kind is Kind.BLANK:
            self.blank += 1
        elif outcome.kind is Kind.TOTAL:
            self.total_rows += 1
        for each in outcome.refused:
            self.refuse(each)

    def refuse(self, refused: Refused) -> None:
        """Keep a refusal, if it is among the first, and count its reason."""
        self.add(refused.reason, 1, [RefusedRow(*refused)], general_reason(refused))

    def add(self, reason: str, count: int, rows: Iterable[RefusedRow], general: str = "") -> None:
        """Count `count` refusals for one reason, and keep some of them."""
        self.refused += count
        key = general or reason
        if key not in self.reasons and len(self.reasons) >= MOST_REASONS:
            key = OTHER_REASONS
        self.reasons[key] += count
        for row in rows:
            if len(self.refused_rows) >= MOST_KEPT:
                return
            self.refused_rows.append(row)


def general_reason(refused: Refused) -> str:
    """A reason without what only this row has, so that the same reasons are counted together."""
    reason = refused.reason.replace(f"Row {refused.line:,} ", "The row ")
    cell = refused.cell.strip()
    return reason.replace(f"“{cell}”", "The cell" if reason.startswith("“") else "the cell") if cell else reason
