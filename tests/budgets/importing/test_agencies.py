"""A name in a file is an agency that stands, a new one, or a refusal that says what to do."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from budgets.importing.cells.names import BadName
from budgets.importing.storing.agencies import AgencyBook
from budgets.models.agency import Jurisdiction
from budgets.models.figure import Figure
from tests.budgets.importing.mappings import ROWS, imported, make_mapping, written
from tests.factories.cast import UserFactory
from tests.factories.nouns import AgencyFactory

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def by(db: None) -> User:
    person: User = UserFactory.create()
    return person


def test_agencies_that_are_unknown_are_refused_unless_the_mapping_creates_them(tmp_path: Path, by: User) -> None:
    AgencyFactory.create(name_th="กระทรวง ข")
    report = imported(written(tmp_path, ROWS), make_mapping(unknown_agency="refuse"), by)
    assert (report.new, report.refused, report.new_agencies) == (1, 2, 0)
    assert "The nearest is “กระทรวง ข”" in report.refused_rows[0].reason
    assert (report.refused_rows[0].column, report.refused_rows[0].cell) == ("Ministry", "กระทรวง ก")


def test_agencies_that_are_refused_are_looked_for_once(db: None) -> None:
    AgencyFactory.create(name_en="Ministry A")
    book = AgencyBook(Jurisdiction.objects.get(), create=False)
    for number in range(150):
        for _ in range(2):
            with pytest.raises(BadName, match="No agency has this name"):
                book.find((f"Ministry {number}",))
    with pytest.raises(BadName, match="The nearest is “Ministry A”"):
        book.find(("Ministry 7",))
    with pytest.raises(BadName, match=r"create agencies\.$"):
        book.find(("Ministry 149",))


def test_two_agencies_of_one_name_are_told_apart_by_the_one_above(tmp_path: Path, by: User) -> None:
    one, two = AgencyFactory.create(name_en="Ministry A"), AgencyFactory.create(name_en="Ministry B")
    AgencyFactory.create(name_en="Secretariat", parent=one)
    wanted = AgencyFactory.create(name_en="Secretariat", parent=two)
    path = written(tmp_path, "Ministry B,Secretariat,I,2565,5\n")
    columns: dict[str, Any] = {"agency": {"columns": ["Ministry", "Plan"]}, "line": {"columns": ["Item"]}}
    imported(path, make_mapping(**columns, unknown_agency="refuse"), by)
    assert Figure.objects.get().agency == wanted
    alone = make_mapping("alone", agency={"columns": ["Plan"]}, line={"columns": ["Item"]})
    assert "Several agencies" in imported(path, alone, by).refused_rows[0].reason


def test_new_agencies_stand_below_those_named_before_them(tmp_path: Path, by: User) -> None:
    columns: dict[str, Any] = {"agency": {"columns": ["Ministry", "Plan"]}, "line": {"columns": ["Item"]}}
    report = imported(written(tmp_path, ROWS), make_mapping(**columns), by)
    part = Figure.objects.get(source_line=4).agency
    assert part is not None
    assert part.parent is not None
    assert (part.name_th, part.parent.name_th, report.new_agencies) == ("แผน 1", "กระทรวง ข", 4)
