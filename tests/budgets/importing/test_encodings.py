"""Which encoding a file is in, and what is said about bytes that fit none."""

import codecs
from pathlib import Path

import pytest

from budgets.importing.reading import encodings
from budgets.importing.reading.tables import Layout, Unreadable, open_table

THAI = 'หน่วยงาน,ปี,จำนวน\nสำนักงานประกันสังคม,2565,"45,000,097,800"\nกรมการจัดหางาน,๒๕๖๕,๑๒\n'
FRENCH = "Libellé;Année;Montant\nDépenses de santé à Nîmes;2016;1 234,50\nBœuf – « cher » à 5 €;2016;2\n"


def read(path: Path, layout: Layout) -> tuple[list[str], list[list[str | None]], list[str]]:
    with open_table(path, layout) as table:
        rows = [list(row.cells) for row in table.rows]
        return table.header, rows, table.notes


@pytest.mark.parametrize(
    ("written", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("utf-32-be", codecs.BOM_UTF32_BE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("tis-620", b""),
        ("cp874", b""),
    ],
)
def test_thai_is_read_in_every_encoding_that_offices_use(tmp_path: Path, written: str, mark: bytes) -> None:
    path = tmp_path / "thai.csv"
    path.write_bytes(mark + THAI.encode(written))
    header, rows, _ = read(path, Layout("csv"))
    assert header == ["หน่วยงาน", "ปี", "จำนวน"]
    assert rows == [["สำนักงานประกันสังคม", "2565", "45,000,097,800"], ["กรมการจัดหางาน", "๒๕๖๕", "๑๒"]]


def test_western_letters_are_not_taken_for_thai(tmp_path: Path) -> None:
    path = tmp_path / "french.csv"
    path.write_bytes(FRENCH.encode("cp1252"))
    header, rows, notes = read(path, Layout("csv"))
    assert header == ["Libellé", "Année", "Montant"]
    assert rows[1][0] == "Bœuf – « cher » à 5 €"
    assert notes[0].startswith("Read as Western European (Windows-1252)")


def test_capital_letters_with_accents_are_western_too(tmp_path: Path) -> None:
    path = tmp_path / "czech.csv"
    path.write_bytes("ÚŘAD,ČÁSTKA\nÉÈÀ ÉTÉ,5\n".replace("Ř", "R").replace("Č", "C").encode("cp1252"))
    assert read(path, Layout("csv"))[0] == ["ÚRAD", "CÁSTKA"]


def test_one_short_thai_word_is_enough_when_no_latin_letter_touches_it(tmp_path: Path) -> None:
    path = tmp_path / "short.csv"
    path.write_bytes("ปี,amount\n2565,5\n".encode("cp874"))
    assert read(path, Layout("csv"))[0] == ["ปี", "amount"]


@pytest.mark.parametrize("written", ["cp1251", "cp1253", "koi8-r"])
def test_other_scripts_are_refused_rather_than_misread(tmp_path: Path, written: str) -> None:
    path = tmp_path / "other.csv"
    text = "Περιφέρεια,Ποσό\nΑττική,5\n" if written == "cp1253" else "Ведомство,Сумма\nМинистерство труда,5\n"
    path.write_bytes(text.encode(written))
    with pytest.raises(Unreadable, match="set the encoding of the mapping"), open_table(path, Layout("csv")):
        pass


def test_the_mapping_can_name_any_encoding(tmp_path: Path) -> None:
    path = tmp_path / "russian.csv"
    path.write_bytes("Ведомство,Сумма\nМинистерство,5\n".encode("cp1251"))
    header, rows, notes = read(path, Layout("csv", encoding="cp1251"))
    assert (header, rows) == (["Ведомство", "Сумма"], [["Министерство", "5"]])
    assert notes[0] == "Read as cp1251, as the mapping says."


@pytest.mark.parametrize("name", ["no-such-code", "rot13", "base64", "hex"])
def test_what_is_no_encoding_of_text_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(Unreadable, match="is no encoding that is known here"), open_table(path, Layout("csv", name)):
        pass


def test_one_wrong_byte_in_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.csv"
    lines = ["หน่วย,จำนวน"] + [f"สำนักงาน {number},{number}" for number in range(2, 60_000)]
    raw = "\n".join(lines).encode().split(b"\n")
    raw[49_999] = b"\xe1\xe1,5"
    path.write_bytes(b"\n".join(raw))
    with pytest.raises(Unreadable, match="Line 50,000 has a byte that is not UTF-8"), open_table(path, Layout("csv")):
        pass


def test_a_wrong_byte_that_comes_late_stops_the_rows_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "late.csv"
    path.write_bytes(b"name,amount\n" + b"plain,5\n" * 40_000 + "สำนักงาน,5\n".encode())
    with (
        open_table(path, Layout("csv", encoding="ascii")) as table,
        pytest.raises(Unreadable, match="Line 40,002 has a byte that ascii does not know"),
    ):
        list(table.rows)


def test_bytes_of_no_known_encoding_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "noise.csv"
    path.write_bytes(b"a,b\n" + bytes(range(0x80, 0x100)) * 20 + b"\n")
    with pytest.raises(Unreadable, match="neither UTF-8 nor TIS-620 nor Windows-1252"), open_table(path, Layout("csv")):
        pass


def test_an_empty_file_and_a_missing_one_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    with pytest.raises(Unreadable, match="The file is empty"), open_table(tmp_path / "empty.csv", Layout("csv")):
        pass
    with (
        pytest.raises(Unreadable, match=r"There is no file nothing\.csv"),
        open_table(tmp_path / "nothing.csv", Layout("csv")),
    ):
        pass


def test_the_line_of_a_wrong_byte_counts_every_kind_of_line_end(tmp_path: Path) -> None:
    path = tmp_path / "ends.txt"
    path.write_bytes(b"one\r\ntwo\rthree\nfour \xff")
    assert encodings.bad_line(path, "utf-8") == 4
    assert encodings.bad_line(path, "latin-1") == 4


@pytest.mark.parametrize("name", ["punycode", "idna", "\0", "\ud800", "unicode_escape", "utf-7", "x" * 5_000, "cp037"])
def test_an_encoding_in_which_no_table_is_saved_is_refused_with_a_sentence(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n1,\xb82\n")
    with pytest.raises(Unreadable, match="is no encoding that is known here") as error:
        read(path, Layout("csv", encoding=name))
    assert str(error.value).isprintable()
    assert len(str(error.value)) < 200


@pytest.mark.parametrize(
    "name", ["TIS-620", "windows-874", "iso-8859-11", "latin-1", "UTF8", "utf-16-be", "utf-32", "cp1250", "iso-8859-15",
             "shift_jis", "GB18030", "big5", "euc-kr", "macintosh", "koi8-r"],
)  # fmt: skip
def test_an_encoding_of_tables_is_taken_by_any_of_its_names(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("a,b\n1,2\n".encode(name.replace("windows-", "cp")))
    assert read(path, Layout("csv", encoding=name))[:2] == (["a", "b"], [["1", "2"]])
