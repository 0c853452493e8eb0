"""What the columns of a strange file mean is guessed well enough to begin with, and made into a mapping."""

from __future__ import annotations

import time

import pytest

from budgets.importing.mapping.guessing import Choices, Meaning, guess_columns, made_mapping
from budgets.importing.mapping.spec_reading import header_faults, read_spec

CHOICES = Choices(basis="fiscal_year", calendar="auto", phase="approved", unit="money", currency="THB", smallest="1")


@pytest.mark.parametrize(
    ("name", "cells", "meaning"),
    [
        ("BUDGETARY_UNIT", ["กรม ก", "กรม ข"], Meaning.AGENCY),
        ("หน่วยรับงบประมาณ", ["กรม ก"], Meaning.AGENCY),
        ("BUDGET_PLAN", ["แผนงาน 1"], Meaning.LINE),
        ("FISCAL_YEAR", ["2565", "2566"], Meaning.PERIOD),
        ("budget_year", ["FY16-17"], Meaning.PERIOD),
        ("ปีงบประมาณ", ["๒๕๖๕"], Meaning.PERIOD),
        ("2565", ["1,234.50", "(3)"], Meaning.AMOUNT),
        ("AMOUNT", ["2022"], Meaning.AMOUNT),
        ("งบประมาณ (ล้านบาท)", ["1,5"], Meaning.AMOUNT),
        ("ITEM_ID", ["1", "2"], Meaning.NOTHING),
        ("Absorption (%)", ["2.5"], Meaning.NOTHING),
        ("url", ["https://example.org"], Meaning.NOTHING),
        ("empty", ["", "-", None], Meaning.NOTHING),
    ],
)
def test_a_column_is_guessed_by_its_name_and_its_cells(name: str, cells: list[str | None], meaning: Meaning) -> None:
    [guess] = guess_columns([name], [[cell] for cell in cells])
    assert guess.meaning is meaning


def test_a_table_has_one_period() -> None:
    header = ["Date registered", "Date executed"]
    assert [each.meaning for each in guess_columns(header, [["2014-12-30", "2014-12-31"]])] == [
        Meaning.PERIOD, Meaning.NOTHING,
    ]  # fmt: skip


def test_what_was_chosen_becomes_a_mapping_that_reads() -> None:
    header = ["Ministry", "Item", "Year", "Amount", "ID"]
    meanings = [Meaning.AGENCY, Meaning.LINE, Meaning.PERIOD, Meaning.AMOUNT, Meaning.ROW_ID]
    spec = read_spec(made_mapping({"format": "csv"}, header, meanings, CHOICES))
    assert header_faults(spec, header) == []
    assert (spec.agency.columns, spec.row_id, spec.given()) == (("Ministry",), ("ID",), frozenset())
    assert (spec.measures[0].currency, spec.measures[0].line) == ("THB", "")


def test_what_no_column_says_is_asked_for_and_several_amounts_get_lines_of_their_own() -> None:
    header = ["Item", "Net", "Gross (ล้านบาท)"]
    made = made_mapping({"format": "csv"}, header, [Meaning.LINE, Meaning.AMOUNT, Meaning.AMOUNT], CHOICES)
    spec = read_spec(made)
    assert spec.given() == {"agency", "period"}
    assert [(each.line, each.scale is None) for each in spec.measures] == [("Net", False), ("Gross (ล้านบาท)", True)]


def test_hostile_names_and_cells_take_no_time() -> None:
    started = time.monotonic()
    for text in ("no_id" * 10_000, "1,23" * 12_500, "ปี" * 25_000, "_" * 50_000):
        guess_columns([text], [[text]])
    assert time.monotonic() - started < 1
