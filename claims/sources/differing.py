"""Which words of two texts differ, for people to see. Pure. Thai, which has no spaces, is cut into words by nlpo3."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import groupby
from pathlib import Path

import nlpo3
from rapidfuzz.distance import Indel

_DICTIONARY = Path(__file__).parent / "dictionary" / "words_th.txt"
_NAME = "tamroi"  # of the dictionary inside nlpo3, which keeps it for the life of the process
_PIECE = re.compile("(?P<thai>[\u0e01-\u0e3a\u0e40-\u0e4e]{1,1000})|[^\\W\u0e00-\u0e7f]+|\\s+|[\\s\\S]")
_LINE = re.compile(r"[^\n.!?]*[\n.!?]*\s*")
_MOST = 30_000_000  # comparisons of two lists of words at once: some four megabytes and a tenth of a second


class Kind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand in both texts, only in the first, or only in the second."""

    kind: Kind
    text: str


def differing(before: str, after: str) -> list[Piece]:
    """The pieces in order: all but the added ones make up `before`, all but the removed ones make up `after`.

    Neighbours differ in kind; a removed piece stands before the added one that takes its place. Texts of 100,000
    characters take well under a second: long ones are compared by sentences first and by words where those differ.
    """
    return list(_merged(_compared(before, after, [_sentences, words])))


@cache
def _segment() -> Callable[[str], list[str]]:
    """Load the dictionary once, when the first Thai text comes (half a second)."""
    nlpo3.load_dict(str(_DICTIONARY), _NAME)
    return lambda text: nlpo3.segment(text, _NAME, safe=True)


def words(text: str) -> list[str]:
    """`text` cut into words, runs of white space and single signs; joined they are `text` again."""
    out: list[str] = []
    for found in _PIECE.finditer(text):
        if found["thai"]:
            parts = _segment()(found[0])
            out += parts if "".join(parts) == found[0] else [found[0]]
        else:
            out.append(found[0])
    return out


def _sentences(text: str) -> list[str]:
    return [found for found in _LINE.findall(text) if found]


def _compared(before: str, after: str, cuts: list[Callable[[str], list[str]]]) -> Iterator[Piece]:
    """Compare by the finest cut that is affordable, and the differing parts of a coarse one by a finer one."""
    if before == after:
        yield Piece(Kind.SAME, before)
        return
    finest = [cut(text) for text in (before, after) for cut in cuts[-1:]] if cuts else []
    if cuts and len(finest[0]) * len(finest[1]) <= _MOST:
        yield from _pieces(finest[0], finest[1], [])
    elif len(cuts) > 1:
        yield from _pieces(cuts[0](before), cuts[0](after), cuts[1:])
    else:
        yield Piece(Kind.REMOVED, before)
        yield Piece(Kind.ADDED, after)


def _pieces(old: list[str], new: list[str], finer: list[Callable[[str], list[str]]]) -> Iterator[Piece]:
    if len(old) * len(new) > _MOST:
        yield from _compared("".join(old), "".join(new), finer)
        return
    gone: list[str] = []
    come: list[str] = []
    for step in Indel.opcodes(old, new):
        if step.tag == "equal":
            yield from _replaced(gone, come, finer)
            gone, come = [], []
            yield Piece(Kind.SAME, "".join(old[step.src_start : step.src_end]))
        else:
            gone += old[step.src_start : step.src_end]
            come += new[step.dest_start : step.dest_end]
    yield from _replaced(gone, come, finer)


def _replaced(gone: list[str], come: list[str], finer: list[Callable[[str], list[str]]]) -> Iterator[Piece]:
    before, after = "".join(gone), "".join(come)
    if finer and before and after:
        yield from _compared(before, after, finer)
    else:
        yield Piece(Kind.REMOVED, before)
        yield Piece(Kind.ADDED, after)


def _merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind joined, empty ones left out; between two equal parts what went stands before what came."""
    full = (piece for piece in pieces if piece.text)
    for is_same, group in groupby(full, key=lambda piece: piece.kind is Kind.SAME):
        found = list(group)
        for kind in (Kind.SAME,) if is_same else (Kind.REMOVED, Kind.ADDED):
            text = "".join(piece.text for piece in found if piece.kind is kind)
            if text:
                yield Piece(kind, text)
