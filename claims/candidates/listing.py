"""Where the items of a list inside a line begin: (1) … (2), 1. … 2., ประการแรก … ประการที่สอง, หนึ่ง … สอง. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_THAI_ORDER = {"แรก": 1, "หนึ่ง": 1, "สอง": 2, "สาม": 3, "สี่": 4, "ห้า": 5, "หก": 6, "เจ็ด": 7, "แปด": 8, "เก้า": 9, "สิบ": 10}
_ORDER = "|".join(_THAI_ORDER)
_COUNTED = "ประการ|ประเด็น|ข้อ|เรื่อง|คำถาม"
_MARK = re.compile(
    rf"(?:(?<=\s)|^)(?:(?P<digits>\(?[0-9๐-๙]{{1,2}}[.)])(?=\s?[^\s0-9๐-๙])"
    rf"|(?P<counted>(?:{_COUNTED})(?:ที่)?\s?(?:(?P<number>[0-9๐-๙]{{1,2}})|(?P<order>{_ORDER}))[.:)]?)(?=\s|[ก-ฮเ-ไ“\"])"
    rf"|(?P<bare>{_ORDER})[.,]?(?=\s))"
)
_BEGINS = re.compile(r"\s*(?:[-–—•·▪‣*+○●►✓✔]+\s*|\(?[0-9๐-๙]{1,2}[.)](?=\s?[^\s0-9๐-๙])\s*|\(?[a-zA-Z][.)]\s+)+")


def without_mark(text: str, start: int, end: int) -> int:
    """Where the words of an item begin that is marked by a bullet or number."""
    found = _BEGINS.match(text, start, end)
    return found.end() if found and found.end() < end else start


def items(line: str) -> list[int]:
    """Where items begin inside `line`: places of marks that count 1, 2, 3 … from the first on; none for a single mark.

    A lone “2)” or a หนึ่ง that counts nothing begins no item, so that amounts and dates stay whole.
    """
    found: list[int] = []
    wanted = 1
    for place, number in _numbered(line):
        if number == wanted:
            found.append(place)
            wanted += 1
    return found if len(found) > 1 else []


def _numbered(line: str) -> Iterator[tuple[int, int]]:
    for mark in _MARK.finditer(line):
        if mark["digits"] or mark["number"]:
            digits = (mark["digits"] or mark["number"]).strip("().")
            yield mark.start(), int(digits.translate(_THAI_DIGITS))
        else:
            yield mark.start(), _THAI_ORDER[mark["order"] or mark["bare"]]
