"""CSV and its kin: separators, quotation marks, lines, headers, ragged rows."""

from __future__ import annotations

import contextlib
import gc
import json
import tracemalloc
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgets.importing.cells import read_number
from budgets.importing.reading.tables import Layout, Limits, SourceRow, Unreadable, format_of, open_table

FILES = Path(__file__).parent / "files"
EXPECTED: dict[str, Any] = json.loads((FILES / "expected.json").read_text(encoding="utf-8"))


def rows_of(path: Path, layout: Layout | None = None) -> list[SourceRow]:
    with open_table(path, layout or Layout("csv")) as table:
        return list(table.rows)


def written(folder: Path, text: str, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ('a,b,c\n1,"2;5",3\n', "commas"),
        ("a;b;c\n1;2,5;3\n1;4,75;3\n", "semicolons"),
        ("a\tb\tc\n1\t2,5\t3;3\n", "tabs"),
        ("a|b|c\n1|2,5|3\n", "vertical bars"),
        ("Total, all;b\n1,5;2\n3,4;2\n", "semicolons"),
    ],
)
def test_the_separator_is_found(tmp_path: Path, text: str, note: str) -> None:
    with open_table(written(tmp_path, text), Layout("csv")) as table:
        assert len(table.header) == len(next(table.rows).cells)
        assert table.notes[1] == f"Columns are separated by {note}."


def test_a_separator_that_is_given_is_used(tmp_path: Path) -> None:
    assert rows_of(written(tmp_path, "a:b\n1:2\n"), Layout("csv", separator=":"))[0].cells == ["1", "2"]
    with pytest.raises(Unreadable, match="cannot separate columns"):
        rows_of(written(tmp_path, "a:b\n1:2\n"), Layout("csv", separator="::"))


def test_a_first_line_may_name_the_separator(tmp_path: Path) -> None:
    path = written(tmp_path, "sep=;\r\na;b\r\n1;2,5\r\n")
    with open_table(path, Layout("csv")) as table:
        assert table.header == ["a", "b"]
        assert list(table.rows) == [SourceRow(3, ["1", "2,5"])]


def test_line_numbers_stay_right_over_breaks_within_cells(tmp_path: Path) -> None:
    path = written(tmp_path, 'a,b\n"one\ntwo\nthree",1\nplain,2\n\n"x\r\ny",3\nlast,4\n')
    assert [(row.number, row.cells[1]) for row in rows_of(path)] == [(2, "1"), (5, "2"), (7, "3"), (9, "4")]


def test_empty_lines_and_lines_of_separators_are_left_out(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b\n\n,\n1,2\n\n,,,,\n")
    assert [row.number for row in rows_of(path)] == [4]


def test_a_short_row_ends_in_absent_cells_and_a_long_one_is_a_problem(tmp_path: Path) -> None:
    short, trailing, long = rows_of(written(tmp_path, "a,b,c\n1\n1,2,3,,\n1,2,3,4\n"))
    assert short.cells == ["1", None, None]
    assert (trailing.cells, trailing.problem) == (["1", "2", "3"], "")
    assert long.problem.startswith("Row 4 has 4 cells where the header has 3")


def test_quotation_marks_that_go_wrong_spoil_one_row_only(tmp_path: Path) -> None:
    good, bad, after = rows_of(written(tmp_path, 'a,b\n"say ""hi""",1\n"bad" text,2\n3 "inch" pipe,3\n'))
    assert good.cells[0] == 'say "hi"'
    assert bad.problem.startswith("Row 3 has text behind a closing quotation mark")
    assert after == SourceRow(4, ['3 "inch" pipe', "3"])


@pytest.mark.parametrize("lines", [5, 60_000])
def test_a_quotation_mark_that_is_never_closed_stops_the_file(tmp_path: Path, lines: int) -> None:
    path = written(tmp_path, 'a,b\n1,2\n"open,3\n' + "four,4\n" * lines)
    with pytest.raises(Unreadable, match="opened in the row of line 3 is not closed"):
        rows_of(path)


def test_a_zero_byte_is_a_problem_of_its_row(tmp_path: Path) -> None:
    bad, good = rows_of(written(tmp_path, "a,b\n1\0,2\n3,4\n"))
    assert "zero byte" in bad.problem
    assert good == SourceRow(3, ["3", "4"])


def test_a_header_of_two_lines_below_a_title_is_joined_and_filled(tmp_path: Path) -> None:
    text = "Budget of the town,,,\n\nName,2564,,2565\n,plan,paid,plan\nRoads,1,2,3\nรวม,1,2,3\nfootnote,,,\n"
    layout = Layout("csv", header_rows=(3, 4), last_row=6)
    with open_table(written(tmp_path, text), layout) as table:
        assert table.header == ["Name", "2564 / plan", "2564 / paid", "2565 / plan"]
        assert [row.number for row in table.rows] == [5, 6]


def test_names_of_columns_are_made_unique_and_never_empty(tmp_path: Path) -> None:
    with open_table(written(tmp_path, "\ufeff,Amount ,amount,Amount,\n1,2,3,4,5\n"), Layout("csv")) as table:
        assert table.header == ["column 1", "Amount", "amount", "Amount (2)", "column 5"]


def test_a_file_may_have_no_header(tmp_path: Path) -> None:
    with open_table(written(tmp_path, "x,1\ny,2\n"), Layout("csv", header_rows=())) as table:
        assert table.header == ["column 1", "column 2"]
        assert [row.cells for row in table.rows] == [["x", "1"], ["y", "2"]]


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "\na,b\n", "\n\n\n"])
def test_a_header_that_is_not_there_is_refused(tmp_path: Path, text: str) -> None:
    wanted = (9,) if text.startswith("a") else (1,)
    with pytest.raises(Unreadable, match="header should stand in line"):
        rows_of(written(tmp_path, text), Layout("csv", header_rows=wanted))


