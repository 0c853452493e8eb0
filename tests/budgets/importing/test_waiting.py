"""A worker reads the imports that people asked for, one by one, and gives up on one that kills it."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import InterfaceError, OperationalError
from pytest_django import Settings

from budgets.importing.report import Report
from budgets.importing.waiting import GIVEN_UP, progress_key, run_waiting
from budgets.models.budget_import import BudgetImport
from budgets.models.figure import Figure
from budgets.models.mapping import ColumnMapping
from budgets.vocabulary import ImportState
from ledger.models import Entry
from tests.budgets.importing.mappings import HEADER, LATER, NOW, ROWS, make_mapping
from tests.factories.cast import UserFactory

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def mapping(db: None, tmp_path: Path, settings: Settings) -> ColumnMapping:
    settings.MEDIA_ROOT = tmp_path
    return make_mapping()


def asked(mapping: ColumnMapping, content: str = HEADER + ROWS, **values: Any) -> BudgetImport:
    """An import as the admin leaves it."""
    by: User = UserFactory.create()
    return BudgetImport.objects.create(
        **{
            "mapping": mapping, "spec": mapping.spec, "dataset": "bill", "title_en": "Bill", "title_th": "ร่าง",
            "provenance": mapping.provenance, "file": ContentFile(content.encode(), name="bill.csv"),
            "file_name": "bill.csv", "file_digest": "0" * 64, "file_size": 1, "state": ImportState.WAITING,
            "imported_by": by, "requested_at": NOW,
        } | values
    )  # fmt: skip


def test_nothing_waits(db: None) -> None:
    assert run_waiting(now=LATER) is None


def test_the_oldest_is_imported_with_its_report(mapping: ColumnMapping) -> None:
    first, second = asked(mapping), asked(mapping, requested_at=LATER)
    done = run_waiting(now=LATER)
    assert done == first
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.finished_at, first.attempts, second.state) == ("done", LATER, 1, "waiting")
    assert Report.from_json(first.report).new == 3
    assert Figure.objects.filter(budget_import=first).count() == 3
    assert Entry.objects.get().subject_id == str(first.public_id)
    assert cache.get(progress_key(first)) == 3


def test_a_second_import_of_the_same_file_brings_nothing_and_says_so(mapping: ColumnMapping) -> None:
    asked(mapping)
    second = asked(mapping, requested_at=LATER)
    run_waiting(now=LATER)
    run_waiting(now=LATER)
    second.refresh_from_db()
    assert (second.state, second.report["unchanged"], second.figures.count()) == ("done", 3, 0)
    assert Entry.objects.count() == 1


def test_a_dry_run_is_checked_and_stores_no_figure(mapping: ColumnMapping) -> None:
    tried = asked(mapping, dry_run=True)
    run_waiting(now=LATER)
    tried.refresh_from_db()
    assert (tried.state, tried.report["new"]) == (ImportState.CHECKED, 3)
    assert (Figure.objects.count(), Entry.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("values", "words"),
    [({"content": "A,B\n1,2\n"}, "no column “Ministry”"), ({"spec": {}}, "measures: "),
     ({"file": ""}, "not here any more"), ({"given": {"period": "2565"}}, "leave it out")],
)  # fmt: skip
def test_what_is_refused_fails_with_every_reason(mapping: ColumnMapping, values: dict[str, Any], words: str) -> None:
    waiting = asked(mapping, **values)
    run_waiting(now=LATER)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.finished_at) == (ImportState.FAILED, LATER)
    assert words in waiting.fault
    assert run_waiting(now=LATER) is None


def test_a_file_that_was_begun_three_times_is_given_up(mapping: ColumnMapping) -> None:
    waiting = asked(mapping, attempts=3)
    assert run_waiting(now=LATER) == waiting
    waiting.refresh_from_db()
    assert (waiting.state, waiting.fault) == (ImportState.FAILED, GIVEN_UP)


class Broken:
    """Progress that fails as a bug or a database does."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def __call__(self, rows: int) -> None:
        raise self.error


def broken(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    monkeypatch.setattr("budgets.importing.waiting._progress", lambda waiting: Broken(error))


def test_an_error_of_the_program_fails_the_import_at_once_and_is_logged_once(
    mapping: ColumnMapping, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    waiting = asked(mapping)
    broken(monkeypatch, KeyError("secret detail"))
    run_waiting(now=LATER)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.attempts, waiting.finished_at) == (ImportState.FAILED, 1, LATER)
    assert "did not foresee (KeyError); nothing was stored" in waiting.fault
    assert "secret detail" not in waiting.fault
    assert [(record.levelname, bool(record.exc_info)) for record in caplog.records] == [("ERROR", True)]
    assert (Figure.objects.count(), run_waiting(now=LATER)) == (0, None)


@pytest.mark.parametrize("error", [OperationalError("gone"), InterfaceError("closed")])
def test_a_database_that_is_away_is_raised_and_the_import_waits(
    mapping: ColumnMapping, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    waiting = asked(mapping)
    broken(monkeypatch, error)
    with pytest.raises(type(error)):
        run_waiting(now=LATER)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.attempts, waiting.fault) == (ImportState.WAITING, 1, "")
