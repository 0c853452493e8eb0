"""Whatever files come and go, what stands is what a list on paper would say."""

import random
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from budgets.importing.undoing import undo_import
from budgets.models.budget_import import BudgetImport
from budgets.models.figure import Figure
from budgets.vocabulary import ImportState
from tests.budgets.importing.mappings import LATER, imported, make_mapping, written
from tests.factories.cast import UserFactory

pytestmark = pytest.mark.usefixtures("db")

STEPS = 25
Standing = dict[tuple[str, str, int], int]


@pytest.fixture
def by(db: None) -> User:
    person: User = UserFactory.create()
    return person


def some_rows(chance: random.Random) -> Standing:
    """Amounts of a few agencies, lines and years."""
    keys = [(agency, item, year) for agency in "กข" for item in ("1", "2", "3") for year in (2565, 2566)]
    return {key: chance.randint(1, 3) for key in chance.sample(keys, chance.randint(1, len(keys)))}


def stored() -> Standing:
    """What stands in the database."""
    rows = Figure.objects.standing().values_list("agency__name_th", "line__name_th", "period_year", "value")
    found = {(agency, item, year + 543): int(value) for agency, item, year, value in rows if value is not None and year}
    assert len(found) == len(rows)
    return found


@pytest.mark.parametrize("seed", range(4))
def test_what_stands_is_what_the_files_said_last(tmp_path: Path, by: User, seed: int) -> None:
    chance, mapping = random.Random(seed), make_mapping()
    before: list[Standing] = []
    standing: Standing = {}
    for step in range(STEPS):
        done = BudgetImport.objects.filter(state=ImportState.DONE).order_by("pk").last()
        if done is not None and chance.random() < 0.3:
            undo_import(budget_import=done, by=by, now=LATER)
            standing = before.pop()
        else:
            rows = some_rows(chance)
            text = "".join(f"{agency},แผน,{item},{year},{value}\n" for (agency, item, year), value in rows.items())
            report = imported(written(tmp_path, text, f"{step}.csv"), mapping, by)
            assert report.new == len(rows.keys() - standing.keys())
            assert report.changed == sum(standing.get(key, value) != value for key, value in rows.items())
            assert report.sums[0].total == Decimal(sum(rows.values()))
            if report.changes():
                before.append(standing)
                standing = standing | rows
            assert not imported(written(tmp_path, text, "again.csv"), mapping, by).changes()
        assert stored() == standing
