"""Scales with round ticks (1, 2 or 5 times a power of ten), and lengths as SVG writes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

_DIGITS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Scale:
    """From `low` to `high`, both ticks; zero is always on it and is a tick."""

    low: Decimal
    high: Decimal
    ticks: tuple[Decimal, ...]

    def place(self, value: Decimal, start: int, length: int) -> Fraction:
        """Where a value stands when the scale begins at `start` and is `length` long; `length` may be negative."""
        span = Fraction(self.high) - Fraction(self.low)
        return start + (Fraction(value) - Fraction(self.low)) / span * length


def scale(values: Iterable[Decimal], most: int) -> Scale:
    """The scale that holds zero and every value, in at most `most` steps (at least two, when they lie on both sides).

    Without a value other than zero it goes from 0 to 1, and zero is its only tick.
    """
    known = (Decimal(0), *values)
    low, high = min(known), max(known)
    if low == high:
        return Scale(Decimal(0), Decimal(1), (Decimal(0),))
    wanted = max(most, 2 if low < 0 < high else 1)
    exponent = max(abs(low), abs(high)).adjusted() - 2 - len(str(wanted))
    while True:
        for digit in _DIGITS:
            size = digit * Fraction(10) ** exponent
            first, last = floor(Fraction(low) / size), ceil(Fraction(high) / size)
            if last - first <= wanted:
                ticks = tuple(Decimal(f"{number * digit}E{exponent}") for number in range(first, last + 1))
                return Scale(ticks[0], ticks[-1], ticks)
        exponent += 1


def hundredths(value: Fraction | int) -> int:
    """A length in hundredths of a unit, to the nearest."""
    return round(value * 100)


def units(value: Fraction | int) -> str:
    """A length as SVG writes it: "12", "3.25"; at most two decimals."""
    return written(hundredths(value))


def written(hundredth: int) -> str:
    """Hundredths of a unit as SVG writes them."""
    sign, (whole, rest) = "-" if hundredth < 0 else "", divmod(abs(hundredth), 100)
    return f"{sign}{whole}" if rest == 0 else f"{sign}{whole}.{rest:02d}".rstrip("0")
