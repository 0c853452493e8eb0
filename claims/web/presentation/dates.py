"""Dates as people write them: exact, an interval, or unknown; Buddhist-era years in Thai.

A stored date is `{"earliest": "YYYY-MM-DD"|null, "latest": …, "precision": "exact"|"interval"|"unknown"}`;
an interval may be open on one side.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from budgets.fiscal import buddhist_year
from budgets.quantities.formatting import Lang

from .words import Doc

BANGKOK = ZoneInfo("Asia/Bangkok")

_MONTHS: dict[Lang, tuple[str, ...]] = {
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    "th": (
        "มกราคม",
        "กุมภาพันธ์",
        "มีนาคม",
        "เมษายน",
        "พฤษภาคม",
        "มิถุนายน",
        "กรกฎาคม",
        "สิงหาคม",
        "กันยายน",
        "ตุลาคม",
        "พฤศจิกายน",
        "ธันวาคม",
    ),
}
_SHORT: dict[Lang, tuple[str, ...]] = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "th": ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."),
}
MONTH_NAMES = (*_MONTHS["en"], *_MONTHS["th"], *_SHORT["th"])
NOT_GIVEN: dict[Lang, str] = {"en": "date not given", "th": "ไม่ระบุวันที่"}


@dataclass(frozen=True, slots=True)
class When:
    """A date for a page: the words, and the machine-readable form when the date is one day or one month."""

    text: str
    iso: str = ""


def day(value: date, lang: Lang, *, short: bool = False) -> str:
    """One day: "17 February 2025", "17 กุมภาพันธ์ 2568"; short: "17 Feb 2025", "17 ก.พ. 2568"."""
    return f"{value.day} {_month(value, lang, short)} {year_text(value.year, lang)}"


def moment(value: datetime, lang: Lang) -> When:
    """A time in Bangkok to the minute: "24 November 2026, 15:32", "24 พฤศจิกายน 2569 เวลา 15:32 น."."""
    local = value.astimezone(BANGKOK)
    clock = f"{local:%H:%M}"
    text = f"{day(local.date(), lang)} เวลา {clock} น." if lang == "th" else f"{day(local.date(), lang)}, {clock}"
    return When(text, local.isoformat(timespec="seconds"))


def bangkok_day(value: datetime, lang: Lang, *, short: bool = False) -> When:
    """The Bangkok date of a moment."""
    local = value.astimezone(BANGKOK).date()
    return When(day(local, lang, short=short), local.isoformat())


def iso_day(text: str | None, lang: Lang, *, short: bool = False) -> When | None:
    """A stored "YYYY-MM-DD" as words, or None when there is none."""
    return When(day(date.fromisoformat(text), lang, short=short), text) if text else None


def when(value: Doc | None, lang: Lang, *, short: bool = False) -> When:
    """A stored date in words.

    "17 February 2025"; "15 to 17 February 2025"; "December 2023" for a whole month; "on or before 18 February 2025";
    "date not given". Thai: "15–17 กุมภาพันธ์ 2568", "ไม่เกินวันที่ 18 กุมภาพันธ์ 2568", "ไม่ระบุวันที่".
    """
    if not value or value["precision"] == "unknown":
        return When(NOT_GIVEN[lang])
    first, last = (date.fromisoformat(text) if text else None for text in (value["earliest"], value["latest"]))
    if first and last:
        return _closed(first, last, lang, short)
    if last:
        return When(f"{'ไม่เกินวันที่' if lang == 'th' else 'on or before'} {day(last, lang, short=short)}")
    if first:
        text = day(first, lang, short=short)
        return When(f"ตั้งแต่วันที่ {text} เป็นต้นไป" if lang == "th" else f"on or after {text}")
    return When(NOT_GIVEN[lang])


def statement_date(value: Doc, lang: Lang, *, short: bool = False) -> When:
    """The date of a statement; one that the source does not date says so, and then what bounds it."""
    found = when(value, lang, short=short)
    if value["precision"] == "interval" and not (value["earliest"] and value["latest"]):
        return When(f"{NOT_GIVEN[lang]} ({found.text})")
    return found


def _closed(first: date, last: date, lang: Lang, short: bool) -> When:
    if first == last:
        return When(day(first, lang, short=short), first.isoformat())
    same_year, same_month = first.year == last.year, (first.year, first.month) == (last.year, last.month)
    ends_month = last.day == monthrange(last.year, last.month)[1]
    if same_month and first.day == 1 and ends_month:
        return When(f"{_month(first, lang, short)} {year_text(first.year, lang)}", f"{first:%Y-%m}")
    if same_year and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return When(year_text(first.year, lang), f"{first.year}")
    return When(_range(first, last, lang, short, same_year=same_year, same_month=same_month))


def _range(first: date, last: date, lang: Lang, short: bool, *, same_year: bool, same_month: bool) -> str:
    if same_month:
        start, joint = str(first.day), "–" if lang == "th" else " to "
    else:
        start = f"{first.day} {_month(first, lang, short)}" if same_year else day(first, lang, short=short)
        joint = " – " if lang == "th" else " to "
    return f"{start}{joint}{day(last, lang, short=short)}"


def _month(value: date, lang: Lang, short: bool) -> str:
    return (_SHORT if short else _MONTHS)[lang][value.month - 1]


def year_text(year: int, lang: Lang) -> str:
    """A year as the language counts it: 2025, 2568."""
    return str(buddhist_year(year) if lang == "th" else year)
