"""What multiplies the digits before it: ล้าน, พันล้าน, million, bn, K; and compounds such as 3 ล้าน 5 แสน. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from budgets.quantities.folding import THAI_MARKS
from budgets.quantities.literals import read_literal
from budgets.quantities.numerals_en import SCALES
from budgets.quantities.numerals_th import RUN, read_thai

_PLACE = r"(?:สิบ|ร้อย(?!ละ)|พัน(?![ธ.]|ทาง|ทิพ|ทิป)|หมื่น|แสน(?!สิริ|ยา)|ล้าน(?!นา|ช้าง))"
_THAI = re.compile(rf"\s{{0,2}}(?:(?P<over>กว่า|เศษ)\s?)?(?P<scale>{_PLACE}+)(?![{THAI_MARKS}])")
# 7 พันกว่าล้าน: the กว่า stands within the scale.
_INNER = re.compile(rf"(?P<over>กว่า|เศษ)\s?(?P<scale>{_PLACE}+)(?![{THAI_MARKS}])")
_MORE_DIGITS = re.compile(
    rf"\s?(?P<digits>(?:[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,3}}|[0-9]{{1,6}})(?:\.[0-9]{{1,4}})?)\s?(?P<scale>{_PLACE}+)(?![{THAI_MARKS}]|กว่า)"
)
_MORE_WORDS = re.compile(RUN)
_HALF = re.compile(r"ครึ่ง(?!หนึ่ง|ปี|เดือน|วัน|แรก|หลัง)")
_ENGLISH = re.compile(
    r"[\s-]?(?P<first>hundred|thousand|lakh|million|crore|billion|trillion)s?"
    r"(?: (?P<second>thousand|million|billion|crore))?(?![a-z])"
)
_SHORT = re.compile(r"\s?(?P<short>bn|tn|trn|mn|mln|mio|mil)\.?(?![a-z])")
_LETTER = re.compile(r"(?P<letter>[kmbt])(?![a-z0-9])(?! (?:long|wide|high|tall|deep|away|sprint|race|above|below)\b)")
_THAI_SHORT = re.compile(r"\s?(?P<thousands>พัน\s?)?ลบ\.(?!\s?ม)")
_SHORTS = {"bn": 10**9, "tn": 10**12, "trn": 10**12, "mn": 10**6, "mln": 10**6, "mio": 10**6, "mil": 10**6}
_LETTERS = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
_WORDS = {"hundred": 100, **SCALES}
# Longer chains than ล้านล้านล้าน are no number that anybody writes.
_LONGEST_RUN = 20


@dataclass(frozen=True, slots=True)
class Scaled:
    """A number after its scale: value, place of its last printed digit, end, scale, a กว่า inside, whether it is ลบ."""

    value: Fraction
    place: Fraction
    end: int
    scale: int
    over: tuple[int, int] | None = None
    baht: bool = False


def over_within(folded: str, pos: int) -> re.Match[str] | None:
    """The กว่า and the `scale` behind it that follow a number in words: สิบกว่าล้าน."""
    return _INNER.match(folded, pos)


def scale_after(folded: str, pos: int, number: Fraction, place: Fraction, *, with_currency: bool) -> Scaled | None:
    """The scale that follows a number ending at `pos`, applied to it; None where none follows.

    A single letter b or t is a scale only beside a currency (`with_currency`), as 5T and 5b are names elsewhere.
    """
    if short := _THAI_SHORT.match(folded, pos):
        scale = 10**9 if short["thousands"] else 10**6
        return Scaled(number * scale, place * scale, short.end(), scale, baht=True)
    thai = _THAI.match(folded, pos)
    if thai:
        return _thai(folded, thai, number, place)
    scale, end = _english(folded, pos, with_currency=with_currency)
    return Scaled(number * scale, place * scale, end, scale) if scale else None


def _thai(folded: str, found: re.Match[str], number: Fraction, place: Fraction) -> Scaled | None:
    inner = _INNER.match(folded, found.end())
    run = found["scale"] + (inner["scale"] if inner else "")
    scale = read_thai(run) if len(run) <= _LONGEST_RUN else None
    if scale is None:
        return None
    over = found.span("over") if found["over"] else inner.span("over") if inner else None
    end = inner.end() if inner else found.end()
    first = Scaled(number * scale.value, place * scale.value, end, scale.value, over)
    return _compound(folded, first)


def _compound(folded: str, first: Scaled) -> Scaled:
    """Take in the smaller parts that follow: 3 ล้าน 5 แสน, 3 ล้านห้าแสน, 2 ล้านครึ่ง."""
    value, place, end, lowest = first.value, first.place, first.end, first.scale
    while part := _part(folded, end, lowest):
        value, place, end, lowest = value + part.value, part.place, part.end, part.scale
    half = _HALF.match(folded, end)
    if half and lowest == first.scale:
        value, place, end = value + Fraction(first.scale, 2), Fraction(first.scale, 10), half.end()
    return Scaled(value, place, end, first.scale, first.over)


def _part(folded: str, pos: int, below: int) -> Scaled | None:
    if found := _MORE_DIGITS.match(folded, pos):
        scale, number = read_thai(found["scale"]), read_literal(found["digits"])
        if scale and number and number.value * scale.value < below:
            return Scaled(number.value * scale.value, number.place * scale.value, found.end(), scale.value)
        return None
    found = _MORE_WORDS.match(folded, pos, pos + 4 * _LONGEST_RUN)
    number_words = read_thai(found[0]) if found else None
    if found and number_words and number_words.has_coefficient and 1000 <= number_words.value < below:
        return Scaled(Fraction(number_words.value), Fraction(number_words.place), found.end(), number_words.place)
    return None


def _english(folded: str, pos: int, *, with_currency: bool) -> tuple[int, int]:
    if found := _ENGLISH.match(folded, pos):
        return _WORDS[found["first"]] * _WORDS.get(found["second"] or "", 1), found.end()
    if found := _SHORT.match(folded, pos):
        return _SHORTS[found["short"]], found.end()
    found = _LETTER.match(folded, pos)
    if found and (with_currency or found["letter"] in "km"):
        return _LETTERS[found["letter"]], found.end()
    return 0, pos
