"""A reviewer makes a mapping for a strange file: look at it, choose what its columns mean, correct the JSON, save."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from budgets.importing.mapping.spec_reading import read_spec
from budgets.models.mapping import ColumnMapping
from budgets.vocabulary import AliasTarget
from ledger.models import Entry
from tests.budgets.importing.mappings import make_mapping
from tests.budgets.importing.test_spec import raw
from tests.claims.admin.conftest import As
from tests.claims.admin.pages import new_row, shown
from tests.factories.cast import Cast
from tests.factories.nouns import JurisdictionFactory

LOOK = "/admin/budgets/columnmapping/look/"
ADD = "/admin/budgets/columnmapping/add/"
FORM = "columnmapping_form"
THAI = "กระทรวง;รายการ;ปีงบประมาณ;งบประมาณ (ล้านบาท)\nกระทรวงแรงงาน;ค่าเช่า;2565;1,5\nกระทรวงแรงงาน;ค่าน้ำ;2565;2,5\n"


def upload(text: str | bytes, name: str = "strange.csv") -> BytesIO:
    """A file as a browser sends it."""
    file = BytesIO(text.encode() if isinstance(text, str) else text)
    file.name = name
    return file


def look(client: Client, file: BytesIO, **typed: Any) -> Any:
    """Press “Look at the file”."""
    return client.post(LOOK, {"file": file, "header_rows": "1"} | typed)


def typed(**changes: Any) -> dict[str, Any]:
    """A mapping as it is typed."""
    spec = changes.pop("spec", raw())
    return {
        "name": "bill", "title_en": "Bill", "title_th": "ร่าง", "source_url": "",
        "jurisdiction": JurisdictionFactory.create().pk, "provenance": "official_document",
        "spec": spec if isinstance(spec, str) else json.dumps(spec), "aliases-TOTAL_FORMS": "0",
        "aliases-INITIAL_FORMS": "0",
    } | changes  # fmt: skip


def test_a_strange_file_becomes_a_mapping_without_json_being_typed(cast: Cast, browser: As) -> None:
    who = browser("reviewer")
    page = look(who, upload(THAI.encode("cp874")))
    text = page.content.decode()
    assert "Read as Thai (TIS-620, Windows-874)" in text
    assert "Columns are separated by semicolons." in text
    assert "กระทรวงแรงงาน" in text
    meanings = shown(page, "meanings_form")
    assert [meanings[f"column_{place}"] for place in range(4)] == ["agency", "line", "period", "amount"]
    answer = who.post(LOOK, meanings | {"_use": "1", "unknown_agency": "create"})
    assert answer.status_code == 302, answer.context["meanings"].errors
    form = shown(who.get(answer["Location"]), FORM)
    spec = json.loads(form["spec"])
    assert read_spec(spec).measures[0].scale is None
    assert (spec["agency"], spec["measures"][0]["scale"]) == ({"columns": ["กระทรวง"]}, "header")
    assert who.post(ADD, typed(spec=form["spec"])).status_code == 302
    assert ColumnMapping.objects.get().spec == spec


def test_an_answer_that_is_missing_is_asked_for_beside_what_was_chosen(cast: Cast, browser: As) -> None:
    who = browser("reviewer")
    meanings = shown(look(who, upload(THAI)), "meanings_form")
    answer = who.post(LOOK, meanings | {"_use": "1", "column_1": "nothing", "currency": ""})
    text = answer.content.decode()
    assert "line: No column and no name is given." in text
    assert "measures[0].currency: Money needs its currency." in text
    assert shown(answer, "meanings_form")["column_1"] == "nothing"


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "empty.csv", "The submitted file is empty."),
        (b"%PDF-1.7 x", "a.csv", "This is a PDF"),
        (b"<!DOCTYPE html><table>", "a.csv", "a web page or XML"),
        (b"\xd0\xcf\x11\xe0old", "a.xls", "workbook of the old kind"),
        (b"{", "a.json", "JSON"),
        (b"PK\x03\x04broken", "a.xlsx", "workbook"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(
    content: bytes, name: str, words: str, cast: Cast, browser: As
) -> None:
    answer = look(browser("reviewer"), upload(content, name))
    assert (answer.status_code, words in answer.content.decode()) == (200, True)
    assert "sample" not in answer.context


def test_a_workbook_tells_its_sheets_and_headers_of_several_rows(cast: Cast, browser: As, tmp_path: Path) -> None:
    page = look(browser("reviewer"), upload("a,b\nx,1\n"), header_rows="0")
    assert "Write row numbers from 1" in page.content.decode()
    page = look(browser("reviewer"), upload("Money,\nUnit,Baht 2565\nx,1\n"), header_rows="1, 2")
    assert page.context["sample"].header == ("Money / Unit", "Money / Baht 2565")
    assert page.context["layout"] == {"format": "csv", "header_rows": [1, 2]}


def test_a_package_is_looked_at_with_both_of_its_files(cast: Cast, browser: As) -> None:
    description = json.dumps(
        {
            "name": "p",
            "resources": [{"name": "r", "path": "data/spending.csv"}],
            "mapping": {"measures": {"amount": {"source": "Amount", "currency": "EUR"}}},
        }
    )
    who = browser("reviewer")
    alone = look(who, upload(description, "my.datapackage.json"))
    assert "has its data in “data/spending.csv”: choose that file too" in alone.content.decode()
    both = look(who, upload(description, "datapackage.json"), table=upload("Item,Amount\nRent,5\n", "spending.csv"))
    assert "Resource “r” of the package" in both.content.decode()
    answer = who.post(LOOK, {"_use": "1"})
    spec = json.loads(shown(who.get(answer["Location"]), FORM)["spec"])
    assert (spec["layout"], spec["measures"][0]["column"]) == ({"format": "package"}, "Amount")


def test_a_package_cannot_write_outside_its_folder(cast: Cast, browser: As) -> None:
    for path in ("../x.csv", "/tmp/x.csv", "http://x/y.csv", "datapackage.json"):
        description = json.dumps({"resources": [{"name": "r", "path": path}]})
        page = look(browser("reviewer"), upload(description, "datapackage.json"), table=upload("A\n1\n"))
        assert "does not lie in the folder of the package" in page.content.decode(), path


def test_a_stored_mapping_is_held_against_a_file(cast: Cast, browser: As) -> None:
    mapping = make_mapping()
    url = f"{LOOK}?mapping={mapping.pk}"
    who = browser("reviewer")
    assert url in who.get(f"/admin/budgets/columnmapping/{mapping.pk}/change/").content.decode()
    page = who.post(url, {"file": upload("Ministry,Plan,Items,Year,Amount\na,b,c,2565,1\n"), "header_rows": "1"})
    assert "Did you mean “Items”?" in page.content.decode()
    page = who.post(url, {"file": upload("Ministry,Plan,Item,Year,Amount\na,b,c,2565,1\n"), "header_rows": "1"})
    assert "The file has every column that the mapping names." in page.content.decode()


def test_every_fault_of_a_mapping_is_told_at_once_and_nothing_typed_is_lost(cast: Cast, browser: As) -> None:
    wrong = raw(agancy={}, line={}, measures=[{"column": "A", "unit": "money"}])
    answer = browser("contributor").post(ADD, typed(spec=wrong))
    text = answer.content.decode()
    for place, words in {
        "agancy": "Did you mean agency?", "line": "No column and no name", "measures[0].phase": "The phase is missing",
        "measures[0].currency": "Money needs its currency",
    }.items():  # fmt: skip
        assert f"<code>{place}</code>" in text, place
        assert words in text
    assert json.loads(shown(answer, FORM)["spec"]) == wrong
    broken = browser("contributor").post(ADD, typed(spec='{\n"layout": \n'))
    assert "This is no JSON: Expecting value at line 3, column 1." in broken.content.decode()
    assert shown(broken, FORM)["spec"].startswith("{")
    assert not ColumnMapping.objects.exists()


def test_a_mapping_is_written_with_its_aliases_and_one_entry_of_the_ledger(cast: Cast, browser: As) -> None:
    alias = new_row("aliases", 0, {"target": AliasTarget.AGENCY, "written": "กรมการจดัหางาน", "meant": "กรมการจัดหางาน"})
    before = Entry.objects.count()
    assert browser("contributor").post(ADD, typed(**alias)).status_code == 302
    mapping = ColumnMapping.objects.get()
    assert [str(each) for each in mapping.aliases.all()] == ["กรมการจดัหางาน → กรมการจัดหางาน"]
    entry = Entry.objects.latest("index")
    assert (Entry.objects.count(), entry.verb, entry.subject_id) == (before + 1, "mapping.written", str(mapping.pk))
    assert entry.content.content["user"] == str(cast.contributor.pk)


def test_a_mapping_that_was_used_may_be_changed_but_keeps_its_name(cast: Cast, browser: As) -> None:
    from tests.factories.budgets import make_import

    mapping = make_import(cast.contributor, []).mapping
    url = f"/admin/budgets/columnmapping/{mapping.pk}/change/"
    who = browser("contributor")
    assert who.post(url, typed(name="other", spec=raw(lang="th"))).status_code == 302
    mapping.refresh_from_db()
    assert (mapping.name, mapping.spec["lang"]) == ("bill-2565", "th")
    before = Entry.objects.count()
    who.post(url, shown(who.get(url), FORM))
    assert Entry.objects.count() == before, "nothing was changed, so nothing was saved"


@pytest.mark.parametrize("role", ["auditor", "operations"])
def test_who_may_not_write_may_not_look_at_files_either(role: str, cast: Cast, browser: As) -> None:
    make_mapping()
    assert browser(role).get(LOOK).status_code == 403
    assert browser(role).post(LOOK, {"file": upload("a\n1\n")}).status_code == 403
    listed = browser(role).get("/admin/budgets/columnmapping/")
    assert listed.status_code == (200 if role == "auditor" else 403)
    assert LOOK not in listed.content.decode()
