"""`manage.py import_budget`: what it prints, what it stores, and how it ends."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from budgets.importing.report import Report
from budgets.models.budget_import import BudgetImport
from budgets.models.figure import Figure
from tests.budgets.importing.mappings import ROWS, make_mapping, written
from tests.factories.cast import UserFactory

pytestmark = pytest.mark.usefixtures("db")


def run(path: Path, *options: str) -> str:
    """What it prints."""
    out = io.StringIO()
    call_command("import_budget", str(path), "--mapping", "bill", *options, stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.fixture
def path(db: None, tmp_path: Path) -> Path:
    make_mapping()
    UserFactory.create(username="somchai", is_superuser=True)
    UserFactory.create(username="guest")
    return written(tmp_path, ROWS)


def refused(path: Path, *options: str) -> tuple[int, str]:
    """Exit code and sentence."""
    with pytest.raises(CommandError) as error:
        run(path, *options)
    return error.value.returncode, str(error.value)


def test_a_dry_run_needs_nobody_and_stores_nothing(path: Path) -> None:
    told = run(path, "--dry-run")
    assert "new 3, changed 0, unchanged 0, refused 0" in told
    assert "Dry run: nothing was stored." in told
    assert not BudgetImport.objects.exists()


def test_it_imports_and_says_who_publishes(path: Path, tmp_path: Path) -> None:
    told = run(path, "--by", "somchai", "--dataset", "bill-2565", "--report", str(tmp_path / "report.json"))
    assert "another person publishes" in told
    assert BudgetImport.objects.get().dataset == "bill-2565"
    report = Report.from_json(json.loads((tmp_path / "report.json").read_text(encoding="utf-8")))
    assert (report.new, report.dataset) == (3, "bill-2565")
    assert "Nothing to do" in run(path, "--by", "somchai", "--dataset", "bill-2565")


def test_refused_rows_end_with_one_and_the_others_are_stored(path: Path, tmp_path: Path) -> None:
    path = written(tmp_path, ROWS + "ก,แผน,ข้อ,2565,x\n")
    assert refused(path, "--by", "somchai") == (1, "1 amounts were refused; the reasons are above.")
    assert Figure.objects.count() == 3


def test_a_strict_run_stores_nothing_when_a_row_is_refused(path: Path, tmp_path: Path) -> None:
    code, words = refused(written(tmp_path, ROWS + "ก,แผน,ข้อ,2565,x\n"), "--by", "somchai", "--strict")
    assert (code, Figure.objects.count()) == (2, 0)
    assert "none may be" in words


def test_a_total_that_is_not_met_stores_nothing(path: Path) -> None:
    code, words = refused(path, "--by", "somchai", "--expect", "Amount=1,600")
    assert (code, Figure.objects.count()) == (2, 0)
    assert "adds up to 600, and 1,600 is expected" in words
    run(path, "--by", "somchai", "--expect", "Amount=600")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "Give --by"),
        (("--by", "nobody"), "“nobody” is nobody who may import"),
        (("--by", "guest"), "“guest” is nobody who may import"),
        (("--dry-run", "--mapping", "other"), "There is no mapping “other”. Saved: bill."),
        (("--dry-run", "--set", "period=2565"), "does not ask for “period”"),
    ],
)
def test_what_it_cannot_do_it_says(path: Path, options: tuple[str, ...], words: str) -> None:
    code, sentence = refused(path, *options)
    assert code == 2
    assert words in sentence


@pytest.mark.parametrize("options", [("--set", "period"), ("--expect", "Amount"), ("--expect", "Amount=much")])
def test_options_that_are_no_pairs_are_told(path: Path, options: tuple[str, str]) -> None:
    with pytest.raises(CommandError, match="write it like"):
        run(path, "--dry-run", *options)


def test_a_file_that_is_not_there_is_told(path: Path) -> None:
    assert refused(path.with_name("gone.csv"), "--dry-run")[0] == 2
