"""checks.yaml: assertions computed from figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar

from budgets.vocabulary import Formula, PeriodBasis, Phase, Relation, Unit
from claims.seeding.schema.base import Entry, Most, Refers, ShortText, Text


@dataclass(frozen=True)
class ClaimedEntry(Entry):
    """What the assertion says comes out; without `low` and `high` it is the first figure itself."""

    unit: Unit
    words: ShortText
    low: Decimal | None = None
    high: Decimal | None = None
    high_closed: bool = True
    currency: Annotated[str, Most(3)] = ""


@dataclass(frozen=True)
class WaitsForEntry(Entry):
    """The official figure that is taken in as soon as there is exactly one."""

    line: Annotated[str, Refers("line")]
    year: int
    basis: PeriodBasis
    phase: Phase


@dataclass(frozen=True)
class OperandEntry(Entry):
    """One figure of a reading, or what is missing; a key alone (`F2`) is a figure."""

    short: ClassVar[str] = "figure"

    figure: Annotated[str, Refers("figure key")] | None = None
    missing: ShortText | None = None
    waits_for: WaitsForEntry | None = None


@dataclass(frozen=True)
class ReadingEntry(Entry):
    """One way to understand the assertion; the figures stand as the formula takes them."""

    figures: tuple[OperandEntry, ...]
    words: Annotated[Text, Most(300)] | None = None


@dataclass(frozen=True)
class CheckEntry(Entry):
    """One computation of an assertion."""

    claim: Annotated[str, Refers("claim")]
    assertion: int
    formula: Formula
    claimed: ClaimedEntry
    readings: tuple[ReadingEntry, ...]
    number: int = 1
    relation: Relation = Relation.EQUALS


@dataclass(frozen=True)
class ChecksFile(Entry):
    """checks.yaml."""

    checks: tuple[CheckEntry, ...]
