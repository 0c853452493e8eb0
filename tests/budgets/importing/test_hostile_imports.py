"""Files made to break an import: amounts at the edge of what is kept, and texts that no terminal prints."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from budgets.importing.mapping.measures import TOO_LARGE
from budgets.importing.report_text import report_lines
from budgets.models.figure import Figure
from tests.budgets.importing.mappings import MONEY, imported, make_mapping, written
from tests.budgets.importing.sheets import text_row, workbook
from tests.factories.cast import UserFactory

pytestmark = pytest.mark.usefixtures("db")
LARGEST = "999999999999999999"


@pytest.fixture
def by(db: None) -> User:
    person: User = UserFactory.create()
    return person


def rows(*amounts: str) -> str:
    return "".join(f"ก,แผน,ข้อ {number},2565,{amount}\n" for number, amount in enumerate(amounts, 1))


def test_the_largest_amounts_of_one_data_set_do_not_break_the_next(tmp_path: Path, by: User) -> None:
    rounded = {**MONEY, "smallest": None}
    bill, book = (make_mapping(name, measures=[rounded]) for name in ("bill", "book"))
    for mapping in (bill, book):
        mapping.title_en = "The same document"
        mapping.save()
    imported(written(tmp_path, rows(f"{LARGEST}.9", f"{LARGEST}.9")), bill, by)
    report = imported(written(tmp_path, rows("100", "200")), book, by)
    assert {row.theirs for row in report.conflict_rows} == {Decimal(f"{LARGEST}.9"), 2 * Decimal(f"{LARGEST}.9")}


@pytest.mark.parametrize("amount", [f"{LARGEST}.999999", f"-{LARGEST}.999999", "9.99999999999999999e17"])
def test_an_amount_that_could_stand_for_nineteen_digits_is_refused(tmp_path: Path, by: User, amount: str) -> None:
    mapping = make_mapping(measures=[{**MONEY, "smallest": None}])
    report = imported(written(tmp_path, rows(amount, "1")), mapping, by)
    expected = {} if "e" in amount else {TOO_LARGE: 1}
    assert (dict(report.reasons), report.new) == (expected, 2 - len(expected))


def test_rounded_amounts_that_add_up_to_the_edge_are_refused(tmp_path: Path, by: User) -> None:
    mapping = make_mapping(measures=[{**MONEY, "smallest": None}], duplicates="add_up")
    same = f"ก,แผน,ข้อ,2565,{LARGEST[:-1]}8.5\nก,แผน,ข้อ,2565,1.499999\n"
    report = imported(written(tmp_path, same), mapping, by)
    assert (report.refused, report.new) == (1, 0)


def test_a_new_rounded_amount_is_new_and_not_changed_as_well(tmp_path: Path, by: User) -> None:
    mapping = make_mapping(measures=[{**MONEY, "smallest": None}])
    report = imported(written(tmp_path, rows("1.5", "2")), mapping, by)
    assert (report.new, report.changed, report.unchanged, report.amounts) == (2, 0, 0, 2)
    report = imported(written(tmp_path, rows("1.6", "2", "3.5")), mapping, by)
    assert (report.new, report.changed, report.unchanged, report.amounts) == (1, 1, 1, 3)
    assert Figure.objects.count() == 4


def told(path: Path) -> str:
    """What the command prints, on a terminal that takes UTF-8 only."""
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    try:
        call_command(
            "import_budget", str(path), "--mapping", "bill", "--dry-run", stdout=terminal, stderr=io.StringIO()
        )
    except CommandError as error:
        terminal.write(str(error))
    terminal.flush()
    return terminal.buffer.getvalue().decode()


@pytest.mark.parametrize("cell", ["\ud800", "1\ud8000", "1\x00", "\u202e12"])
def test_a_refused_cell_of_json_is_told_however_it_is_made(tmp_path: Path, cell: str) -> None:
    make_mapping(layout={"format": "json"})
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"Ministry": "ก", "Plan": "ก", "Item": "ก", "Year": 2565, "Amount": cell}]), "utf-8")
    assert "1 amounts were refused" in told(path)


def test_a_header_of_json_that_no_terminal_prints_is_told(tmp_path: Path) -> None:
    make_mapping(layout={"format": "json"})
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"\ud800": [1], "a\ud800": "b"}]), "utf-8")
    assert "was not imported" in told(path)


def test_a_refused_cell_of_a_workbook_is_told_however_it_is_made(tmp_path: Path) -> None:
    make_mapping(layout={"format": "xlsx"})
    names = ["Ministry", "Plan", "Item", "Year", "Amount"]
    path = workbook(tmp_path / "a.xlsx", text_row(1, *names) + text_row(2, "ก", "ก", "ก", "2565", "_xD800_1"))
    assert "1 amounts were refused" in told(path)


def test_a_report_is_printable_whatever_it_quotes(tmp_path: Path, by: User) -> None:
    report = imported(written(tmp_path, rows("x\u202ey")), make_mapping(), by)
    assert all(line.isprintable() for line in report_lines(report))
