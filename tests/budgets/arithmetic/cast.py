"""Figures to compute with: those of the first case, and any other by a few changes."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from budgets.arithmetic import Amount, Claimed, Finding, Missing, Operand, Words, check
from budgets.intervals import Interval
from budgets.vocabulary import Formula, Relation

SPEAKERS = frozenset({"mp"})
NO_WORDS = {"en": "", "th": ""}
NUMBER = re.compile(r"([−+]?)([0-9][0-9,]*(?:[.][0-9]+)?)(?: (trillion|billion|million|ล้านล้าน|ล้าน))?")
SCALES = {"": 1, "million": 10**6, "ล้าน": 10**6, "billion": 10**9, "trillion": 10**12, "ล้านล้าน": 10**12}


def rounded(value: str, step: str) -> Interval:
    """What a number printed to a step stands for: half a step to either side, the upper end left out."""
    half = Fraction(step) / 2
    return Interval.between(Fraction(value) - half, Fraction(value) + half)


def amount(
    value: str | None,
    interval: Interval | None = None,
    *,
    label: Words | None = None,
    **changes: Any,
) -> Amount:
    """A figure of the MP in baht for 2023, phase and kind of year not stated, on the line `spending`."""
    fields: dict[str, Any] = {
        "id": f"figure-{value}-{changes.get('line', 'spending')}-{changes.get('year', 2023)}",
        "label": label or {"en": "Spending", "th": "รายจ่าย"},
        "value": None if value is None else Decimal(value),
        "interval": interval or Interval.point(Decimal(value or "0")),
        "unit": "money",
        "currency": "THB",
        "line": "spending",
        "ancestors": (),
        "agency": "sso",
        "phase": "unstated",
        "basis": "year_unknown",
        "year": 2023,
        "earliest": None,
        "latest": None,
        "nominal": True,
        "provenance": "claimant",
        "said_by": "mp",
    }
    return Amount(**{**fields, **changes})


def claims(
    number: str | Interval | None,
    unit: str = "ratio",
    *,
    relation: Relation = Relation.EQUALS,
    words: Words = NO_WORDS,
    currency: str | None = None,
    value: str | None = None,
) -> Claimed:
    """What the assertion says: a number in words, an interval, or none."""
    interval = Interval.point(Decimal(number)) if isinstance(number, str) else number
    return Claimed(relation, interval, unit, currency, words, None if value is None else Decimal(value))


def found(formula: Formula, *operands: Operand, claimed: Claimed) -> Finding:
    """The finding for a claim of the MP."""
    return check(formula, operands, claimed, speakers=SPEAKERS)


SPENDING_2020 = amount("4e9", rounded("4e9", "1e9"), id="F1", line=None, year=2020)
SPENDING_2023 = amount("6.61e9", rounded("6.61e9", "1e7"), id="F2", line=None)
STRATEGIC_2020 = amount("965e6", rounded("965e6", "1e6"), id="F3", line="strategic", year=2020)
STRATEGIC_2024 = amount("2e9", rounded("2e9", "1e9"), id="F4", line="strategic", year=2024)
HOTLINE = amount(
    "100e6",
    rounded("100e6", "100e6"),
    id="F5",
    line="hotline",
    year=None,
    phase="allocated",
    label={"en": "1506 Hotline, allocated", "th": "สายด่วน 1506 ที่ได้รับจัดสรร"},
)
APP_DEVELOPMENT = amount(
    "550e6",
    rounded("550e6", "1e7"),
    id="F7",
    line="app-development",
    label={"en": "App development", "th": "การพัฒนาแอป"},
)
APP_COST = amount(
    "276e6",
    rounded("276e6", "1e6"),
    id="F8",
    line=None,
    year=None,
    label={"en": "Cost of the “SSO+” app", "th": "ค่าใช้จ่ายของแอป “SSO+”"},
)
RENTAL = Missing({"en": "what was paid for rental", "th": "ค่าเช่าที่จ่ายจริง"})
DOUBLED = claims("2", words={"en": "doubled", "th": "เพิ่มขึ้นเท่าตัว"})
HALF = claims("0.5", words={"en": "half", "th": "ครึ่งหนึ่ง"})


def numbers_in(text: str) -> list[Fraction]:
    """Every number of a sentence in base units, in order: "6.61 billion" and "6,610 ล้าน" are the same."""
    return [
        Fraction(number.replace(",", "")) * (-1 if sign == "−" else 1) * SCALES[scale or ""]
        for sign, number, scale in NUMBER.findall(text)
    ]
