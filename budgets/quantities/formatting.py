"""Amounts written for readers, in English and Thai. Pure; Decimal only, and never rounded.

English scales money by thousands ("6.61 billion baht"); Thai counts in ล้าน with separators up to แสนล้าน
("6,610 ล้านบาท") and in ล้านล้าน from a million million on. A scale is used only when at most two decimals remain.
`digits` asks for that many significant digits ("4.00 billion baht" has three), so that what is written reads back
with the same precision.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from budgets.fiscal import buddhist_year
from budgets.vocabulary import Unit

Lang = Literal["en", "th"]

MILLION = Decimal(10) ** 6
THOUSAND = Decimal(10) ** 3
BILLION = Decimal(10) ** 9
TRILLION = Decimal(10) ** 12

_SCALES: dict[Lang, Sequence[tuple[Decimal, str]]] = {
    "en": ((TRILLION, "trillion"), (BILLION, "billion"), (MILLION, "million")),
    "th": ((TRILLION, "ล้านล้าน"), (MILLION, "ล้าน")),
}
# More steps, for amounts whose last significant digit is a zero.
_FINE_SCALES: dict[Lang, Sequence[tuple[Decimal, str]]] = {
    "en": (*_SCALES["en"], (THOUSAND, "thousand")),
    "th": (
        (TRILLION, "ล้านล้าน"),
        (BILLION * 100, "แสนล้าน"),
        (BILLION * 10, "หมื่นล้าน"),
        (BILLION, "พันล้าน"),
        (MILLION, "ล้าน"),
        (THOUSAND, "พัน"),
    ),
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


def money(value: Decimal, currency: str | None, lang: Lang, *, digits: int | None = None) -> str:
    """An amount in words and digits: "965 million baht", "6,610 ล้านบาท"; only number and scale without a currency.

    An unknown currency code stands as it is. A negative amount carries a minus sign (U+2212). With `digits`, zeros
    that are significant are written after a decimal point: 4000000000 to three digits is "4.00 billion baht".
    """
    number, scale = _precise(abs(value), digits, lang) or _scaled(abs(value), lang)
    return _with_currency(f"{'−' if value < 0 else ''}{number}", scale, currency, lang)


def quantity(value: Decimal, unit: Unit, currency: str | None, lang: Lang, *, digits: int | None = None) -> str:
    """Any figure with its unit: "1.5 stars", "96%", "21 คน", "6.61 billion baht"; a ratio as a number with ×.

    With `digits`, as many significant digits are written: 5 percent to two digits is "5.0%".
    """
    if unit is Unit.MONEY:
        return money(value, currency, lang, digits=digits)
    number = to_digits(value, digits)
    if unit is Unit.PERCENT:
        return f"{number}%"
    if unit is Unit.RATIO:
        return f"{number} ×"
    one, many, thai = _COUNTED[unit]
    return f"{number} {thai if lang == 'th' else one if value == 1 else many}"


def to_digits(value: Decimal, digits: int | None) -> str:
    """A number with at least `digits` significant digits where a decimal point can show them; never rounded."""
    decimals = 0 if digits is None or not value else digits - 1 - value.adjusted()
    shown = plain(value)
    return f"{value:,.{decimals}f}" if decimals > len(shown.partition(".")[2]) else shown


def year(value: int, calendar: str | None, lang: Lang, *, fiscal: bool | None = None) -> str:
    """A C.E. year as its text had it: "พ.ศ. 2567" and "B.E. 2567" for BE, else "2024"; a fiscal year says so."""
    if calendar == "BE":
        number = f"{'พ.ศ.' if lang == 'th' else 'B.E.'} {buddhist_year(value)}"
    else:
        number = f"ค.ศ. {value}" if lang == "th" else str(value)
    if fiscal is None:
        return number
    if lang == "th":
        return f"{'ปีงบประมาณ' if fiscal else 'ปีปฏิทิน'} {number}"
    return f"{'fiscal' if fiscal else 'calendar'} year {number}"


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


def _precise(value: Decimal, digits: int | None, lang: Lang) -> tuple[str, str] | None:
    """Number and scale where the last significant digit is a zero, which only a decimal can show; else None."""
    if digits is None or not value or digits <= len(value.as_tuple().digits) - _zeros(value):
        return None
    last = value.adjusted() - digits + 1
    sizes = [*_FINE_SCALES[lang], (Decimal(1), "")]
    fitting = [each for each in sizes if each[0].adjusted() > last]
    if not fitting:
        return None
    size, word = next((each for each in fitting if each[0] <= value), fitting[-1])
    return f"{value / size:,.{size.adjusted() - last}f}", word


def _zeros(value: Decimal) -> int:
    digits = "".join(map(str, value.as_tuple().digits))
    return len(digits) - len(digits.rstrip("0"))


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
