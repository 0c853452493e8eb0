"""Which lines of a page change all the time, learnt from the last looks. Pure.

A *place* is where a line stands (after which line that stayed) or what it is once its digits are left out; digests of
a place and of what stood there are kept per look. A place is noise when it differed in three of the last five looks
and changed at least twice: what changed once and stayed so is news, however often it is looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from itertools import pairwise

LOOKS, NEEDED = 5, 3
MOST = 40  # marks kept of one look; five looks are then some four kilobytes
_PLACE, _CONTENT = 10, 6  # hexadecimal digits


def mark(place: str, content: str) -> str:
    """A place and what stood there, as kept: sixteen hexadecimal digits."""
    return _digest(place, _PLACE) + _digest(content, _CONTENT)


def place_of(place: str) -> str:
    """How marks of this place begin."""
    return _digest(place, _PLACE)


def remembered(marks: Sequence[str], past: object) -> list[list[str]]:
    """The marks of a look put before those of the looks before it, cut to what is kept."""
    return [sorted(set(marks))[:MOST], *_looks(past)][:LOOKS]


def restless(marks: Sequence[str], past: object) -> frozenset[str]:
    """Beginnings of marks whose place is noise, this look (with `marks`) and the ones before it taken together."""
    looks = [_by_place(look) for look in remembered(marks, past)]
    places = {place for look in looks for place in look}
    return frozenset(place for place in places if _is_restless([look.get(place) for look in looks]))


def _is_restless(contents: list[str | None]) -> bool:
    changes = sum(one != other for one, other in pairwise(contents))
    return sum(content is not None for content in contents) >= NEEDED and changes >= 2


def _by_place(look: list[str]) -> dict[str, str]:
    return {entry[:_PLACE]: entry[_PLACE:] for entry in look}


def _looks(past: object) -> list[list[str]]:
    """What was kept, as far as it has the right shape."""
    if not isinstance(past, list):
        return []
    return [[str(entry) for entry in look][:MOST] for look in past if isinstance(look, list)][:LOOKS]


def _digest(text: str, digits: int) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()[:digits]
