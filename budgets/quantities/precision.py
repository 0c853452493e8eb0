"""What a printed number can stand for: half a unit of its last significant digit to either side. Pure; no float."""

from __future__ import annotations

from fractions import Fraction

from budgets.intervals import Interval
from budgets.quantities.quantity import COUNT, MONEY, PERCENT, PERCENTAGE_POINT, RATIO, STARS


def step(unit: str, value: Fraction, place: Fraction, *, decimals: bool, scaled: bool) -> Fraction | None:
    """The unit of the last significant digit; None for a number that is exact, as a plain count is.

    Zeros at the end of an amount of money are not significant, unless they stand after a decimal point.
    """
    if decimals:
        return place
    if unit == MONEY or (scaled and unit == COUNT):
        return trailing(abs(value)) if value else place
    if unit == RATIO:
        return None
    if unit in {PERCENT, PERCENTAGE_POINT, STARS}:
        return Fraction(1)
    return None


def trailing(value: Fraction) -> Fraction:
    """The place of the last digit of a whole number that is not zero: 1000 for 45000, 1 for a fraction."""
    if value.denominator != 1:
        return Fraction(1)
    digits = str(value.numerator)
    return Fraction(10 ** (len(digits) - len(digits.rstrip("0"))))


def around(value: Fraction, unit_of_last: Fraction | None) -> Interval:
    """The interval [value − half, value + half); the point itself without a unit."""
    if unit_of_last is None:
        return Interval.point(value)
    return Interval.between(value - unit_of_last / 2, value + unit_of_last / 2)


def significant_digits(value: Fraction, unit_of_last: Fraction | None) -> int | None:
    """How many digits of the value are significant; None for an exact number and for zero."""
    if unit_of_last is None or not value:
        return None
    return max(1, len(str(int(abs(value) / unit_of_last))))