def test_first_and_last_row_bound_the_data(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b\n1,1\n2,2\n3,3\n4,4\n")
    assert [row.number for row in rows_of(path, Layout("csv", first_row=3, last_row=4))] == [3, 4]


def amount(cell: str | None) -> Decimal:
    number = read_number(cell, decimal_mark=".")
    return number.value if number else Decimal(0)


@pytest.mark.parametrize("name", ["labour_clean.csv", "labour_noisy.csv"])
def test_both_extractions_of_the_bill_are_read_to_totals_that_were_counted_without_us(name: str) -> None:
    found: dict[str, list[Any]] = defaultdict(lambda: [0, Decimal(0)])
    with open_table(FILES / name, Layout("csv")) as table:
        columns = [table.header.index(each) for each in ("BUDGETARY_UNIT", "FISCAL_YEAR", "AMOUNT")]
        for row in table.rows:
            unit, year, written_amount = (row.cells[place] for place in columns)
            kept = found[f"{unit} | {year}"]
            kept[0], kept[1] = kept[0] + 1, kept[1] + amount(written_amount)
    assert found == {key: [rows, Decimal(total)] for key, (rows, total) in EXPECTED[name]["by"].items()}


def test_the_budget_of_oakland_is_read_to_its_totals() -> None:
    name = "oakland_FY16-17_adopted.csv"
    rows = rows_of(FILES / name)
    assert len(rows) == EXPECTED[name]["rows"]
    assert sum(amount(row.cells[2]) for row in rows) == Decimal(EXPECTED[name]["total"])


def test_what_is_no_text_is_said_plainly(tmp_path: Path) -> None:
    for start, words in ((b"PK\x03\x04", "workbook"), (b"%PDF-1.7", "PDF"), (b"\xd0\xcf\x11\xe0", "workbook")):
        path = tmp_path / "a.csv"
        path.write_bytes(start + b"\n1,2\n")
        with pytest.raises(Unreadable, match=words):
            rows_of(path)


def test_the_format_shows_in_the_first_bytes_or_the_name(tmp_path: Path) -> None:
    assert format_of(written(tmp_path, "a,b\n")) == "csv"
    assert format_of(written(tmp_path, ' [{"a": 1}]', "b.txt")) == "json"
    assert format_of(written(tmp_path, "{}", "datapackage.json")) == "package"
    assert format_of(written(tmp_path, "PK\x03\x04", "c.bin")) == "xlsx"


def test_limits_hold(tmp_path: Path) -> None:
    path = written(tmp_path, ",".join(["a"] * 30) + "\n")
    with pytest.raises(Unreadable, match="30 columns"), open_table(path, Layout("csv"), limits=Limits(columns=20)):
        pass
    with pytest.raises(Unreadable, match="split it"), open_table(path, Layout("csv"), limits=Limits(file_bytes=10)):
        pass


def test_a_line_without_an_end_is_not_held_in_memory(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b\n" + "1," * 4_000_000)
    with pytest.raises(Unreadable, match="is this a text file"):
        rows_of(path)


def test_a_long_file_is_streamed(tmp_path: Path) -> None:
    path = written(tmp_path, "name,amount\n" + "สำนักงานประกันสังคม,5\n" * 200_000)
    gc.collect()
    tracemalloc.start()
    with open_table(path, Layout("csv")) as table:
        count = sum(1 for _ in table.rows)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 200_000
    assert peak < 4 << 20


@settings(max_examples=150, deadline=None)
@given(st.binary(min_size=1, max_size=300))
def test_no_bytes_make_anything_but_rows_or_a_refusal(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "a.csv"
    path.write_bytes(raw)
    width, widths = 0, set()
    with contextlib.suppress(Unreadable), open_table(path, Layout("csv")) as table:
        width = len(table.header)
        widths = {len(row.cells) for row in table.rows}
    assert widths <= {width}


CELLS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), min_size=1, max_size=8)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6), st.sampled_from(",;\t|"))
def test_what_is_written_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, cells: list[list[str]], separator: str
) -> None:
    lines = [["a", "b", "c"], *cells]
    quoted = [separator.join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines]
    path = written(tmp_path_factory.mktemp("round"), "\n".join(quoted))
    assert [list(row.cells) for row in rows_of(path, Layout("csv", "utf-8", separator))] == cells
