"""One check while it is being made: what was asked, in which unit the result is, what the claim is held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from budgets.arithmetic.comparability import unit_words
from budgets.arithmetic.formulas import RELATIVE
from budgets.arithmetic.numbers import PERCENTAGE_POINT
from budgets.arithmetic.operands import Amount, Claimed, Mismatch, Missing, Operand, Thresholds
from budgets.arithmetic.periods import years_between
from budgets.arithmetic.phrases import both, filled
from budgets.arithmetic.verdicts import nominal
from budgets.intervals import Interval
from budgets.vocabulary import Formula, Relation, Unit

_MONEY = Unit.MONEY.value


@dataclass(frozen=True, slots=True)
class Case:
    """A formula over operands, and what the claim says."""

    formula: Formula
    operands: Sequence[Operand]
    claimed: Claimed
    thresholds: Thresholds

    @property
    def amounts(self) -> list[Amount]:
        """The operands that are figures."""
        return [each for each in self.operands if isinstance(each, Amount)]

    @property
    def missing(self) -> list[Missing]:
        """The operands nobody has a figure for."""
        return [each for each in self.operands if isinstance(each, Missing)]

    @property
    def years(self) -> int:
        """The years of a compound growth; 1 for every other formula."""
        if self.formula is not Formula.COMPOUND_GROWTH or len(self.amounts) < 2:
            return 1
        return years_between(self.amounts[0], self.amounts[1]) or 1

    @property
    def unit(self) -> str:
        """The unit of the result: a relative result follows the claim, percent or ratio; else that of the figures."""
        if self.formula in RELATIVE:
            if self.claimed.unit in (Unit.PERCENT, Unit.RATIO):
                return self.claimed.unit
            return Unit.RATIO.value if self.formula is Formula.RATIO else Unit.PERCENT.value
        unit = self.amounts[0].unit if self.amounts else self.claimed.unit
        return PERCENTAGE_POINT if self.formula is Formula.DIFFERENCE and unit == Unit.PERCENT else unit

    @property
    def factor(self) -> int:
        """What a plain number is multiplied by to be in the unit of the result."""
        return 100 if self.formula in RELATIVE and self.unit == Unit.PERCENT else 1

    @property
    def currency(self) -> str | None:
        """The currency of the result, when it is money."""
        if self.unit != _MONEY:
            return None
        return self.amounts[0].currency if self.amounts else self.claimed.currency

    @property
    def claim(self) -> Claimed | Amount | None:
        """What the result is held against; of two figures that are compared, the first one is the claim."""
        if self.formula is not Formula.VALUE:
            return self.claimed
        first = self.operands[0]
        return first if isinstance(first, Amount) else None

    @property
    def said(self) -> Interval | None:
        """What the claim says, as it was said; None when it names no number."""
        return self.claim.interval if self.claim is not None else None

    @property
    def said_value(self) -> Fraction | None:
        """The number in the claim, None for a range."""
        if self.claim is not None and self.claim.value is not None:
            return Fraction(self.claim.value)
        return nominal(self.said) if self.said is not None else None

    @property
    def said_in(self) -> tuple[str, str | None]:
        """The unit and the currency of what the claim says."""
        if isinstance(self.claim, Amount):
            return self.claim.unit, self.claim.currency
        return self.unit, self.currency

    @property
    def is_tolerant(self) -> bool:
        """Whether the claim is one number in words ("doubled", "half"), which nobody means to the last digit."""
        if self.claim is None or self.said is None or self.claimed.relation is not Relation.EQUALS:
            return False
        return self.said.is_point and self.claim.value is None

    @property
    def bounds(self) -> Interval | None:
        """What the result is held against: the claim as said, a number in words with the tolerance around it."""
        if self.said is None or not self.is_tolerant:
            return self.said
        return self.said.widened(self.thresholds.tolerance)

    def unlike_the_claim(self) -> Mismatch | None:
        """Why the result cannot be held against the claim at all: another unit, or another currency."""
        if self.formula is Formula.VALUE or self.claimed.interval is None or not self.amounts:
            return None
        said, found = self.claimed.unit, self.unit
        if said != found and {said, found} != {PERCENTAGE_POINT, Unit.PERCENT.value}:
            units = both(
                "the claim is given in {} and the result in {}",
                "คำกล่าวมีหน่วยเป็น{} แต่ผลที่คำนวณได้มีหน่วยเป็น{}",
            )
            return Mismatch("claimed_unit", filled(units, unit_words(said), unit_words(found)))
        if self.currency is not None and self.claimed.currency != self.currency:
            return Mismatch("claimed_unit", _currencies(self.claimed.currency, self.currency))
        return None


def _currencies(said: str | None, found: str) -> dict[str, str]:
    if said is None:
        return both(
            f"the claim names no currency and the figures are in {found}",
            f"คำกล่าวไม่ได้ระบุสกุลเงิน แต่ตัวเลขเป็นเงินสกุล {found}",
        )
    return both(
        f"the claim is in the currency {said} and the figures are in {found}",
        f"คำกล่าวเป็นเงินสกุล {said} แต่ตัวเลขเป็นเงินสกุล {found}",
    )
