"""Which encoding a text file is in, decided on all of its bytes in one cheap pass that holds none of them. Pure."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from budgets.importing.reading.layout import Unreadable

CHUNK = 1 << 18

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_AT_LATIN = re.compile(rb"[A-Za-z][\x80-\xff]|[\x80-\xff](?=[A-Za-z])")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
# Consonants, then what may stand on one: a mark or a vowel above or below. A vowel in front needs a consonant behind.
_THAI_STRAY = re.compile(rb"(?<![\xa1-\xce\xd1\xd4-\xda\xe7-\xee])[\xd1\xd4-\xda\xe7-\xee]|[\xe0-\xe4](?![\xa1-\xce])")
_NOT_THAI = bytes([*range(0x81, 0x85), *range(0x86, 0x91), *range(0x98, 0xA0), *range(0xDB, 0xDF), *range(0xFC, 0x100)])
_ALSO = {"windows-874": "cp874"}
# What tables are saved in. Python knows others that are no alphabet (punycode, unicode_escape): reading them fails in
# ways that name no line.
_KNOWN = frozenset(
    (
        *("ascii", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"),
        *("tis-620", "cp874", "iso8859-1", *(f"iso8859-{part}" for part in range(2, 17) if part != 12)),
        *(f"cp125{part}" for part in range(9)),
        *("cp437", "cp850", "cp852", "cp866", "koi8-r", "koi8-u", "mac-roman", "mac-latin2", "mac-cyrillic"),
        *("mac-greek", "mac-turkish", "shift_jis", "cp932", "euc_jp", "gb2312", "gbk", "gb18030", "big5", "cp950"),
        *("euc_kr", "cp949"),
    )
)
_NOT_WESTERN = b"\x81\x8d\x8f\x90\x9d"


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec, a sentence on how it was found, and whether zero bytes stand in the text."""

    codec: str
    note: str
    has_zero: bool = False


@dataclass(slots=True)
class _Count:
    """What the bytes above 0x7F look like."""

    high: int = 0
    runs: int = 0
    in_pairs: int = 0
    in_runs: int = 0
    at_latin: int = 0
    stray: int = 0
    not_thai: int = 0
    not_western: int = 0
    zero: int = 0

    def runs_long(self) -> bool:
        """Whether most stand three and more in a row, as in a script of its own and in no Western language."""
        return self.in_runs * 10 >= self.high * 6

    def is_thai(self) -> bool:
        """Whether they follow each other as Thai letters do; short words count when they touch no Latin letters."""
        words = self.runs_long() or (self.in_pairs * 10 >= self.high * 6 and self.at_latin * 5 <= self.runs)
        return words and self.stray * 20 <= self.high and not self.not_thai


def decide(path: Path, given: str | None) -> Encoding:
    """The encoding of a file: the one given, a byte order mark, UTF-16 by its zero bytes, strict UTF-8, and else
    Thai (cp874, which holds TIS-620) or Western (cp1252) by how the bytes follow each other.

    Raises Unreadable for an unknown name, an empty file, UTF-8 with a few wrong bytes, and bytes that fit none.
    """
    with path.open("rb") as file:
        start = file.read(CHUNK)
    if not start:
        raise Unreadable("The file is empty.")
    if given:
        return _given(given, start)
    for mark, codec in _MARKS:
        if start.startswith(mark):
            return Encoding(codec, f"Read as {codec.removesuffix('-sig').upper()}, which its byte order mark says.")
    wide = _wide(start)
    if wide:
        return Encoding(wide, f"Read as {wide.upper()}, found by the zero bytes between its letters.")
    return _narrow(path)


def _given(name: str, start: bytes) -> Encoding:
    try:
        known = codecs.lookup(_ALSO.get(name.casefold(), name)).name
    except (LookupError, ValueError):
        known = ""
    if known not in _KNOWN:
        raise Unreadable(f"“{name[:40]}” is no encoding that is known here; leave it empty, or name one such as cp874.")
    codec = "cp874" if known == "tis-620" else known
    if codec == "utf-8" and start.startswith(codecs.BOM_UTF8):
        codec = "utf-8-sig"
    return Encoding(codec, f"Read as {name}, as the mapping says.", has_zero=True)


