"""Where the spellings of known names stand in a text, exactly or nearly. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from claims.drift.difference import Known

_NEARLY = 80  # per cent: below it is another name
_SHORT = 4  # letters: shorter parts of names are found by chance
_THAI = re.compile("[\u0e01-\u0e4e]")
_CAPITALIZED = re.compile(r"\b[A-Z][\w'-]*")
_MOST = 400  # capitalized words, or places of a Thai letter, that are tried for a near spelling
_SAME = str.maketrans({"’": "'", "‘": "'", "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class Place:
    """A known name as it stands in a text."""

    start: int
    end: int
    known: Known


def places_of(known: Known, text: str) -> list[Place]:
    """Where any spelling of a name, or the first or last part of a person's, stands in `text`; in order."""
    found = {
        (hit.start(), hit.end())
        for spelling in _spellings(known)
        for hit in _pattern(spelling).finditer(text.translate(_SAME))
    }
    places: list[Place] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not places or start >= places[-1].end:
            places.append(Place(start, end, known))
    return places


def blanked(text: str, names: Sequence[Known]) -> str:
    """`text` with spaces where a known name stands: every position stays."""
    letters = list(text)
    for place in (place for known in names for place in places_of(known, text)):
        letters[place.start : place.end] = " " * (place.end - place.start)
    return "".join(letters)


def stands_whole(known: Known, text: str) -> bool:
    """Whether one of the full spellings of a name stands in `text`."""
    return any(_pattern(name).search(text.translate(_SAME)) for name in known.names)


def near_spelling(known: Known, text: str, others: Sequence[Known]) -> tuple[int, int] | None:
    """Where something stands that is nearly one of the name's spellings and is no name that is known."""
    for name in known.names:
        for start, end in _candidates(name, text):
            words = text[start:end]
            if fuzz.ratio(name.lower(), words.lower()) >= _NEARLY and not _is_known(words, others):
                return start, end
    return None


def _spellings(known: Known) -> Iterator[str]:
    for name in known.names:
        yield name
        if known.is_person:
            parts = name.split()
            yield from (part for part in (parts[0], parts[-1]) if len(part) >= _SHORT and len(parts) > 1)


def _pattern(spelling: str) -> re.Pattern[str]:
    escaped = re.escape(spelling.translate(_SAME))
    if _THAI.search(spelling):
        return re.compile(escaped)
    # an abbreviation in lower case is a word: PP, pp
    return re.compile(rf"(?<!\w){escaped}(?!\w)", 0 if spelling.isupper() else re.IGNORECASE)


def _candidates(name: str, text: str) -> Iterator[tuple[int, int]]:
    if len(name) < 2 * _SHORT:
        return
    if _THAI.search(name):
        yield from _thai_candidates(name, text)
        return
    words = list(_CAPITALIZED.finditer(text))[:_MOST]
    count = len(name.split())
    for at in range(len(words) - count + 1):
        window = words[at : at + count]
        if window[-1].end() - window[0].start() <= 2 * len(name):
            yield window[0].start(), window[-1].end()


def _thai_candidates(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Windows that begin with the name's first letters: Thai has no capitals to go by."""
    at = text.find(name[:2])
    for _ in range(_MOST):
        if at < 0:
            return
        yield at, min(at + len(name), len(text))
        at = text.find(name[:2], at + 1)


def _is_known(words: str, others: Sequence[Known]) -> bool:
    return any(words.lower() == name.lower() for other in others for name in other.names)
