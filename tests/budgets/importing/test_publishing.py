"""Readers see an import when another person says so."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Permission, User
from django.db import IntegrityError, transaction

from budgets.importing.jobs import ImportRefused
from budgets.importing.publishing import publish_import
from budgets.importing.undoing import undo_import
from budgets.models.budget_import import BudgetImport
from budgets.models.figure import Figure
from ledger.models import Entry
from tests.budgets.importing.mappings import LATER, NOW, ROWS, imported, make_mapping, written
from tests.factories.cast import UserFactory

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def by(db: None) -> User:
    person: User = UserFactory.create()
    return person


def publisher() -> User:
    """Another person, who may let readers see imports."""
    person: User = UserFactory.create()
    person.user_permissions.add(Permission.objects.get(codename="publish_budgetimport"))
    return person


@pytest.fixture
def brought(tmp_path: Path, by: User) -> BudgetImport:
    imported(written(tmp_path, ROWS), make_mapping(), by)
    return BudgetImport.objects.get()


def test_another_person_publishes(brought: BudgetImport) -> None:
    other = publisher()
    published = publish_import(budget_import=brought, by=other, now=LATER)
    assert (published.published_by, published.published_at) == (other, LATER)
    assert Figure.objects.published().count() == 3
    entry = Entry.objects.order_by("index").last()
    assert entry is not None
    assert (entry.verb, entry.refs) == ("import.published", {"import": str(brought.public_id)})


def test_who_imported_does_not_publish(brought: BudgetImport, by: User) -> None:
    with pytest.raises(ImportRefused, match="another person"):
        publish_import(budget_import=brought, by=by, now=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        BudgetImport.objects.update(published_by=by, published_at=NOW)
    assert not Figure.objects.published().exists()


def test_who_may_not_decide_does_not_publish(brought: BudgetImport) -> None:
    with pytest.raises(ImportRefused, match="Reviewers and editors"):
        publish_import(budget_import=brought, by=UserFactory.create(), now=LATER)


def test_it_is_published_once(brought: BudgetImport) -> None:
    other = publisher()
    publish_import(budget_import=brought, by=other, now=LATER)
    with pytest.raises(ImportRefused, match="Readers see this import since 2026-03-03"):
        publish_import(budget_import=brought, by=other, now=LATER)


def test_an_undone_import_is_not_published_and_a_published_one_can_be_undone(brought: BudgetImport) -> None:
    other = publisher()
    publish_import(budget_import=brought, by=other, now=LATER)
    undo_import(budget_import=brought, by=other, now=LATER)
    assert not Figure.objects.published().exists()
    with pytest.raises(ImportRefused, match="“Undone”: import the file"):
        publish_import(budget_import=brought, by=other, now=LATER)
