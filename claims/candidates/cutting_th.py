"""Where a Thai line falls into clauses. Pure. No sign ends a Thai sentence: spaces, and the words beside them, tell.

A space is the end of a clause when the next word opens one (นอกจากนี้, ส่วน, โดย …), and never beside a word that
asks for more (ว่า, ที่, จำนวน …), inside a name or beside a number; any other space is one between two long stretches.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.candidates.names_th import begins_with_title
from claims.sources.differing import words

_ENOUGH, _NEXT_ENOUGH = 60, 25  # letters before and after a space that nothing speaks for or against
_LONGEST = 400  # letters: a longer clause is cut at the next space that nothing forbids
_PIECE = re.compile(r"\S+")

_OPENERS = """
นอกจากนี้ นอกจากนั้น นอกเหนือจากนี้ อย่างไรก็ตาม อย่างไรก็ดี ทั้งนี้ ขณะเดียวกัน ในขณะเดียวกัน ขณะที่ ในขณะที่ ส่วน ดังนั้น ฉะนั้น
เพราะฉะนั้น แต่ แม้ แม้ว่า ต่อมา ล่าสุด ปัจจุบัน สำหรับ โดย ด้าน เมื่อ หาก ถ้า จากนั้น หลังจากนั้น พร้อมกันนี้ อีกทั้ง อีกด้านหนึ่ง ก่อนหน้านี้
ขณะนี้ สุดท้าย ท้ายที่สุด กรณี ในส่วนของ ทางด้าน ในการนี้
"""
_OPENS = tuple(_OPENERS.split())
_CONTINUING = """
และ หรือ ที่ ซึ่ง อัน ของ เพื่อ จาก ใน กับ แก่ ให้ ว่า ได้แก่ เช่น คือ เป็น ถึง จนถึง ตาม ต่อ ละ บาท ล้าน คน ราย ปี เปอร์เซ็นต์ ร้อยละ
จำนวน กว่า ประมาณ ๆ เป็นต้น จึง เพราะ เนื่องจาก ทำให้ รวม รวมถึง รวมทั้ง พร้อม พร้อมด้วย เท่ากับ อาทิ ล้านบาท ฯลฯ จะ กล่าว
เปิดเผย เผย ระบุ ชี้แจง ยืนยัน แถลง
"""
_CONTINUES = frozenset(_CONTINUING.split())
_ASKING = """
ว่า คือ ได้แก่ เช่น ที่ ของ และ หรือ กับ ใน จาก เพื่อ ให้ เป็น มี โดย จำนวน ประมาณ กว่า ร้อยละ ปี พ.ศ. ค.ศ. วันที่ นาย นาง
นางสาว เดือน อาทิ ตั้งแต่ ถึง ราว เกือบ เพราะ เข้าถึง ไม่ จะ ซึ่ง ตาม แต่ ระหว่าง สำหรับ ต่อ พบ วงเงิน มูลค่า งบ แห่ง ด้วย
"""
_ASKS_FOR_MORE = frozenset(_ASKING.split())
_HONORIFIC = r"นาย(?!ก|จ้าง)|นาง|น\.ส\.|ดร\.|(?:พล|พ|ร)\.[อทต]\.|นพ\.|พญ\.|พลเอก\s|พลโท\s|พลตรี\s"
_NAMED = re.compile(rf"(?:{_HONORIFIC})[ก-๎.]{{2,24}}$")
_WHOLE_NAME = re.compile(rf"(?:{_HONORIFIC})[ก-๎.]{{0,24}}\s{{1,2}}[ก-๎]{{2,24}}$")
_ENDS = re.compile('(?:[!?]+|[ก-๎]{6,}\\.)[”"’)]*$')
_LONE_DIGITS = re.compile(r"[0-9๐-๙%]")


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a line by place: which one starts where, and which one ends where."""

    starting: dict[int, str]
    ending: dict[int, str]

    @classmethod
    def of(cls, line: str) -> _Words:
        starting: dict[int, str] = {}
        ending: dict[int, str] = {}
        at = 0
        for word in words(line):
            starting[at] = word
            at += len(word)
            ending[at] = word
        return cls(starting, ending)


def clauses(line: str, item_starts: list[int]) -> list[tuple[int, int]]:
    """The clauses of a Thai line in order, without the spaces between them; each of `item_starts` begins one."""
    pieces = [found.span() for found in _PIECE.finditer(line)]
    known = _Words.of(line)
    starts = frozenset(item_starts)
    found: list[tuple[int, int]] = []
    for start, end in pieces:
        if found and start not in starts and not _ends_before(line, known, found[-1], (start, end)):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _ends_before(line: str, known: _Words, clause: tuple[int, int], piece: tuple[int, int]) -> bool:
    """Whether the clause so far ends where the piece begins."""
    start, end = piece
    length = clause[1] - clause[0]
    if _ENDS.search(line, max(clause[0], clause[1] - 12), clause[1]):
        return True
    if known.ending.get(clause[1], "") in _ASKS_FOR_MORE:
        return False
    if _opens(line, known, start):
        return length >= _NEXT_ENOUGH
    if known.starting.get(start, "") in _CONTINUES or _is_bound(line, clause, piece):
        return False
    return length >= _LONGEST or (length >= _ENOUGH and end - start >= _NEXT_ENOUGH)


def _opens(line: str, known: _Words, start: int) -> bool:
    for opener in _OPENS:
        after = start + len(opener)
        if line.startswith(opener, start) and (after >= len(line) or line[after].isspace() or after in known.starting):
            return True
    return False


def _is_bound(line: str, clause: tuple[int, int], piece: tuple[int, int]) -> bool:
    """A number and what it counts, a given name and its surname, a name and its title."""
    start, end = piece
    if _LONE_DIGITS.match(line[clause[1] - 1]) or _LONE_DIGITS.match(line[start]):
        return end - clause[0] < _LONGEST
    near = max(clause[0], clause[1] - 64)
    if _NAMED.search(line, near, clause[1]) or line[start] in "ๆ)”":
        return True
    return bool(_WHOLE_NAME.search(line, near, clause[1])) and begins_with_title(line[start:end])
