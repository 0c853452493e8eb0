"""Sentences of a text and how much two of them share. Pure.

English is compared by words, Thai, which writes no spaces between words, by runs of four letters. Numbers, scales and
currencies are left out: whether they agree is the question, so they must not help to find the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Lang = Literal["en", "th"]

_ENOUGH_WORDS, _ENOUGH_RUNS = 3, 20
_THAI_RUN_OF = 4
_THAI_PIECE, _THAI_STEP = 240, 120  # characters: a Thai line is cut into overlapping pieces
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]? +(?=[\"“‘(]?[A-Z0-9])")
_ABBREVIATED = re.compile(r"(?:\b(?:Mr|Ms|Mrs|Dr|No|St|Gen|Col|Art|Sec|approx)|\b[A-Z])\.$")
_WORD = re.compile(r"[^\W\d_]{3,}")
_THAI_RUN = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]+")
_THAI_LETTER = re.compile("[\u0e01-\u0e4e]")
_LATIN_LETTER = re.compile("[A-Za-z]")
_THAI_AMOUNT = re.compile("ล้าน|แสน|หมื่น|พัน|ร้อยละ|บาท|เปอร์เซ็นต์|ประมาณ|กว่า|เกือบ")
_SAYS_LITTLE = """
the and for that with from was were has had have which this its their her his she they are been will not but who whom
said says say also would could while than into over about more less all any one two million billion trillion thousand
hundred baht dollar ringgit euro yen percent per cent reportedly allegedly nearly almost around approximately roughly
year years fiscal
"""
_EMPTY = frozenset(_SAYS_LITTLE.split())


@dataclass(frozen=True)
class Passage:
    """A piece of a text, from `start`: a sentence in English, a stretch of a line in Thai."""

    start: int
    text: str
    bare: str  # the same with names blanked

    @property
    def end(self) -> int:
        """Where it ends in the whole text."""
        return self.start + len(self.text)

    @cached_property
    def tokens(self) -> frozenset[str]:
        """What it is compared by."""
        return tokens(self.bare)


def language_of(text: str) -> Lang:
    """Thai when at least a third of the letters are Thai: Thai texts carry English names."""
    thai = sum(1 for _ in _THAI_LETTER.finditer(text))
    latin = sum(1 for _ in _LATIN_LETTER.finditer(text))
    return "th" if thai and 2 * thai >= latin else "en"


def passages(text: str, bare: str) -> list[Passage]:
    """The passages of `text` in order; those of a long Thai line overlap. `bare` is `text` with its names blanked.

    A name that stands everywhere, such as an office's in its own release, must not make two sentences alike.
    """
    return [
        Passage(begin, text[begin:end], bare[begin:end])
        for start, line in _lines(text)
        for begin, end in _of_line(start, line)
    ]


def tokens(text: str) -> frozenset[str]:
    """Words of three letters and more, runs of four Thai letters; no numbers and no words that amounts are made of."""
    words = {word for found in _WORD.finditer(text) if (word := _stem(found[0])) and word not in _EMPTY}
    for found in _THAI_RUN.finditer(_THAI_AMOUNT.sub(" ", text)):
        run = found[0]
        words |= {run[at : at + _THAI_RUN_OF] for at in range(len(run) - _THAI_RUN_OF + 1)}
    return frozenset(words)


def shared(some: frozenset[str], others: frozenset[str]) -> int:
    """How much of `some` is among `others`, in per cent; 0 when there is too little to tell."""
    enough = _ENOUGH_RUNS if any(map(_THAI_LETTER.match, some)) else _ENOUGH_WORDS
    return 100 * len(some & others) // len(some) if len(some) >= enough else 0


def closest(passage: Passage, candidates: list[Passage]) -> tuple[Passage | None, int]:
    """The candidate that holds most of the passage, and how much of it, in per cent."""
    best: Passage | None = None
    most = 0
    for candidate in candidates:
        part = shared(passage.tokens, candidate.tokens)
        if part > most:
            best, most = candidate, part
    return best, most


def _stem(word: str) -> str:
    if _THAI_LETTER.match(word):
        return ""
    word = word.lower()
    return word[:-1] if word.endswith("s") and len(word) > 4 else word


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, line
        start += len(line) + 1


def _of_line(start: int, line: str) -> list[tuple[int, int]]:
    if language_of(line) == "th":
        last = max(len(line) - _THAI_STEP, 1)
        return [(start + at, start + min(at + _THAI_PIECE, len(line))) for at in range(0, last, _THAI_STEP)]
    found: list[tuple[int, int]] = []
    begin = 0
    for end in _SENTENCE_END.finditer(line):
        if _ABBREVIATED.search(line, max(begin, end.start() - 8), end.start()):
            continue
        found.append((start + begin, start + end.start()))
        begin = end.end()
    return [*found, (start + begin, start + len(line))]
