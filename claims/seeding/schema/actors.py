"""actors.yaml: jurisdiction, agencies, offices and people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from budgets.vocabulary import AgencyKind
from claims.seeding.schema.base import Day, Entry, Most, Names, Refers, Short, ShortText, Text
from claims.vocabulary import Language


@dataclass(frozen=True)
class JurisdictionEntry(Entry):
    """Whose dates and money these are."""

    code: Annotated[str, Most(8)]
    name: Annotated[Text, Most(120)]
    time_zone: Annotated[str, Most(64)]
    currency: Annotated[str, Most(3)]
    fiscal_year_starts_month: int
    fiscal_year_named_by_end: bool


@dataclass(frozen=True)
class AgencyEntry(Entry):
    """An organization."""

    key: Annotated[str, Names("agency")]
    kind: AgencyKind
    name: ShortText
    abbreviation: Annotated[Text, Most(40)] | None = None
    parent: Annotated[str, Refers("agency")] | None = None
    note: Text | None = None


@dataclass(frozen=True)
class OfficeEntry(Entry):
    """A post that people hold."""

    key: Annotated[str, Names("office")]
    title: ShortText
    agency: Annotated[str, Refers("agency")] | None = None


@dataclass(frozen=True)
class AliasEntry(Entry):
    """Another spelling of a name."""

    name: Short
    lang: Language


@dataclass(frozen=True)
class TenureEntry(Entry):
    """A person in an office; dates that are not known are written as unknown."""

    office: Annotated[str, Refers("office")]
    start: Day
    end: Day
    note: Annotated[Text, Most(300)] | None = None


@dataclass(frozen=True)
class PersonEntry(Entry):
    """Somebody who makes claims or answers them."""

    key: Annotated[str, Names("person")]
    name: ShortText
    aliases: tuple[AliasEntry, ...] = ()
    note: Text | None = None
    tenures: tuple[TenureEntry, ...] = ()


@dataclass(frozen=True)
class ActorsFile(Entry):
    """actors.yaml."""

    jurisdiction: JurisdictionEntry
    people: tuple[PersonEntry, ...]
    agencies: tuple[AgencyEntry, ...] = ()
    offices: tuple[OfficeEntry, ...] = ()
