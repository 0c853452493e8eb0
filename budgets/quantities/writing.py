"""A quantity written back as text that reads as the same quantity, in English and Thai. Pure."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from budgets.quantities import formatting, quantity
from budgets.quantities.formatting import Lang
from budgets.quantities.quantity import Quantity

_UNITS: dict[str, dict[Lang, str]] = {
    quantity.PERCENT: {"en": "%", "th": "%"},
    quantity.PERCENTAGE_POINT: {"en": " percentage points", "th": " จุดร้อยละ"},
    quantity.RATIO: {"en": " times", "th": " เท่า"},
    quantity.STARS: {"en": " stars", "th": " ดาว"},
}
_SHARES: dict[Fraction, dict[Lang, str]] = {
    Fraction(1, 2): {"en": "half", "th": "ครึ่งหนึ่ง"},
    Fraction(2): {"en": "twice", "th": "สองเท่า"},
    Fraction(3): {"en": "threefold", "th": "3 เท่า"},
}


def write(found: Quantity, lang: Lang) -> str:
    """The quantity as one would print it: "4.00 billion baht", "276 ล้านบาท", "96%", "พ.ศ. 2567", "half".

    What is written keeps the significant digits. A counted word stays in the language it was written in.
    """
    if found.unit == quantity.YEAR:
        return formatting.year(int(found.interval.low), found.calendar, lang, fiscal=found.fiscal)
    if found.value is not None:
        return _number(found.value, found, lang, found.significant_digits)
    if found.interval.is_point:
        return _share(found.interval.low, lang)
    low, high = (_number(_decimal(end), found, lang, None) for end in (found.interval.low, found.interval.high))
    return f"{low} {'ถึง' if lang == 'th' else 'to'} {high}"


def _number(value: Decimal, found: Quantity, lang: Lang, digits: int | None) -> str:
    if found.unit == quantity.MONEY:
        return formatting.money(value, found.currency, lang, digits=digits)
    return f"{formatting.to_digits(value, digits)}{_UNITS.get(found.unit, {}).get(lang, f' {found.unit}')}"


def _share(share: Fraction, lang: Lang) -> str:
    if share in _SHARES:
        return _SHARES[share][lang]
    if share.denominator == 1:
        return f"{share.numerator}{'เท่า' if lang == 'th' else ' times'}"
    return f"{share.numerator} {'ใน' if lang == 'th' else 'in'} {share.denominator}"


def _decimal(end: Fraction) -> Decimal:
    return Decimal(end.numerator) / Decimal(end.denominator)
