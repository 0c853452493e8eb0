"""What differs between a claim and another text, and what is known of the names in a claim. Pure values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """In what a text differs from a claim; the value is the code that machines read."""

    UNIT = "unit"  # another currency, or another thing counted
    MAGNITUDE = "magnitude"  # another number, often by a thousand
    PERIOD = "period"  # another year, or a fiscal year that became a calendar year
    NAME = "name"
    ROLE = "role"  # MP became senator
    HEDGE = "hedge"
    MISSING = "missing"  # the sentence is there, its amount is not


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: the words of the claim, those of the text ("" when they are missing), and a sentence in English.

    `start` and `end` are code points of the text, both -1 when nothing of it can be pointed at.
    """

    kind: Kind
    claimed: str
    found: str
    start: int
    end: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Known:
    """A person or an agency that a claim names.

    `names` are all spellings in both languages, the first one for sentences; `roles` are codes of `titles` that the
    person's offices carry.
    """

    is_person: bool
    names: tuple[str, ...]
    roles: frozenset[str] = frozenset()
