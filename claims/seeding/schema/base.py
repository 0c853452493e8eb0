"""What every entry of the format is made of.

A field without a default is required. `Annotated` says what a plain type cannot: `Names(kind)` is the name an entry
can be referred to by, `Refers(kind)` is such a reference, `Most(n)` the longest text the database takes. `at` is not
part of the format: it is where the entry stands. `short` names the field that a single value in place of the entry
stands for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, ClassVar

from claims.seeding.faults import Place


@dataclass(frozen=True)
class Names:
    """The field is the name of its entry, unique among entries of this kind: ASCII slug."""

    kind: str


@dataclass(frozen=True)
class Refers:
    """The field is the name of an entry of this kind somewhere in the folder."""

    kind: str


@dataclass(frozen=True)
class Most:
    """At most so many characters, in each language."""

    characters: int


NOWHERE = Place("", 0, "")
Short = Annotated[str, Most(200)]


@dataclass(frozen=True)
class Entry:
    """Base of everything written in a file."""

    short: ClassVar[str] = ""

    at: Place = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True)
class Text(Entry):
    """A text that readers see, in both languages."""

    en: str
    th: str


ShortText = Annotated[Text, Most(200)]
Words = Annotated[Text, Most(80)]


@dataclass(frozen=True)
class Day(Entry):
    """A date: `exact`, or `earliest` and `latest` (one may be missing), or `unknown: true`."""

    earliest: date | None
    latest: date | None
