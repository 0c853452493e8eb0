"""A report as lines for a terminal. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from budgets.importing.reading.printing import printable
from budgets.importing.report import Report

SHOWN = 20


def report_lines(report: Report, *, shown: int = SHOWN) -> list[str]:
    """Return the report as lines of text: counts first, then at most `shown` entries of each list."""
    lines = (
        *_counts(report),
        *_sums(report),
        *_totals(report, shown),
        *_refused(report, shown),
        *_conflicts(report, shown),
        *(f"Note: {note}" for note in report.notes),
    )
    return [printable(line) for line in lines]


def money(value: Decimal) -> str:
    """An amount with thousands separated and no empty decimals."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _counts(report: Report) -> Iterator[str]:
    yield f"{report.file} ({report.sha256[:12]}), mapping {report.mapping}, data set {report.dataset}"
    yield (
        f"Rows read {report.rows:,}: skipped {report.skipped:,}, without an amount {report.blank:,}, "
        f"totals {report.total_rows:,}"
    )
    yield (
        f"Amounts {report.amounts:,}: new {report.new:,}, changed {report.changed:,}, "
        f"unchanged {report.unchanged:,}, refused {report.refused:,}"
    )
    if report.missing:
        yield f"Missing {report.missing:,}: earlier figures of this data set that the file no longer has; they stand."
    if report.new_agencies or report.new_lines:
        yield f"New agencies {report.new_agencies:,}, new budget lines {report.new_lines:,}"


def _sums(report: Report) -> Iterator[str]:
    for each in report.sums:
        unit = each.currency or each.unit
        yield f"Sum of “{each.column}”: {money(each.total)} {unit} in {each.amounts:,} amounts"


def _totals(report: Report, shown: int) -> Iterator[str]:
    stated = report.totals_agree + report.totals_within_rounding + report.totals_differ
    if not stated:
        return
    yield (
        f"Stated totals {stated:,}: agree {report.totals_agree:,}, within rounding "
        f"{report.totals_within_rounding:,}, differ {report.totals_differ:,}"
    )
    for each in report.differences[:shown]:
        group = " / ".join(each.group) or "the whole file"
        yield (
            f"  {each.column}, {group}: stated {money(each.stated)}, ours {money(each.ours)}, "
            f"difference {money(each.difference)}"
        )
    yield from _more(report.totals_differ, len(report.differences[:shown]))


def _refused(report: Report, shown: int) -> Iterator[str]:
    if not report.refused:
        return
    yield "Refused, by reason:"
    for reason, count in sorted(report.reasons.items(), key=lambda each: (-each[1], each[0])):
        yield f"  {count:,} × {reason}"
    for row in report.refused_rows[:shown]:
        cell = f" “{row.cell}”" if row.cell and f"“{row.cell}”" not in row.reason else ""
        named = f" [{row.row_id}]" if row.row_id else ""
        yield f"  line {row.line:,}{named}, {row.column}:{cell} {row.reason}"
    yield from _more(report.refused, len(report.refused_rows[:shown]))


def _conflicts(report: Report, shown: int) -> Iterator[str]:
    if not report.conflicts:
        return
    yield f"Conflicts with other data sets {report.conflicts:,}; both stand, and are shown beside each other:"
    for row in report.conflict_rows[:shown]:
        what = " / ".join(part for part in (row.agency, row.line) if part)
        yield (
            f"  {what}, {row.period}, {row.phase}: {money(row.ours)} here, {money(row.theirs)} in {row.dataset}"
            f" {row.currency}".rstrip()
        )
    yield from _more(report.conflicts, len(report.conflict_rows[:shown]))


def _more(whole: int, shown: int) -> Iterator[str]:
    if whole > shown:
        yield f"  … and {whole - shown:,} more"
