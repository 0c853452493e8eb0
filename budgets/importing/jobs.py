"""What an import is asked to do, and what is refused as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from budgets.importing.mapping.objects import SpecRefused
from budgets.importing.mapping.periods import BadPeriod
from budgets.importing.mapping.spec import Spec
from budgets.importing.reading.layout import Unreadable
from budgets.importing.reading.printing import printable
from budgets.importing.report import Report
from budgets.importing.report_text import money
from budgets.models.mapping import ColumnMapping


class ImportRefused(Exception):
    """A file cannot be imported; carries a sentence per reason, and the report if it was read to its end."""

    def __init__(self, reasons: list[str], report: Report | None = None) -> None:
        """Keep both; the sentences fit to be printed, whatever they quote."""
        self.reasons, self.report = [printable(each) for each in reasons], report
        super().__init__("\n".join(self.reasons))


@dataclass(frozen=True, slots=True)
class Job:
    """A file, how to read it, which data set it belongs to, and which document (title, address) it comes from."""

    path: Path
    file_name: str
    mapping: ColumnMapping
    spec: Any
    dataset: str
    given: Mapping[str, str]
    dry_run: bool
    title: str
    address: str
    expected: Mapping[str, Decimal] = field(default_factory=dict)
    strict: bool = False


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what the readers refuse into `ImportRefused`."""
    try:
        yield
    except SpecRefused as error:
        raise ImportRefused([str(fault) for fault in error.faults]) from error
    except BadPeriod as error:
        raise ImportRefused([f"The period “{error.cell}”: {error.reason}"]) from error
    except Unreadable as error:
        raise ImportRefused([str(error)]) from error


def refuse_missing_answers(spec: Spec, job: Job) -> None:
    """Refuse an import that does not say what its mapping asks for, or says more."""
    wanted = spec.given()
    reasons = [f"The mapping asks for the {each}: say which." for each in sorted(wanted) if not job.given.get(each)]
    reasons += [f"The mapping does not ask for “{each}”: leave it out." for each in job.given if each not in wanted]
    if reasons:
        raise ImportRefused(reasons)


def refuse_unexpected(job: Job, report: Report) -> None:
    """Refuse sums that are not the expected ones, and in a strict import every refusal."""
    sums = {each.column: each.total for each in report.sums}
    reasons = []
    for column, total in job.expected.items():
        if column not in sums:
            reasons.append(f"“{column}” is not a column of amounts: {', '.join(sums)}.")
        elif sums[column] != total:
            ours, off = money(sums[column]), money(total - sums[column])
            reasons.append(f"“{column}” adds up to {ours}, and {money(total)} is expected: the difference is {off}.")
    if job.strict and report.refused:
        reasons.append(f"{report.refused:,} amounts are refused, and none may be.")
    if reasons:
        raise ImportRefused(reasons, report)
