"""Where in a long text a passage like the quote can stand. Pure.

A passage that is similar enough shares whole pieces with the quote: cut into one piece more than edits are allowed,
at least one piece is untouched. Pieces are looked for as they are, which is far cheaper than any comparison, and only
the few places they vote for are compared.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from rapidfuzz import fuzz

_PIECES, _PIECE = 18, 10  # at most so many, about so long
_COMMON = 48  # a piece found more often tells nothing, unless a longer one is rare
_CERTAIN = 4  # pieces that agree on a place
_LAID, _LAID_CHARACTERS = 80, 6_000  # places laid beside the quote, fewer where many pieces vote
_PLACES = 6  # of those the best, which are aligned
_LENIENT = 12.0  # below the cut-off, as whole words may still make up for it
_HOPELESS = 55.0  # per cent: what two texts of one language share by chance
_ALIGNED = 400  # folded characters up to which every shift is tried; longer quotes lie where most pieces say


@dataclass(frozen=True, slots=True)
class Place:
    """A passage of the folded text and its similarity to the quote, 0 to 100."""

    score: float
    start: int
    end: int


def places(needle: str, folded: str, *, cut_off: float) -> list[Place]:
    """Passages of `folded` about as similar to `needle` as `cut_off` asks, the most similar first.

    Costs at most eighteen passes over the text, a little more when pieces are common, and a few comparisons of the
    length of the quote.
    """
    length = len(needle)
    if length <= _ALIGNED and len(folded) <= 4 * length:
        found = {_aligned(needle, folded, 0, len(folded), cut_off)}
    else:
        found = {_compared(needle, folded, start, cut_off) for start in _best(needle, folded, _likely(needle, folded))}
    return sorted((place for place in found if place), key=lambda place: (-place.score, place.start))


def _likely(needle: str, folded: str) -> list[int]:
    """Where the quote would begin according to most of its pieces."""
    length = len(needle)
    count = min(_PIECES, length // _PIECE + 1)
    step = length // count
    size = min(step, _PIECE + 2)
    slack = max(8, length // 8)
    votes: Counter[int] = Counter()
    at: dict[int, int] = {}
    for number in (*range(0, count, 2), *range(1, count, 2)):
        if max(votes.values(), default=0) >= _CERTAIN:
            break  # these pieces come from all over the quote and agree
        offset = number * step
        starts = {(found - offset) // slack: found - offset for found in _occurrences(needle, offset, size, folded)}
        votes.update(starts.keys())  # a piece has one vote for a place, however often it stands there
        at = starts | at
    joined = {bucket: votes[bucket] + votes[bucket + 1] for bucket in votes}
    likely = sorted(joined, key=lambda bucket: (-joined[bucket], -votes[bucket], bucket))
    return [max(0, at[bucket]) for bucket in likely[: max(_PLACES, min(_LAID, _LAID_CHARACTERS // length))]]


def _occurrences(needle: str, offset: int, size: int, folded: str) -> list[int]:
    """Where a piece stands; a common one is tried again longer, then left."""
    for longer in (size, size + size // 2, 2 * size):
        piece = needle[offset : offset + longer]
        found: list[int] = []
        at = folded.find(piece)
        while at >= 0 and len(found) <= _COMMON:
            found.append(at)
            at = folded.find(piece, at + 1)
        if len(found) <= _COMMON:
            return found
    return []


def _best(needle: str, folded: str, starts: list[int]) -> list[int]:
    """The few starts at which the text is most like the quote when both are laid side by side."""
    length = len(needle)
    scores = [(fuzz.ratio(needle, folded[start : start + length], score_cutoff=_HOPELESS), start) for start in starts]
    return [start for score, start in sorted(scores, reverse=True)[:_PLACES] if score]


def _compared(needle: str, folded: str, start: int, cut_off: float) -> Place | None:
    length = len(needle)
    if length > _ALIGNED:
        return _whole(needle, folded, start, min(start + length, len(folded)), cut_off)
    margin = max(12, length // 4)
    return _aligned(needle, folded, max(0, start - margin), min(len(folded), start + length + margin), cut_off)


def _aligned(needle: str, folded: str, low: int, high: int, cut_off: float) -> Place | None:
    """The best passage between two positions; a stretch shorter than the quote is taken whole."""
    window = folded[low:high]
    if len(window) < len(needle):
        return _whole(needle, folded, low, high, cut_off)
    hit = fuzz.partial_ratio_alignment(needle, window, score_cutoff=cut_off - _LENIENT)
    return Place(hit.score, low + hit.dest_start, low + hit.dest_end) if hit else None


def _whole(needle: str, folded: str, low: int, high: int, cut_off: float) -> Place | None:
    score = fuzz.ratio(needle, folded[low:high], score_cutoff=cut_off - _LENIENT)
    return Place(score, low, high) if score else None
