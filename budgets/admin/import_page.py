"""What the page of an import shows: where it stands, what it did, and which buttons it has."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.http import StreamingHttpResponse
from redis.exceptions import RedisError

from budgets.importing.report import Report
from budgets.importing.report_text import money
from budgets.importing.waiting import progress_key
from budgets.models.budget_import import BudgetImport
from budgets.texts import harmless
from budgets.vocabulary import ImportState

PER_PAGE = 50
_BOM = "\ufeff"
_HEADS = ("line", "row", "column", "cell", "reason")


@dataclass(frozen=True, slots=True)
class ImportPage:
    """An import for people. `read` counts the rows read so far, None when nobody knows; `refused` is one page."""

    waits: bool
    read: int | None
    report: Report | None
    counts: Sequence[tuple[str, str, str]]
    reasons: Sequence[tuple[str, int]]
    refused: Page[Any] | None
    may_import: bool
    may_publish: bool
    publish_hint: str
    may_undo: bool


def page_of(stored: BudgetImport, user: User, *, may_write: bool, number: str) -> ImportPage:
    """Return what the page of an import shows to a person; `number` is the page of refused rows."""
    waits = stored.state == ImportState.WAITING
    report = report_of(stored)
    done = may_write and stored.state == ImportState.DONE
    publishable = done and stored.published_at is None and report is not None and report.changes()
    own = stored.imported_by_id == user.pk
    return ImportPage(
        waits=waits,
        read=_read_so_far(stored) if waits else None,
        report=report,
        counts=_counts(report) if report else (),
        reasons=sorted(report.reasons.items(), key=lambda each: (-each[1], each[0])) if report else (),
        refused=Paginator(report.refused_rows, PER_PAGE).get_page(number) if report and report.refused_rows else None,
        may_import=may_write and stored.state == ImportState.CHECKED and stored.dry_run,
        may_publish=publishable and not own,
        publish_hint="You imported this file: another person lets readers see it." if publishable and own else "",
        may_undo=done,
    )


def report_of(stored: BudgetImport) -> Report | None:
    """The report of an import; None when there is none, or none that can be read."""
    try:
        return Report.from_json(stored.report)
    except (KeyError, TypeError, ValueError, ArithmeticError):
        return None


def _read_so_far(stored: BudgetImport) -> int | None:
    # Nobody's figures depend on it.
    with suppress(RedisError, OSError):
        found = cache.get(progress_key(stored))
        return found if isinstance(found, int) else None
    return None


def _counts(report: Report) -> list[tuple[str, str, str]]:
    """(what, how many, a word on it)."""
    rows = [
        ("Rows read", report.rows, ""),
        ("skipped", report.skipped, "as the mapping says"),
        ("without an amount", report.blank, ""),
        ("of totals", report.total_rows, ""),
        ("Amounts", report.amounts, ""),
        ("new", report.new, ""),
        ("changed", report.changed, "they supersede the amounts of the same data set"),
        ("unchanged", report.unchanged, ""),
        ("refused", report.refused, ""),
        ("Missing", report.missing, "earlier figures of the data set that the file no longer has; they stand"),
        ("New agencies", report.new_agencies, ""),
        ("New budget lines", report.new_lines, ""),
    ]
    always = {"Rows read", "Amounts", "new", "changed", "unchanged", "refused"}
    return [(what, f"{count:,}", word if count else "") for what, count, word in rows if count or what in always]


def totals_of(report: Report) -> list[tuple[str, str, str]]:
    """(column, sum with its unit, how many amounts)."""
    return [
        (each.column, f"{money(each.total)} {each.currency or each.unit}", f"{each.amounts:,}") for each in report.sums
    ]


def differences_of(report: Report) -> list[tuple[str, str, str, str, str]]:
    """(column, what the total is for, stated, ours, difference) of stated totals that are not met."""
    found = []
    for each in report.differences:
        group = " / ".join(each.group) or "the whole file"
        found.append((each.column, group, money(each.stated), money(each.ours), money(each.difference)))
    return found


def conflicts_of(report: Report) -> list[tuple[str, str, str, str, str, str]]:
    """(agency and line, period, phase, here, elsewhere, where) of what other data sets say otherwise."""
    return [
        (
            " / ".join(part for part in (each.agency, each.line) if part),
            each.period,
            each.phase,
            f"{money(each.ours)} {each.currency}".strip(),
            f"{money(each.theirs)} {each.currency}".strip(),
            each.dataset,
        )
        for each in report.conflict_rows
    ]


class _Echo:
    """A file that keeps nothing: the writer gets each line back."""

    def write(self, line: str) -> str:
        return line


def refused_csv(stored: BudgetImport, report: Report) -> StreamingHttpResponse:
    """The refused rows as a download; no cell of somebody's file is run by a spreadsheet."""
    response = StreamingHttpResponse(_lines(report), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="refused-{stored.pk}.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _lines(report: Report) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield _BOM + writer.writerow(_HEADS)
    for each in report.refused_rows:
        texts = (each.row_id, each.column, each.cell, each.reason)
        yield writer.writerow([str(each.line), *map(harmless, texts)])
