"""A report keeps what was counted, and reads the same after it was stored."""

import json
from dataclasses import replace
from decimal import Decimal

from budgets.importing.mapping.rows import Refused, RowReader
from budgets.importing.mapping.spec_reading import read_spec
from budgets.importing.mapping.tally import MOST_REASONS, OTHER_REASONS, Tally
from budgets.importing.mapping.totals import StatedTotals
from budgets.importing.reading.layout import SourceRow
from budgets.importing.report import MOST_KEPT, ColumnSum, ConflictRow, RefusedRow, Report, TotalDifference
from budgets.importing.report_text import report_lines
from tests.budgets.importing.test_spec import raw

REPORT = Report(
    file="bill.csv", sha256="ab" * 32, mapping="thai-bill", dataset="bill-2565",
    rows=409, amounts=403, new=400, unchanged=3, blank=1, total_rows=1, missing=2, new_lines=12,
    refused=3, refused_rows=(RefusedRow(12, "AMOUNT", "Not whole.", "1.5", "2022.3"),), reasons={"Not whole.": 3},
    sums=(ColumnSum("AMOUNT", "money", "THB", 403, Decimal("45000097800.50")),),
    totals_agree=4, totals_differ=1, differences=(TotalDifference("AMOUNT", ("A", "B"), Decimal(10), Decimal(8)),),
    conflicts=1,
    conflict_rows=(ConflictRow("Office", "", "2022", "proposed", "THB", Decimal(5), Decimal(6), "other"),),
    notes=("The file is UTF-8.",),
)  # fmt: skip


def test_a_report_survives_json() -> None:
    assert Report.from_json(json.loads(json.dumps(REPORT.as_json()))) == REPORT


def test_amounts_are_strings_in_json() -> None:
    assert REPORT.as_json()["sums"][0]["total"] == "45000097800.50"


def test_what_no_database_takes_does_not_reach_it() -> None:
    row = RefusedRow(1, "a\0b", "“\ud800” is no number.")
    stored = Report("f", "", "", "", refused_rows=(row,), reasons={"\0": 1}).as_json()
    assert (stored["refused_rows"][0]["column"], stored["reasons"]) == ("a b", {" ": 1})
    json.dumps(stored, ensure_ascii=False).encode()


def test_a_report_is_told_in_lines() -> None:
    text = "\n".join(report_lines(REPORT))
    for words in (
        "Rows read 409", "new 400, changed 0, unchanged 3, refused 3", "Missing 2",
        "45,000,097,800.5 THB in 403 amounts",
        "agree 4, within rounding 0, differ 1", "A / B: stated 10, ours 8, difference 2", "3 × Not whole.",
        "line 12 [2022.3], AMOUNT: “1.5” Not whole.", "… and 2 more", "Office, 2022, proposed: 5 here, 6 in other THB",
        "Note: The file is UTF-8.",
    ):  # fmt: skip
        assert words in text


def test_a_cell_that_its_reason_names_is_shown_once() -> None:
    tally = Tally()
    tally.refuse(Refused(2, "AMOUNT", "“ห้าร้อย” is not a number.", "ห้าร้อย"))
    told = "\n".join(report_lines(replace(REPORT, refused_rows=tuple(tally.refused_rows), reasons=tally.reasons)))
    assert "line 2, AMOUNT: “ห้าร้อย” is not a number." in told
    assert "1 × The cell is not a number." in told


def test_a_million_refusals_are_counted_and_a_thousand_kept() -> None:
    tally = Tally()
    for line in range(MOST_KEPT + 500):
        tally.refuse(Refused(line, "A", f"“x{line}” is no number.", f"x{line}"))
    assert (tally.refused, len(tally.refused_rows)) == (1500, MOST_KEPT)
    assert tally.reasons == {"The cell is no number.": 1500}


def test_reasons_that_are_all_different_do_not_fill_the_memory() -> None:
    tally = Tally()
    for line in range(1000):
        tally.refuse(Refused(line, "A", f"Reason {line}."))
    assert len(tally.reasons) == MOST_REASONS + 1
    assert tally.reasons[OTHER_REASONS] == 1000 - MOST_REASONS


HEADER = ["Ministry", "Plan", "Item", "Year", "Amount", "Sum"]


def compared(rows: list[list[str]], **spec: object) -> tuple[int, int, list[TotalDifference], list[str]]:
    """Rows through a mapping with totals."""
    read = read_spec(raw(**spec))
    reader = RowReader(read, HEADER, {})
    totals = StatedTotals(read, HEADER, reader.readers)
    for number, cells in enumerate(rows, 2):
        row = SourceRow(number, cells)
        outcome = reader.read(row)
        if outcome.rule >= 0:
            totals.state(row, outcome)
        else:
            totals.add(row, outcome.amounts)
    return (*totals.compared(), totals.notes)


def test_rows_of_totals_are_held_against_our_sums() -> None:
    rule = [{"where": {"column": "Item", "values": ["Total"]}, "over": ["Ministry"]}]
    rows = [
        ["A", "P", "a", "2565", "1", ""], ["A", "P", "b", "2565", "2", ""], ["A", "", "Total", "2565", "3", ""],
        ["B", "P", "a", "2565", "1.5", ""], ["B", "P", "b", "2565", "2.5", ""], ["B", "", "Total", "2565", "4.1", ""],
        ["C", "P", "a", "2565", "7", ""], ["C", "", "Total", "2565", "9", ""],
    ]  # fmt: skip
    agree, rounding, differ, notes = compared(rows, totals=rule)
    assert (agree, rounding, notes) == (1, 1, [])
    assert differ == [TotalDifference("Amount", ("C",), Decimal(9), Decimal(7))]
    assert differ[0].difference == 2


def test_a_column_of_totals_is_held_against_our_sums() -> None:
    rule = [{"column": "Sum", "over": ["Ministry"]}, {"column": "Sum", "over": [], "measure": "Amount"}]
    rows = [["A", "P", "a", "2565", "1", "3"], ["A", "P", "b", "2565", "2", "3"]]
    assert compared(rows, totals=rule)[:3] == (2, 0, [])


def test_two_totals_for_the_same_are_told() -> None:
    rule = [{"where": {"column": "Item", "values": ["Total"]}, "over": []}]
    rows = [["A", "P", "a", "2565", "1", ""], ["", "", "Total", "", "1", ""], ["", "", "Total", "", "2", ""]]
    assert compared(rows, totals=rule)[3] == ["Two totals are stated for the whole file in “Amount”: 1 and 2."]
