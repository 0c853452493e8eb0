"""Which period a figure is of, in order and in words."""

from __future__ import annotations

from datetime import date
from enum import Enum

from budgets.arithmetic.operands import Amount, Words
from budgets.fiscal import buddhist_year
from budgets.vocabulary import PeriodBasis

_MONTHS = (
    ("January", "มกราคม"),
    ("February", "กุมภาพันธ์"),
    ("March", "มีนาคม"),
    ("April", "เมษายน"),
    ("May", "พฤษภาคม"),
    ("June", "มิถุนายน"),
    ("July", "กรกฎาคม"),
    ("August", "สิงหาคม"),
    ("September", "กันยายน"),
    ("October", "ตุลาคม"),
    ("November", "พฤศจิกายน"),
    ("December", "ธันวาคม"),
)

_YEAR_WORDS = {
    PeriodBasis.FISCAL_YEAR.value: ("fiscal year {}", "ปีงบประมาณ {}"),
    PeriodBasis.CALENDAR_YEAR.value: ("calendar year {}", "ปีปฏิทิน {}"),
}


class Order(Enum):
    """How the period of one figure stands to that of another."""

    SAME = "same"
    AFTER = "after"
    BEFORE = "before"
    OVERLAPPING = "overlapping"
    UNKNOWN = "unknown"


def known(amount: Amount) -> bool:
    """Whether it is known at all which period the figure is of."""
    return amount.year is not None or _days(amount) is not None


def order(one: Amount, two: Amount) -> Order:
    """Where the period of `one` stands, seen from `two`: by years, and within one year by days if both have any."""
    if one.year is not None and two.year is not None and one.year != two.year:
        return Order.AFTER if one.year > two.year else Order.BEFORE
    ours, theirs = _days(one), _days(two)
    if ours is None or theirs is None:
        return Order.SAME if one.year is not None and one.year == two.year else Order.UNKNOWN
    return _order_of_days(ours, theirs)


def years_between(later: Amount, earlier: Amount) -> int | None:
    """How many steps lie between two years: three from 2020 to 2023. None when a year is not known."""
    if later.year is None or earlier.year is None:
        return None
    return later.year - earlier.year


def in_words(amount: Amount, *, to_the_day: bool = False) -> Words:
    """The period for readers: "fiscal year 2024", "ปีงบประมาณ 2567"; by its days if there is no year, or on request."""
    days = _days(amount)
    if days is not None and (to_the_day or amount.year is None):
        return _days_in_words(*days)
    if amount.year is None:
        return {"en": "a period that is not stated", "th": "ช่วงเวลาที่ไม่ได้ระบุ"}
    english, thai = _YEAR_WORDS.get(amount.basis, ("{}", "ปี {}"))
    return {"en": english.format(amount.year), "th": thai.format(buddhist_year(amount.year))}


def _days(amount: Amount) -> tuple[date, date] | None:
    if amount.earliest is None or amount.latest is None:
        return None
    return amount.earliest, amount.latest


def _order_of_days(one: tuple[date, date], two: tuple[date, date]) -> Order:
    if one == two:
        return Order.SAME
    if one[0] > two[1]:
        return Order.AFTER
    return Order.BEFORE if one[1] < two[0] else Order.OVERLAPPING


def _days_in_words(first: date, last: date) -> Words:
    if first == last:
        day = _day_in_words(first)
        return {"en": day["en"], "th": f"วันที่ {day['th']}"}
    starts, ends = _day_in_words(first), _day_in_words(last)
    return {"en": f"{starts['en']} to {ends['en']}", "th": f"วันที่ {starts['th']} ถึง {ends['th']}"}


def _day_in_words(day: date) -> Words:
    english, thai = _MONTHS[day.month - 1]
    return {
        "en": f"{day.day} {english} {day.year}",
        "th": f"{day.day} {thai} {buddhist_year(day.year)}",
    }
