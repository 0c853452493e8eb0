"""Budget lines, exact figures and checks of them, made through the verbs."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User

from budgets.figures import record_figure
from budgets.models.budget_line import BudgetLine
from budgets.models.figure import Figure
from budgets.vocabulary import Exactness, Formula, PeriodBasis, Phase, Provenance, Unit
from claims.figure_checks.verbs import write_check
from claims.models.assertion import Assertion
from claims.models.claim import Claim
from claims.models.figure_attribution import FigureAttribution
from claims.models.figure_check import FigureCheck, Operand, Reading
from claims.models.people import Person
from claims.vocabulary import SaidBasis
from tests.factories.claims import NOW
from tests.factories.nouns import AgencyFactory

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Lacking:
    """An operand that nobody has a figure for; with a line and a year it waits for the official one."""

    en: str = "the accounts"
    th: str = "บัญชี"
    line: BudgetLine | None = None
    year: int | None = None
    basis: str = ""
    phase: str = ""


def waiting(line: BudgetLine, year: int = 2024) -> Lacking:
    """Wait for what was paid out for a line in a fiscal year."""
    return Lacking(line=line, year=year, basis=PeriodBasis.FISCAL_YEAR, phase=Phase.DISBURSED)


def make_line(parent: BudgetLine | None = None, **fields: Any) -> BudgetLine:
    """A budget line of an agency of its own, or of its parent's agency."""
    number = next(_numbers)
    names = {"slug": f"line-{number}", "name_en": f"Line {number}", "name_th": f"รายการ {number}"}
    agency = parent.agency if parent else AgencyFactory.create()
    return BudgetLine.objects.create(**({"agency": agency, "parent": parent} | names | fields))


def amount(
    value: int | str, *, line: BudgetLine | None = None, year: int | None = 2024, **fields: Any
) -> dict[str, Any]:
    """The fields of an exact amount of baht, paid out in a fiscal year."""
    number, exact = next(_numbers), Decimal(value)
    return {
        "slug": f"figure-{number}",
        "label_en": "Money",
        "label_th": "เงิน",
        "agency": line.agency if line else None,
        "line": line,
        "value": exact,
        "low": exact,
        "high": exact,
        "high_closed": True,
        "unit": Unit.MONEY,
        "currency": "THB",
        "exactness": Exactness.EXACT,
        "period_basis": PeriodBasis.FISCAL_YEAR,
        "period_year": year,
        "phase": Phase.DISBURSED,
        "provenance": Provenance.OFFICIAL_DOCUMENT,
    } | fields


def printed(value: str, digits: int) -> dict[str, Any]:
    """The amount fields of a number printed with so many significant digits: [value - half a unit, value + half)."""
    number = Decimal(value)
    half = Decimal(5) * Decimal(10) ** (number.adjusted() - digits)
    exactness = {"exactness": Exactness.SIGNIFICANT_FIGURES, "significant_digits": digits}
    return {"low": number - half, "high": number + half, "high_closed": False, **exactness}


def make_figure(value: int | str, *, by: User, now: datetime = NOW, **fields: Any) -> Figure:
    """Record an exact amount of baht."""
    return record_figure(by=by, now=now, **amount(value, **fields))


def attribute(figure: Figure, claim: Claim, person: Person) -> FigureAttribution:
    """Say who gave a figure in a claim."""
    words = {"said_by_words_en": person.name_en, "said_by_words_th": person.name_th}
    return FigureAttribution.objects.create(figure=figure, claim=claim, said_by=person, basis=SaidBasis.SAID, **words)


def unsaved_check(assertion: Assertion, formula: Formula, **fields: Any) -> FigureCheck:
    """A check that says “doubled”, or of a value “so much”."""
    claimed: dict[str, Any] = {"claimed_unit": Unit.RATIO, "claimed_words_en": "doubled", "claimed_words_th": "สองเท่า"}
    if formula is Formula.VALUE:
        claimed |= {"claimed_unit": Unit.MONEY, "claimed_currency": "THB"}
    else:
        claimed |= {"claimed_low": Decimal(2), "claimed_high": Decimal(2)}
    return FigureCheck(**({"assertion": assertion, "formula": formula} | claimed | fields))


def save_readings(check: FigureCheck, readings: Sequence[Sequence[Figure | Lacking]]) -> None:
    """Store readings with their operands, replacing those that stand; several get words of their own."""
    check.readings.all().delete()
    for number, operands in enumerate(readings, 1):
        several = len(readings) > 1
        words = {"words_en": f"Way {number}", "words_th": f"แบบที่ {number}"} if several else {}
        reading = Reading.objects.create(figure_check=check, number=number, **words)
        for position, operand in enumerate(operands, 1):
            save_operand(reading, position, operand)


def save_operand(reading: Reading, position: int, operand: Figure | Lacking) -> Operand:
    """Store one operand."""
    if isinstance(operand, Figure):
        return Operand.objects.create(reading=reading, position=position, figure=operand)
    return Operand.objects.create(
        reading=reading,
        position=position,
        missing_en=operand.en,
        missing_th=operand.th,
        line=operand.line,
        year=operand.year,
        basis=operand.basis,
        phase=operand.phase,
    )


def make_check(
    claim: Claim,
    *readings: Sequence[Figure | Lacking],
    by: User,
    formula: Formula = Formula.RATIO,
    now: datetime = NOW,
    **fields: Any,
) -> FigureCheck:
    """Write a check of the claim's first assertion, numbered after those that stand."""
    assertion = claim.assertions.order_by("number")[0]
    check = unsaved_check(assertion, formula, **({"number": assertion.checks.count() + 1} | fields))
    return write_check(check=check, save_parts=lambda: save_readings(check, readings), by=by, now=now)
