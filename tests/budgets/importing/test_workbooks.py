"""Excel workbooks: what is stored is what is read, headers with merged cells, and what a hostile file cannot do."""

from __future__ import annotations

import json
import random
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from budgets.importing.cells import read_number
from budgets.importing.reading import workbook_parts as parts
from budgets.importing.reading.tables import Layout, Limits, SourceRow, Table, Unreadable, open_table
from budgets.importing.reading.worksheets import Book, column_number, number_shown
from tests.budgets.importing import sheets
from tests.budgets.importing.sheets import number_row, text_row, workbook

FILES = Path(__file__).parent / "files"
EXPECTED: dict[str, Any] = json.loads((FILES / "expected.json").read_text(encoding="utf-8"))
HEADER = text_row(1, "Name", "Amount")


def read(path: Path, layout: Layout | None = None, limits: Limits | None = None) -> tuple[Table, list[SourceRow]]:
    with open_table(path, layout or Layout("xlsx"), limits=limits or Limits()) as table:
        return table, list(table.rows)


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("0.30000000000000004", "0.3"),
        ("45000097800.000001", "45000097800"),
        ("554984265.64999997", "554984265.65"),
        ("12345678901234567", "12345678901234567"),
        ("9007199254740993", "9007199254740993"),
        ("45000097800", "45000097800"),
        ("-1234.5", "-1234.5"),
        ("4.5000097800E10", "45000097800"),
        ("1E-3", "0.001"),
        ("0.1", "0.1"),
        ("123456789012.345678", "123456789012.346"),
        ("3864033.3333333335", "3864033.33333333"),
    ],
)
def test_a_number_keeps_its_stored_digits_up_to_the_fifteen_that_excel_shows(
    tmp_path: Path, stored: str, shown: str
) -> None:
    path = workbook(tmp_path / "a.xlsx", HEADER + number_row(2, (stored, sheets.PLAIN)))
    (row,) = read(path)[1]
    assert row.cells[0] == shown


def test_sums_of_tenths_that_a_program_wrote_come_back_as_tenths(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["name", "amount", "when", "moment", "sure"])
    sheet.append(["ก", 0.1 + 0.2, date(2022, 9, 30), datetime(2022, 9, 30, 8, 30), True])  # noqa: DTZ001 as Excel has it
    book.save(tmp_path / "a.xlsx")
    (row,) = read(tmp_path / "a.xlsx")[1]
    assert row.cells == ["ก", "0.3", "2022-09-30", "2022-09-30T08:30:00", "TRUE"]


def test_dates_and_percentages_are_told_by_the_format_of_the_cell(tmp_path: Path) -> None:
    cells = [("44834", sheets.DAY), ("44834", sheets.ISO_DAY), ("44834.25", sheets.THAI_DAY), ("0.965", sheets.PERCENT)]
    header = text_row(1, "a", "b", "c", "d", "e", "f")
    path = workbook(tmp_path / "a.xlsx", header + number_row(2, *cells, ("44834", sheets.WITH_WORD), ("1", sheets.DAY)))
    (row,) = read(path)[1]
    assert row.cells == ["2022-09-30", "2022-09-30", "2022-09-30T06:00:00", "96.5%", "44834", "1900-01-01"]


def test_days_can_count_from_1904(tmp_path: Path) -> None:
    rows = text_row(1, "a") + number_row(2, ("43372", sheets.DAY))
    assert read(workbook(tmp_path / "a.xlsx", rows, properties='date1904="1"'))[1][0].cells == ["2022-09-30"]


