"""Imports that are committed for real: the ledger agrees, and one waits for the other."""

from pathlib import Path

import psycopg
import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError

from budgets.importing.jobs import ImportRefused
from budgets.importing.undoing import undo_import
from budgets.models.agency import Agency
from budgets.models.budget_import import BudgetImport
from budgets.models.budget_line import BudgetLine
from budgets.models.figure import Figure
from ledger.models import Entry
from tests.budgets.importing.mappings import LATER, ROWS, imported, make_mapping, written
from tests.databases import app_url
from tests.factories.cast import UserFactory

_LOCK = "SELECT pg_advisory_xact_lock(hashtext('budgets.importing'))"


def test_an_import_and_its_undoing_are_committed_with_their_entries(committed_db: str, tmp_path: Path) -> None:
    by: User = UserFactory.create()
    imported(written(tmp_path, ROWS), make_mapping(), by)
    undo_import(budget_import=BudgetImport.objects.get(), by=by, now=LATER)
    assert list(Entry.objects.order_by("index").values_list("verb", flat=True)) == ["budget.imported", "import.undone"]
    assert (Figure.objects.count(), Figure.objects.standing().count()) == (3, 0)


def test_an_undoing_does_not_wait_for_an_import(committed_db: str, tmp_path: Path) -> None:
    by: User = UserFactory.create()
    imported(written(tmp_path, ROWS), make_mapping(), by)
    with psycopg.connect(app_url(committed_db)) as other:
        other.execute(_LOCK)
        with pytest.raises(ImportRefused, match="Another import is being stored"):
            undo_import(budget_import=BudgetImport.objects.get(), by=by, now=LATER)
    assert Figure.objects.standing().count() == 3


def test_an_import_that_breaks_leaves_nothing(committed_db: str, tmp_path: Path) -> None:
    nobody = User(pk=0, username="nobody")
    with pytest.raises(IntegrityError):
        imported(written(tmp_path, ROWS), make_mapping(), nobody)
    kinds = (Figure, BudgetLine, Agency, BudgetImport, Entry)
    assert [kind.objects.count() for kind in kinds] == [0] * 5
