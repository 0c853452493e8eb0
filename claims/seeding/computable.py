"""What types cannot say of checks.yaml: each check can be computed, readers can tell its readings apart. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from budgets.vocabulary import Formula, Unit
from claims.figure_checks.arity import refusal
from claims.seeding.faults import Faults
from claims.seeding.schema.checks import CheckEntry, ClaimedEntry, OperandEntry, ReadingEntry
from claims.seeding.schema.story import ClaimFile


def check_computable(checks: Sequence[CheckEntry], claims: Sequence[ClaimFile], faults: Faults) -> None:
    """Note every fault among the checks that could be read."""
    assertions = {claim.slug: {part.number for part in claim.assertions} for claim in claims}
    places = Counter((check.claim, check.assertion, check.number) for check in checks)
    for check in checks:
        known = assertions.get(check.claim)
        if known is not None and check.assertion not in known:
            problem = f"“{check.claim}” has no assertion {check.assertion}."
            faults.add(check.at.of("assertion"), problem, "Check its number.")
        if check.number < 1 or places[check.claim, check.assertion, check.number] > 1:
            problem = "is given to two checks of one assertion." if check.number >= 1 else "is not a number from 1."
            faults.add(check.at.of("number"), problem, "Number the checks of an assertion 1, 2, 3, …, each once.")
        _check_claimed(check, faults)
        _check_readings(check, faults)


def _check_claimed(check: CheckEntry, faults: Faults) -> None:
    claimed = check.claimed
    if (claimed.unit is Unit.MONEY) != bool(claimed.currency):
        problem = "belongs to money, and only to money."
        faults.add(claimed.at.of("currency"), problem, "Write it for “unit: money” alone.")
    if check.formula is Formula.VALUE:
        if claimed.low is not None or claimed.high is not None:
            problem = "is not looked at: a value is compared as its first figure has it."
            faults.add(claimed.at.of("low" if claimed.low is not None else "high"), problem, "Leave it out.")
    elif claimed.low is None or claimed.high is None:
        problem = "is missing: only a value can be compared with its own figure."
        remedy = "Write both ends of what is claimed; for one number both are the same."
        faults.add(claimed.at.of("low" if claimed.low is None else "high"), problem, remedy)
    else:
        _check_ends(claimed, faults)


def _check_ends(claimed: ClaimedEntry, faults: Faults) -> None:
    if claimed.low is None or claimed.high is None:
        return
    if claimed.low > claimed.high:
        faults.add(claimed.at.of("low"), "is above high.", "Exchange them.")
    elif claimed.low == claimed.high and not claimed.high_closed:
        problem = "leaves no number: low equals high, and high does not belong to it."
        faults.add(claimed.at.of("high_closed"), problem, "Leave it out.")


def _check_readings(check: CheckEntry, faults: Faults) -> None:
    several = len(check.readings) > 1
    said = Counter(reading.words for reading in check.readings)
    for reading in check.readings:
        if several and reading.words is None:
            problem = "is missing: with several readings readers must be able to tell them apart."
            faults.add(reading.at.of("words"), problem, "Say this reading in both languages.")
        elif reading.words is not None and said[reading.words] > 1:
            faults.add(reading.at.of("words"), "stands twice.", "Give each reading words of its own.")
        wrong = refusal(check.formula, len(reading.figures))
        if wrong:
            faults.add(reading.at.of("figures"), f"do not fit: {wrong}", "Add or remove some.")
        _check_figures(check, reading, faults)


def _check_figures(check: CheckEntry, reading: ReadingEntry, faults: Faults) -> None:
    for operand in reading.figures:
        _check_operand(operand, faults)
    if check.formula is Formula.VALUE and reading.figures[0].figure is None:
        problem = "is missing, and it is what the value is."
        faults.add(
            reading.figures[0].at, problem, "Name the figure of the assertion first, then what it is held against."
        )


def _check_operand(operand: OperandEntry, faults: Faults) -> None:
    if (operand.figure is None) == (operand.missing is None):
        problem = "names a figure and says that it is missing." if operand.figure else "names no figure."
        faults.add(operand.at, problem, "Write a figure (F1, F2, …), or say in both languages what is missing.")
    wanted = operand.waits_for
    if wanted is None:
        return
    if operand.missing is None:
        faults.add(operand.at.of("waits_for"), "needs “missing”.", "Say in both languages what is waited for.")
    if not 1800 <= wanted.year <= 2200:
        problem = f"{wanted.year} is not a year of our time."
        faults.add(wanted.at.of("year"), problem, "Write Christian-era years: B.E. 2568 is 2025.")
