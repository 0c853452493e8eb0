"""Two versions of a text side by side for people: the sentences that differ, word by word. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from claims.sources.compare import compare
from claims.sources.differing import Kind, Piece, differing

MOST_CHARACTERS = 400_000  # of both texts together: more is not compared for a page that somebody waits for
MOST_SENTENCES = 40  # shown on each side
_LONGEST = 3_000  # characters of a sentence that are compared word by word
_ALIKE = 50.0  # per cent: less is another sentence, not another wording


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs: a list of pieces per sentence. `left_out` sentences are not shown; `is_too_long`: not compared."""

    sentences: tuple[tuple[Piece, ...], ...] = ()
    left_out: int = 0
    reason: str = ""  # reason code of the weightiest change
    is_too_long: bool = False

    def __bool__(self) -> bool:
        return bool(self.sentences)


def changes(before: str, after: str, quotes: Sequence[str] = ()) -> Changes:
    """Compare two texts as kept with snapshots (first line: the title); `quotes` tell what stands near one."""
    if len(before) + len(after) > MOST_CHARACTERS:
        return Changes(is_too_long=True)
    difference = compare(before, after, tuple(quotes))
    if not difference:
        return Changes()
    titles = [changed_words(*difference.titles)] if difference.title_changed else []
    removed, added = list(difference.removed), list(difference.added)
    left_out = max(0, len(removed) - MOST_SENTENCES) + max(0, len(added) - MOST_SENTENCES)
    shown = paired(removed[:MOST_SENTENCES], added[:MOST_SENTENCES])
    return Changes((*titles, *shown), left_out, difference.reason)


def changed_words(before: str, after: str) -> tuple[Piece, ...]:
    """The words in which two passages differ; of very long ones their beginnings are compared."""
    return tuple(differing(_cut(before), _cut(after)))


def paired(removed: list[str], added: list[str]) -> list[tuple[Piece, ...]]:
    """The sentences word by word: each that went beside the one that took its place; those without one whole."""
    left = list(added)
    out: list[tuple[Piece, ...]] = []
    for sentence in removed:
        scores = [fuzz.ratio(sentence[:_LONGEST], other[:_LONGEST], score_cutoff=_ALIKE) for other in left]
        best = max(range(len(scores)), key=scores.__getitem__, default=-1)
        if best >= 0 and scores[best] >= _ALIKE:
            out.append(changed_words(sentence, left.pop(best)))
        else:
            out.append((Piece(Kind.REMOVED, _cut(sentence)),))
    return [*out, *((Piece(Kind.ADDED, _cut(sentence)),) for sentence in left)]


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + " …"