def test_a_day_that_is_none_is_a_fault_of_its_cell(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", text_row(1, "a") + number_row(2, ("-5", sheets.DAY), ("5", 0)))
    faults = read(path)[1][0].faults
    assert faults is not None
    assert "no day of the calendar" in faults[0]


def test_a_formula_counts_by_its_saved_result_and_is_a_fault_without_one(tmp_path: Path) -> None:
    rows = (
        '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2"><f>SUM(B3:B9)</f></c></row>'
        '<row r="3"><c r="A3" t="str"><f>"x"</f><v>x</v></c><c r="B3" t="str"><f>""</f><v></v></c></row>'
        '<row r="4"><c r="A4" t="e"><v>#REF!</v></c><c r="B4" t="e"><v>#N/A</v></c></row>'
    )
    first, second, third = read(workbook(tmp_path / "a.xlsx", HEADER + rows))[1]
    assert first.cells == ["2", "=SUM(B3:B9)"]
    assert first.faults is not None
    assert list(first.faults) == [1]
    assert "without a saved result" in first.faults[1]
    assert (second.cells, second.faults) == (["x", None], None)
    assert third.faults == {0: "The cell shows the error #REF!; correct it in the workbook."}


def test_texts_lose_their_formatting_and_their_readings(tmp_path: Path) -> None:
    strings = ["<r><t>งบ</t></r><r><t>กลาง</t></r>", "<t>東京</t><rPh><t>とうきょう</t></rPh>", "two_x000D_\nlines"]
    cells = "".join(f'<c r="{letter}2" t="s"><v>{place}</v></c>' for place, letter in enumerate("ABC"))
    path = workbook(tmp_path / "a.xlsx", text_row(1, "a", "b", "c") + f'<row r="2">{cells}</row>', strings=strings)
    assert read(path)[1][0].cells == ["งบกลาง", "東京", "two\r\nlines"]


def test_merged_cells_of_a_header_name_all_that_they_cover(tmp_path: Path) -> None:
    ranges = ("A3:A4", "B3:C3", "A1:D1", "A6:A7")
    merges = f"<mergeCells>{''.join(f'<mergeCell ref={each!r}/>' for each in ranges)}</mergeCells>"
    rows = (
        text_row(1, "A title")
        + text_row(3, "หน่วยงาน", "2565", "", "Remark")
        + text_row(4, "", "แผน", "ผล", "")
        + text_row(6, "x", "1", "2", "r")
        + text_row(7, "", "3")
    )
    table, found = read(workbook(tmp_path / "a.xlsx", rows, after=merges), Layout("xlsx", header_rows=(3, 4)))
    assert table.header == ["หน่วยงาน", "2565 / แผน", "2565 / ผล", "Remark"]
    assert [(row.number, row.cells) for row in found] == [(6, ["x", "1", "2", "r"]), (7, [None, "3", None, None])]
    assert "1 ranges of cells are merged below the header" in table.notes[-1]


def test_the_mexican_report_is_read_to_totals_that_were_counted_without_us() -> None:
    table, rows = read(FILES / "mexico_merged_header.xlsx", Layout("xlsx", header_rows=(9, 10)))
    assert table.header[17] == "Avance Financiero / Presupuesto"
    assert table.header[30] == "Observaciones"
    expected = EXPECTED["mexico_merged_header.xlsx"]
    assert (len(rows), rows[0].number, rows[-1].number) == (expected["rows"], 11, 510)
    for letters, (count, _, total) in expected["columns"].items():
        read_cells = [read_number(row.cells[column_number(letters)], decimal_mark=".") for row in rows]
        numbers = [each.value for each in read_cells if each]
        assert (len(numbers), sum(numbers)) == (count, Decimal(total)), letters


def test_a_sheet_is_chosen_by_name_else_the_first_that_shows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "notes"
    book.worksheets[0].sheet_state = "hidden"
    for name in ("งบ", "other"):
        book.create_sheet(name).append([name])
    book.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx")[0].header == ["งบ"]
    assert read(tmp_path / "a.xlsx", Layout("xlsx", sheet="other"))[0].header == ["other"]
    with pytest.raises(Unreadable, match=r"no sheet “x”; there are “notes”, “งบ”, “other”\."):
        read(tmp_path / "a.xlsx", Layout("xlsx", sheet="x"))


def test_hidden_rows_are_read_and_noted_and_empty_ones_left_out(tmp_path: Path) -> None:
    rows = '<row r="2" hidden="1"><c r="A2"><v>1</v></c></row><row r="3"><c r="A3"/></row><row><c><v>2</v></c></row>'
    table, found = read(workbook(tmp_path / "a.xlsx", HEADER + rows))
    assert [(row.number, row.cells[0]) for row in found] == [(2, "1"), (4, "2")]
    assert table.notes[-1].startswith("1 of the rows are hidden")


def test_cells_beside_the_header_are_a_problem_of_the_row(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", HEADER + text_row(2, "x", "1", "", "aside"))
    assert read(path)[1][0].problem.startswith("Row 2 has 4 cells where the header has 2")


def test_names_with_prefixes_are_understood(tmp_path: Path) -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{sheets.MAIN}"><x:sheetData><x:row r="1"><x:c r="A1" t="str"><x:v>a</x:v></x:c></x:row>'
        '<x:row r="2"><x:c r="A2"><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    path = workbook(tmp_path / "a.xlsx", "", parts={"xl/worksheets/sheet1.xml": sheet})
    assert read(path)[1] == [SourceRow(2, ["5"])]


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"]
)
def test_entities_are_refused_in_every_part(tmp_path: Path, part: str) -> None:
    path = workbook(tmp_path / "a.xlsx", HEADER, parts={part: f"{BOMB}<x>&b;</x>"})
    with pytest.raises(Unreadable, match="declares a document type"):
        read(path)


def test_a_part_that_unpacks_to_too_much_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", HEADER + " " * (16 << 20))
    with pytest.raises(Unreadable, match=r"sheet1\.xml unpacks to 16,\d{3},\d{3} bytes"):
        read(path)
    assert path.stat().st_size < 100_000


def test_limits_of_bytes_texts_and_columns_hold(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", HEADER + '<row r="2"><c r="CZ2"><v>1</v></c></row>', strings=["a", "b", "c"])
    for limits, words in (
        (Limits(workbook_bytes=100), "more than 100 bytes"),
        (Limits(part_bytes=100), "unpacks to"),
        (Limits(strings=2), "more than 2 texts"),
        (Limits(string_bytes=50), "unpacks to"),
        (Limits(columns=50), "column 104"),
    ):
        with pytest.raises(Unreadable, match=words):
            read(path, limits=limits)


def test_what_is_no_workbook_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    for raw, words in (
        (b"\xd0\xcf\x11\xe0old", r"\.xls"),
        (b"a,b\n", "no Excel workbook"),
        (b"PK\x03\x04cut", "damaged"),
    ):
        path.write_bytes(raw)
        with pytest.raises(Unreadable, match=words):
            read(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", "<x/>")
    with pytest.raises(Unreadable, match=r"no part xl/_rels/workbook\.xml"):
        read(path)


def test_a_workbook_of_too_many_parts_is_refused_before_they_are_listed(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", HEADER)
    raw = path.read_bytes()
    end = raw.rfind(b"PK\x05\x06") + 12
    path.write_bytes(raw[:end] + (5 << 20).to_bytes(4, "little") + raw[end + 4 :])
    with pytest.raises(Unreadable, match="too many parts"):
        read(path)


@pytest.mark.parametrize("seed", range(4))
def test_no_damage_makes_anything_but_rows_or_a_refusal(tmp_path: Path, seed: int) -> None:
    rows = HEADER + number_row(2, ("1.5", sheets.DAY), ("5", sheets.PERCENT))
    good = workbook(tmp_path / "good.xlsx", rows + '<row r="3"><c r="A3" t="s"><v>0</v></c></row>', strings=["x"])
    raw, chance, outcomes = good.read_bytes(), random.Random(seed), set()
    with zipfile.ZipFile(good) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for turn in range(150):
        path = tmp_path / "bad.xlsx"
        if turn % 3:
            with zipfile.ZipFile(path, "w") as archive:
                for name, part in parts.items():
                    archive.writestr(name, _damaged(part, chance) if chance.random() < 0.3 else part)
        else:
            path.write_bytes(_damaged(raw, chance))
        try:
            outcomes.add(len(read(path)[1]))
        except Unreadable:
            outcomes.add(-1)
    assert {-1, 2} <= outcomes <= {-1, 0, 1, 2}


def _damaged(raw: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(raw)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(damaged))
        damaged[place : place + chance.randint(0, 1)] = bytes([chance.randrange(256)])
    return bytes(damaged)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("<row r='2'><c r='A2' t='s'><v>7</v></c></row>", "text that is missing"),
        ("<row r='2'><c r='a!2'><v>7</v></c></row>", "without an address"),
        ("<row", "is no XML"),
    ],
)
def test_a_damaged_sheet_is_refused(tmp_path: Path, rows: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read(workbook(tmp_path / "a.xlsx", HEADER + rows))


def test_a_header_row_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="should stand in row 5"):
        read(workbook(tmp_path / "a.xlsx", HEADER), Layout("xlsx", header_rows=(5,)))


@pytest.mark.parametrize("stored", ["1E999999999", "nan", "abc", "1E308"])
def test_numbers_beyond_reason_are_faults_and_cost_nothing(tmp_path: Path, stored: str) -> None:
    path = workbook(tmp_path / "a.xlsx", HEADER + number_row(2, (stored, sheets.PLAIN)))
    faults = read(path)[1][0].faults
    assert faults is not None
    assert list(faults) == [0]


@pytest.mark.parametrize("stored", ["1_0", "1_000.5", "\u0661\u0662", "\uff11"])
def test_what_only_a_programming_language_takes_for_a_number_is_a_fault(stored: str) -> None:
    book = Book([], parts.Formats(frozenset(), frozenset()), since_1904=False)
    assert number_shown(stored, 0, book) == (stored, "should hold a number and does not; save the workbook again.")


def test_half_a_character_of_a_workbook_is_shown_as_one_that_is_lost() -> None:
    assert parts.unescaped("a_xD800_b_x000A_") == "a\ufffdb\n"
    assert parts.unescaped("_xD83D__xDE00_") == "\U0001f600", "two halves are one character"
