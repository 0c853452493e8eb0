"""Whether two passages say the same, numbers compared as quantities. Pure.

Words first: `wording` reads the usual ways to write a number, and is quick. Only where it sees a difference are the
quantities of both passages read in full (about a millisecond a sentence): `276 ล้าน` and `276 ล้านบาท` are one amount,
so are `RM 4.7 million` and `4.7 million ringgit`, but not `4.7 million baht`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from rapidfuzz.distance import Indel, Opcode

from budgets.quantities.quantity import MONEY, YEAR, Quantity
from budgets.quantities.reading import read
from claims.sources.folding import even_out
from claims.sources.wording import Token, key, numbers, tokens

_AROUND = 80  # characters read on either side of a difference
_NEAR = 24  # characters within which a number must stand for a word to be its unit, scale or currency
_LONGEST = 1_000  # characters of both passages that are read
_COUNTS = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w{3,6}teen|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety|hundred|thousand|million|billion|trillion|dozen|half|halve[sd]?|third|quarter|fifth|tenth"
    r"|doubl|tripl|quadrupl|twice|thrice)"
    r"|หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ|ยี่|ร้อย|พัน|หมื่น|แสน|ล้าน|ครึ่ง|กึ่ง|เท่า|เศษ",
    re.IGNORECASE,
)


class Wording:
    """What a passage says, to be asked of others."""

    def __init__(self, text: str) -> None:
        """Keep the passage; nothing is read before it is asked for."""
        self.text = text

    @cached_property
    def tokens(self) -> list[Token]:
        """Its words and numbers."""
        return tokens(self.text)

    def is_said_by(self, other: str) -> bool:
        """Whether every word and quantity of `other` is the same, in the same order."""
        if other == self.text:
            return True
        theirs = tokens(other)
        if key(self.tokens) == key(theirs):
            return True
        mine, its = self._differing(theirs, other)
        return bool(mine) and key(measured(mine)) == key(measured(its))

    def has_numbers_of(self, other: str) -> bool:
        """Whether `other` names the same numbers in the same order, whatever its words."""
        if other == self.text:
            return True
        theirs = tokens(other)
        if numbers(self.tokens) == numbers(theirs):
            return True
        mine, its = self._differing(theirs, other)
        return bool(mine) and numbers(measured(mine)) == numbers(measured(its))

    def _differing(self, theirs: list[Token], other: str) -> tuple[str, str]:
        """The parts of both passages that differ, with some of what stands around.

        Both are empty where no reading can make them the same: a word far from any number, one plain number for
        another, or more differences than a respelling makes.
        """
        steps = [
            step
            for step in Indel.opcodes([t.form for t in self.tokens], [t.form for t in theirs])
            if step.tag != "equal"
        ]
        for step in steps:
            here = _part(self.text, self.tokens, step.src_start, step.src_end, _NEAR)
            there = _part(other, theirs, step.dest_start, step.dest_end, _NEAR)
            if not (_COUNTS.search(here) and _COUNTS.search(there)):
                return "", ""
        if not steps or self._is_one_number(steps, theirs):
            return "", ""
        first, last = steps[0], steps[-1]
        mine = _part(self.text, self.tokens, first.src_start, last.src_end, _AROUND)
        its = _part(other, theirs, first.dest_start, last.dest_end, _AROUND)
        return (mine, its) if len(mine) + len(its) <= _LONGEST else ("", "")

    def _is_one_number(self, steps: list[Opcode], theirs: list[Token]) -> bool:
        own = [token for step in steps for token in self.tokens[step.src_start : step.src_end]]
        its = [token for step in steps for token in theirs[step.dest_start : step.dest_end]]
        return len(own) == len(its) == 1 and own[0].is_number and its[0].is_number


def _part(text: str, words: list[Token], first: int, last: int, around: int) -> str:
    """The text of the tokens `first` to before `last`, grown by whole tokens to about `around` characters each way."""
    if not words:
        return text
    start = words[first].start if first < len(words) else len(text)
    end = words[last - 1].end if last else 0
    low, high = first, last
    while low and words[low - 1].start >= start - around:
        low -= 1
    while high < len(words) and words[high].end <= end + around:
        high += 1
    return text[
        words[low].start if low and low < len(words) else 0 : words[high - 1].end if high < len(words) else len(text)
    ]


def measured(text: str) -> list[Token]:
    """The tokens of `text` with each quantity as one token. Years stay as `wording` reads them, with their era."""
    even = even_out(text)
    amounts = [amount for amount in read(even) if amount.unit != YEAR]
    ends = [amount.end for amount in amounts]
    out: list[Token] = []
    taken = -1
    for word in tokens(text):
        at = bisect_right(ends, word.start)
        if at == len(amounts) or amounts[at].start >= word.end:
            out.append(word)
        elif at == taken:
            out[-1] = _joined(out[-1], even[amounts[at].end : word.end])
        else:
            taken = at
            before = even[word.start : amounts[at].start].strip()
            out.append(_token(amounts[at], before, even[amounts[at].end : word.end]))
    return out


def _token(amount: Quantity, before: str, after: str) -> Token:
    worth = amount.interval if amount.value is None else format(amount.value.normalize(), "f")
    unit = f"{amount.unit} {amount.currency}" if amount.unit == MONEY else amount.unit.casefold()
    return Token(f"{before}{worth} {unit}{after.strip()}", amount.start, amount.end, is_number=True)


def _joined(token: Token, after: str) -> Token:
    return Token(token.form + after.strip(), token.start, token.end, is_number=True) if after.strip() else token
