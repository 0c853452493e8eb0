"""Budget files are read one at a time, so that an import never holds two workers."""

import threading
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from budgets.importing import turns
from budgets.importing.turns import run_next
from budgets.importing.waiting import run_waiting
from budgets.models.budget_import import BudgetImport
from tests.budgets.importing.mappings import LATER, make_mapping
from tests.budgets.importing.test_waiting import asked


@pytest.mark.usefixtures("committed_db")
def test_a_second_worker_leaves_while_the_first_one_reads(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = tmp_path
    mapping = make_mapping()
    asked(mapping)
    asked(mapping, requested_at=LATER)
    began, go_on = threading.Event(), threading.Event()
    found: list[BudgetImport | None] = []

    def slowly(**options: object) -> BudgetImport | None:
        began.set()
        assert go_on.wait(20)
        return run_waiting(now=LATER)

    def first() -> None:
        try:
            found.append(run_next(now=LATER))
        finally:
            connection.close()

    monkeypatch.setattr(turns, "run_waiting", slowly)
    thread = threading.Thread(target=first)
    thread.start()
    assert began.wait(20)
    second = run_next(now=LATER)
    go_on.set()
    thread.join()
    assert second is None
    assert found[0] is not None
    monkeypatch.setattr(turns, "run_waiting", run_waiting)
    assert run_next(now=LATER) is not None, "the turn was given back"
    assert not BudgetImport.objects.due().exists()


@pytest.mark.usefixtures("db")
def test_the_turn_is_given_back_when_reading_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(**options: object) -> None:
        raise OSError("no file")

    monkeypatch.setattr(turns, "run_waiting", fails)
    with pytest.raises(OSError, match="no file"):
        run_next(now=LATER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        assert cursor.fetchone() == (0,)
