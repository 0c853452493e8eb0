"""Proportions in words: half, a third, two thirds, doubled, twice, one in five; ครึ่งหนึ่ง, สองเท่า, หนึ่งในสาม. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from budgets.quantities.folding import THAI_MARKS
from budgets.quantities.numerals_en import UNITS
from budgets.quantities.numerals_th import DIGITS

_PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_DEGREE = r"nearly|about|almost|over|than|around|by|just|roughly|approximately|only|some|least|to|cut|exactly|under"
_OF = r"(?=\s(?:of|less|more|higher|lower|fewer|as|its|the|their)\b)"
_MULTIPLES = {"doubl": 2, "tripl": 3, "quadrupl": 4, "quintupl": 5}
_ONE_TO_TEN = "|".join(list(UNITS)[1:13])
_TH = "|".join(DIGITS)

_HALF_EN = re.compile(
    r"(?<![a-z-])(?<!first )(?<!second )(?<!latter )(?<!last )(?<!better )(?<!and a )(?:one[ -])?half"
    r"(?![a-z])(?!-(?!of))(?! of an? [mbt][a-z]{0,3}illion)"
    r"(?! (?:an?|time|brother|sister|hour|year|day|hearted|way|dozen|million|billion"
    r"|thousand)\b)(?! (?:of )?(?:20|25)[0-9]{2})"
)
_HALVED = re.compile(r"(?<![a-z])halv(?:ed|es|ing)(?![a-z])")
_PART_EN = re.compile(
    rf"(?<![a-z-])(?:(?P<digits>{_ONE_TO_TEN})[ -](?P<part>third|quarter|fifth|sixth|eighth|tenth)s?(?![a-z-])"
    r"(?! of an? [mbt][a-z]{0,3}illion)"
    rf"|an? (?P<one>third|quarter|fifth|sixth|eighth|tenth)(?![a-z-])(?! of an? (?:million|billion|trillion|per)){_OF}"
    rf"|(?:(?<=by )|(?<=nearly )|(?<=about )|(?<=almost )|(?<=over )|(?<=than )|(?<=around )|(?<=roughly ))"
    r"an? (?P<after>third|quarter|fifth|tenth)(?![a-z-])(?! of an? (?:million|billion|trillion|per)))"
)
_MULTIPLE = re.compile(
    r"(?<![a-z])(?:(?P<stem>doubl|tripl|quadrupl|quintupl)(?:es|ed|ing)(?![a-z-])"
    r"|(?P<base>doubl|tripl|quadrupl)e(?![a-z-])(?= (?:the|its|their|his|her|what|that|last|from|over|in|by|to"
    r"|or|and|since"
    r"|within)\b|[,.;)]|$)"
    r"|(?P<twice>twice)(?![a-z])(?! (?:a|an|per|daily|weekly|monthly|in|during|before|since|this|last|each|every)\b)"
    r"|(?P<fold>two|three|four|five|six|seven|eight|nine|ten)-?fold(?![a-z]))"
)
_OUT_OF = re.compile(
    rf"(?<![a-z0-9.,-])(?:(?P<words>{_ONE_TO_TEN})|(?P<digits>[1-9][0-9]?))\s(?:in(?: every)?|out of(?: every)?)\s"
    rf"(?:(?P<of_words>{_ONE_TO_TEN})|(?P<of_digits>[1-9][0-9]{{0,2}}))(?![a-z0-9%-]|[.,][0-9])(?! (?:years?"
    rf"|months?|days?|weeks?|hours?)\b)"
)
_HALF_TH = re.compile(
    r"(?<!คนละ)(?<!ละ)ครึ่งหนึ่ง|(?<!คนละ)(?<!อีก)(?<![0-9])(?<![0-9] )(?<!ปี)(?<!เดือน)(?<!วัน)(?<!ชั่วโมง)(?<!เที่ยง)(?<!โมง)"
    r"(?<!เท่า)(?<!เท่าตัว)ครึ่ง"
    r"(?!\s?(?:ปี|เดือน|วัน|ชั่วโมง|แรก|หลัง|ทาง|เวลา|ๆ|ชีวิต|ใจ|ล้าน|แสน|หมื่น|พัน|ศตวรรษ|เดียว|คน|ตัว|บก|เสี้ยว))"
)
_TWICE_TH = re.compile(
    r"(?<![0-9])(?<![0-9] )(?<!สาม)(?<!สี่)(?<!ห้า)(?<!หก)(?<!สิบ)(?<!ร้อย)(?:หนึ่ง|สอง)?เท่าตัว(?!ครึ่ง)|สองเท่า(?!กับ|กัน|เทียม|ครึ่ง)"
)
_OUT_OF_TH = re.compile(
    rf"(?<![0-9.,])(?:(?P<words>{_TH})|(?P<digits>[1-9][0-9]?))\s?ใน\s?"
    rf"(?:(?P<of_words>{_TH}|สิบ)|(?P<of_digits>[1-9][0-9]{{0,2}}))(?![0-9%{THAI_MARKS}]|[.,][0-9])(?!\s?(?:เดือน|ปี|วัน|ล้าน|แสน|พัน))"
)
_PARTS_TH = re.compile(rf"เศษ\s?(?P<words>{_TH}|[1-9])\s?ส่วน\s?(?P<of_words>{_TH}|สิบ|[1-9]0?)(?![{THAI_MARKS}])")


_FRACTION = re.compile(r"(?<![0-9./,-])(?P<words>[1-9])/(?P<of_words>[2-9])(?=\s?(?:of(?![a-z])|ของ))")


@dataclass(frozen=True, slots=True)
class Proportion:
    """A proportion in words and where it stands."""

    start: int
    end: int
    value: Fraction


def proportions(folded: str) -> Iterator[Proportion]:
    """Every proportion in words; they may overlap, the first and longest counts."""
    yield from _fixed(folded)
    for found in _PART_EN.finditer(folded):
        top = UNITS[found["digits"]] if found["digits"] else 1
        bottom = _PARTS[found["part"] or found["one"] or found["after"]]
        if top < bottom:
            yield Proportion(found.start(), found.end(), Fraction(top, bottom))
    for found in _MULTIPLE.finditer(folded):
        number = _MULTIPLES.get(found["stem"] or found["base"] or "", UNITS.get(found["fold"] or "", 2))
        yield Proportion(found.start(), found.end(), Fraction(number))
    for pattern in (_OUT_OF, _OUT_OF_TH, _PARTS_TH, _FRACTION):
        for found in pattern.finditer(folded):
            yield from _out_of(found)


def _fixed(folded: str) -> Iterator[Proportion]:
    for pattern, value in (
        (_HALF_EN, Fraction(1, 2)),
        (_HALVED, Fraction(1, 2)),
        (_HALF_TH, Fraction(1, 2)),
        (_TWICE_TH, Fraction(2)),
    ):
        for found in pattern.finditer(folded):
            yield Proportion(found.start(), found.end(), value)


def _out_of(found: re.Match[str]) -> Iterator[Proportion]:
    groups = found.groupdict()
    top = _number(groups["words"] or groups.get("digits") or "0")
    bottom = _number(groups["of_words"] or groups.get("of_digits") or "0")
    if 0 < top < bottom:
        yield Proportion(found.start(), found.end(), Fraction(top, bottom))


def _number(written: str) -> int:
    if written.isdigit():
        return int(written)
    return UNITS.get(written) or DIGITS.get(written) or 10
