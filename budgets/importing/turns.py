"""One worker reads budget files at a time: the others stay free for what readers wait for."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from budgets.importing.waiting import run_waiting
from budgets.models.budget_import import BudgetImport

_TAKE = "SELECT pg_try_advisory_lock(hashtext('budgets.importing.turns'))"
_GIVE_BACK = "SELECT pg_advisory_unlock(hashtext('budgets.importing.turns'))"


def run_next(*, now: datetime) -> BudgetImport | None:
    """Read one waiting file unless another worker is reading one; return the import, or None.

    Without the turn, a second import would hold a second worker while it waits for the end of the first. The lock
    belongs to the connection, so that of a dead worker is gone.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE)
        if not cursor.fetchone()[0]:
            return None
        try:
            return run_waiting(now=now)
        finally:
            cursor.execute(_GIVE_BACK)
