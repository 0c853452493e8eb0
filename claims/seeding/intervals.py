"""What a rounded number can stand for. Pure, Decimal only."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Rounded:
    """The amounts that a printed number can stand for: [low, high)."""

    low: Decimal
    high: Decimal


def rounding_interval(value: Decimal, digits: int) -> Rounded | None:
    """Return the interval that `value` stands for when it is written to `digits` significant figures.

    Half a unit of the last significant place on either side: 4 billion to one digit is [3.5, 4.5) billion, to two
    [3.95, 4.05), and 100 million to one digit is [50, 150) million. None when the value has more digits than that, and
    for zero and less, which have no first digit here.
    """
    if value <= 0:
        return None
    unit = Decimal(1).scaleb(value.adjusted() - digits + 1)
    if value % unit:
        return None
    return Rounded(low=value - unit / 2, high=value + unit / 2)
