"""dossier.yaml and claims/*.yaml: the story, its sources and its claims."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from claims.seeding.schema.base import Day, Entry, Most, Names, Refers, ShortText, Text
from claims.vocabulary import AppearanceKind, AssertionKind, CitationStance, Language


@dataclass(frozen=True)
class SourceEntry(Entry):
    """A page on the web that is watched from then on."""

    key: Annotated[str, Names("source")]
    url: Annotated[str, Most(2000)]
    title: Annotated[str, Most(300)]
    lang: Language
    publisher: ShortText
    published_on: Day


@dataclass(frozen=True)
class QuoteEntry(Entry):
    """Words exactly as the source has them, with a few words before and after."""

    exact: Annotated[str, Most(600)]
    lang: Language
    prefix: Annotated[str, Most(120)] = ""
    suffix: Annotated[str, Most(120)] = ""


@dataclass(frozen=True)
class CitationEntry(Entry):
    """A quote from a source; the translation is ours, into the other language."""

    key: Annotated[str, Names("citation")]
    source: Annotated[str, Refers("source")]
    quote: QuoteEntry
    stance: CitationStance
    assertion: int | None = None
    translation: str = ""
    locator: Annotated[Text, Most(120)] | None = None


@dataclass(frozen=True)
class EventEntry(Entry):
    """Something that happened; the order in the file is the order on the page."""

    date: Day
    text: Annotated[Text, Most(300)]


@dataclass(frozen=True)
class ClaimantEntry(Entry):
    """Who said it: written once in dossier.yaml and named in the claims."""

    person: Annotated[str, Refers("person"), Names("claimant")]
    office: Annotated[str, Refers("office")] | None = None
    party: Annotated[str, Refers("agency")] | None = None
    interests: Text | None = None


@dataclass(frozen=True)
class DossierHead(Entry):
    """dossier.yaml."""

    slug: Annotated[str, Names("dossier")]
    title: ShortText
    summary: Text
    claimants: tuple[ClaimantEntry, ...]
    sources: tuple[SourceEntry, ...]
    period: Day | None = None
    as_reported_on: date | None = None
    notes: tuple[Text, ...] = ()
    agencies: tuple[Annotated[str, Refers("agency")], ...] = ()
    events: tuple[EventEntry, ...] = ()
    citations: tuple[CitationEntry, ...] = ()


@dataclass(frozen=True)
class MinuteEntry(Entry):
    """The four points of “In one minute”."""

    claimed: Text
    said: Text
    known: Text
    not_known: Text


@dataclass(frozen=True)
class AppearanceEntry(Entry):
    """Where and when the claim was made; at most one is the first."""

    kind: AppearanceKind
    where: ShortText
    date: Day
    first: bool = False
    captured: bool = False
    source: Annotated[str, Refers("source")] | None = None
    note: Text | None = None


@dataclass(frozen=True)
class AssertionEntry(Entry):
    """One checkable part; the hedge holds the source's caution and what is ambiguous."""

    number: int
    kind: AssertionKind
    text: Text
    hedge: Text | None = None


@dataclass(frozen=True)
class ClaimFile(Entry):
    """claims/<slug>.yaml: one claim. Without `number` it stands outside our numbering."""

    slug: Annotated[str, Names("claim")]
    heading: Annotated[Text, Most(300)]
    summary: Text
    minute: MinuteEntry
    would_settle: Text
    claimants: tuple[Annotated[str, Refers("claimant")], ...]
    assertions: tuple[AssertionEntry, ...]
    appearances: tuple[AppearanceEntry, ...]
    number: int | None = None
    agencies: tuple[Annotated[str, Refers("agency")], ...] = ()
    events: tuple[EventEntry, ...] = ()
    citations: tuple[CitationEntry, ...] = ()
