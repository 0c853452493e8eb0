"""Intervals of exact numbers: what a rounded figure can stand for. Pure; fractions inside, never a float."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

Number = Decimal | Fraction | int


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers between `low` and `high`; a closed end belongs to it. low = high is that point exactly."""

    low: Fraction
    high: Fraction
    low_closed: bool = True
    high_closed: bool = False

    def __post_init__(self) -> None:
        """Refuse what holds no number."""
        if self.low > self.high:
            raise ValueError(f"an interval cannot start at {self.low} and end at {self.high}")
        if self.low == self.high and not (self.low_closed and self.high_closed):
            raise ValueError("an interval of one point has both ends closed")

    @classmethod
    def point(cls, value: Number) -> Interval:
        """The interval of exactly one number."""
        exact = Fraction(value)
        return cls(exact, exact, low_closed=True, high_closed=True)

    @classmethod
    def between(cls, low: Number, high: Number, *, low_closed: bool = True, high_closed: bool = False) -> Interval:
        """The interval from `low` to `high`; equal ends make a point."""
        if low == high:
            return cls.point(low)
        return cls(Fraction(low), Fraction(high), low_closed, high_closed)

    @property
    def is_point(self) -> bool:
        """Whether it holds one number only."""
        return self.low == self.high

    def holds(self, value: Number) -> bool:
        """Whether a number belongs to it."""
        above = value >= self.low if self.low_closed else value > self.low
        below = value <= self.high if self.high_closed else value < self.high
        return above and below

    def overlaps(self, other: Interval) -> bool:
        """Whether some number belongs to both."""
        low, low_closed = _later_start(self, other)
        high, high_closed = _earlier_end(self, other)
        return low < high or (low == high and low_closed and high_closed)

    def within(self, other: Interval) -> bool:
        """Whether every number of it belongs to the other."""
        starts = self.low > other.low or (self.low == other.low and (other.low_closed or not self.low_closed))
        ends = self.high < other.high or (self.high == other.high and (other.high_closed or not self.high_closed))
        return starts and ends

    def __neg__(self) -> Interval:
        """All negatives of its numbers."""
        return Interval(-self.high, -self.low, self.high_closed, self.low_closed)

    def __add__(self, other: Interval) -> Interval:
        """All sums of a number of it and a number of the other."""
        return Interval(
            self.low + other.low,
            self.high + other.high,
            self.low_closed and other.low_closed,
            self.high_closed and other.high_closed,
        )

    def __sub__(self, other: Interval) -> Interval:
        """All differences of a number of it and a number of the other."""
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        """All products of a number of it and a number of the other."""
        products = [_product(one, two) for one in self._ends() for two in other._ends()]
        low = min(value for value, _ in products)
        high = max(value for value, _ in products)
        return Interval(low, high, (low, True) in products, (high, True) in products)

    def __truediv__(self, other: Interval) -> Interval:
        """All quotients. Raises ZeroDivisionError when the divisor holds zero or comes as near to it as one likes."""
        return self * other.inverse()

    def inverse(self) -> Interval:
        """All 1/x. Raises ZeroDivisionError when it holds zero or comes as near to it as one likes."""
        if self.low <= 0 <= self.high:
            raise ZeroDivisionError("an interval that reaches zero has no inverse")
        return Interval(1 / self.high, 1 / self.low, self.high_closed, self.low_closed)

    def widened(self, share: Number) -> Interval:
        """With each end moved out by a share of itself, and closed: the point 2 by 0.1 is [1.8, 2.2]."""
        by = Fraction(share)
        return Interval.between(self.low - abs(self.low) * by, self.high + abs(self.high) * by, high_closed=True)

    def rounded_outward(self, places: int) -> Interval:
        """The narrowest interval around it whose ends have at most `places` decimals."""
        scale = 10**places
        low, high = Fraction(floor(self.low * scale), scale), Fraction(ceil(self.high * scale), scale)
        return Interval(low, high, self.low_closed, self.high_closed)

    def _ends(self) -> tuple[tuple[Fraction, bool], tuple[Fraction, bool]]:
        return (self.low, self.low_closed), (self.high, self.high_closed)


def _product(one: tuple[Fraction, bool], two: tuple[Fraction, bool]) -> tuple[Fraction, bool]:
    """The product of two ends, and whether it is reached: zero reaches it whatever it is multiplied by."""
    reached = (one[1] and two[1]) or (one[0] == 0 and one[1]) or (two[0] == 0 and two[1])
    return one[0] * two[0], reached


def _later_start(one: Interval, two: Interval) -> tuple[Fraction, bool]:
    if one.low == two.low:
        return one.low, one.low_closed and two.low_closed
    later = max(one, two, key=lambda each: each.low)
    return later.low, later.low_closed


def _earlier_end(one: Interval, two: Interval) -> tuple[Fraction, bool]:
    if one.high == two.high:
        return one.high, one.high_closed and two.high_closed
    earlier = min(one, two, key=lambda each: each.high)
    return earlier.high, earlier.high_closed
