"""Roots of fractions, enclosed: whole numbers only, so that both ends are right to the last of 50 decimals."""

from __future__ import annotations

from fractions import Fraction

from budgets.intervals import Interval

PLACES = 50


def root(interval: Interval, degree: int) -> Interval:
    """All roots of a degree from 1 of the numbers of an interval that starts at zero or above.

    Each end is exact where it has at most 50 decimals, else moved out by less than one unit of the 50th.
    Raises ValueError for a negative number or a degree below 1.
    """
    if degree < 1 or interval.low < 0:
        raise ValueError(f"the root of degree {degree} is taken of numbers from 0, not from {interval.low}")
    if degree == 1:
        return interval
    low = _root_down(interval.low, degree)
    high = _root_down(interval.high, degree)
    if high**degree != interval.high:
        high += Fraction(1, 10**PLACES)
    return Interval(low, high, interval.low_closed, interval.high_closed)


def _root_down(value: Fraction, degree: int) -> Fraction:
    scale = 10**PLACES
    return Fraction(_whole_root(value.numerator * scale**degree // value.denominator, degree), scale)


def _whole_root(number: int, degree: int) -> int:
    """The largest whole number whose power does not exceed `number`; Newton's method from above."""
    if number == 0:
        return 0
    guess = 1 << -(-number.bit_length() // degree)
    while True:
        better = ((degree - 1) * guess + number // guess ** (degree - 1)) // degree
        if better >= guess:
            return guess
        guess = better
