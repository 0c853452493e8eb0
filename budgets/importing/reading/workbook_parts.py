"""The parts of an Excel workbook (a zip of XML files) within limits: sheets, strings, number formats. Pure."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.parsers import expat

from budgets.importing.reading.layout import Limits, Unreadable

CHUNK = 1 << 16
SMALL_PART = 16 << 20
NO_RATIO_BELOW = 8 << 20
LARGEST_DIRECTORY = 4 << 20
END_RECORD = 22

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]

_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# Dates among the built-in formats, those of Thai (71 to 81) and of Chinese and Japanese calendars included.
_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(50, 59), *range(71, 82)))
_BUILT_IN_PERCENT = frozenset((9, 10, 67, 68))
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


class Archive:
    """An opened workbook, whose parts are only unpacked within the limits."""

    def __init__(self, path: Path, limits: Limits) -> None:
        """Open the file. Raises Unreadable for what is no workbook, is protected, or is too large."""
        self._limits = limits
        if path.stat().st_size > limits.workbook_bytes:
            raise Unreadable(f"The workbook has more than {limits.workbook_bytes:,} bytes; save the sheet as CSV.")
        with path.open("rb") as file:
            if file.read(4) == _OLD_EXCEL:
                raise Unreadable(
                    "This is an Excel file of the old kind (.xls) or one with a password; save it as .xlsx without one."
                )
        if _directory_size(path) > LARGEST_DIRECTORY:
            raise Unreadable("The workbook lists too many parts to be one; save it again as .xlsx.")
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
            raise Unreadable("This is no Excel workbook (.xlsx), or it is damaged; save it again.") from None

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self._zip.NameToInfo

    def open(self, name: str, most: int) -> IO[bytes]:
        """A part to read from. Raises Unreadable when it is missing, protected, too large or packed too tightly.

        The sizes of the directory of the zip can be relied on: no more than they say is unpacked.
        """
        info = self._zip.NameToInfo.get(name)
        if info is None:
            raise Unreadable(f"The workbook has no part {name}: it is damaged, or no workbook; save it again as .xlsx.")
        if info.flag_bits & 1:
            raise Unreadable("The workbook has a password; save it without one.")
        tight = info.file_size > NO_RATIO_BELOW and info.file_size > self._limits.ratio * max(info.compress_size, 1)
        if info.file_size > most or tight:
            raise Unreadable(f"The part {name} unpacks to {info.file_size:,} bytes, too many; save the sheet as CSV.")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable(f"The part {name} is packed in a way that no workbook is; save it again as .xlsx.")
        try:
            return self._zip.open(info)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
            raise Unreadable(f"The part {name} of the workbook cannot be unpacked; save it again.") from None


def _directory_size(path: Path) -> int:
    """How large the list of parts says it is; it is read as a whole when a zip is opened. 0 for what is no zip."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - END_RECORD - 0xFFFF))
        tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    return int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the workbook: its name, its part, and whether it is hidden."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Formats:
    """Which cell styles (by their number) print a date, and which a percentage."""

    dates: frozenset[int]
    percents: frozenset[int]


def chunks(archive: Archive, name: str, most: int) -> Iterator[bytes]:
    """A part in pieces. Raises Unreadable when it is damaged."""
    with archive.open(name, most) as part:
        try:
            while chunk := part.read(CHUNK):
                yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError):
            raise Unreadable(f"The part {name} of the workbook is damaged; save it again.") from None


class XmlPush:
    """A parser that is fed pieces of XML. Prefixes of names are left out; a document type, and so every entity, is
    refused.
    """

    def __init__(self, part: str, start: Start, end: End | None = None, text: Text | None = None) -> None:
        """Take the part's name, for the sentence, and who hears of elements and texts."""
        self._part = part
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse
        self._start, self._end = start, end
        self._parser.StartElementHandler = self._first
        if text:
            self._parser.CharacterDataHandler = text

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        """Parse one piece. Raises Unreadable for what is no XML."""
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as error:
            raise Unreadable(
                f"The part {self._part} of the workbook is no XML at its line {error.lineno:,}; save it again."
            ) from None

    def _first(self, name: str, attrs: dict[str, str]) -> None:
        """Hear the root: only when its name has a prefix is it worth looking for prefixes in millions of others."""
        start, end = self._start, self._end
        if ":" in name:
            self._parser.StartElementHandler = lambda each, said: start(each.rpartition(":")[2], said)
            self._parser.EndElementHandler = (lambda each: end(each.rpartition(":")[2])) if end else None
        else:
            self._parser.StartElementHandler, self._parser.EndElementHandler = start, end
        start(name.rpartition(":")[2], attrs)

    def _refuse(self, *_: object) -> None:
        raise Unreadable(f"The part {self._part} of the workbook declares a document type, which none does; refused.")


