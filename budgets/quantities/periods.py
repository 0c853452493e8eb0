"""Which year an amount is of, where the text says so beside it: "965 million baht in 2020",
"ในปี 2567 จำนวน 276 ล้านบาท". Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from budgets.quantities.folding import each_of
from budgets.quantities.years import Year

_FISCAL = r"(?:(?:the |b\.?e\.? |year |fy ?'?|fiscal |financial |budget |calendar |years? ){0,4})"
_MONTH = (
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? |(?:early|late|mid)[ -]?"
    r"|(?:มกรา|กุมภา|มีนา|เมษา|พฤษภา|มิถุนา|กรกฎา|สิงหา|กันยา|ตุลา|พฤศจิกา|ธันวา)(?:คม|ยน|พันธ์)\s?)?"
)
_ERA = r"(?:\s{0,2}(?:พ\.?\s?ศ\.?|ค\.?\s?ศ\.?))?\s{0,2}"
_TIGHT = re.compile(
    rf"\s?\(?(?:in|for|during|of|by|as of|at the end of) {_FISCAL}{_MONTH}|\s?\((?:fy ?)?"
    rf"|\s?(?:ใน|ของ|เมื่อ|สำหรับ|ประจำ|ณ\s?สิ้น|ณ|ภายใน|ช่วง)?\s?(?:เดือน)?(?:ปีงบประมาณ|ปีปฏิทิน|ปี|งบปี|งบประมาณปี){_ERA}|\s?(?:ใน|เมื่อ)\s?พ\.ศ\.\s?"
)
# Nothing that ends a clause stands between an amount and its year.
_BREAK = re.compile(
    r"[.;:!?•|]\s|[;!?•|]|,\s| and (?:also |then )| แต่| ส่วน| ขณะที่| ทั้งนี้| นอกจาก| while | but | compared "
)
_LOOSE_END = re.compile(
    rf"(?: (?:in|for|during|by|at the end of|as of) (?:the )?{_FISCAL}{_MONTH}|(?:ใน|ของ|เมื่อ|สำหรับ"
    rf"|ประจำ)\s?(?:ปีงบประมาณ|ปี|งบประมาณปี){_ERA})$"
)
_LEAD = re.compile(
    rf"(?:(?<![a-z])(?:in|for|during|by) {_FISCAL}{_MONTH}|(?:the )?(?:fiscal|calendar|financial|budget) years? "
    rf"|(?<![a-z])fy ?'?|(?:ใน|สำหรับ|เมื่อ|ของ)?\s?(?:ปีงบประมาณ|ปี|งบประมาณปี){_ERA})$"
)
_OPENING = re.compile(r"(?:^|[.;:!?\"'(–] ?|•|, ?)(?:in|for|during|by) [a-z. ']{0,24}$")
_THAI = re.compile("[ก-๎]")
_LOOSE = 90
_LOOSE_TH = 24
_LEADING = 60


@dataclass(frozen=True, slots=True)
class Place:
    """Where an amount or a year stands."""

    start: int
    end: int
    year: Year | None
    unit: str = ""


# A length of time is of no year, and a multiple compares two.
_UNDATED = frozenset(
    each_of("ปี เดือน วัน ชั่วโมง นาที สัปดาห์ year years months month days day weeks hours minutes ratio ครั้ง เท่า")
)


def periods(folded: str, places: Sequence[Place]) -> dict[int, Year]:
    """The year of each amount that has one, by the index of the amount in `places` (amounts and years, in order)."""
    found: dict[int, Year] = {}
    taken: set[int] = set()
    for index, place in enumerate(places):
        if place.year is None and place.unit not in _UNDATED:
            other = _period(folded, places, index, taken)
            if other is not None:
                found[index] = _year_of(places[other])
                taken.add(other)
    _carry(folded, places, found)
    return found


def _period(folded: str, places: Sequence[Place], index: int, taken: set[int]) -> int | None:
    """The year beside one amount: Thai opens a clause with it as often as not, English ends the clause with it."""
    tight, loose = _tight_after(folded, places, index), _loose_after(folded, places, index)
    leading = _leading(folded, places, index, taken)
    spaced = (
        tight is not None
        and folded[places[index].end].isspace()
        and _THAI.search(folded[places[index].end : places[index].end + 12])
    )
    order = (
        (leading, tight, loose)
        if spaced or (tight is None and _is_thai(folded, places, index))
        else (tight, loose, leading)
    )
    return next((each for each in order if each is not None), None)


def _is_thai(folded: str, places: Sequence[Place], index: int) -> bool:
    return bool(_THAI.search(folded[max(0, places[index].start - 12) : places[index].end + 12]))


def _carry(folded: str, places: Sequence[Place], found: dict[int, Year]) -> None:
    """The next amounts of the same unit in a Thai row have the year that opens it: ปี 2563 มี ก 5 คน ข 6 คน."""
    for index in range(1, len(places)):
        before, place = places[index - 1], places[index]
        if index in found or index - 1 not in found or place.year or place.unit != before.unit:
            continue
        gap = folded[before.end : place.start]
        led = found[index - 1].end <= before.start
        if led and len(gap) <= _LEADING and _THAI.search(gap) and not _BREAK.search(gap):
            found[index] = found[index - 1]


def _year_of(place: Place) -> Year:
    if place.year is None:
        raise ValueError("an amount is not a year")
    return place.year


def _tight_after(folded: str, places: Sequence[Place], index: int) -> int | None:
    year = _neighbour(places, index, 1)
    if year is None or not _TIGHT.fullmatch(folded, places[index].end, places[year].start):
        return None
    return year


def _leading(folded: str, places: Sequence[Place], index: int, taken: set[int]) -> int | None:
    """A year before the amount in its clause, which no amount before it owns: "In 2020, spending was 4 billion "
    "baht"."""
    year = _neighbour(places, index, -1)
    if year is None or year in taken or _is_pair(folded, places, year):
        return None
    start, end = places[year].end, places[index].start
    led = _LEAD.search(folded, max(0, places[year].start - 24), places[year].start)
    if not led or end - start > _LEADING:
        return None
    gap = folded[start:end]
    if gap.startswith(",") and _OPENING.search(folded, max(0, places[year].start - 24), places[year].start):
        gap = gap[1:]
    return None if _BREAK.search(gap) else year


def _loose_after(folded: str, places: Sequence[Place], index: int) -> int | None:
    """A year some words later in the clause: "336 million for public relations in the 2024 fiscal year"."""
    year = _neighbour(places, index, 1)
    if year is None or places[year].start - places[index].end > _LOOSE:
        return None
    gap = folded[places[index].end : places[year].start]
    if not _LOOSE_END.search(gap) or _BREAK.search(gap):
        return None
    if _THAI.search(gap) and (len(gap) > _LOOSE_TH or gap.strip().count(" ") > 2):
        return None
    return None if _is_pair(folded, places, year) else year


def _neighbour(places: Sequence[Place], index: int, step: int) -> int | None:
    other = index + step
    if not 0 <= other < len(places):
        return None
    year = places[other].year
    return other if year is not None and not year.in_day else None


def _is_pair(folded: str, places: Sequence[Place], year: int) -> bool:
    """Whether the year is an end of a range of years, which is the period of nothing alone."""
    before, after = year - 1, year + 1
    if before >= 0 and places[before].year and _joined(folded[places[before].end : places[year].start]):
        return True
    return after < len(places) and bool(places[after].year) and _joined(folded[places[year].end : places[after].start])


def _joined(gap: str) -> bool:
    return gap.strip() in {"-", "–", "to", "ถึง", "and", "และ", "ถึงปี", "จนถึง", "through"}
