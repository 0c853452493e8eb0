"""Whether two texts, one English and one Thai, carry the same numbers. Pure."""

from __future__ import annotations

from fractions import Fraction

from budgets.quantities.quantity import MONEY, PERCENT, PERCENTAGE_POINT, RATIO, STARS, YEAR, Quantity
from budgets.quantities.reading import read

# Counted things have other words in the other language; their number alone is compared.
_UNITS = {MONEY, PERCENT, PERCENTAGE_POINT, RATIO, STARS, YEAR}
_MOST = 20_000
_Key = tuple[str, Fraction | None, Fraction | None]


def differing(en: str, th: str) -> list[str]:
    """Return the amounts, as written, that stand in one of the texts only.

    Amounts are equal when their ends are: 276 million and 276 ล้าน, 2565 and 2022. How often one is said does not count,
    nor do things that are counted in words ("two amounts", หกประเด็น): each language has its own way to say that.
    """
    ours, theirs = _amounts(en), _amounts(th)
    return [text for key, text in {**ours, **theirs}.items() if (key in ours) != (key in theirs)]


def _amounts(text: str) -> dict[_Key, str]:
    return {_key(quantity): quantity.text for quantity in read(text[:_MOST]) if _is_written(quantity)}


def _is_written(quantity: Quantity) -> bool:
    return quantity.unit in _UNITS or any(letter.isdigit() for letter in quantity.text)


def _key(quantity: Quantity) -> _Key:
    unit = quantity.unit if quantity.unit in _UNITS else ""
    return unit, quantity.interval.low, quantity.interval.high
