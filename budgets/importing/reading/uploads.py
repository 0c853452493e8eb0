"""Budget files that come through a browser: judged by their first bytes, packages laid out on disk."""

from __future__ import annotations

import shutil
from pathlib import Path, PurePosixPath

from django.core.files.base import File

from budgets.importing.reading.layout import Unreadable
from budgets.importing.reading.package_files import objects, read_descriptor

MOST_BYTES = 200 << 20
DESCRIPTION = "datapackage.json"
SUFFIXES = {"csv": ".csv", "xlsx": ".xlsx", "json": ".json"}

_HEAD = 4_096
_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_MARKS = b"\xef\xbb\xbf\xff\xfe \t\r\n\0"


def judge_upload(file: File[bytes], form: str) -> None:
    """Refuse a file that is not of the format (csv, xlsx, json or package). Raises Unreadable with what to do."""
    size = file.size or 0
    if not size:
        raise Unreadable("The file is empty.")
    if size > MOST_BYTES:
        raise Unreadable(f"The file has {size:,} bytes, more than {MOST_BYTES:,}; split it, or use manage.py.")
    file.seek(0)
    start = file.read(_HEAD)
    file.seek(0)
    if start.startswith(b"%PDF"):
        raise Unreadable("This is a PDF, whose tables cannot be imported; ask for the table itself.")
    if start.startswith(_OLD_OFFICE):
        raise Unreadable("This is a workbook of the old kind (.xls) or a protected one; save it as .xlsx.")
    if start.startswith(_ZIP) != (form == "xlsx"):
        is_packed = start.startswith(_ZIP)
        what = "a workbook or another packed file" if is_packed else "no workbook"
        raise Unreadable(f"This is {what}, and the mapping reads {form}; choose another file or mapping.")
    if form != "xlsx":
        _judge_text(start, form)


def _judge_text(start: bytes, form: str) -> None:
    first = start.lstrip(_MARKS)[:1]
    if first == b"<":
        raise Unreadable("This is a web page or XML, not a table; ask for the table itself.")
    if form in ("json", "package") and first not in (b"{", b"["):
        raise Unreadable("This is no JSON: it begins with neither { nor [.")


def write_to(file: File[bytes], path: Path) -> None:
    """Write an upload to a path, piece by piece."""
    file.seek(0)
    with path.open("wb") as target:
        shutil.copyfileobj(file, target, 1 << 20)
    file.seek(0)


def lay_out_package(folder: Path, description: File[bytes], table: File[bytes] | None, resource: str | None) -> Path:
    """Write a package's two files into an empty folder, the table where the description says; return the description.

    `resource` names the table that is meant (None: the first). Raises Unreadable.
    """
    judge_upload(description, "package")
    path = folder / DESCRIPTION
    write_to(description, path)
    place = _place_of_table(read_descriptor(path), resource)
    if table is None:
        raise Unreadable(f"The package has its data in “{place}”: choose that file too.")
    judge_upload(table, "csv")
    target = folder / place
    target.parent.mkdir(parents=True, exist_ok=True)
    write_to(table, target)
    return path


def _place_of_table(descriptor: dict[str, object], resource: str | None) -> PurePosixPath:
    listed = objects(descriptor.get("resources"))
    chosen = next((each for each in listed if each.get("name") == resource), listed[0]) if resource else listed[0]
    written = chosen.get("path")
    written = written[0] if isinstance(written, list) and written else written
    if not isinstance(written, str) or not written.strip():
        raise Unreadable("The package does not say in which file its data are.")
    place = PurePosixPath(written)
    outside = place.is_absolute() or ".." in place.parts or any(each in written for each in ("\\", "\0", ":"))
    if outside or place.name == DESCRIPTION or len(written) > 200:
        raise Unreadable(f"“{written[:80]}” does not lie in the folder of the package; write a plain name there.")
    return place
