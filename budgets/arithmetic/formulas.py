"""The formulas themselves, over intervals; exact fractions, except for roots.

Relative results (ratio, growth, share, compound growth) are plain numbers here: growth by 65.25 percent is 0.6525.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from operator import add

from budgets.arithmetic.roots import root
from budgets.intervals import Interval
from budgets.vocabulary import Formula

RELATIVE = frozenset((Formula.RATIO, Formula.GROWTH, Formula.SHARE, Formula.COMPOUND_GROWTH))

ONE = Interval.point(1)


class NoMeaningError(ArithmeticError):
    """The formula has no meaning for these figures: growth from a negative amount, a share of less than nothing."""


@dataclass(frozen=True, slots=True)
class Computed:
    """A result: from the printed values (None if one of them is missing), and all that rounding leaves possible."""

    value: Fraction | None
    interval: Interval

    def times(self, factor: int) -> Computed:
        """In another unit: by 100 for percent."""
        value = None if self.value is None else self.value * factor
        return Computed(value, self.interval * Interval.point(factor))


def compute(
    formula: Formula,
    values: Sequence[Decimal | None],
    intervals: Sequence[Interval],
    years: int = 1,
) -> Computed:
    """Apply a formula to the printed values and to their intervals; `years` lie between those of a compound growth.

    Raises ZeroDivisionError when the divisor may be zero and NoMeaningError when it may be negative where it must not.
    """
    apply = _FORMULAS[formula]
    interval = apply(intervals, years)
    known = [each for each in values if each is not None]
    if len(known) < len(values):
        return Computed(None, interval)
    return Computed(apply([Interval.point(each) for each in known], years).low, interval)


def solve(formula: Formula, operands: Sequence[Interval | None], result: Interval) -> Interval | None:
    """What the one operand given as None would have to be for the formula to give `result`; None: cannot be said."""
    missing = operands.index(None)
    known = [each for each in operands if each is not None]
    solver = _SOLVERS.get(formula)
    if solver is None or len(known) != len(operands) - 1:
        return None
    try:
        return solver(missing, known, result)
    except ZeroDivisionError:
        return None


def _value(operands: Sequence[Interval], _years: int) -> Interval:
    return operands[1]


def _difference(operands: Sequence[Interval], _years: int) -> Interval:
    return operands[0] - operands[1]


def _ratio(operands: Sequence[Interval], _years: int) -> Interval:
    return operands[0] / operands[1]


def _growth(operands: Sequence[Interval], _years: int) -> Interval:
    return _of_positive(operands) - ONE


def _share(operands: Sequence[Interval], _years: int) -> Interval:
    return _of_positive(operands)


def _sum(operands: Sequence[Interval], _years: int) -> Interval:
    return reduce(add, operands)


def _compound_growth(operands: Sequence[Interval], years: int) -> Interval:
    grown = _of_positive(operands)
    if grown.low < 0:
        raise NoMeaningError
    return root(grown, years) - ONE


def _of_positive(operands: Sequence[Interval]) -> Interval:
    ratio = operands[0] / operands[1]
    if operands[1].low < 0:
        raise NoMeaningError
    return ratio


_FORMULAS: dict[Formula, Callable[[Sequence[Interval], int], Interval]] = {
    Formula.VALUE: _value,
    Formula.DIFFERENCE: _difference,
    Formula.RATIO: _ratio,
    Formula.GROWTH: _growth,
    Formula.SHARE: _share,
    Formula.SUM: _sum,
    Formula.COMPOUND_GROWTH: _compound_growth,
}


def _solve_value(_missing: int, known: Sequence[Interval], _result: Interval) -> Interval:
    return known[0]


def _solve_difference(missing: int, known: Sequence[Interval], result: Interval) -> Interval:
    return known[0] - result if missing else known[0] + result


def _solve_ratio(missing: int, known: Sequence[Interval], result: Interval) -> Interval:
    return known[0] / result if missing else known[0] * result


def _solve_growth(missing: int, known: Sequence[Interval], result: Interval) -> Interval:
    return _solve_ratio(missing, known, result + ONE)


def _solve_sum(_missing: int, known: Sequence[Interval], result: Interval) -> Interval:
    return result - reduce(add, known)


_SOLVERS: dict[Formula, Callable[[int, Sequence[Interval], Interval], Interval]] = {
    Formula.VALUE: _solve_value,
    Formula.DIFFERENCE: _solve_difference,
    Formula.RATIO: _solve_ratio,
    Formula.GROWTH: _solve_growth,
    Formula.SHARE: _solve_ratio,
    Formula.SUM: _solve_sum,
}
