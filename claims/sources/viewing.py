"""A kept text for people to read: a page of it at a time, quotes marked, and every character that hides made visible.

Pure. What is returned is plain text in pieces; whoever shows it escapes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from budgets.texts import faults
from claims.sources.folding import FoldedText, fold_text
from claims.sources.quote import Quote, QuoteFinding, find_quote
from claims.vocabulary import QuoteState

PAGE = 30_000  # characters shown at once
AROUND = 160  # characters shown on either side of a quote
_MOST_FOLDED = 1_000_000  # characters of a text in which words are also sought that are written a little otherwise
_LONG_ENOUGH = 30  # a shorter quote stands somewhere by chance, so its neighbours are weighed
_MOST_UNSEEN = 8  # hidden characters in a row that are named one by one


class Look(StrEnum):
    """How a piece is shown."""

    TEXT = "text"
    QUOTE = "quote"
    UNSEEN = "unseen"


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of text; an `UNSEEN` one holds the names of characters. `number` is the quote's, from 1, else 0.

    `is_first`: the quote begins here, as far as it is shown.
    """

    look: Look
    text: str
    number: int = 0
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a quote stands in a text. `state` None: the text is too long to look for words written otherwise."""

    number: int
    state: QuoteState | None
    start: int = -1
    end: int = -1

    @property
    def is_found(self) -> bool:
        """Whether it has a place."""
        return self.start >= 0

    @property
    def page(self) -> int:
        """The page on which it begins, from 1."""
        return self.start // PAGE + 1 if self.is_found else 0


def pages(text: str) -> int:
    """How many pages a text has; an empty one has one."""
    return max(1, -(-len(text) // PAGE))


def marks(text: str, quotes: Sequence[Quote], *, is_pdf: bool = False) -> list[Mark]:
    """Where each quote stands, numbered from 1 in their order.

    Costs a search per quote; where one of them is not there verbatim, one fold of a text of up to a million characters.
    """
    folded: FoldedText | None = None
    out = []
    for number, quote in enumerate(quotes, 1):
        at = text.find(quote.exact) if len(quote.exact) >= _LONG_ENOUGH else -1
        if at >= 0:
            out.append(Mark(number, QuoteState.INTACT, at, at + len(quote.exact)))
        elif len(text) > _MOST_FOLDED:
            out.append(Mark(number, None))
        else:
            folded = folded or fold_text(text)
            out.append(_mark(number, find_quote(quote, folded, is_pdf=is_pdf)))
    return out


def _mark(number: int, found: QuoteFinding) -> Mark:
    if found.state is QuoteState.LOST or not found.is_sure:
        return Mark(number, found.state)
    return Mark(number, found.state, found.start, found.start + len(found.found))


def page_of(text: str, found: Sequence[Mark], page: int) -> list[Shown]:
    """The pieces of a page (from 1), in order; a quote that crosses its edge is shown as far as it stands there."""
    return _span(text, found, (page - 1) * PAGE, page * PAGE)


def around(text: str, mark: Mark) -> list[Shown]:
    """A quote with what stands on either side of it; nothing when it has no place."""
    if not mark.is_found:
        return []
    return _span(text, [mark], max(0, mark.start - AROUND), mark.end + AROUND)


def plain(text: str) -> list[Shown]:
    """A text without quotes."""
    return _span(text, [], 0, len(text))


def _span(text: str, found: Sequence[Mark], start: int, stop: int) -> list[Shown]:
    out: list[Shown] = []
    at, stop = start, min(stop, len(text))
    for mark in sorted((mark for mark in found if mark.is_found), key=lambda mark: (mark.start, -mark.end)):
        begin, end = max(mark.start, at), min(mark.end, stop)
        if begin < end:
            first, *others = _visible(text[begin:end], Look.QUOTE, mark.number)
            out += [*_visible(text[at:begin], Look.TEXT), replace(first, is_first=True), *others]
            at = end
    return [*out, *_visible(text[at:stop], Look.TEXT)]


def _visible(text: str, look: Look, number: int = 0) -> Iterator[Shown]:
    hidden = "".join(letter for letter in set(text) if faults(letter))
    if not hidden:
        if text:
            yield Shown(look, text, number)
        return
    for is_hidden, part in _parted(text, hidden):
        if not is_hidden:
            yield Shown(look, part, number)
            continue
        names = [f"U+{ord(letter):04X}" for letter in part[:_MOST_UNSEEN]]
        more = f" and {len(part) - _MOST_UNSEEN:,} more" if len(part) > _MOST_UNSEEN else ""
        yield Shown(Look.UNSEEN, " ".join(names) + more, number)


def _parted(text: str, hidden: str) -> Iterator[tuple[bool, str]]:
    """Runs of hidden and of other characters, in order."""
    for part in re.split(f"([{re.escape(hidden)}]+)", text):
        if part:
            yield part[0] in hidden, part
