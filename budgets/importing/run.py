"""An import: read, compare, report, and in one transaction store what is new or changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, transaction

from budgets.importing.jobs import ImportRefused, Job, refusals, refuse_missing_answers, refuse_unexpected
from budgets.importing.mapping.objects import SpecRefused
from budgets.importing.mapping.periods import FiscalRule
from budgets.importing.mapping.rows import RowReader, shown
from budgets.importing.mapping.spec import Spec
from budgets.importing.mapping.spec_reading import header_faults, read_spec
from budgets.importing.reading.layout import Layout
from budgets.importing.reading.package_files import find_resource, read_descriptor
from budgets.importing.reading.tables import open_table
from budgets.importing.report import MOST_KEPT, Report
from budgets.importing.storing.agencies import AgencyBook
from budgets.importing.storing.conflicts import find_conflicts
from budgets.importing.storing.difference import Difference, column_sums, compare
from budgets.importing.storing.duplicates import settle_duplicates
from budgets.importing.storing.lines import create_lines, find_lines
from budgets.importing.storing.staging import Progress, Staged, stage
from budgets.importing.storing.writing import checked_at_once, write_figures
from budgets.models.agency import Agency
from budgets.models.budget_import import BudgetImport
from budgets.models.mapping import ColumnMapping
from budgets.vocabulary import ImportState
from ledger.recording import record

# A long import is no accident; two at once would each miss what the other brings.
# One statement: the web, which undoes imports, prepares its statements.
_LIMITS = """
    SELECT set_config('statement_timeout', '0', true), set_config('lock_timeout', '0', true),
        set_config('idle_in_transaction_session_timeout', '0', true), set_config('work_mem', '48MB', true)
