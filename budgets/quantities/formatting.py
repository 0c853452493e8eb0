"""Amounts written for readers, in English and Thai. Pure; Decimal only, and never rounded.

English scales money by thousands ("6.61 billion baht"); Thai counts in ล้าน with separators up to แสนล้าน
("6,610 ล้านบาท") and in ล้านล้าน from a million million on. A scale is used only when at most two decimals remain.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from budgets.vocabulary import Unit

Lang = Literal["en", "th"]

MILLION = Decimal(10) ** 6
BILLION = Decimal(10) ** 9
TRILLION = Decimal(10) ** 12

_SCALES: dict[Lang, Sequence[tuple[Decimal, str]]] = {
    "en": ((TRILLION, "trillion"), (BILLION, "billion"), (MILLION, "million")),
    "th": ((TRILLION, "ล้านล้าน"), (MILLION, "ล้าน")),
}
_CURRENCIES: dict[str, dict[Lang, str]] = {
    "THB": {"en": "baht", "th": "บาท"},
    "USD": {"en": "US dollars", "th": "ดอลลาร์สหรัฐ"},
    "EUR": {"en": "euros", "th": "ยูโร"},
    "JPY": {"en": "yen", "th": "เยน"},
}
_COUNTED: dict[Unit, tuple[str, str, str]] = {
    Unit.STARS: ("star", "stars", "ดาว"),
    Unit.YEARS: ("year", "years", "ปี"),
    Unit.MEMBERS: ("member", "members", "คน"),
    Unit.SEATS: ("seat", "seats", "ที่นั่ง"),
    Unit.ISSUES: ("issue", "issues", "ประเด็น"),
}


def plain(value: Decimal) -> str:
    """A number with thousands separators and without trailing zeros: `Decimal("1234.50")` is "1,234.5"."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(value: Decimal, currency: str | None, lang: Lang) -> str:
    """An amount in words and digits: "965 million baht", "6,610 ล้านบาท"; only number and scale without a currency.

    An unknown currency code stands as it is. A negative amount carries a minus sign (U+2212).
    """
    number, scale = _scaled(abs(value), lang)
    return _with_currency(f"{'−' if value < 0 else ''}{number}", scale, currency, lang)


def quantity(value: Decimal, unit: Unit, currency: str | None, lang: Lang) -> str:
    """Any figure with its unit: "1.5 stars", "96%", "21 คน", "6.61 billion baht"; a ratio as a number with ×."""
    if unit is Unit.MONEY:
        return money(value, currency, lang)
    if unit is Unit.PERCENT:
        return f"{plain(value)}%"
    if unit is Unit.RATIO:
        return f"{plain(value)} ×"
    one, many, thai = _COUNTED[unit]
    return f"{plain(value)} {thai if lang == 'th' else one if value == 1 else many}"


def interval(
    low: Decimal,
    high: Decimal,
    closed: tuple[bool, bool],
    unit: Unit,
    currency: str | None,
    lang: Lang,
) -> str:
    """The range a rounded figure can stand for, saying which ends belong to it; one point exactly when low = high.

    `closed` is (low end belongs, high end belongs): "from 3.5 billion baht to under 4.5 billion baht". Both ends of a
    range of money are written on one scale, with up to three decimals.
    """
    if low == high:
        return quantity(low, unit, currency, lang)
    if unit is Unit.MONEY:
        scale = _common_scale(low, high, lang)
        bottom, top = (_with_currency(plain(value / scale[0]), scale[1], currency, lang) for value in (low, high))
    else:
        bottom, top = (quantity(value, unit, currency, lang) for value in (low, high))
    if lang == "th":
        start = f"ตั้งแต่ {bottom}" if closed[0] else f"มากกว่า {bottom}"
        return f"{start} ถึง {top}" if closed[1] else f"{start} แต่ไม่ถึง {top}"
    return f"{'from' if closed[0] else 'over'} {bottom} to {'' if closed[1] else 'under '}{top}"


def _scaled(value: Decimal, lang: Lang) -> tuple[str, str]:
    for size, word in _SCALES[lang]:
        if value >= size and _decimals(value / size) <= 2:
            return plain(value / size), word
    return plain(value), ""


def _common_scale(low: Decimal, high: Decimal, lang: Lang) -> tuple[Decimal, str]:
    for size, word in _SCALES[lang]:
        if low >= size and all(_decimals(value / size) <= 3 for value in (low, high)):
            return size, word
    return Decimal(1), ""


def _decimals(value: Decimal) -> int:
    return len(plain(value).partition(".")[2])


def _with_currency(number: str, scale: str, currency: str | None, lang: Lang) -> str:
    name = _CURRENCIES.get(currency or "", {}).get(lang, currency or "")
    if lang == "en":
        return " ".join(part for part in (number, scale, name) if part)
    joined = f"{scale}{name}" if _is_thai(name) else " ".join(part for part in (scale, name) if part)
    return f"{number} {joined}".rstrip()


def _is_thai(text: str) -> bool:
    return "\u0e00" <= text[:1] <= "\u0e7f"
