"""A text cut into sentences, clauses and list items. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from claims.candidates.candidate import Sentence
from claims.candidates.cutting_th import clauses
from claims.candidates.listing import items, without_mark
from claims.drift.passages import language_of

_STOP = re.compile(r"(?:[.!?…]{1,4}[\"”’)\]]{0,3}(?=\s{1,3}[\"“‘(\[]?[A-Z0-9])|;(?=\s))")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Ms|Mrs|Dr|Prof|No|St|Gen|Col|Lt|Sgt|Capt|Pol|Maj|Art|Sec|approx|vs|Inc|Ltd|Co|Dept|Gov|Sen|Rep|Jan|Feb|Aug"
    r"|Sept|Oct|Nov|Dec)|\b[A-Z])\.$"
)
_ABBREVIATION = 8  # letters of the longest one, with its stop
_GOES_ON = re.compile(r"\s*[a-z]")
_IS_OVER = re.compile(r"[.!?:;…”\"]\s*$")
_NOTHING = re.compile(r"[\W_]*")


def sentences(text: str) -> list[Sentence]:
    """The sentences of `text` in order, without the marks of lists and the white space around them.

    A line is a paragraph of its own, but one that begins with a small Latin letter goes on with the one before it.
    """
    found: list[Sentence] = []
    for block, (start, end) in enumerate(_blocks(text)):
        paragraph = text[start:end]
        lang = language_of(paragraph)
        marks = items(paragraph)
        cuts = clauses(paragraph, marks) if lang == "th" else _english(paragraph, marks)
        for begin, stop in cuts:
            first = without_mark(text, start + begin, start + stop)
            if not _NOTHING.fullmatch(text, first, start + stop):
                found.append(Sentence(first, start + stop, block, lang))
    return found


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Paragraphs: a line, with the wrapped ones that follow it."""
    begin = end = -1
    at = 0
    for line in text.split("\n"):
        start, at = at, at + len(line) + 1
        if not line.strip():
            if begin >= 0:
                yield begin, end
            begin = -1
            continue
        wrapped = begin >= 0 and _GOES_ON.match(line) and not _IS_OVER.search(text, max(begin, end - 4), end)
        if begin >= 0 and not wrapped:
            yield begin, end
        begin = begin if wrapped else start
        end = start + len(line.rstrip())
    if begin >= 0:
        yield begin, end


def _english(paragraph: str, marks: list[int]) -> list[tuple[int, int]]:
    ends = {stop.end() for stop in _STOP.finditer(paragraph) if not _is_abbreviation(paragraph, stop)}
    edges = [0, *sorted(ends | set(marks)), len(paragraph)]
    spans = []
    for begin, end in pairwise(edges):
        part = paragraph[begin:end]
        if part.strip():
            spans.append((begin + len(part) - len(part.lstrip()), begin + len(part.rstrip())))
    return spans


def _is_abbreviation(paragraph: str, stop: re.Match[str]) -> bool:
    after = stop.start() + 1
    return stop[0][0] == "." and bool(_ABBREVIATED.search(paragraph, max(0, after - _ABBREVIATION), after))
