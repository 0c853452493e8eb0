"""One door for all files: a path and a layout in, a header and rows of cells out. Pure: no model, no database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from budgets.importing.reading.layout import STANDARD, Format, Layout, Limits, SourceRow, Table, Unreadable
from budgets.importing.reading.nested import open_nested
from budgets.importing.reading.package_files import open_package
from budgets.importing.reading.separated import open_separated
from budgets.importing.reading.workbooks import open_workbook

__all__ = ["Format", "Layout", "Limits", "SourceRow", "Table", "Unreadable", "format_of", "open_table"]


@contextmanager
def open_table(path: Path, layout: Layout, *, limits: Limits = STANDARD) -> Iterator[Table]:
    """Open a file as its layout says; the rows are read once, as they are asked for, and never all at once.

    Raises Unreadable, on opening or while the rows are read, with a sentence that says what is wrong and what to do.
    """
    size = _size(path)
    _refuse_other_kind(path, layout)
    if size > limits.file_bytes:
        raise Unreadable(f"The file has {size:,} bytes, more than {limits.file_bytes:,}; split it.")
    with _READERS[layout.format](path, layout, limits) as table:
        yield table


_ZIP = b"PK\x03\x04"
_READERS: Mapping[str, Callable[[Path, Layout, Limits], AbstractContextManager[Table]]] = {
    "csv": open_separated,
    "xlsx": open_workbook,
    "json": open_nested,
    "package": open_package,
}


def format_of(path: Path) -> Format:
    """The format that a file most likely has, by its first bytes and its name. Raises Unreadable if it is missing."""
    _size(path)
    with path.open("rb") as file:
        start = file.read(512)
    if start.startswith(_ZIP):
        return "xlsx"
    if path.name.casefold().endswith("datapackage.json"):
        return "package"
    json_like = start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")
    return "json" if json_like or path.suffix.casefold() in (".json", ".jsonl", ".ndjson") else "csv"


def _refuse_other_kind(path: Path, layout: Layout) -> None:
    """Say it plainly when a text is expected and the file is a workbook or a PDF."""
    if layout.format == "xlsx":
        return
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith((_ZIP, b"\xd0\xcf\x11\xe0")):
        raise Unreadable("This is a workbook or another packed file, not text; set the format to xlsx or unpack it.")
    if start.startswith(b"%PDF"):
        raise Unreadable("This is a PDF, whose tables cannot be imported; ask for the table itself.")


def _size(path: Path) -> int:
    try:
        if not path.is_file():
            raise Unreadable(f"There is no file {path.name}.")
        return path.stat().st_size
    except OSError as error:
        raise Unreadable(f"The file {path.name} cannot be opened: {error.strerror}.") from None