"""
_CHUNK = 1 << 20
_ALONE = "SELECT pg_advisory_xact_lock(hashtext('budgets.importing'))"
_ALONE_NOW = "SELECT pg_try_advisory_xact_lock(hashtext('budgets.importing'))"


def import_budget(
    *,
    path: Path,
    mapping: ColumnMapping,
    by: User | None,
    now: datetime,
    dataset: str | None = None,
    given: Mapping[str, str] | None = None,
    expected: Mapping[str, Decimal] | None = None,
    strict: bool = False,
    dry_run: bool = False,
    on_progress: Progress | None = None,
) -> Report:
    """Read a file through a mapping and store what it changes, all or nothing; return the report.

    `dataset` (the mapping's name when left out) names the series that the file belongs to: only its own figures are
    superseded. `given` holds what the mapping asks for: an agency's slug, a period. A dry run stores nothing. A file
    that changes nothing leaves nothing, not even an entry in the ledger. `on_progress` is called with the rows read.
    Raises ImportRefused when the file cannot be read as the mapping says, when a column does not add up to what is
    `expected` of it, and, if `strict`, for any refused row; else rows that are refused are in the report. Only a dry
    run can do without `by`.
    """
    if by is None and not dry_run:
        raise ImportRefused(["Say who imports the file."])
    job = Job(
        path=path,
        file_name=path.name,
        mapping=mapping,
        spec=mapping.spec,
        dataset=dataset or mapping.name,
        given=given or {},
        dry_run=dry_run,
        title=mapping.title_en,
        address=mapping.source_url,
        expected=expected or {},
        strict=strict,
    )
    with transaction.atomic():
        report, stored = run_job(job, by=by, now=now, on_progress=on_progress)
        if stored is not None:
            record_import(stored, report)
    return report


def run_job(
    job: Job,
    *,
    by: User | None,
    now: datetime,
    waiting: BudgetImport | None = None,
    on_progress: Progress | None = None,
) -> tuple[Report, BudgetImport | None]:
    """Do a job inside the caller's transaction; return the report, and the import whose figures were stored.

    `waiting` is the row that asked for it; without one a row is made if there is something to store. The caller
    ends with `record_import` when there is an import.
    """
    with refusals(), connection.cursor() as cursor:
        if job.dry_run:
            cursor.execute(_LIMITS)
        else:
            begin_alone(cursor, wait=True)
        spec = read_spec(job.spec)
        refuse_missing_answers(spec, job)
        book = AgencyBook(job.mapping.jurisdiction, create=spec.unknown_agency == "create")
        staged, notes = _stage(cursor, job, spec, book, on_progress)
        settle_duplicates(cursor, spec, staged.tally)
        new_agencies = _settle_agencies(cursor, book, spec, dry_run=job.dry_run)
        new_lines = find_lines(cursor)
        if not job.dry_run:
            with checked_at_once(cursor):
                create_lines(cursor, lang=spec.lang)
        difference = compare(cursor, dataset=job.dataset)
        report = _report(cursor, job, spec, staged, difference)
        report = replace(report, new_agencies=new_agencies, new_lines=new_lines, notes=(*notes, *report.notes))
        refuse_unexpected(job, report)
        if job.dry_run or by is None or not report.changes():
            return report, None
        stored = waiting or _made(job, report, by, now)
        with checked_at_once(cursor):
            write_figures(cursor, budget_import=stored.pk, provenance=stored.provenance, now=now)
    return report, stored


def begin_alone(cursor: Any, *, wait: bool) -> None:
    """Take the time that it takes, and let no other import change figures until the transaction ends.

    Raises ImportRefused when another is at it and it is not to `wait` for its end.
    """
    cursor.execute(_LIMITS)
    if wait:
        cursor.execute(_ALONE)
        return
    cursor.execute(_ALONE_NOW)
    if not cursor.fetchone()[0]:
        raise ImportRefused(["Another import is being stored: try again when it is done."])


def _stage(
    cursor: Any, job: Job, spec: Spec, book: AgencyBook, on_progress: Progress | None
) -> tuple[Staged, list[str]]:
    country = job.mapping.jurisdiction
    rule = FiscalRule(country.fiscal_year_starts_month, country.fiscal_year_named_by_end)
    aliases = {(each.target, each.written): each.meant for each in job.mapping.aliases.all()}
    agency = None if spec.agency.columns else _agency(spec, job)
    with open_table(job.path, spec.layout) as table:
        faults = header_faults(spec, table.header)
        if faults:
            raise SpecRefused(faults)
        reader = RowReader(spec, table.header, aliases, period=job.given.get("period", ""), rule=rule)
        staged = stage(cursor, table, reader, book, agency=agency, on_progress=on_progress)
        return staged, list(table.notes)


def _agency(spec: Spec, job: Job) -> int:
    slug = spec.agency.fixed or job.given["agency"]
    found = Agency.objects.filter(slug=slug).values_list("pk", flat=True).first()
    if found is None:
        raise ImportRefused([f"There is no agency “{slug}”: create it, or write the slug of another."])
    return found


def _settle_agencies(cursor: Any, book: AgencyBook, spec: Spec, *, dry_run: bool) -> int:
    """Store the agencies that the rows need, unless it is a dry run; return how many."""
    if not book.to_create:
        return 0
    cursor.execute("SELECT DISTINCT agency FROM import_row WHERE agency < 0")
    provisional = [key for (key,) in cursor.fetchall()]
    if dry_run:
        return len(book.wanted(provisional))
    real = book.created(provisional, lang=spec.lang)
    cursor.execute(
        "UPDATE import_row SET agency = made.real FROM unnest(%s::bigint[], %s::bigint[]) AS made (provisional, real)"
        " WHERE agency = made.provisional",
        [list(real), list(real.values())],
    )
    return len(real)


def _report(cursor: Any, job: Job, spec: Spec, staged: Staged, difference: Difference) -> Report:
    tally = staged.tally
    agree, rounding, differences = staged.totals.compared()
    conflicts, conflict_rows = find_conflicts(cursor, dataset=job.dataset, title=job.title, address=job.address)
    notes = list(staged.totals.notes)
    if difference.elsewhere:
        notes.append(
            f"{difference.elsewhere:,} figures of the data set are of agencies or periods that the file does not have; "
            "they stand."
        )
    if difference.left:
        notes.append(
            f"{difference.left:,} amounts were retracted or corrected by a person since they were imported; they are "
            "left so."
        )
    return Report(
        file=job.file_name,
        sha256=_digest(job.path, spec.layout),
        mapping=job.mapping.name,
        dataset=job.dataset,
        rows=tally.rows,
        skipped=tally.skipped,
        blank=tally.blank,
        total_rows=tally.total_rows,
        amounts=difference.new + difference.changed + difference.unchanged,
        new=difference.new,
        changed=difference.changed,
        unchanged=difference.unchanged,
        missing=difference.missing,
        refused=tally.refused,
        refused_rows=tuple(tally.refused_rows),
        reasons=dict(tally.reasons),
        sums=column_sums(cursor, spec),
        totals_agree=agree,
        totals_within_rounding=rounding,
        totals_differ=len(differences),
        differences=tuple(differences[:MOST_KEPT]),
        conflicts=conflicts,
        conflict_rows=conflict_rows,
        notes=tuple(notes),
        rests_on=difference.rests_on,
    )


def _digest(path: Path, layout: Layout) -> str:
    """The SHA-256 of the file (hex); of a package, of its description and then its table."""
    digest = hashlib.sha256()
    paths = [path]
    if layout.format == "package":
        paths.append(find_resource(path, read_descriptor(path), layout.sheet).file)
    for each in paths:
        with each.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    return digest.hexdigest()


def _made(job: Job, report: Report, by: User, now: datetime) -> BudgetImport:
    return BudgetImport.objects.create(
        mapping=job.mapping,
        spec=job.spec,
        dataset=job.dataset,
        title_en=job.mapping.title_en,
        title_th=job.mapping.title_th,
        source_url=job.mapping.source_url,
        provenance=job.mapping.provenance,
        given=dict(job.given),
        file_name=shown(job.file_name, 200),
        file_digest=report.sha256,
        file_size=job.path.stat().st_size,
        state=ImportState.DONE,
        report=report.as_json(),
        imported_by=by,
        requested_at=now,
        finished_at=now,
    )


def record_import(stored: BudgetImport, report: Report) -> None:
    """Write the one entry of an import into the ledger, as the last statement of its transaction."""
    stored.refresh_from_db(fields=["public_id"])
    counts = {name: str(getattr(report, name)) for name in ("new", "changed", "unchanged", "missing", "refused")}
    record(
        "budget.imported",
        subject_kind="import",
        subject_id=stored.public_id,
        refs={"import": str(stored.public_id)},
        content={**counts, "dataset": stored.dataset, "file": stored.file_digest, "user": str(stored.imported_by_id)},
    )
