"""Two numbers that are one range: 4–5 bn, 10-15%, 3 ถึง 5 ล้านบาท, between 4 and 5 billion baht. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from budgets.quantities.amounts import Amount, is_yearlike
from budgets.quantities.quantity import MONEY

_LINK = re.compile(r"\s?[-–~]\s?|\s(?:up )?to\s|\s?ถึง\s?|\s?จนถึง\s?")
_AND = re.compile(r"\s(?:and)\s|\s?(?:และ|กับ)\s?")
_BETWEEN = re.compile(r"(?:(?<![a-z])between\s|ระหว่าง\s?)(?:about |around |ประมาณ ?|ร้อยละ ?)?$")
_FROM = re.compile(r"(?:(?<![a-z])from\s|จาก\s?)$")
_CHANGE = re.compile(
    r"(?:rose|risen|rise|rising|grew|grow|growing|grown|increas|jump|climb|soar|fell|fall|drop|declin|decreas|shrank|cut|went|reduc|rais"
    r"|expand|surg|up from|down from|เพิ่ม|ลด|ปรับ|ขยาย|ขึ้น|หด)[^.•]{0,60}$"
)


def joined(folded: str, found: list[Amount]) -> list[Amount]:
    """The amounts with every pair of ends made one amount, whose `high` is set."""
    result: list[Amount] = []
    for amount in found:
        pair = _pair(folded, result[-1], amount) if result else None
        if pair:
            result[-1:] = pair
        else:
            result.append(amount)
    return result


def _pair(folded: str, low: Amount, high: Amount) -> list[Amount] | None:
    """One range, two amounts of which the first takes its unit from the second, or None for two strangers."""
    if low.high is not None or not _linked(folded, low, high) or not _alike(low, high):
        return None
    inherited = _inherit(low, high)
    if _changed(folded, low):
        return [_complete(low, inherited, high), high] if low.unit is None else None
    value, top = (abs(inherited.value), high.value) if low.start > 0 else (inherited.value, high.value)
    if inherited.value < 0 <= high.value:
        value = inherited.value
    if not value < top:
        return None
    unit = high.unit if high.unit is not None else low.unit
    return [
        replace(
            high, start=low.start, mark=low.mark, value=value, high=top, unit=unit, place=inherited.place,
            counted=high.counted or low.counted, currency=high.currency or low.currency, over=None,
        )
    ]  # fmt: skip


def _linked(folded: str, low: Amount, high: Amount) -> bool:
    if not 0 < high.start - low.end <= 8:
        # A minus sign was taken from a dash that joins two numbers.
        return False
    if _LINK.fullmatch(folded, low.end, high.start):
        return True
    between = _BETWEEN.search(folded, max(0, low.start - 28), low.start)
    return bool(between and _AND.fullmatch(folded, low.end, high.start))


def _alike(low: Amount, high: Amount) -> bool:
    if low.unit is None and high.unit is None:
        return False
    if is_yearlike(low.literal) and is_yearlike(high.literal) and high.unit in {None, ""}:
        return False
    if low.unit is None and is_yearlike(low.literal) and (high.scaled or high.value < 1000):
        return False
    if low.unit is None or high.unit is None:
        return True
    return low.unit == high.unit and (low.currency or high.currency) == (high.currency or low.currency)


def _inherit(low: Amount, high: Amount) -> Amount:
    """The low end with the scale of the high end, where it has none: 4–5 bn."""
    if low.scaled or not high.scaled or low.value >= high.coefficient or high.scale < 100:
        return low
    return replace(low, value=low.value * high.scale, place=low.place * high.scale, scaled=True)


def _changed(folded: str, low: Amount) -> bool:
    """Whether "from A to B" tells of a change and not of a range."""
    came = _FROM.search(folded, max(0, low.start - 6), low.start)
    return bool(came and _CHANGE.search(folded, max(0, came.start() - 70), came.start()))


def _complete(low: Amount, inherited: Amount, high: Amount) -> Amount:
    counted = high.counted if high.unit not in {MONEY, None} else None
    return replace(inherited, start=low.start, unit=high.unit, counted=counted, currency=high.currency)
