"""responses.yaml: what officials said and what it covers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from claims.seeding.schema.base import Day, Entry, Names, Refers, Text, Words
from claims.seeding.schema.story import CitationEntry
from claims.vocabulary import Coverage, ResponseKind, Stance


@dataclass(frozen=True)
class CoverageEntry(Entry):
    """What a statement says about one claim, or about one assertion of it."""

    claim: Annotated[str, Refers("claim")]
    coverage: Coverage
    stance: Stance
    assertion: int | None = None
    note: Text | None = None


@dataclass(frozen=True)
class ResponseEntry(Entry):
    """Something officials said in public; the order in the file is the order of the columns."""

    slug: Annotated[str, Names("response")]
    kind: ResponseKind
    speaker: Annotated[str, Refers("person")]
    said: Day
    label: Words
    text: Text
    coverage: tuple[CoverageEntry, ...]
    office: Annotated[str, Refers("office")] | None = None
    for_agency: Annotated[str, Refers("agency")] | None = None
    note: Text | None = None
    citations: tuple[CitationEntry, ...] = ()


@dataclass(frozen=True)
class ResponsesFile(Entry):
    """responses.yaml."""

    responses: tuple[ResponseEntry, ...]
