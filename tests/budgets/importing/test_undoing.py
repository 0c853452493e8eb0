"""An import can be taken back, unless something later builds on it."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from budgets.figures import supersede_figure
from budgets.importing import undoing
from budgets.importing.jobs import ImportRefused
from budgets.importing.undoing import undo_import
from budgets.models.budget_import import BudgetImport
from budgets.models.figure import Figure
from budgets.vocabulary import ImportState
from ledger.models import Entry
from tests.budgets.importing.mappings import LATER, NOW, ROWS, imported, make_mapping, written
from tests.budgets.test_figures import fields
from tests.factories.cast import UserFactory

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def by(db: None) -> User:
    person: User = UserFactory.create()
    return person


def standing() -> list[Decimal | None]:
    """Amounts that stand, in their order."""
    return list(Figure.objects.standing().order_by("value").values_list("value", flat=True))


def undo(budget_import: BudgetImport, by: User, now: datetime = LATER) -> BudgetImport:
    """Take it back."""
    return undo_import(budget_import=budget_import, by=by, now=now)


def test_what_it_brought_is_retracted_and_what_it_replaced_stands_again(
    tmp_path: Path, by: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undoing, "CHUNK", 1)
    mapping = make_mapping()
    imported(written(tmp_path, ROWS), mapping, by)
    imported(written(tmp_path, ROWS.replace("200", "250") + "ก,แผน,ข้อ,2565,7\n"), mapping, by)
    undone = undo(BudgetImport.objects.latest("pk"), by)
    assert standing() == [100, 200, 300]
    assert set(Figure.objects.filter(retracted_at=LATER).values_list("value", "retraction_reason")) == {
        (Decimal(250), undoing.REASON), (Decimal(7), undoing.REASON),
    }  # fmt: skip
    assert (undone.state, undone.undone_by, undone.undone_at) == (ImportState.UNDONE, by, LATER)
    entry = Entry.objects.order_by("index").last()
    assert entry is not None
    assert (entry.verb, entry.refs) == ("import.undone", {"import": str(undone.public_id)})
    assert entry.content.content == {"retracted": "2", "restored": "1", "user": str(by.pk)}


def test_an_undone_file_can_be_imported_again(tmp_path: Path, by: User) -> None:
    path, mapping = written(tmp_path, ROWS), make_mapping()
    imported(path, mapping, by)
    undo(BudgetImport.objects.get(), by)
    assert (standing(), imported(path, mapping, by).new) == ([], 3)


def test_it_is_undone_once(tmp_path: Path, by: User) -> None:
    imported(written(tmp_path, ROWS), make_mapping(), by)
    undo(BudgetImport.objects.get(), by)
    with pytest.raises(ImportRefused, match="only one that is done"):
        undo(BudgetImport.objects.get(), by)


def test_a_later_import_that_builds_on_it_must_be_undone_first(tmp_path: Path, by: User) -> None:
    mapping = make_mapping()
    imported(written(tmp_path, ROWS), mapping, by)
    imported(written(tmp_path, ROWS.replace("200", "250"), "later.csv"), mapping, by)
    first, second = BudgetImport.objects.order_by("pk")
    with pytest.raises(ImportRefused, match=r"The later import “bill: later\.csv” builds on this one"):
        undo(first, by)
    assert standing() == [100, 250, 300]
    undo(second, by)
    undo(first, by)
    assert standing() == []


def test_a_later_figure_in_place_of_one_of_its_own_stops_it(tmp_path: Path, by: User) -> None:
    imported(written(tmp_path, ROWS), make_mapping(), by)
    supersede_figure(figure=Figure.objects.get(value=100), by=by, now=NOW, **fields())
    with pytest.raises(ImportRefused, match="A later figure, “SSO spending · 4 billion baht”"):
        undo(BudgetImport.objects.get(), by)


def test_a_later_import_that_found_its_amounts_unchanged_must_be_undone_first(tmp_path: Path, by: User) -> None:
    mapping = make_mapping()
    imported(written(tmp_path, ROWS), mapping, by)
    imported(written(tmp_path, ROWS + "ก,แผน,ข้อ,2565,7\n", "later.csv"), mapping, by)
    first, second = BudgetImport.objects.order_by("pk")
    with pytest.raises(ImportRefused, match="found amounts of this one unchanged"):
        undo(first, by)
    undo(second, by)
    undo(first, by)
    assert standing() == []
