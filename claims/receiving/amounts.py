"""How an amount of money may be written in the texts of claims. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from budgets.quantities.quantity import MONEY, PERCENT, Quantity

COMPARED = (MONEY, PERCENT)
_SCALES = (
    (Decimal(10) ** 12, {"en": "trillion", "th": "ล้านล้าน"}),
    (Decimal(10) ** 9, {"en": "billion", "th": "พันล้าน"}),
    (Decimal(10) ** 6, {"en": "million", "th": "ล้าน"}),
)
_SMALLEST_IN_FULL = 1_000


def comparable(quantities: tuple[Quantity, ...]) -> list[Quantity]:
    """The amounts that say enough to find the same thing elsewhere: money and percent with a number."""
    return [found for found in quantities if found.unit in COMPARED and found.value is not None]


def spellings(amount: Quantity, lang: str) -> list[str]:
    """An amount of money as texts write it, without its currency: 6.61 billion, 6,610 million, 6610 million.

    Percentages give none: two digits are in every text.
    """
    if amount.unit != MONEY or amount.value is None:
        return []
    return list(dict.fromkeys(_spelled(amount.value, lang)))


def _spelled(value: Decimal, lang: str) -> Iterator[str]:
    for scale, words in _SCALES:
        number = (value / scale).normalize()
        if number >= 1:
            yield from (f"{digits} {words[lang]}" for digits in _digits(number))
    if value >= _SMALLEST_IN_FULL and value == value.to_integral_value():
        yield from _digits(value)


def _digits(number: Decimal) -> tuple[str, str]:
    return f"{number:,f}", f"{number:f}"
