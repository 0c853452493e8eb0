"""What differs between the edition that readers see and what would be published now, field by field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from claims.admin.words import Worded, worded
from claims.documents.parts import Json
from claims.sources.differing import differing

MOST_FIELDS = 200
_LONGEST = 20_000  # characters of a field that are compared word by word
_NOT_SHOWN = frozenset({"schema", "id", "slug", "digest", "sha256", "prefix", "suffix"})
_LANGUAGES = {"en": "English", "th": "ไทย"}
_WORDS = {"minute": "in one minute", "not_known": "not known", "would_settle": "what would settle it"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that differs: where it stands, in which language (empty: none), and its pieces."""

    where: str
    lang: str
    pieces: tuple[Worded, ...]


@dataclass(frozen=True, slots=True)
class LiveDiff:
    """`number` of the edition that readers see (None: there is none), whether its text was withheld, what differs."""

    number: int | None
    withheld: bool = False
    changes: tuple[FieldChange, ...] = ()
    left_out: int = 0


def live_diff(number: int | None, published: str, now: Json, *, without: frozenset[str] = frozenset()) -> LiveDiff:
    """Compare the text of an edition with a document; `without` are parts (`rating`) that are not to be seen."""
    if number is None:
        return LiveDiff(None)
    if not published:
        return LiveDiff(number, withheld=True)
    before, after = (
        {key: leaf for key, leaf in _leaves(body) if key[0] not in without} for body in (json.loads(published), now)
    )
    keys = [*after, *(key for key in before if key not in after)]
    found = [key for key in keys if before.get(key, _NONE)[2] != after.get(key, _NONE)[2]]
    shown = [_change(before.get(key, _NONE), after.get(key, _NONE)) for key in found[:MOST_FIELDS]]
    return LiveDiff(number, changes=tuple(shown), left_out=max(0, len(found) - MOST_FIELDS))


_Leaf = tuple[str, str, str]
_NONE: _Leaf = ("", "", "")


def _leaves(body: Json) -> Iterator[tuple[tuple[str, ...], _Leaf]]:
    """Every text and number by what it is of: rows are told by their ids, so that one more moves no other."""
    yield from _walk(body, (), ())


def _walk(value: Any, key: tuple[str, ...], where: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], _Leaf]]:
    if isinstance(value, dict):
        for name, part in value.items():
            if name in _LANGUAGES and isinstance(part, str):
                yield (*key, name), (" · ".join(where), name, part)
            elif name not in _NOT_SHOWN:
                yield from _walk(part, (*key, name), (*where, _WORDS.get(name, name.replace("_", " "))))
    elif isinstance(value, list):
        for place, part in enumerate(value, 1):
            yield from _walk(part, (*key, _identity(part, place)), (*where, str(place)))
    elif value is not None:
        yield key, (" · ".join(where), "", str(value))


def _identity(part: Any, place: int) -> str:
    if isinstance(part, dict):
        for owner in (part, part.get("person"), part.get("finding")):
            if isinstance(owner, dict) and "id" in owner:
                return str(owner["id"])
    return str(place)


def _change(before: _Leaf, after: _Leaf) -> FieldChange:
    where, lang, _ = after if after is not _NONE else before
    old, new = before[2], after[2]
    too_long = max(len(old), len(new)) > _LONGEST
    pieces = differing(old[:_LONGEST], new[:_LONGEST]) if too_long else differing(old, new)
    return FieldChange(where, lang, worded(pieces))
