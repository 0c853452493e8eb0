"""English numbers in words: two billion, twenty-five million, one hundred and fifty thousand, half a million. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from budgets.quantities.folding import each_of, words

_SMALL = each_of(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
UNITS = {word: value for value, word in enumerate(_SMALL)}
TENS = {
    word: value * 10
    for value, word in enumerate(each_of("twenty thirty forty fifty sixty seventy eighty ninety"), start=2)
}
SCALES = {
    "thousand": 10**3,
    "lakh": 10**5,
    "million": 10**6,
    "crore": 10**7,
    "billion": 10**9,
    "trillion": 10**12,
}
_DOZEN = {"dozen": 12}
_BIG = ("hundred", *SCALES, *_DOZEN)
_ANY = words(*UNITS, *TENS, *_BIG)
_STEP = rf"(?:[ \u00a0-]|\sand\s)(?:{_ANY})(?![a-z])"
_DIGIT = words(*_SMALL[:10])
_PARTS = {"half": Fraction(1, 2), "quarter": Fraction(1, 4), "quarters": Fraction(3, 4)}
RUN = (
    rf"(?<![a-z0-9.-])(?:(?:half|a\squarter|three[\s-]quarters)\sof\san?\s(?:million|billion|trillion)(?![a-z])"
    r"|(?:half|a\squarter\sof)\sa(?=\s(?:per\s?cent|percentage\spoint))"
    rf"|(?:{words(*UNITS, *TENS)})\spoint(?:\s(?:{_DIGIT})){{1,4}}(?![a-z])(?:[\s-](?:{words(*SCALES)})(?![a-z]))?"
    rf"|(?:(?:half\s)?an?\s|\bhalf\s)(?:{words(*_BIG)})(?![a-z])|(?:{words(*UNITS, *TENS)})(?![a-z]))"
    rf"(?:{_STEP})*(?:\sand\sa\shalf(?![a-z])(?:[\s-](?:{words(*SCALES)})(?![a-z]))?)?"
)
_WORD = re.compile(r"[a-z]+")
LONGEST = 24


@dataclass(frozen=True, slots=True)
class EnglishNumber:
    """A number in words: its value, the place of its last word, and whether a scale word ends it."""

    value: Fraction
    place: Fraction
    scaled: bool


def read_english(run: str) -> EnglishNumber | None:
    """The number that a run of numeral words stands for; None when they make none ("one two", "nineteen eighty")."""
    tokens = [word for word in _WORD.findall(run) if word not in {"and", "a", "an", "of"}]
    if not 0 < len(tokens) <= LONGEST:
        return None
    if "point" in tokens:
        return _pointed(tokens)
    if (tokens[0] in _PARTS and len(tokens) < 3) or "quarters" in tokens:
        return _part_of(tokens)
    reader = _Reader()
    for token in tokens:
        if not reader.take(token):
            return None
    return reader.result(tokens[-1])


def _pointed(tokens: list[str]) -> EnglishNumber:
    """Two point five billion: digits are said one by one."""
    whole = tokens[0]
    scale = SCALES.get(tokens[-1], 1)
    digits = "".join(str(UNITS[word]) for word in tokens[2:] if word in UNITS)
    place = Fraction(scale, 10 ** len(digits))
    return EnglishNumber(UNITS.get(whole, TENS.get(whole, 0)) * scale + int(digits) * place, place, scale > 1)


def _part_of(tokens: list[str]) -> EnglishNumber:
    """A quarter of a million, half a million, half a per cent."""
    part = _PARTS[tokens[-1] if len(tokens) == 1 else tokens[-2]]
    scale = SCALES.get(tokens[-1], {"hundred": 100, **_DOZEN}.get(tokens[-1], 1))
    return EnglishNumber(part * scale, Fraction(scale, 10 if part == Fraction(1, 2) else 100), tokens[-1] in SCALES)


class _Reader:
    """Adds up numeral words from left to right; `current` is what stands below the last scale."""

    def __init__(self) -> None:
        self.total = Fraction(0)
        self.current = Fraction(0)
        self.room = 10**15
        self.started = False
        self.last_scale = 1

    def take(self, word: str) -> bool:
        """Add one word; False when it cannot stand here."""
        if word == "half":
            return self._half()
        if word in SCALES or word in _DOZEN:
            return self._scale(SCALES.get(word, 12))
        if word == "hundred":
            fits = self.current < 100
            self.current = (self.current if self.started else Fraction(1)) * 100
            self.room, self.started = 100, True
            return fits
        value = UNITS.get(word, TENS.get(word, 0))
        fits = value < self.room
        self.room = 10 if word in TENS else 0
        self.current, self.started = self.current + value, True
        return fits

    def _half(self) -> bool:
        self.current += Fraction(1, 2)
        self.started, self.room = True, 0
        if self.total and self.current == Fraction(1, 2):
            self.total, self.current = self.total + self.last_scale * self.current, Fraction(0)
        return True

    def _scale(self, scale: int) -> bool:
        carried = self.current if self.started else Fraction(1)
        if self.total and not self.started:
            self.total *= scale
        else:
            self.total += carried * scale
        self.current, self.started, self.room, self.last_scale = Fraction(0), False, 10**15, scale
        return True

    def result(self, last: str) -> EnglishNumber:
        """What was added up."""
        value = self.total + self.current
        scaled = last in SCALES or (last == "half" and self.last_scale > 1)
        place = Fraction(self.last_scale if scaled else 1)
        if value % place:
            place /= 10
        return EnglishNumber(value, place, scaled)