def _wide(start: bytes) -> str:
    """UTF-16 by its zero bytes, which stand on one side of each pair, if it reads as lines of text; else empty."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    units = max(len(start) // 2, 1)
    for codec, here, there in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if here * 10 >= units and here > 20 * there and _has_lines(start, codec):
            return codec
    return ""


def _has_lines(start: bytes, codec: str) -> bool:
    try:
        text = codecs.getincrementaldecoder(codec)().decode(start)
    except UnicodeDecodeError:
        return False
    return "\n" in text or "\r" in text


def _narrow(path: Path) -> Encoding:
    decoder = codecs.getincrementaldecoder("utf-8")()
    zero, pairs = False, 0
    for chunk in _chunks(path):
        zero = zero or b"\0" in chunk
        try:
            text = decoder.decode(chunk)
        except UnicodeDecodeError as error:
            pairs += len(re.findall(rb"[\xc2-\xf4][\x80-\xbf]+", chunk[: max(error.start - 4, 0)]))
            return _legacy(path, pairs)
        if not text.isascii():
            pairs += 1
    if decoder.getstate()[0]:
        return _legacy(path, pairs)
    return Encoding("utf-8", "Read as UTF-8.", zero)


def _legacy(path: Path, good_utf8: int) -> Encoding:
    if good_utf8:
        line = bad_line(path, "utf-8")
        raise Unreadable(
            f"Line {line:,} has a byte that is not UTF-8, although the text before it is. Save the file again as "
            "UTF-8, or set the encoding of the mapping."
        )
    count = _counted(path)
    if count.is_thai():
        note = "Read as Thai (TIS-620, Windows-874), found by how its letters follow each other."
        return Encoding("cp874", note, count.zero > 0)
    if not count.runs_long() and not count.not_western:
        note = "Read as Western European (Windows-1252), as it is neither UTF-8 nor Thai; look at the names."
        return Encoding("cp1252", note, count.zero > 0)
    raise Unreadable(
        "The encoding cannot be told: the bytes are neither UTF-8 nor TIS-620 nor Windows-1252. Save the file again as "
        "UTF-8, or set the encoding of the mapping."
    )


def _counted(path: Path) -> _Count:
    count = _Count()
    for chunk in _chunks(path):
        count.not_thai += len(chunk) - len(chunk.translate(None, _NOT_THAI))
        count.not_western += len(chunk) - len(chunk.translate(None, _NOT_WESTERN))
        count.zero += chunk.count(0)
        for run in _HIGH_RUN.findall(chunk):
            count.high += len(run)
            count.in_pairs += len(run) * (len(run) >= 2)
            count.in_runs += len(run) * (len(run) >= 3)
            count.runs += 1
        count.at_latin += len(_AT_LATIN.findall(chunk))
        count.stray += len(_THAI_STRAY.findall(chunk))
    return count


def bad_line(path: Path, codec: str) -> int:
    """The line (from 1) of the first byte that `codec` cannot read; the last line when there is none."""
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(codec)(), translate=True)
    line = 1
    for chunk in _chunks(path, 1 << 16):
        before = decoder.getstate()
        try:
            line += decoder.decode(chunk).count("\n")
        except UnicodeDecodeError:
            decoder.setstate(before)
            return line + _lines_before_fault(decoder, chunk)
    return line


def _lines_before_fault(decoder: io.IncrementalNewlineDecoder, chunk: bytes) -> int:
    lines = 0
    for place in range(len(chunk)):
        try:
            lines += decoder.decode(chunk[place : place + 1]).count("\n")
        except UnicodeDecodeError:
            break
    return lines


def _chunks(path: Path, size: int = CHUNK) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(size):
            yield chunk
