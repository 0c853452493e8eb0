"""JSON as a table: lists within lists, objects on lines, numbers as they are written."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from budgets.importing.reading.nested import record_paths
from budgets.importing.reading.tables import Layout, Limits, SourceRow, Unreadable, open_table

FILES = Path(__file__).parent / "files"
EXPECTED: dict[str, Any] = json.loads((FILES / "expected.json").read_text(encoding="utf-8"))
PROVINCES = sorted(path.name for path in FILES.glob("pao_*.json"))


def read(path: Path, records: str | None = None, **layout: Any) -> tuple[list[str], list[SourceRow], list[str]]:
    with open_table(path, Layout("json", records=records, **layout)) as table:
        return table.header, list(table.rows), table.notes


def written(folder: Path, text: str, name: str = "a.json") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", PROVINCES)
@pytest.mark.parametrize(
    ("records", "column"),
    [
        ("groupedByArea", "groupedByArea.total"),
        ("groupedByArea.plans", "groupedByArea.plans.total"),
        ("groupedByType", "groupedByType.total"),
        ("tasks", "tasks.total"),
    ],
)
def test_a_province_is_read_to_totals_that_were_counted_without_us(name: str, records: str, column: str) -> None:
    header, rows, _ = read(FILES / name, records)
    place = header.index(column)
    count, total = EXPECTED[name][records]
    assert (len(rows), sum(Decimal(row.cells[place] or "0") for row in rows)) == (count, Decimal(total))
    assert {row.cells[header.index("total")] for row in rows} == {EXPECTED[name]["stated_total"]}


def test_every_level_gives_its_values_to_the_rows_below_it() -> None:
    header, rows, notes = read(FILES / "pao_phayao_2566.json", "groupedByArea.plans")
    assert header == [
        "total",
        "pao.name",
        "groupedByArea.area",
        "groupedByArea.total",
        "groupedByArea.plans.plan",
        "groupedByArea.plans.total",
    ]
    assert rows[0] == SourceRow(1, ["405752300", "พะเยา", "ด้านบริหารทั่วไป", "90849690", "บริหารงานทั่วไป", "86446650"])
    assert notes[1] == "Lists beside the rows were left out: groupedByType, pao.incomes, tasks."


def test_numbers_keep_the_text_in_which_they_are_written(tmp_path: Path) -> None:
    text = '[{"a": 0.1, "b": 12345678901234567890.10, "c": 1E5, "d": true, "e": null, "f": "๕", "g": -0}]'
    assert read(written(tmp_path, text))[1][0].cells == [
        "0.1",
        "12345678901234567890.10",
        "1E5",
        "true",
        None,
        "๕",
        "-0",
    ]


def test_columns_are_gathered_over_all_records(tmp_path: Path) -> None:
    header, rows, _ = read(written(tmp_path, '[{"a": 1}, {"b": {"c": 2}}, {"a": 3, "b": {"c": 4}}]'))
    assert header == ["a", "b.c"]
    assert [list(row.cells) for row in rows] == [["1", None], [None, "2"], ["3", "4"]]


def test_objects_on_lines_are_records(tmp_path: Path) -> None:
    text = '{"a": 1, "b": [{"c": 1}, {"c": 2}]}\n\n{"a": 2, "b": [{"c": 3}]}\n'
    header, rows, _ = read(written(tmp_path, text, "a.jsonl"), "b")
    assert header == ["a", "b.c"]
    assert [(row.number, *row.cells) for row in rows] == [(1, "1", "1"), (2, "1", "2"), (3, "2", "3")]
    assert len(read(written(tmp_path, '{"a": 1}\n{"a": 2}\n'))[1]) == 2


def test_the_wrong_line_of_a_file_of_lines_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="at line 3"):
        read(written(tmp_path, '{"a": 1}\n{"a": 2}\n{"a" 3}\n'))


def test_without_a_path_the_lists_are_listed(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"which list of the JSON holds the rows: x, x\.y; set it"):
        read(written(tmp_path, '{"x": [{"y": [{"z": 1}]}], "w": [1]}'))


def test_a_wrong_path_says_what_there_is(tmp_path: Path) -> None:
    path = written(tmp_path, '{"x": [{"y": 5}], "w": 1}')
    with pytest.raises(Unreadable, match="no “z” in the JSON; there are w, x"):
        read(path, "z")
    with pytest.raises(Unreadable, match=r"“x\.y” is no object"):
        read(path, "x.y.z")


def test_objects_without_entries_are_counted_in_a_note(tmp_path: Path) -> None:
    text = '{"x": [{"n": 1, "y": [{"z": 1}]}, {"n": 2, "y": []}, {"n": 3, "y": null}]}'
    _, rows, notes = read(written(tmp_path, text), "x.y")
    assert len(rows) == 1
    assert notes[-1] == "2 objects have no entry in “x.y” and give no row."


def test_rows_can_be_bounded(tmp_path: Path) -> None:
    rows = read(written(tmp_path, '[{"a": 1}, {"a": 2}, {"a": 3}, {"a": 4}]'), first_row=2, last_row=3)[1]
    assert [(row.number, row.cells) for row in rows] == [(2, ["2"]), (3, ["3"])]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "This is no JSON"),
        ('[{"a": 1, "a": 2}]', "two values for “a”"),
        ("[" * 200_000, "nested too deeply"),
        ('{"a":' * 5_000 + "1" + "}" * 5_000, "nested"),
        ("[{}]", "no record with a value"),
        ("[]", "no record with a value"),
    ],
)
def test_json_that_is_no_table_is_refused(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read(written(tmp_path, text))


def test_limits_of_size_depth_and_columns_hold(tmp_path: Path) -> None:
    deep = written(tmp_path, '[{"a": {"b": {"c": {"d": 1}}}, "e": 1, "f": 2}]')
    for limits, words in (
        (Limits(json_bytes=10), "may have 10 bytes"),
        (Limits(json_depth=1), "deeper than 1 levels"),
        (Limits(columns=2), "3 different names"),
    ):
        with pytest.raises(Unreadable, match=words), open_table(deep, Layout("json"), limits=limits):
            pass


def test_wrong_bytes_are_named_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes('[\n{"a": "ก"},\n{"a": "'.encode() + b'\xff"}]')
    with pytest.raises(Unreadable, match="Line 3"):
        read(path)


def test_json_in_utf16_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes('[{"ก": 5}]'.encode("utf-16"))
    assert read(path)[:2] == (["ก"], [SourceRow(1, ["5"])])


def test_paths_to_lists_of_objects_are_found() -> None:
    value = {"a": [{"b": [{"c": 1}]}, {"d": [{"e": 1}]}], "f": [1, 2], "g": {"h": [{"i": 1}]}}
    assert record_paths(value) == ["a", "a.b", "g.h"]


def test_a_name_given_twice_among_many_is_found_at_once(tmp_path: Path) -> None:
    keys = ",".join(f'"k{number}":1' for number in range(60_000))
    path = written(tmp_path, f'[{{{keys},"k59999":2}}]')
    begun = time.process_time()
    with pytest.raises(Unreadable, match="two values for “k59999”"):
        read(path)
    assert time.process_time() - begun < 3


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
@pytest.mark.parametrize("name", ["a.json", "a.ndjson"])
def test_what_json_has_no_number_for_is_refused_and_not_taken_for_blank(tmp_path: Path, name: str, word: str) -> None:
    with pytest.raises(Unreadable, match=f"has {word} where a number should stand"):
        read(written(tmp_path, f'{{"a": 1, "b": {word}}}\n', name))
