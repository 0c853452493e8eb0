"""What a check may say that an assertion claims: a number, a currency for money, a unit that can come out. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from budgets.arithmetic.formulas import RELATIVE
from budgets.vocabulary import Formula, Unit

_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)


def faults(*, number: int, unit: str, currency: str) -> Iterator[str]:
    """A sentence for each thing wrong in the number, unit and currency of a check."""
    if number < 1:
        yield "Number the checks from 1."
    if unit == Unit.MONEY and not _CURRENCY.fullmatch(currency):
        yield "Money needs a currency: write its three capital letters, such as THB."
    if unit != Unit.MONEY and currency:
        yield "Only money has a currency: leave it empty."


def unit_refusal(formula: Formula, claimed: str, units: Collection[str]) -> str:
    """Say which unit comes out of a formula over figures of `units` when it cannot be the claimed one; else nothing.

    A value is compared as its first figure has it; figures of several units are told apart when they are computed.
    """
    if formula in RELATIVE:
        able: Collection[str] = (Unit.PERCENT, Unit.RATIO)
    else:
        able = () if formula is Formula.VALUE else units
    if not able or claimed in able:
        return ""
    wanted = " or ".join(f"“{Unit(unit).label}”" for unit in sorted(able))
    return f"“{formula.label}” of these figures gives {wanted}, not “{Unit(claimed).label}”: correct the claimed unit."
