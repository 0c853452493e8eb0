"""Whether a claimed number and a computed one agree, given what rounding leaves possible."""

from __future__ import annotations

from fractions import Fraction

from budgets.arithmetic.formulas import Computed
from budgets.intervals import Interval
from budgets.vocabulary import Relation, Result


def verdict(relation: Relation, computed: Computed, claimed: Interval) -> Result:
    """Holds or fails only where no rounding could turn it round, except that "equals" goes by the printed value.

    `equals` fails when no number belongs to both intervals, and holds when the value computed from the printed figures
    lies within the claimed interval (without such a value: when all of the computed interval does). Every other
    relation holds when each possible result stands so to each possible claimed number, and fails when none does.
    """
    if relation is Relation.EQUALS:
        return _equals(computed, claimed)
    if relation is Relation.MORE_THAN:
        return _either(above(computed.interval, claimed), not_above(computed.interval, claimed))
    if relation is Relation.AT_LEAST:
        return _either(not_above(claimed, computed.interval), above(claimed, computed.interval))
    if relation is Relation.LESS_THAN:
        return _either(above(claimed, computed.interval), not_above(claimed, computed.interval))
    return _either(not_above(computed.interval, claimed), above(computed.interval, claimed))


def above(one: Interval, two: Interval) -> bool:
    """Whether every number of `one` is greater than every number of `two`."""
    return one.low > two.high or (one.low == two.high and not (one.low_closed and two.high_closed))


def not_above(one: Interval, two: Interval) -> bool:
    """Whether no number of `one` is greater than any number of `two`."""
    return one.high <= two.low


def nominal(interval: Interval) -> Fraction | None:
    """The number a claimed interval was made from: a point, or the middle of a half-open one; None for a range."""
    if interval.is_point:
        return interval.low
    if interval.low_closed is not interval.high_closed:
        return (interval.low + interval.high) / 2
    return None


def _equals(computed: Computed, claimed: Interval) -> Result:
    if not computed.interval.overlaps(claimed):
        return Result.FAILS
    if computed.value is None:
        agrees = computed.interval.within(claimed)
    else:
        agrees = claimed.holds(computed.value)
    return Result.HOLDS if agrees else Result.UNDETERMINED


def _either(holds: bool, fails: bool) -> Result:
    if holds:
        return Result.HOLDS
    return Result.FAILS if fails else Result.UNDETERMINED