def parse(
    archive: Archive, name: str, most: int, start: Start, end: End | None = None, text: Text | None = None
) -> None:
    """Parse a whole part."""
    push = XmlPush(name, start, end, text)
    for chunk in chunks(archive, name, most):
        push.feed(chunk)
    push.feed(b"", last=True)


def sheets(archive: Archive) -> tuple[list[Sheet], bool]:
    """The sheets in their order, and whether days are counted from 1904."""
    targets = _targets(archive)
    found: list[Sheet] = []
    since_1904 = [False]

    def start(name: str, attrs: dict[str, str]) -> None:
        if name == "workbookPr":
            since_1904[0] = attrs.get("date1904", "0") in ("1", "true")
        if name == "sheet":
            key = next((value for attr, value in attrs.items() if attr.rpartition(":")[2] == "id" and ":" in attr), "")
            if key in targets:
                found.append(Sheet(attrs.get("name", ""), targets[key], attrs.get("state", "visible") != "visible"))

    parse(archive, "xl/workbook.xml", SMALL_PART, start)
    return found, since_1904[0]


def _targets(archive: Archive) -> dict[str, str]:
    targets: dict[str, str] = {}

    def start(name: str, attrs: dict[str, str]) -> None:
        if name == "Relationship" and attrs.get("Type", "").endswith("/worksheet"):
            target = attrs.get("Target", "")
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            targets[attrs.get("Id", "")] = part

    parse(archive, "xl/_rels/workbook.xml.rels", SMALL_PART, start)
    return targets


def strings(archive: Archive, limits: Limits) -> list[str]:
    """The texts that cells point to, without formatting and without the readings of Japanese words."""
    if not archive.has("xl/sharedStrings.xml"):
        return []
    heard = _Strings(limits.strings)
    parse(archive, "xl/sharedStrings.xml", limits.string_bytes, heard.start, heard.end, heard.text)
    return heard.found


class _Strings:
    """Hears the elements of the table of texts."""

    def __init__(self, most: int) -> None:
        self.found: list[str] = []
        self._most = most
        self._pieces: list[str] = []
        self._inside = {"t": False, "rPh": False}

    def start(self, name: str, _: dict[str, str]) -> None:
        if name in self._inside:
            self._inside[name] = True

    def text(self, piece: str) -> None:
        if self._inside["t"] and not self._inside["rPh"]:
            self._pieces.append(piece)

    def end(self, name: str) -> None:
        if name in self._inside:
            self._inside[name] = False
        elif name == "si":
            self.found.append(unescaped("".join(self._pieces)))
            self._pieces.clear()
            if len(self.found) > self._most:
                raise Unreadable(f"The workbook has more than {self._most:,} texts; save the sheet as CSV.")


def whole(text: str | None, otherwise: int = 0) -> int:
    """The whole number that an attribute says; `otherwise` for none and for what is none."""
    text = (text or "").strip()
    return int(text) if len(text) <= 9 and text.isascii() and text.isdecimal() else otherwise


def unescaped(text: str) -> str:
    """A text with the letters that XML cannot hold (`_x000D_`) put back; half a character alone becomes U+FFFD."""
    if "_x" not in text:
        return text
    found = _ESCAPED.sub(lambda code: chr(int(code.group(1), 16)), text)
    return found.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def formats(archive: Archive) -> Formats:
    """Which styles print dates and which percentages."""
    dates, percents = set(_BUILT_IN_DATES), set(_BUILT_IN_PERCENT)
    styles: list[int] = []
    inside = [False]

    def start(name: str, attrs: dict[str, str]) -> None:
        if name == "numFmt":
            _sort(whole(attrs.get("numFmtId")), attrs.get("formatCode", ""), dates, percents)
        elif name == "cellXfs":
            inside[0] = True
        elif name == "xf" and inside[0]:
            styles.append(whole(attrs.get("numFmtId")))

    def end(name: str) -> None:
        if name == "cellXfs":
            inside[0] = False

    if archive.has("xl/styles.xml"):
        parse(archive, "xl/styles.xml", SMALL_PART, start, end)
    dated = frozenset(place for place, number in enumerate(styles) if number in dates)
    return Formats(dated, frozenset(place for place, number in enumerate(styles) if number in percents))


def _sort(number: int, code: str, dates: set[int], percents: set[int]) -> None:
    bare = _NOT_FORMAT.sub("", code.partition(";")[0]).casefold()
    dates.discard(number)
    percents.discard(number)
    if "%" in bare:
        percents.add(number)
    elif set(bare) & set("dmyhsb") and not set(bare) & set("0#?"):
        dates.add(number)
