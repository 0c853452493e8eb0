"""What goes into a figure check and what comes out of it: plain values, nothing of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from budgets.intervals import Interval
from budgets.vocabulary import Reason, Relation, Result

FORMULA_VERSION = 1

Words = dict[str, str]
"""One text in both languages: {"en": …, "th": …}."""


@dataclass(frozen=True, slots=True)
class Amount:
    """One figure as an operand.

    `value` is as printed, in base units (baht, percent, stars), None when only a range or words were given; `interval`
    says what it can stand for. `line` is the id of its budget line and `ancestors` those of the lines above it, nearest
    first. `phase`, `basis` and `provenance` are codes of `budgets.vocabulary`. `said_by` is the id of who says so.
    None is unknown, everywhere.
    """

    id: str
    label: Words
    value: Decimal | None
    interval: Interval
    unit: str
    currency: str | None
    line: str | None
    ancestors: tuple[str, ...]
    agency: str | None
    phase: str
    basis: str
    year: int | None
    earliest: date | None
    latest: date | None
    nominal: bool
    provenance: str
    said_by: str | None


@dataclass(frozen=True, slots=True)
class Missing:
    """An operand nobody has a figure for; `reason` says what is missing."""

    reason: Words


Operand = Amount | Missing


@dataclass(frozen=True, slots=True)
class Claimed:
    """What the assertion says the result is: "doubled" is `equals` the point 2, unit ratio.

    `interval` is None when no number was named ("significantly"). `value` is the number as printed ("65 percent" is 65
    with the interval [64.5, 65.5)); left out, it is taken from a point or from the middle of a half-open interval.
    """

    relation: Relation
    interval: Interval | None
    unit: str
    currency: str | None
    words: Words
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What is stamped on a finding: `tolerance` is the share by which "doubled" or "half" may be missed."""

    tolerance: Decimal = Decimal("0.10")

    def __post_init__(self) -> None:
        """Refuse a tolerance that would let anything, or less than nothing, pass."""
        if not 0 <= self.tolerance < 1:
            raise ValueError(f"the tolerance is {self.tolerance}; it must be at least 0 and below 1")

    def as_json(self) -> dict[str, str]:
        """For storing: decimal strings by name."""
        return {"tolerance": str(self.tolerance)}


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One thing in which figures differ that must not: `aspect` is a code, `words` a clause without "because".

    Aspects: claimed_unit, repeated, unit, currency, nominal, phase, basis, period, line, overlap.
    """

    aspect: str
    words: Words


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found.

    `value` and `interval` are the computed result in `unit`, to 6 decimals (the interval rounded outward), None when
    nothing was computed. `deviation` is the percentage by which the result is off the claimed number, signed. `implied`
    is what the one missing figure would have to be for the claim to hold, in `implied_unit`. `sum` is the sum written
    out, `why` the sentence that gives the reason, `notes` the sentences that must stand beside it.
    """

    result: Result
    reason: Reason | None
    value: Decimal | None
    interval: Interval | None
    unit: str
    currency: str | None
    deviation: Decimal | None
    implied: Interval | None
    sum: Words
    why: Words
    own_figures: bool
    mixed: bool
    thresholds: Thresholds
    formula_version: int = FORMULA_VERSION
    implied_unit: str = ""
    implied_currency: str | None = None
    notes: tuple[Words, ...] = ()
    mismatches: tuple[Mismatch, ...] = ()
