"""Taking an import back: what it brought is retracted, what it replaced stands again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, transaction

from budgets.importing.jobs import ImportRefused
from budgets.importing.run import begin_alone
from budgets.importing.storing.writing import checked_at_once
from budgets.models.budget_import import BudgetImport
from budgets.models.figure import Figure
from budgets.vocabulary import ImportState
from ledger.recording import record

CHUNK = 50_000
REASON = "The import that brought this figure was undone."

_BOUNDS = "SELECT min(id), max(id) FROM budgets_figure WHERE budget_import_id = %(undone)s"
_RETRACT = """
    UPDATE budgets_figure SET retracted_at = %(now)s, retraction_reason = %(reason)s
    WHERE budget_import_id = %(undone)s AND retracted_at IS NULL AND id >= %(first)s AND id < %(end)s
"""
_RESTORE = """
    UPDATE budgets_figure old SET superseded_by_id = NULL FROM budgets_figure new
    WHERE old.superseded_by_id = new.id AND new.budget_import_id = %(undone)s
        AND new.id >= %(first)s AND new.id < %(end)s
"""


def undo_import(*, budget_import: BudgetImport, by: User, now: datetime) -> BudgetImport:
    """Retract the figures of an import and let those stand again that it had superseded; return the import.

    Raises ImportRefused when it is not done, or when a later figure stands in place of one of its own.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        begin_alone(cursor, wait=False)
        stored = BudgetImport.objects.select_for_update().get(pk=budget_import.pk)
        _refuse_what_cannot_be_undone(stored)
        with checked_at_once(cursor):
            retracted, restored = _undo(cursor, stored, now)
        stored.state, stored.undone_by, stored.undone_at = ImportState.UNDONE, by, now
        stored.save(update_fields=["state", "undone_by", "undone_at"])
        record(
            "import.undone",
            subject_kind="import",
            subject_id=stored.public_id,
            refs={"import": str(stored.public_id)},
            content={"retracted": str(retracted), "restored": str(restored), "user": str(by.pk)},
        )
    return stored


def _refuse_what_cannot_be_undone(stored: BudgetImport) -> None:
    if stored.state != ImportState.DONE:
        raise ImportRefused([f"This import is “{ImportState(stored.state).label}”: only one that is done is undone."])
    later = Figure.objects.filter(budget_import=stored, superseded_by__isnull=False).select_related(
        "superseded_by__budget_import"
    )
    example = later.order_by("pk").first()
    if example is None:
        _refuse_what_rests_on(stored)
        return
    newer = example.superseded_by
    assert newer is not None  # noqa: S101 - asked for just above
    if newer.budget_import is not None:
        raise ImportRefused([f"The later import “{newer.budget_import}” builds on this one: undo that one first."])
    raise ImportRefused([f"A later figure, “{newer}”, stands in place of one of this import: retract it first."])


def _refuse_what_rests_on(stored: BudgetImport) -> None:
    """A later file said the same as this one, and so brought nothing of its own for it."""
    later = BudgetImport.objects.filter(dataset=stored.dataset, state=ImportState.DONE).exclude(pk=stored.pk)
    newest = later.filter(report__rests_on__contains=[str(stored.public_id)]).order_by("-pk").first()
    if newest is not None:
        raise ImportRefused([f"The later import “{newest}” found amounts of this one unchanged: undo that one first."])


def _undo(cursor: Any, stored: BudgetImport, now: datetime) -> tuple[int, int]:
    values = {"undone": stored.pk, "now": now, "reason": REASON}
    cursor.execute(_BOUNDS, values)
    first, last = cursor.fetchone()
    retracted = restored = 0
    if first is None:
        return 0, 0
    for start in range(first, last + 1, CHUNK):
        bounds = {"first": start, "end": start + CHUNK}
        cursor.execute(_RETRACT, values | bounds)
        retracted += cursor.rowcount
        cursor.execute(_RESTORE, values | bounds)
        restored += cursor.rowcount
    return retracted, restored
