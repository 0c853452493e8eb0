"""A cell of a table as a year or a span of years, Buddhist or Christian era. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

from budgets.fiscal import gregorian_year
from budgets.importing.cells.numerals import BadCell

Calendar = Literal["auto", "BE", "CE"]
Basis = Literal["fiscal_year", "calendar_year"]

LONGEST = 80
CHRISTIAN = range(1900, 2201)
BUDDHIST = range(2443, 2744)
WITHIN = "between 1900 and 2200 C.E. (2443 and 2743 B.E.)"

_FISCAL = re.compile(r"ปีงบประมาณ|งบประมาณ|fiscal|financial|budget|\bf\.?y\.?(?![a-z])|\bปีงบ", re.IGNORECASE)
_ON_CALENDAR = re.compile(r"ปีปฏิทิน|calendar", re.IGNORECASE)
_BE = re.compile(r"พ\.?\s?ศ\.?|\bb\.?e\.?(?![a-z])", re.IGNORECASE)
_CE = re.compile(r"ค\.?\s?ศ\.?|\bc\.?e\.?(?![a-z])|\ba\.?d\.?(?![a-z])", re.IGNORECASE)
_WORDS = re.compile(
    r"ประจำปี|ปีงบประมาณ|งบประมาณ|ปีปฏิทิน|ปีงบ|ปี|ประจำ|\b(?:fiscal|financial|budget|calendar|years?|the|of)\b",
    re.IGNORECASE,
)
_FY = re.compile(r"\bf\.?y\.?(?![a-z])", re.IGNORECASE)
_DASHES = str.maketrans(dict.fromkeys("–—−‒", "-"))
_YEAR = re.compile(r"[0-9]{4}(?:\.0{1,6})?")
_SHORT = re.compile(r"[0-9]{2}")
_SPAN = re.compile(r"([0-9]{2}|[0-9]{4})\s?(?:[/-]|to|ถึง)\s?([0-9]{2}|[0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ][0-9:.]{4,15}Z?)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})(?: [0-9:]{4,8})?")


@dataclass(frozen=True, slots=True)
class Period:
    """What a cell says about the period. All years are C.E.

    `year` is the year, or the last one of a span, and `first_year` the first one. `basis` is "fiscal_year" or
    "calendar_year" when the cell says so, else None. `earliest` and `latest` are given for what has known days: one
    day, or several whole calendar years ("2014/2020").
    """

    year: int
    basis: Basis | None = None
    earliest: date | None = None
    latest: date | None = None
    first_year: int | None = None


def read_year(cell: str | None, *, calendar: Calendar = "auto") -> Period:
    """The period that a cell names: "2565", "พ.ศ. ๒๕๖๕", "ปีงบประมาณ พ.ศ. 2565", "FY16-17", "2567/68", "2014/2020",
    "2014-12-31", "31/12/2565".

    With "auto" a year from 2443 on is Buddhist (B.E. 2443 is 1900) and what is written next to it decides; "BE" and
    "CE" say how bare years are meant, and let two digits stand for a year. Two neighbouring years ("2016/17") are one
    fiscal year, named after the second. Raises BadCell with a sentence.
    """
    shown = (cell or "").strip()
    if not shown:
        raise BadCell("There is no year in this cell.")
    if len(shown) > LONGEST:
        raise BadCell(f"This is no year: it has {len(shown):,} characters.")
    text = _plain_digits(shown)
    era = _era(text, calendar, shown)
    found = _day(text, era, shown)
    if found:
        return found
    basis = _basis(text)
    short = bool(_FY.search(text))
    text = _bare(text)
    if _YEAR.fullmatch(text):
        return Period(_christian(text[:4], era, shown), basis)
    span = _SPAN.fullmatch(text)
    if span:
        return _span(span.group(1), span.group(2), era, basis, short=short, shown=shown)
    if _SHORT.fullmatch(text) and (short or era != "auto"):
        return Period(_short(text, era), basis)
    raise BadCell(f"“{shown}” is no year that is understood here; write it like 2565, 2022, FY16-17 or 2014/2020.")


def _plain_digits(text: str) -> str:
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text).translate(_DASHES).replace("\u00a0", " ").replace("\u200b", "")
    return "".join(str(unicodedata.decimal(letter, letter)) for letter in text)


def _era(text: str, calendar: Calendar, shown: str) -> Calendar:
    buddhist, christian = bool(_BE.search(text)), bool(_CE.search(text))
    if buddhist and christian:
        raise BadCell(f"“{shown}” names both eras; write the year once.")
    if buddhist:
        return "BE"
    return "CE" if christian else calendar


def _basis(text: str) -> Basis | None:
    if _FISCAL.search(text):
        return "fiscal_year"
    return "calendar_year" if _ON_CALENDAR.search(text) else None


def _bare(text: str) -> str:
    for words in (_BE, _CE, _FY, _WORDS):
        text = words.sub(" ", text)
    return " ".join(text.strip(" .:()").split())


def _christian(digits: str, era: Calendar, shown: str) -> int:
    year = int(digits)
    if era != "CE" and year in BUDDHIST:
        return gregorian_year(year)
    if era != "BE" and year in CHRISTIAN:
        return year
    known = {"BE": "a year B.E.", "CE": "a year C.E.", "auto": "a year B.E. or C.E."}[era]
    raise BadCell(f"“{shown}” is not {known} {WITHIN}; look at the column and the calendar of the mapping.")


def _short(digits: str, era: Calendar) -> int:
    return gregorian_year(2500 + int(digits)) if era == "BE" else 2000 + int(digits)


def _span(first: str, last: str, era: Calendar, basis: Basis | None, *, short: bool, shown: str) -> Period:
    if len(first) == 2 and not short and era == "auto":
        raise BadCell(f"“{shown}” can be years or a month; write years with four digits.")
    start = _christian(first, era, shown) if len(first) == 4 else _short(first, era)
    if len(last) == 2:
        century = (int(first) if len(first) == 4 else start) // 100 * 100
        shift = int(first) - start if len(first) == 4 else 0
        end = century + int(last) - shift if len(first) == 4 else _short(last, era)
        end += 100 if end < start else 0
    else:
        end = _christian(last, era, shown)
    return _between(start, end, basis, shown)


def _between(start: int, end: int, basis: Basis | None, shown: str) -> Period:
    if end not in CHRISTIAN:
        raise BadCell(f"“{shown}” does not end {WITHIN}; look at the column.")
    if not start < end < start + 60:
        raise BadCell(f"“{shown}” does not run from an earlier to a later year.")
    if end == start + 1 and basis != "calendar_year":
        return Period(end, "fiscal_year", first_year=start)
    if basis == "fiscal_year":
        return Period(end, basis, first_year=start)
    return Period(end, "calendar_year", date(start, 1, 1), date(end, 12, 31), start)


def _day(text: str, era: Calendar, shown: str) -> Period | None:
    """A day; of "01/02/2015" only the year is taken, as either number can be the month."""
    if iso := _ISO.fullmatch(text):
        # A date in this form is Christian era in a column of Buddhist years too: spreadsheets store it so.
        return _on(iso.group(1), int(iso.group(2)), int(iso.group(3)), "auto" if era == "BE" else era, shown)
    other = _DAY_FIRST.fullmatch(text)
    if not other:
        return None
    day, month = int(other.group(1)), int(other.group(3))
    if day != month and max(day, month) <= 12:
        return Period(_christian(other.group(4), era, shown))
    return _on(other.group(4), min(day, month), max(day, month), era, shown)


def _on(digits: str, month: int, day: int, era: Calendar, shown: str) -> Period:
    try:
        when = date(_christian(digits, era, shown), month, day)
    except ValueError:
        raise BadCell(f"“{shown}” is no day of the calendar.") from None
    return Period(when.year, None, when, when)
