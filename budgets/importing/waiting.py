"""Imports that somebody asked for in the admin, read one by one by a worker."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.core.cache import cache
from django.db import InterfaceError, OperationalError, transaction
from redis.exceptions import RedisError

from budgets.importing.jobs import ImportRefused, Job
from budgets.importing.run import record_import, run_job
from budgets.importing.storing.staging import Progress
from budgets.models.budget_import import BudgetImport
from budgets.vocabulary import ImportState

MOST_ATTEMPTS = 3
GIVEN_UP = (
    f"The file was begun {MOST_ATTEMPTS} times and never finished: the worker was stopped, or ran out of memory. "
    "Split the file, or ask the operations staff."
)
UNFORESEEN = (
    "The program stopped at this file with an error that it did not foresee ({error}); nothing was stored. It is a "
    "fault of the program: tell the operations staff, who find the details in the log."
)
PROGRESS_SECONDS = 600
_log = logging.getLogger(__name__)


def run_waiting(*, now: datetime) -> BudgetImport | None:
    """Take one waiting import, read its file, and return it with its report; None when nothing waits.

    The row is locked while it is read: another worker passes it by, and the lock of a dead one is gone. An import
    that was begun three times and never finished fails, and so does one that meets an error of the program; only when
    the database is away or busy is the error raised, and the import tried again.
    """
    begun = _begin(now)
    if begun is None or begun.state == ImportState.FAILED:
        return begun
    try:
        with transaction.atomic():
            # A second worker may have come between the two transactions.
            locked = BudgetImport.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=begun.pk)
            waiting = locked.filter(state=ImportState.WAITING).select_related("mapping__jurisdiction").first()
            if waiting is None:
                return None
            _import(waiting, now)
    except ImportRefused as error:
        return _fail(begun, str(error), now)
    except (OperationalError, InterfaceError):
        # The database was away or busy, which is no fault of the file: the next turn tries again.
        raise
    except Exception as error:  # noqa: BLE001 - whatever a file provokes is told, once
        # Whatever the reader missed it would miss again: tell it once, and let the files behind it go on.
        _log.exception("The import %s stopped with an error that nobody foresaw.", begun.public_id)
        return _fail(begun, UNFORESEEN.format(error=type(error).__name__), now)
    return waiting


def progress_key(budget_import: BudgetImport) -> str:
    """Where the cache holds how many rows have been read; it may hold nothing."""
    return f"budget-import:{budget_import.pk}"


def _begin(now: datetime) -> BudgetImport | None:
    """Count the attempt before it is made, so that a file that kills the worker is not read for ever."""
    with transaction.atomic():
        due = BudgetImport.objects.due().select_for_update(skip_locked=True, of=("self",))
        waiting = due.order_by("requested_at", "pk").first()
        if waiting is None:
            return None
        if waiting.attempts < MOST_ATTEMPTS:
            waiting.attempts += 1
            waiting.save(update_fields=["attempts"])
            return waiting
    return _fail(waiting, GIVEN_UP, now)


def _fail(waiting: BudgetImport, fault: str, now: datetime) -> BudgetImport:
    waiting.state, waiting.fault, waiting.finished_at = ImportState.FAILED, fault, now
    waiting.save(update_fields=["state", "fault", "finished_at"])
    return waiting


def _import(waiting: BudgetImport, now: datetime) -> None:
    if not waiting.file:
        raise ImportRefused(["The file is not here any more: upload it again."])
    job = Job(
        path=Path(waiting.file.path),
        file_name=waiting.file_name,
        mapping=waiting.mapping,
        spec=waiting.spec,
        dataset=waiting.dataset,
        given=waiting.given,
        dry_run=waiting.dry_run,
        title=waiting.title_en,
        address=waiting.source_url,
    )
    report, stored = run_job(job, by=waiting.imported_by, now=now, waiting=waiting, on_progress=_progress(waiting))
    waiting.state = ImportState.CHECKED if waiting.dry_run else ImportState.DONE
    waiting.report, waiting.finished_at, waiting.fault = report.as_json(), now, ""
    waiting.save(update_fields=["state", "report", "finished_at", "fault"])
    if stored is not None:
        record_import(stored, report)


def _progress(waiting: BudgetImport) -> Progress:
    key = progress_key(waiting)

    def tell(rows: int) -> None:
        # Nobody's figures depend on it.
        with suppress(RedisError, OSError):
            cache.set(key, rows, timeout=PROGRESS_SECONDS)

    return tell
