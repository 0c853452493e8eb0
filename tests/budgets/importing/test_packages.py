"""Fiscal Data Packages: their files, and the mapping that their descriptions propose."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from budgets.importing.mapping.packages import Proposal, propose
from budgets.importing.mapping.spec_reading import header_faults, read_spec
from budgets.importing.reading.tables import Layout, Unreadable, open_table

FILES = Path(__file__).parent / "files"
EXPECTED: dict[str, Any] = json.loads((FILES / "expected.json").read_text(encoding="utf-8"))


def package(folder: Path, descriptor: dict[str, Any], csv: str = "a,b\n1,2\n", file: str = "data.csv") -> Path:
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    (folder / file).write_text(csv, encoding="utf-8")
    path = folder / "datapackage.json"
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    return path


def one(path: str = "data.csv", **resource: Any) -> dict[str, Any]:
    return {"name": "p", "resources": [{"name": "r", "path": path, **resource}]}


def read(path: Path, layout: Layout | None = None) -> tuple[list[str], list[list[str | None]]]:
    with open_table(path, layout or Layout("package")) as table:
        return table.header, [list(row.cells) for row in table.rows]


@pytest.mark.parametrize(
    ("name", "expected", "column"),
    [
        ("albania", EXPECTED["albania/data/treasury.csv"], "Value"),
        ("eu_allocations", EXPECTED["eu_allocations"]["all"], "Amount"),
        ("eu_absorption", EXPECTED["eu_absorption"]["all"]["Total Paid"], "Total Paid"),
    ],
)
def test_a_package_is_read_to_totals_that_were_counted_without_us(
    name: str, expected: dict[str, Any], column: str
) -> None:
    header, rows = read(FILES / name / "datapackage.json")
    place = header.index(column)
    assert len(rows) == expected["rows"]
    assert sum(Decimal(row[place] or "0") for row in rows) == Decimal(expected["total"])


@pytest.mark.parametrize(
    "written",
    [
        "../data.csv",
        "/etc/hostname",
        "a/../../data.csv",
        "https://example.org/d.csv",
        "C:\\d.csv",
        "file:///d",
        "..\\d.csv",
    ],
)
def test_a_resource_never_leads_out_of_its_folder(tmp_path: Path, written: str) -> None:
    (tmp_path / "data.csv").write_text("a\n1\n")
    path = package(tmp_path / "inner", one(written))
    with pytest.raises(Unreadable, match="folder of the package"):
        read(path)


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n")
    path = package(tmp_path / "inner", one("link.csv"))
    (tmp_path / "inner" / "link.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(Unreadable, match="leads out of the folder"):
        read(path)


@pytest.mark.parametrize(
    ("descriptor", "words"),
    [
        ({}, "lists no resources"),
        ({"resources": [{"name": "r", "data": [[1]]}]}, "is not one file"),
        ({"resources": [{"name": "r", "path": ["a.csv", "b.csv"]}]}, "is not one file"),
        ({"resources": [{"name": "r", "path": "data.csv", "format": "xlsx"}]}, "no plain CSV"),
        ({"resources": [{"name": "r", "path": "data.csv", "compression": "gz"}]}, "no plain CSV"),
        ({"resources": [{"name": "r", "path": "gone.csv"}]}, "is not there"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, descriptor: dict[str, Any], words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read(package(tmp_path, descriptor))


def test_the_package_says_how_its_file_is_written(tmp_path: Path) -> None:
    said = one(encoding="cp1252", dialect={"delimiter": ":", "header": False})
    path = package(tmp_path, said)
    (tmp_path / "data.csv").write_bytes("Müller:1\nÅse:2\n".encode("cp1252"))
    assert read(path) == (["column 1", "column 2"], [["Müller", "1"], ["Åse", "2"]])


def test_a_resource_is_chosen_by_name(tmp_path: Path) -> None:
    path = package(tmp_path, {"resources": [{"name": "x", "path": "data.csv"}, {"name": "y", "path": "other.csv"}]})
    (tmp_path / "other.csv").write_text("c\n3\n")
    assert read(path)[0] == ["a", "b"]
    assert read(path, Layout("package", sheet="y"))[0] == ["c"]
    with pytest.raises(Unreadable, match="it has “x”, “y”"):
        read(path, Layout("package", sheet="z"))


def proposed(name: str) -> Proposal:
    return propose(FILES / name / "datapackage.json")


def test_payments_are_added_up_by_their_classification() -> None:
    mapping = proposed("albania").mapping
    assert mapping["agency"] == {"columns": ["Budget Institution"]}
    assert mapping["line"] == {"columns": ["Kategori Shpenzimi"]}
    assert mapping["period"]["column"] == "Date executed"
    assert mapping["duplicates"] == "add_up"
    assert [(each["column"], each["currency"], each["scale"]) for each in mapping["measures"]] == [
        ("Value", "ALL", "1")
    ]


def test_a_period_of_the_whole_package_is_taken() -> None:
    mapping = proposed("eu_allocations").mapping
    assert mapping["period"] == {"fixed": "2014/2020", "calendar": "CE", "basis": "calendar_year"}
    assert mapping["line"] == {"columns": ["Country ID", "Fund"]}
    assert mapping["agency"] == {"given": True}


def test_a_dimension_that_says_something_else_is_noted_and_measures_stay_apart() -> None:
    found = proposed("eu_absorption")
    assert found.mapping["line"] == {"columns": ["Member State"]}
    assert [each["line"] for each in found.mapping["measures"]] == ["Total Paid", "Advance", "Interim"]
    assert "The package takes its dimension “fund” from “Year”, which says something else." in found.notes
    assert "The mapping makes no use of “Fund”, “Absorption (%)”." in found.notes


@pytest.mark.parametrize(
    "name", ["albania", "eu_allocations", "packages/labels-and-hierarchies", "packages/transform-needed"]
)
def test_a_proposal_is_a_mapping_that_fits_its_file(name: str) -> None:
    spec = read_spec(proposed(name).mapping)
    assert header_faults(spec, read(FILES / name / "datapackage.json")[0]) == []


def test_labels_are_taken_rather_than_codes() -> None:
    assert proposed("packages/labels-and-hierarchies").mapping["line"] == {"columns": ["level1_title", "level2_title"]}


def test_names_in_another_resource_are_reached_by_their_key_only() -> None:
    assert proposed("packages/entities-normalized").mapping["line"] == {"columns": ["payee"]}


def test_the_one_who_pays_is_the_agency() -> None:
    mapping = proposed("packages/entities-denormalized").mapping
    assert (mapping["agency"], mapping["line"]) == ({"columns": ["payor_name"]}, {"columns": ["payee_name"]})


def test_columns_that_the_file_lacks_are_noted() -> None:
    notes = proposed("packages/minimal").notes
    assert "budget.csv lacks “expenditure”, “year”, which the package names: choose other columns." in notes


def typed(name: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "columnType": kind, **more}


def test_types_of_columns_propose_a_mapping(tmp_path: Path) -> None:
    schema = {
        "fields": [
            typed("Year", "date:fiscal-year"),
            typed("Code", "administrative-classification:generic:level1:code"),
            typed("Ministry", "administrative-classification:generic:level1:label"),
            typed("Function", "functional-classification:generic:code"),
            {"name": "Plan", "decimalChar": ",", "normalize": {"Phase": "approved"}},
            {"name": "Paid", "normalize": {"Phase": "executed"}},
            {"name": "Remark"},
        ],
        "extraFields": [
            typed("Amount", "value", normalizationTarget=True),
            typed("Phase", "phase:id"),
            typed("Currency", "value-currency:code", constant="czk"),
        ],
    }
    found = propose(package(tmp_path, one(schema=schema), "Year,Code,Ministry,Function,Plan,Paid,Remark\n"))
    assert found.mapping["agency"] == {"columns": ["Ministry"]}
    assert found.mapping["line"] == {"columns": ["Function"]}
    assert found.mapping["period"] == {"column": "Year", "calendar": "auto", "basis": "fiscal_year"}
    read_measures = [
        (each["column"], each["phase"], each["currency"], each["decimal_mark"]) for each in found.mapping["measures"]
    ]
    assert read_measures == [("Plan", "approved", "CZK", ","), ("Paid", "disbursed", "CZK", ".")]
    assert found.notes == ["The mapping makes no use of “Code”, “Remark”."]
    assert len(read_spec(found.mapping).measures) == 2


def test_years_in_the_names_of_columns_give_each_measure_its_own_period(tmp_path: Path) -> None:
    schema = {
        "fields": [
            typed("What", "economic-classification:generic:label"),
            {"name": "2015", "normalize": {"FY": 2015}},
            {"name": "2016", "normalize": {"FY": 2016}},
        ],
        "extraFields": [typed("FY", "date:fiscal-year"), typed("Day", "date:generic", constant="2016-01-31")],
    }
    mapping = propose(package(tmp_path, one(schema=schema), "What,2015,2016\n")).mapping
    assert [each["period"]["fixed"] for each in mapping["measures"]] == ["2015", "2016"]
    assert "line" not in mapping["measures"][0]


def test_a_package_without_a_word_about_its_columns_is_proposed_with_notes(tmp_path: Path) -> None:
    found = propose(package(tmp_path, one()))
    assert found.mapping["measures"] == []
    assert len(found.notes) == 5


@pytest.mark.parametrize(
    ("start", "end", "period"),
    [
        ("2016-01-01", "2016-12-31", {"fixed": "2016", "calendar": "CE", "basis": "calendar_year"}),
        ("2015-10-01", "2016-09-30", {"fixed": "2016", "calendar": "CE", "basis": "fiscal_year"}),
        ("2014-07-01", "2016-06-30", {"fixed": "2014/2016", "calendar": "CE", "basis": "year_unknown"}),
        ("soon", "later", {"given": True, "basis": "year_unknown"}),
    ],
)
def test_the_fiscal_period_of_a_package_becomes_a_period(
    tmp_path: Path, start: str, end: str, period: dict[str, Any]
) -> None:
    assert (
        propose(package(tmp_path, {**one(), "fiscalPeriod": {"start": start, "end": end}})).mapping["period"] == period
    )


@pytest.mark.parametrize("raw", [b"{", b"[1]", b"\xff\xff", b"[" * 100_000, b'{"resources": "x"}'])
def test_a_description_that_is_none_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "datapackage.json"
    path.write_bytes(raw)
    with pytest.raises(Unreadable, match=r"datapackage\.json"):
        propose(path)


@pytest.mark.parametrize("written", ["x" * 5_000, "a/" * 3_000 + "b.csv", "\ud800.csv", "a\0b"])
def test_a_path_that_no_file_can_have_is_refused_in_a_short_sentence(tmp_path: Path, written: str) -> None:
    path = package(tmp_path, one(written))
    with pytest.raises(Unreadable) as error:
        read(path)
    assert str(error.value).isprintable()
    assert len(str(error.value)) < 400
