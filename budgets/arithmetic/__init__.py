"""Figure checks: an assertion computed from figures, with the sum written out. Pure.

    check(Formula.RATIO, [numerator, denominator], claimed, speakers=frozenset({"p1"})).result

Comparability comes first: figures of different phases, periods or lines give `undetermined`, never `fails`.
"""

from budgets.arithmetic.checking import check, overall
from budgets.arithmetic.operands import (
    FORMULA_VERSION,
    Amount,
    Claimed,
    Finding,
    Mismatch,
    Missing,
    Operand,
    Thresholds,
    Words,
)

__all__ = [
    "FORMULA_VERSION",
    "Amount",
    "Claimed",
    "Finding",
    "Mismatch",
    "Missing",
    "Operand",
    "Thresholds",
    "Words",
    "check",
    "overall",
]
