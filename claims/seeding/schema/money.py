"""figures.yaml: budget lines and figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from budgets.vocabulary import Exactness, PeriodBasis, Phase, Provenance, Unit
from claims.seeding.schema.base import Entry, Most, Names, Refers, ShortText, Words
from claims.vocabulary import SaidBasis


@dataclass(frozen=True)
class LineEntry(Entry):
    """What money of an agency is for."""

    key: Annotated[str, Names("line")]
    agency: Annotated[str, Refers("agency")]
    name: ShortText


@dataclass(frozen=True)
class IntervalEntry(Entry):
    """The range a figure given in words stands for."""

    low: Decimal
    high: Decimal
    low_closed: bool
    high_closed: bool


@dataclass(frozen=True)
class PeriodEntry(Entry):
    """The period as it was written, and the kind of year if that is known."""

    words: Words
    basis: PeriodBasis
    year: int | None = None
    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True)
class SaidByEntry(Entry):
    """Who says so, in a word for machines and in words for readers."""

    basis: SaidBasis
    words: ShortText
    person: Annotated[str, Refers("person")] | None = None


@dataclass(frozen=True)
class FigureEntry(Entry):
    """An amount as somebody gave it; without `claim` it belongs to the dossier itself."""

    key: Annotated[str, Names("figure key")]
    slug: Annotated[str, Names("figure")]
    label: ShortText
    unit: Unit
    exactness: Exactness
    provenance: Provenance
    said_by: SaidByEntry
    claim: Annotated[str, Refers("claim")] | None = None
    assertion: int | None = None
    citation: Annotated[str, Refers("citation")] | None = None
    value: Decimal | None = None
    words: ShortText | None = None
    interval: IntervalEntry | None = None
    currency: Annotated[str, Most(3)] = ""
    currency_written: bool = True
    significant_digits: int | None = None
    period: PeriodEntry | None = None
    agency: Annotated[str, Refers("agency")] | None = None
    line: Annotated[str, Refers("line")] | None = None
    phase: Phase = Phase.UNSTATED


@dataclass(frozen=True)
class FiguresFile(Entry):
    """figures.yaml."""

    figures: tuple[FigureEntry, ...]
    lines: tuple[LineEntry, ...] = ()
