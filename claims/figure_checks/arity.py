"""How many figures each formula takes. Pure."""

from __future__ import annotations

from budgets.vocabulary import Formula

_TWO = (2, 2)
_TERMS = {Formula.VALUE: (1, 2), Formula.SUM: (2, 20)}


def takes(formula: Formula) -> tuple[int, int]:
    """The least and the most figures of a formula, those that are missing counted."""
    return _TERMS.get(formula, _TWO)


def refusal(formula: Formula, count: int) -> str:
    """Say how many figures the formula takes when `count` is none of that; else nothing."""
    least, most = takes(formula)
    if least <= count <= most:
        return ""
    wanted = f"{least}" if least == most else f"{least} to {most}"
    return f"“{formula.label}” takes {wanted} figures (or what is missing), not {count}."
