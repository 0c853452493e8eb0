"""Workbooks among the uploads: plain ones are kept, and of archives nothing else is."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from claims.uploads import UploadKind, UploadRefused, judge_upload

TYPES = "[Content_Types].xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def workbook() -> bytes:
    book = Workbook()
    book.active.append(["ปี", "บาท"])  # type: ignore[union-attr]
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def test_a_plain_workbook_is_kept_whatever_it_is_called() -> None:
    assert judge_upload("a.bin", workbook()) is UploadKind.XLSX


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (archive({"a.txt": "x"}), "Archives are not kept"),
        (archive({TYPES: "wordprocessingml.document.main+xml"}), "plain XLSX"),
        (archive({TYPES: SHEET, "xl/vbaProject.bin": "x"}), "macros"),
        (archive({TYPES: SHEET, "xl/embeddings/a.bin": "x"}), "macros"),
        (archive({TYPES: SHEET, "xl/worksheets/sheet1.xml": b"0" * 3_000_000}), "far larger"),
        (workbook()[:200], "damaged"),
        (b"PK\x03\x04broken", "damaged"),
    ],
)
def test_other_archives_and_workbooks_that_do_things_are_refused(body: bytes, why: str) -> None:
    with pytest.raises(UploadRefused, match=why):
        judge_upload("a.xlsx", body)
