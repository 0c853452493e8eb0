"""Years: 2023, พ.ศ. 2567, FY2024, ปีงบประมาณ 2567, the year of a date; with era and kind of year. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from budgets.fiscal import gregorian_year
from budgets.quantities.exclusions import MONTH, MONTH_TH

BE, CE = "BE", "CE"

_FOUR = re.compile(r"(?<![0-9])[12][0-9]{3}(?![0-9])")
_SHORT_FISCAL = re.compile(r"(?<![a-z])fy\s?'?(?P<first>[0-9]{2})(?:\s?[-/–]\s?(?P<second>[0-9]{2}))?(?![0-9a-z])")
_SHORT_THAI = re.compile(
    rf"(?:(?P<day>[0-9]{{1,2}}\s?)?{MONTH_TH}\s?|(?P<plain>(?P<fiscal>ปีงบประมาณ|ปีงบ)\s?|พ\.ศ\.\s?|(?<!ต่อ)ปี\s?))"
    r"(?P<year>[4-9][0-9])(?:[/–-](?P<second>[4-9][0-9]))?(?![0-9:%]|[.,/–-][0-9])(?!(?(plain)\s?(?:ล้าน|แสน|หมื่น|พัน|ร้อย(?!ละ)|บาท|คน|ราย|ปี|เดือน|วัน|เปอร์|แห่ง|ครั้ง|ชั่วโมง)|(?!)))"
)
_BE_BEFORE = re.compile(r"(?:พ\.?\s?ศ\.?|(?<![a-z])b\.?e\.?)\s{0,2}$")
_CE_BEFORE = re.compile(r"(?:ค\.?\s?ศ\.?|(?<![a-z])(?:a\.?d\.?|c\.?e\.?))\s{0,2}$")
# The era in "2024 (B.E. 2567)" is of the year behind it.
_BE_AFTER = re.compile(r"\s?\(?b\.?e(?![a-z]|\.?\s?[12][0-9]{3})")
_CE_AFTER = re.compile(r"\s?\(?(?:c\.?e|a\.?d)(?![a-z]|\.?\s?[12][0-9]{3})")
_FISCAL_BEFORE = re.compile(
    r"(?:(?<![a-z])fy\s?'?|(?<![a-z])fiscal\s|(?<![a-z])(?:fiscal|financial|budget)[ -]years?\s(?:of\s|ended\s|ending\s"
    r"|in\s)?(?:b\.?e\.?\s?)?"
    r"|ปีงบประมาณ\s{0,2}(?:ประจำปี\s?)?(?:พ\.?\s?ศ\.?|ค\.?\s?ศ\.?)?\s{0,2}|ปีงบ(?:ฯ)?\s{0,2})$"
)
_FISCAL_AFTER = re.compile(r"\s(?:fiscal|financial|budget)[ -]year(?![a-z])")
_CALENDAR_BEFORE = re.compile(r"(?:(?<![a-z])calendar years?\s|ปีปฏิทิน\s{0,2}(?:พ\.?\s?ศ\.?)?\s?)$")
_CALENDAR_AFTER = re.compile(r"\scalendar year(?![a-z])")
_MARKED = re.compile(
    rf"(?:ปี|{MONTH}|(?<![a-z])(?:in|since|during|by|until|before|after|from|between|of|year|years|for|early|mid|late"
    r"|and|to|through|than|back in)[\s-]),?\s{0,2}$"
)
_DATE_BEFORE = re.compile(r"(?<![0-9./-])[0-9]{1,2}[/.-][0-9]{1,2}[/.-]$")
_ISO_AFTER = re.compile(r"-[0-9]{2}-[0-9]{2}(?![0-9-])")
_QUARTER_BEFORE = re.compile(r"(?:ไตรมาส(?:ที่|แรก|สุดท้าย)?\s?[1-4]|q[1-4])\s?/\s?$")
_PAIR_BEFORE = re.compile(r"(?<![0-9/-])(?P<first>[12][0-9]{3})\s?[-–/]\s?$")
_PAIR_AFTER = re.compile(r"\s?[-–/]\s?(?P<second>[12][0-9]{3})(?![0-9])")
_SUFFIXED = re.compile(r"-(?:election|based|style|era|onwards?)(?![a-z])")
_JOINED_BEFORE = re.compile(r"(?:[0-9][.,:/-]|[a-z_#@/]|[a-z][.-]|[a-z0-9]\+|[0-9] ?\()$")
_LETTERS_ALLOWED = re.compile(r"(?:(?<![a-z])fy|(?<![a-z])(?:mid|post|pre|late|early|non)-|b\.?e\.?|[ac]\.?[de]\.?)$")
_NOT_AFTER = re.compile(r"[a-z0-9]|[.,:][0-9]|\s?%|-[0-9]{3}(?![0-9])|-[0-9]{5}|/[0-9]{3,}|-(?:[a-z]+)")
_SPAN = re.compile(r"\s?[-–/~]\s?")
_NEXT_SHORT = re.compile(r"[/–-](?P<second>[0-9]{2})(?![0-9/.-])")
_CARRIED = re.compile(r"[12][0-9]{3}\s?(?:[-–,]|to|and|through|ถึง|และ|หรือ)\s?$")


@dataclass(frozen=True, slots=True)
class Year:
    """A year and where its digits stand: `year` in C.E., `calendar` as written, `fiscal` as said.

    `last` is the other end of a span of years ("2015-2019", "2567/68").
    """

    start: int
    end: int
    year: int
    calendar: str
    fiscal: bool | None
    marked: bool
    in_day: bool
    last: int | None = None


def years(folded: str) -> Iterator[Year]:
    """Every stretch of digits that can be a year, in order; `marked` when words beside it say that it is one."""
    last: Year | None = None
    for found in _FOUR.finditer(folded):
        year = _year(folded, found, last)
        if year:
            last = year
            yield year


def spanned(folded: str, one: Year, two: Year | None) -> Year | None:
    """One span of years where `two` follows `one` as its other end, or where a next year of two digits does."""
    if two is not None and not (one.in_day or two.in_day) and _SPAN.fullmatch(folded, one.end, two.start):
        is_later = 0 < two.year - one.year < 100
        return replace(one, end=two.end, last=two.year, fiscal=one.fiscal or two.fiscal) if is_later else None
    short = _NEXT_SHORT.match(folded, one.end) if one.end - one.start == 4 and not one.in_day else None
    if short and int(short["second"]) == (int(folded[one.start : one.end]) + 1) % 100:
        return replace(one, end=short.end(), last=one.year + 1, fiscal=one.fiscal or _fiscal_after(folded, short.end()))
    return None


def _fiscal_after(folded: str, end: int) -> bool | None:
    return True if _FISCAL_AFTER.match(folded, end) else None


def short_years(folded: str) -> Iterator[Year]:
    """Years of two digits: FY24, FY16-17, ก.พ. 68, ปี 64."""
    for found in _SHORT_THAI.finditer(folded):
        for name in ("year", "second"):
            if found[name]:
                start, end = found.span(name)
                year = gregorian_year(2500 + int(found[name]))
                yield Year(start, end, year, BE, True if found["fiscal"] else None, True, bool(found["day"]))
    for found in _SHORT_FISCAL.finditer(folded):
        for name in ("first", "second"):
            if found[name]:
                start, end = found.span(name)
                yield Year(start, end, 2000 + int(found[name]), CE, True, True, False)


def _year(folded: str, found: re.Match[str], last: Year | None) -> Year | None:
    start, end = found.span()
    if not _stands_alone(folded, start, end):
        return None
    number = int(found[0])
    calendar = _calendar(folded, start, end, number)
    if calendar is None:
        return None
    window = max(0, start - 30)
    fiscal = _fiscal(folded, start, end)
    if fiscal is None and last and _CARRIED.search(folded, window, start) and last.end >= start - 8:
        fiscal = last.fiscal
    in_day = bool(_DATE_BEFORE.search(folded, window, start) or _ISO_AFTER.match(folded, end))
    marked = fiscal is not None or in_day or _is_marked(folded, start, end)
    return Year(start, end, gregorian_year(number) if calendar == BE else number, calendar, fiscal, marked, in_day)


def _stands_alone(folded: str, start: int, end: int) -> bool:
    window = max(0, start - 12)
    if _ISO_AFTER.match(folded, end):
        return True
    pair = _PAIR_AFTER.match(folded, end)
    if pair and abs(int(folded[start:end]) - int(pair["second"])) >= 200:
        return False
    if not pair and _NOT_AFTER.match(folded, end) and not _is_pair_start(folded, end):
        return False
    if any(pattern.search(folded, window, start) for pattern in (_DATE_BEFORE, _QUARTER_BEFORE, _LETTERS_ALLOWED)):
        return True
    first = _PAIR_BEFORE.search(folded, window, start)
    if first:
        return abs(int(folded[start:end]) - int(first["first"])) < 200
    return not _JOINED_BEFORE.search(folded, max(0, start - 3), start)


def _is_pair_start(folded: str, end: int) -> bool:
    return bool(_SUFFIXED.match(folded, end))


def _calendar(folded: str, start: int, end: int, number: int) -> str | None:
    window = max(0, start - 8)
    if _BE_BEFORE.search(folded, window, start) or _BE_AFTER.match(folded, end):
        return BE if number > 2200 else None
    if _CE_BEFORE.search(folded, window, start) or _CE_AFTER.match(folded, end):
        return CE
    if 2400 <= number <= 2700:
        return BE
    return CE if 1900 <= number <= 2100 else None


def _fiscal(folded: str, start: int, end: int) -> bool | None:
    window = max(0, start - 40)
    if _FISCAL_BEFORE.search(folded, window, start) or _FISCAL_AFTER.match(folded, end):
        return True
    if _CALENDAR_BEFORE.search(folded, window, start) or _CALENDAR_AFTER.match(folded, end):
        return False
    return None


def _is_marked(folded: str, start: int, end: int) -> bool:
    window = max(0, start - 16)
    before = (_MARKED, _BE_BEFORE, _CE_BEFORE, _QUARTER_BEFORE)
    return any(pattern.search(folded, window, start) for pattern in before) or bool(
        _BE_AFTER.match(folded, end) or _CE_AFTER.match(folded, end)
    )
