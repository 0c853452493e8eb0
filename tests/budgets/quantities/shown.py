"""Quantities in the short form that the tables of these tests use."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from budgets.quantities.quantity import Quantity
from budgets.quantities.reading import read


def one(text: str) -> Quantity:
    """The only quantity of a text."""
    found = read(text)
    assert len(found) == 1, [each.text for each in found]
    return found[0]


def spans(text: str) -> list[str]:
    """The words of every quantity."""
    return [each.text for each in read(text)]


def number(end: Fraction | Decimal | None) -> str | None:
    """A number as a table has it: "3500000000", "1.45", "1/3"."""
    if end is None:
        return None
    exact = Fraction(end)
    decimal = Decimal(exact.numerator) / Decimal(exact.denominator)
    return f"{decimal.normalize():f}" if Fraction(decimal) == exact else str(exact)


def value_and_ends(found: Quantity) -> tuple[str | None, str | None, str | None]:
    """Value, low and high."""
    return number(found.value), number(found.interval.low), number(found.interval.high)
