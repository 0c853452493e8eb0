"""A mapping is read whole: every fault at once, each with its place and what to do."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from budgets.importing.mapping.objects import SpecRefused
from budgets.importing.mapping.spec import CellSpec, named_columns
from budgets.importing.mapping.spec_reading import header_faults, read_spec


def raw(**changes: Any) -> dict[str, Any]:
    """The smallest useful mapping."""
    return {
        "layout": {"format": "csv"},
        "agency": {"columns": ["Ministry"]},
        "line": {"columns": ["Plan", "Item"]},
        "period": {"column": "Year", "basis": "fiscal_year"},
        "measures": [{"column": "Amount", "phase": "proposed", "unit": "money", "currency": "THB"}],
    } | changes


def faults(value: object) -> dict[str, str]:
    """Place to sentence."""
    with pytest.raises(SpecRefused) as refused:
        read_spec(value)
    return {fault.path: f"{fault.problem} {fault.remedy}" for fault in refused.value.faults}


def test_a_mapping_is_read_with_its_defaults() -> None:
    spec = read_spec(raw())
    measure = spec.measures[0]
    assert (measure.scale, measure.smallest, measure.decimal_mark) == (Decimal(1), None, None)
    assert (spec.layout.format, spec.layout.header_rows, spec.layout.encoding) == ("csv", (1,), None)
    assert (spec.duplicates, spec.unknown_agency, spec.lang, spec.given()) == ("refuse", "refuse", "en", frozenset())


def test_everything_that_can_be_written_is_read() -> None:
    spec = read_spec(
        raw(
            layout={"format": "xlsx", "sheet": "Data", "header_rows": [9, 10], "first_row": 11, "last_row": 510},
            agency={"given": True},
            line={"fixed": ["Spending"], "columns": ["Item"]},
            period={"given": True, "basis": "fiscal_year", "calendar": "BE"},
            measures=[
                {"column": "2565", "phase": "approved", "unit": "money", "currency": "THB", "scale": "header",
                 "smallest": "0.01", "decimal_mark": ",", "line": "Net",
                 "period": {"fixed": "2565", "basis": "fiscal_year"}},
            ],
            skip=[{"column": "Item", "values": ["", "หมายเหตุ"]}],
            totals=[
                {"where": {"column": "Item", "values": ["รวม"]}, "over": []},
                {"column": "total", "over": ["Item"], "measure": "2565"},
            ],
            duplicates="number", unknown_agency="create", lang="th", row_id=["ID"],
        )
    )  # fmt: skip
    assert spec.measures[0].scale is None
    assert spec.measures[0].period is not None
    assert spec.skip == (CellSpec("Item", ("", "หมายเหตุ")),)
    assert spec.given() == {"agency", "period"}
    assert ("totals[0].where[0].column", "Item") in named_columns(spec)


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"agancy": {}}, "agancy", "Did you mean agency?"),
        ({"layout": {"format": "pdf"}}, "layout.format", "csv, json, package, xlsx"),
        ({"layout": {"format": "csv", "header_rows": [2], "first_row": 2}}, "layout.first_row", "below the header"),
        ({"layout": {"format": "csv", "first_row": 9, "last_row": 3}}, "layout.last_row", "Swap them"),
        ({"layout": {"format": "csv", "first_row": "9"}}, "layout.first_row", "whole number"),
        ({"agency": {"columns": ["A"], "given": True}}, "agency", "Exactly one of"),
        ({"agency": None}, "agency", "whose money"),
        ({"line": {}}, "line", "from general to particular"),
        ({"line": {"columns": ["A", "A"]}}, "line.columns[1]", "stands twice"),
        ({"period": {"column": "Year"}}, "period.basis", "kind of year"),
        ({"period": None}, "period", "which period"),
        ({"measures": []}, "measures", "No column of amounts"),
        ({"measures": [{"column": "A", "phase": "approved", "unit": "money"}]}, "measures[0].currency", "three"),
        (
            {"measures": [{"column": "A", "phase": "approved", "unit": "percent", "currency": "THB"}]},
            "measures[0].currency", "Only money",
        ),
        (
            {"measures": [{"column": "A", "phase": "approved", "unit": "percent", "scale": 0.1}]},
            "measures[0].scale", "in quotation marks",
        ),
        ({"measures": [{"column": "A", "unit": "percent"}]}, "measures[0].phase", "The phase is missing"),
        ({"measures": ["A"]}, "measures[0]", "not a JSON object"),
        ({"totals": [{"over": []}]}, "totals[0]", "Exactly one of where, column"),
        ({"totals": [{"column": "T", "over": [], "measure": "B"}]}, "totals[0].measure", "not a column of amounts"),
        ({"totals": [{"column": "T"}]}, "totals[0].over", "[] is the whole file"),
        ({"skip": [{"column": "A", "values": []}]}, "skip[0].values", "list of texts"),
        ({"lang": "Thai"}, "lang", "for example th"),
        ({"duplicates": "keep"}, "duplicates", "add_up, number, refuse"),
        ({"row_id": "ID"}, "row_id", "list of names"),
        ({"agency": {"fixed": "a\u200bb"}}, "agency.fixed", "U+200B"),
    ],
)  # fmt: skip
def test_each_fault_is_told_with_its_place_and_what_to_do(changes: dict[str, Any], place: str, words: str) -> None:
    assert words in faults(raw(**changes))[place]


def test_all_faults_are_told_at_once() -> None:
    found = faults({"layout": {"format": "csv", "sheat": "x"}, "measures": [{}]})
    assert set(found) >= {"agency", "line", "period", "layout.sheat", "measures[0].column", "measures[0].unit"}


def test_a_word_that_is_not_known_is_one_fault() -> None:
    measure = {"column": "A", "phase": "aproved", "unit": "baht"}
    with pytest.raises(SpecRefused) as refused:
        read_spec(raw(layout={"format": "csvx"}, measures=[measure], period={"given": True, "basis": "year"}))
    places = ["layout.format", "measures[0].phase", "measures[0].unit", "period.basis"]
    assert [fault.path for fault in refused.value.faults] == places
    assert all("is not known here" in fault.problem for fault in refused.value.faults)


@pytest.mark.parametrize("value", [None, [], "text", 3])
def test_what_is_no_object_is_refused(value: object) -> None:
    assert "not a JSON object" in faults(value)[""]


def test_two_columns_that_would_give_the_same_figures_are_refused() -> None:
    twin = {"phase": "approved", "unit": "money", "currency": "EUR"}
    found = faults(raw(measures=[twin | {"column": "Paid"}, twin | {"column": "Interim"}]))
    assert "its own phase, period, or “line”" in found["measures[1]"]
    assert read_spec(raw(measures=[twin | {"column": "Paid"}, twin | {"column": "Interim", "line": "Interim"}]))


def test_a_wide_table_needs_no_period_of_its_own() -> None:
    years = [
        {"column": year, "phase": "approved", "unit": "money", "currency": "EUR",
         "period": {"fixed": year, "basis": "calendar_year"}}
        for year in ("2014", "2015")
    ]  # fmt: skip
    assert len(read_spec(raw(measures=years, period=None)).measures) == 2


def test_a_column_that_the_file_lacks_is_told_with_the_nearest_name() -> None:
    found = {
        fault.path: fault.remedy for fault in header_faults(read_spec(raw()), ["Ministry", "Plan", "Itme", "Year"])
    }
    assert "“Itme”" in found["line.columns[1]"]
    assert found["measures[0].column"].startswith("It has: “Ministry”")


def test_a_column_that_stands_twice_is_told() -> None:
    header = ["Ministry", "Plan", "Item", "Year", "Amount", "Amount"]
    (fault,) = header_faults(read_spec(raw()), header)
    assert (fault.path, fault.problem) == ("measures[0].column", "The file has 2 columns called “Amount”.")


def test_a_unit_that_should_stand_in_the_header_must_stand_there() -> None:
    spec = read_spec(
        raw(measures=[{"column": "งบ", "phase": "approved", "unit": "money", "currency": "THB", "scale": "header"}])
    )
    assert "states no unit" in header_faults(spec, ["Ministry", "Plan", "Item", "Year", "งบ"])[0].problem


def test_the_mapping_of_the_documentation_is_one() -> None:
    text = (Path(__file__).parents[3] / "docs" / "importing.md").read_text(encoding="utf-8")
    example, totals = (block.split("```")[0] for block in text.split("```json")[1:])
    spec = read_spec(json.loads(example))
    assert spec.measures[0].smallest == 1
    more = read_spec(raw(**json.loads(f"{{{totals}}}")))
    assert [total.over for total in more.totals] == [("Member State", "Year"), ("groupedByArea.area",), ()]
