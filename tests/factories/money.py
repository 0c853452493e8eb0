"""Figures as somebody printed them."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User

from budgets.figures import record_figure
from budgets.models.budget_line import BudgetLine
from budgets.models.figure import Figure
from budgets.vocabulary import Exactness, PeriodBasis, Phase, Provenance, Unit
from tests.factories.claims import NOW
from tests.factories.nouns import AgencyFactory

_numbers = itertools.count(1)


def a_line(**fields: Any) -> BudgetLine:
    """A budget line of its own agency, or of the one given."""
    number = next(_numbers)
    agency = fields.pop("agency", None) or AgencyFactory.create()
    names = {"name_en": f"Line {number}", "name_th": f"รายการ {number}"}
    return BudgetLine.objects.create(**{"slug": f"a-line-{number}", "agency": agency, **names, **fields})


def printed(value: str, digits: int) -> dict[str, Any]:
    """The amount fields of a number printed with so many significant digits: [value - half a unit, value + half)."""
    amount = Decimal(value)
    half = Decimal(5) * Decimal(10) ** (amount.adjusted() - digits)
    exactness = {"exactness": Exactness.SIGNIFICANT_FIGURES, "significant_digits": digits}
    return {"value": amount, "low": amount - half, "high": amount + half, "high_closed": False, **exactness}


def a_figure(by: User, year: int, value: str, *, digits: int, **fields: Any) -> Figure:
    """Record a claimant's amount of baht for a year of unknown kind."""
    number = next(_numbers)
    plain = {
        "slug": f"a-figure-{number}",
        "label_en": "Spending",
        "label_th": "รายจ่าย",
        "unit": Unit.MONEY,
        "currency": "THB",
        "period_basis": PeriodBasis.YEAR_UNKNOWN,
        "period_year": year,
        "phase": Phase.UNSTATED,
        "provenance": Provenance.CLAIMANT,
        **printed(value, digits),
    }
    return record_figure(by=by, now=NOW, **{**plain, **fields})
