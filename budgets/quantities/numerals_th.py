"""Thai numbers in words: สองร้อยเจ็ดสิบหกล้าน, ยี่สิบเอ็ด, แสนล้าน. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from budgets.quantities.folding import THAI_MARKS, words

DIGITS = {
    "ศูนย์": 0,
    "หนึ่ง": 1,
    "เอ็ด": 1,
    "สอง": 2,
    "ยี่": 2,
    "สาม": 3,
    "สี่": 4,
    "ห้า": 5,
    "หก": 6,
    "เจ็ด": 7,
    "แปด": 8,
    "เก้า": 9,
}
PLACES = {"สิบ": 10, "ร้อย": 100, "พัน": 1000, "หมื่น": 10**4, "แสน": 10**5}
MILLION = "ล้าน"
LONGEST = 24
MOST_MILLIONS = 3

# ร้อยละ is percent, พันธ์ and its family are other words.
_TOKEN = (
    rf"(?:{words(*DIGITS)}|สิบ|ร้อย(?!ละ)|พัน(?!ธ|ทาง|ทิพ|ทิป|เอก|โท|ตรี|ตำรวจ|ตํารวจ)|หมื่น(?!ไวย)|แสน(?!สิริ|ยา)"
    rf"|ล้าน(?!นา|ช้าง))(?![{THAI_MARKS}])"
)
# ครึ่งล้าน is half of one.
RUN = rf"(?:ครึ่ง(?=พันล้าน|หมื่น|แสน|ล้าน))?(?:{_TOKEN})+"
_ONE = re.compile(_TOKEN)
_HALF = "ครึ่ง"


@dataclass(frozen=True, slots=True)
class ThaiNumber:
    """A number in words: value, place of its last word (10**6 in ...ล้าน), and whether it is more than a bare scale."""

    value: int
    place: int
    has_coefficient: bool


def read_thai(run: str) -> ThaiNumber | None:
    """The number that a run of numeral words stands for; None when they make none ("สองสาม", "ร้อยเอ็ด")."""
    tokens = _ONE.findall(run)
    if run.startswith(_HALF):
        return _half_of(read_thai(run.removeprefix(_HALF)))
    if not 0 < len(tokens) <= LONGEST or tokens.count(MILLION) > MOST_MILLIONS or run == "ร้อยเอ็ด":
        return None
    reader = _Reader()
    for token in tokens:
        if not reader.take(token):
            return None
    value = reader.total + reader.chunk + (reader.pending or 0)
    return ThaiNumber(value, reader.place, tokens[0] in DIGITS or tokens[0] == "สิบ" or len(tokens) > 1)


def read_thai_pair(run: str) -> tuple[ThaiNumber, ThaiNumber] | None:
    """The ends of what is said with two digits in a row: สามสี่ร้อยล้าน is 300 to 400 million; None for all else."""
    tokens = _ONE.findall(run)
    if len(tokens) < 3 or run.startswith(_HALF) or DIGITS.get(tokens[1]) != DIGITS.get(tokens[0], -2) + 1:
        return None
    rest = "".join(tokens[2:])
    low, high = read_thai(tokens[0] + rest), read_thai(tokens[1] + rest)
    return (low, high) if low and high and tokens[2] not in DIGITS else None


def _half_of(number: ThaiNumber | None) -> ThaiNumber | None:
    if number is None or (number.has_coefficient and number.value != number.place):
        return None
    return ThaiNumber(number.value // 2, number.place // 10, has_coefficient=True)


class _Reader:
    """Adds up numeral words from left to right; `chunk` is what stands below the last ล้าน."""

    def __init__(self) -> None:
        self.total = 0
        self.chunk = 0
        self.pending: int | None = None
        self.place = 1
        self.lowest = 10**6

    def take(self, token: str) -> bool:
        """Add one word; False when it cannot stand here."""
        if token == MILLION:
            return self._million()
        if token in PLACES:
            return self._place(PLACES[token])
        if self.pending is not None or (self.lowest == 1):
            return False
        self.pending, self.place = DIGITS[token], 1
        return True

    def _million(self) -> bool:
        self.total = (self.total + self.chunk + (self.pending or 0) or 1) * 10**6
        self.chunk, self.pending, self.lowest, self.place = 0, None, 10**6, 10**6 * max(1, self._repeated())
        return True

    def _repeated(self) -> int:
        return self.place if self.place >= 10**6 else 1

    def _place(self, place: int) -> bool:
        if place >= self.lowest:
            return False
        coefficient = 1 if self.pending is None else self.pending
        self.chunk += coefficient * place
        self.pending, self.lowest, self.place = None, place, place
        return True
