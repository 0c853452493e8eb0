"""A budget file is tried, imported, published by another person, and undone, each with a button."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from budgets.importing.turns import run_next
from budgets.importing.waiting import progress_key
from budgets.models.budget_import import BudgetImport
from budgets.models.figure import Figure
from budgets.models.mapping import ColumnMapping
from budgets.vocabulary import ImportState
from tests.budgets.importing.mappings import HEADER, ROWS, make_mapping
from tests.claims.admin.conftest import As
from tests.claims.admin.pages import shown
from tests.factories.cast import Cast
from tests.factories.nouns import AgencyFactory

ADD = "/admin/budgets/budgetimport/add/"
FORM = "budgetimport_form"
BAD = 'กระทรวง ก,แผน 1,=1+1,2565,"x,5"\n'


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Settings) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def upload(text: str | bytes, name: str = "bill.csv") -> BytesIO:
    """A file as a browser sends it."""
    file = BytesIO(text.encode() if isinstance(text, str) else text)
    file.name = name
    return file


def ask(client: Client, mapping: ColumnMapping, text: str | bytes = HEADER + ROWS, **typed: Any) -> Any:
    """Upload a file."""
    return client.post(ADD, {"mapping": mapping.pk, "upload": upload(text), "dataset": ""} | typed)


def page_of(stored: BudgetImport) -> str:
    """The address of an import."""
    return reverse("admin:budgets_budgetimport_change", args=[stored.pk])


def press(client: Client, stored: BudgetImport, verb: str) -> Any:
    """Press a button and follow."""
    return client.post(reverse("admin:budgets_budgetimport_move", args=[stored.pk, verb]), follow=True)


def read() -> BudgetImport:
    """What a worker does at its next tick."""
    stored = run_next(now=timezone.now())
    assert stored is not None
    return stored


def test_an_import_from_the_first_try_to_its_undoing(cast: Cast, browser: As) -> None:
    who, other = browser("contributor"), browser("reviewer")
    answer = ask(who, make_mapping(), HEADER + ROWS + BAD, dry_run="on")
    tried = BudgetImport.objects.get()
    cache.delete(progress_key(tried))  # of a test that rolled its rows back
    assert (answer.status_code, answer["Location"], tried.state) == (302, page_of(tried), ImportState.WAITING)
    page = who.get(page_of(tried)).content.decode()
    assert '<meta http-equiv="refresh" content="3">' in page
    assert "A worker will read the file in a moment" in page
    read()
    page = who.get(page_of(tried)).content.decode()
    assert "http-equiv" not in page
    assert ("What the import would do" in page, "Import it for real" in page) == (True, True)
    assert not Figure.objects.exists()
    answer = press(who, tried, "import")
    stored = BudgetImport.objects.exclude(pk=tried.pk).get()
    assert answer.redirect_chain[-1][0] == page_of(stored)
    read()
    page = who.get(page_of(stored)).content.decode()
    assert "You imported this file: another person lets readers see it." in page
    assert "Let readers see it" not in page
    assert "another person lets readers see it" in press(who, stored, "publish").content.decode()
    assert not Figure.objects.published().exists()
    assert "Let readers see it" in other.get(page_of(stored)).content.decode()
    assert "Readers see the figures of this import now." in press(other, stored, "publish").content.decode()
    assert Figure.objects.published().count() == 3
    question = other.get(reverse("admin:budgets_budgetimport_undo", args=[stored.pk])).content.decode()
    assert "It brought 3 new amounts and changed 0." in question
    assert Figure.objects.standing().count() == 3, "a question undoes nothing"
    press(other, stored, "undo")
    assert (Figure.objects.standing().count(), Figure.objects.published().count()) == (0, 0)
    assert "only one that is done is undone" in press(other, stored, "undo").content.decode()


def test_progress_is_shown_while_a_worker_reads(cast: Cast, browser: As) -> None:
    ask(browser("contributor"), make_mapping())
    stored = BudgetImport.objects.get()
    cache.set(progress_key(stored), 120_000)
    assert "120000 rows read so far" in browser("auditor").get(page_of(stored)).content.decode().replace(",", "")


def test_refused_rows_are_listed_with_line_column_and_reason_in_pages_and_as_csv(cast: Cast, browser: As) -> None:
    rows = "".join(f'กระทรวง ก,แผน 1,ข้อ {number},2565,"=HYPER{number}"\n' for number in range(60))
    ask(browser("contributor"), make_mapping(row_id=["Item"]), HEADER + ROWS + rows)
    stored = read()
    page = browser("auditor").get(page_of(stored)).content.decode()
    assert "60 refusals" in page
    assert ("=HYPER0<" in page, "=HYPER59<" in page, "Page 1 of 2" in page) == (True, False, True)
    assert "=HYPER59<" in browser("auditor").get(page_of(stored) + "?refused=2").content.decode()
    answer = browser("auditor").get(reverse("admin:budgets_budgetimport_refused", args=[stored.pk]))
    lines = answer.getvalue().decode("utf-8-sig").splitlines()
    assert (len(lines), lines[0]) == (61, "line,row,column,cell,reason")
    assert lines[1].startswith("5,ข้อ 0,Amount,'=HYPER0,")
    assert answer["Content-Disposition"] == f'attachment; filename="refused-{stored.pk}.csv"'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.4", "This is a PDF"),
        (b"PK\x03\x04", "the mapping reads csv"),
        (b"<html>", "a web page or XML"),
        (b"\xd0\xcf\x11\xe0", "old kind"),
    ],
)
def test_a_file_is_judged_by_its_content_and_a_refusal_keeps_what_was_typed(
    content: bytes, words: str, cast: Cast, browser: As, media: Path
) -> None:
    answer = ask(browser("contributor"), make_mapping(), content, dataset="my-series")
    assert words in answer.content.decode()
    form = shown(answer, FORM)
    assert (form["dataset"], form["mapping"]) == ("my-series", str(ColumnMapping.objects.get().pk))
    assert not BudgetImport.objects.exists()
    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_a_mapping_asks_for_agency_and_period_and_for_nothing_else(cast: Cast, browser: As) -> None:
    who, agency = browser("contributor"), AgencyFactory.create()
    mapping = make_mapping(agency={"given": True}, period={"given": True, "basis": "fiscal_year"})
    refused = ask(who, mapping).content.decode()
    assert "The mapping asks for the agency: say which." in refused
    assert "The mapping asks for the period: say which." in refused
    assert ask(who, mapping, agency=agency.pk, period="2565").status_code == 302
    assert BudgetImport.objects.get().given == {"agency": agency.slug, "period": "2565"}
    read()
    assert set(Figure.objects.values_list("agency", "period_year")) == {(agency.pk, 2022)}
    assert "does not ask for the period" in ask(who, make_mapping("other"), period="2565").content.decode()


def test_a_package_is_imported_with_both_of_its_files(cast: Cast, browser: As, media: Path) -> None:
    mapping = make_mapping(layout={"format": "package"})
    description = '{"resources": [{"name": "r", "path": "data/bill.csv"}]}'
    alone = ask(browser("contributor"), mapping, description)
    assert "choose that file too" in alone.content.decode()
    answer = ask(browser("contributor"), mapping, description, table=upload(HEADER + ROWS))
    assert answer.status_code == 302
    stored = read()
    assert (stored.state, stored.report["new"], stored.file_digest) == ("done", 3, stored.report["sha256"])
    assert len([path for path in media.rglob("*") if path.is_file()]) == 2


def test_what_failed_says_why_and_has_no_button(cast: Cast, browser: As) -> None:
    ask(browser("contributor"), make_mapping(), "A,B\n1,2\n")
    stored = read()
    page = browser("contributor").get(page_of(stored)).content.decode()
    assert "The file has no column “Ministry”." in page
    assert 'class="moves"' not in page
    assert "only one that was tried" in press(browser("contributor"), stored, "import").content.decode()


def test_a_file_is_imported_once_for_each_try(cast: Cast, browser: As) -> None:
    ask(browser("contributor"), make_mapping(), dry_run="on")
    tried = read()
    press(browser("contributor"), tried, "import")
    assert "imported already, or waits" in press(browser("contributor"), tried, "import").content.decode()
    assert BudgetImport.objects.count() == 2


@pytest.mark.parametrize("role", ["auditor", "operations"])
@pytest.mark.parametrize("verb", ["import", "publish", "undo"])
def test_those_who_read_press_no_button(role: str, verb: str, cast: Cast, browser: As) -> None:
    ask(browser("contributor"), make_mapping())
    stored = read()
    assert 'class="moves"' not in browser(role).get(page_of(stored)).content.decode()
    assert press(browser(role), stored, verb).status_code == 403
    assert browser(role).get(reverse("admin:budgets_budgetimport_undo", args=[stored.pk])).status_code == 403
    assert Figure.objects.standing().count() == 3


def test_a_button_is_never_a_link_and_an_unknown_one_is_not_there(cast: Cast, browser: As) -> None:
    ask(browser("contributor"), make_mapping())
    stored = read()
    url = reverse("admin:budgets_budgetimport_move", args=[stored.pk, "undo"])
    assert browser("contributor").get(url).status_code == 405
    assert press(browser("contributor"), stored, "delete").status_code == 404
    assert browser("contributor").post(page_of(stored), {"dataset": "x"}).status_code == 403
