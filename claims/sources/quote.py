"""Whether a text still says what we quoted: intact, edited or lost. Pure. A quote is never moved to a look-alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from claims.sources.folding import FoldedText, fold, fold_text, skeleton
from claims.sources.meaning import Wording
from claims.sources.seeking import places
from claims.sources.wording import Token, ends_in_negation, numbers, tokens
from claims.vocabulary import QuoteState

CUT_OFF, SHORT_CUT_OFF = 90.0, 95.0  # similarity of folded texts in per cent
SHORT, EXACT_ONLY = 40, 15  # folded characters
_CONTEXT_NEEDED = 30  # shorter quotes are found by chance, so one neighbour must match too
_CONTEXT_ENOUGH = 60.0
_CONTEXT = 32
_MAX_HITS, _MAX_READ = 50, 12  # equal passages that are ranked, and of those the ones read word by word
_ALIKE = 3.0  # per cent: places as similar as that are told apart by their neighbours
_TRIES = 4


@dataclass(frozen=True, slots=True)
class Quote:
    """A text quote selector: the exact words, and some of what stood before and after them."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class QuoteFinding:
    """`found` is what stands there now ("" when lost), `similarity` 0 to 100, `start` its position (-1 when lost)."""

    state: QuoteState
    found: str = ""
    similarity: int = 0
    start: int = -1
    is_sure: bool = True  # False: only the skeleton of a Thai PDF matched


LOST = QuoteFinding(QuoteState.LOST)


class _Sought:
    """A quote with all that is asked of it again at every hit."""

    def __init__(self, quote: Quote) -> None:
        self.quote = quote
        self.needle = fold(quote.exact)
        self.prefix, self.suffix = fold(quote.prefix)[-_CONTEXT:], fold(quote.suffix)[:_CONTEXT]

    @cached_property
    def wording(self) -> Wording:
        return Wording(self.quote.exact)

    def context(self, text: FoldedText, start: int, end: int) -> float:
        """How well the neighbours match, 0 to 100: the better of prefix and suffix; 100 when none was recorded."""
        scores = []
        if len(self.prefix) >= 4:
            scores.append(fuzz.ratio(self.prefix, text.folded[max(0, start - len(self.prefix)) : start]))
        if len(self.suffix) >= 4:
            scores.append(fuzz.ratio(self.suffix, text.folded[end : end + len(self.suffix)]))
        return max(scores) + sum(scores) / 1_000 if scores else 100.0

    def is_out_of_place(self, text: FoldedText, start: int) -> bool:
        """Whether a hit of a short quote stands somewhere else altogether."""
        end = start + len(self.needle)
        return len(self.needle) < _CONTEXT_NEEDED and self.context(text, start, end) < _CONTEXT_ENOUGH


def find_quote(quote: Quote, text: FoldedText, *, is_pdf: bool = False) -> QuoteFinding:
    """Look for `quote` in `text`: folded exactly, then aligned and guarded, then (Thai PDFs) by skeleton."""
    sought = _Sought(quote)
    if not sought.needle:
        return LOST
    best = _exactly(sought, text, is_pdf=is_pdf)
    if best is None and len(sought.needle) >= EXACT_ONLY:
        best = _aligned(sought, text)
    if (best is None or best.state is not QuoteState.INTACT) and is_pdf and skeleton(sought.needle) != sought.needle:
        best = _by_skeleton(quote, text) or best
    return best or LOST


def _exactly(sought: _Sought, text: FoldedText, *, is_pdf: bool) -> QuoteFinding | None:
    """The best of the hits: whole, unnegated and with the same numbers is intact, else edited; None without any."""
    length = len(sought.needle)
    hits = sorted(_hits(sought.needle, text.folded), key=lambda at: -sought.context(text, at, at + length))
    for at in hits[:_MAX_READ]:
        start, end = text.original(at, at + length)
        if _says_it(sought, text.text, start, end, is_pdf=is_pdf) and not sought.is_out_of_place(text, at):
            return QuoteFinding(QuoteState.INTACT, text.text[start:end].strip(), 100, start)
    for at in hits[:1]:
        if not sought.is_out_of_place(text, at):
            start, end = _with_neighbours(text.text, *text.original(at, at + length))
            return QuoteFinding(QuoteState.EDITED, text.text[start:end].strip(), 99, start)
    return None


def _hits(needle: str, folded: str) -> Iterator[int]:
    at, left = folded.find(needle), _MAX_HITS
    while at >= 0 and left:
        yield at
        at, left = folded.find(needle, at + 1), left - 1


def _says_it(sought: _Sought, text: str, start: int, end: int, *, is_pdf: bool) -> bool:
    return (
        _is_whole(sought.quote, text, start, end)
        and _same_numbers(sought.wording, text[start:end], is_pdf=is_pdf)
        and not _is_negated(sought.quote, text, start)
        and _same_last_number(sought, text, start, end)
    )


def _with_neighbours(text: str, start: int, end: int) -> tuple[int, int]:
    """The span grown to the spaces around the words next to it: they are what changed."""
    before, after = text[max(0, start - 24) : start], text[end : end + 24]
    words = before.rstrip().rpartition(" ")[2] + before[len(before.rstrip()) :]
    lead = after[: len(after) - len(after.lstrip())]
    return start - len(words), end + len(lead) + len(after.lstrip().partition(" ")[0])


def _is_whole(quote: Quote, text: str, start: int, end: int) -> bool:
    """Whether the hit cuts neither a number nor a word of a script with spaces (`able` is not in `unable`)."""
    return _is_edge(quote.prefix, text[max(0, start - 2) : start], text[start:end], at_start=True) and _is_edge(
        quote.suffix, text[end : end + 2], text[start:end], at_start=False
    )


def _is_edge(known: str, outside: str, inside: str, *, at_start: bool) -> bool:
    if not outside or not inside:
        return True
    near, own = (outside[-1], inside[0]) if at_start else (outside[0], inside[-1])
    if own.isdigit() and (
        near.isdigit() or (near in ".," and outside[0 if at_start else -1].isdigit() and len(outside) > 1)
    ):
        return known[-1:].isdigit() if at_start else known[:1].isdigit()
    if not (_is_letter(near) and _is_letter(own)):
        return True
    return _is_letter(known[-1:] if at_start else known[:1])  # the quote itself was cut within a word


def _is_letter(char: str) -> bool:
    return char.isalpha() and not "\u0e00" <= char <= "\u0e7f" and not "\u3040" <= char <= "\u9fff"


def _same_numbers(wording: Wording, found: str, *, is_pdf: bool) -> bool:
    if wording.has_numbers_of(found):
        return True
    return is_pdf and wording.has_numbers_of("".join(found.split()))  # a line break inside a number


def _is_negated(quote: Quote, text: str, start: int) -> bool:
    """A negation has come to stand right before the quote."""
    return (
        bool(quote.prefix) and ends_in_negation(text[max(0, start - 24) : start]) and not ends_in_negation(quote.prefix)
    )


def _same_last_number(sought: _Sought, text: str, start: int, end: int) -> bool:
    """A quote that ends in a number goes on with the same scale: `rose to 4` million is not 4 billion."""
    quote = sought.quote
    own = sought.wording.tokens if quote.suffix else []
    if not own or not own[-1].is_number:
        return True
    at = len(numbers(own)) - 1
    then, now = (
        numbers(tokens(quote.exact + quote.suffix[:24])),
        numbers(tokens(text[start:end] + text[end : end + 24])),
    )
    return len(now) > at and then[at] == now[at]


def _aligned(sought: _Sought, text: FoldedText) -> QuoteFinding | None:
    """The most similar passage, if it is similar enough; intact only when every word and number is the same."""
    cut_off = SHORT_CUT_OFF if len(sought.needle) < SHORT else CUT_OFF
    found = places(sought.needle, text.folded, cut_off=cut_off)
    alike = [place for place in found if place.score >= found[0].score - _ALIKE]
    if not alike:
        return None
    best = max(alike, key=lambda place: (sought.context(text, place.start, place.end), place.score))
    start, end = _words_around(sought.wording.tokens, text, best.start, best.end)
    words = text.text[start:end].strip()
    similarity = max(fuzz.ratio(sought.needle, fold(words)), best.score)
    is_same = bool(words) and sought.wording.is_said_by(words)
    if not words or (similarity < cut_off and not is_same):
        return None  # numbers spelled otherwise may make a passage look different that says the same
    is_same = is_same and not _is_negated(sought.quote, text.text, start)
    state = QuoteState.INTACT if is_same else QuoteState.EDITED
    return QuoteFinding(state, words, min(99, round(similarity)), start)


def _words_around(own: list[Token], text: FoldedText, start: int, end: int) -> tuple[int, int]:
    """Grow the span by a margin, then drop the words at its ends that have no counterpart in the quote."""
    margin = max(12, (end - start) // 6)
    low, high = text.original(max(0, start - margin), min(len(text.folded), end + margin))
    region = text.text[low:high]
    there = tokens(region)
    if not there or not own:
        return text.original(start, end)
    first, last = _counterparts(own, there)
    return low + there[first].start, low + there[last].end


def _counterparts(own: list[Token], there: list[Token]) -> tuple[int, int]:
    """First and last token of `there` that stand for the quote. A common word of the margin may pair up by chance, so
    several pairs at either end are tried, and the span most like the quote wins."""
    words, region = [token.form for token in own], [token.form for token in there]
    same = [step for step in Indel.opcodes(words, region) if step.tag == "equal"]
    if not same:
        return 0, len(there) - 1
    whole = "".join(words)
    firsts = {max(0, step.dest_start - step.src_start) for step in same[:_TRIES]}
    lasts = {min(len(there), step.dest_end + len(own) - step.src_end) for step in same[-_TRIES:]}
    spans = [(first, last) for first in sorted(firsts) for last in sorted(lasts, reverse=True) if first < last]
    first, last = max(spans, key=lambda span: fuzz.ratio(whole, "".join(region[span[0] : span[1]])))
    return first, last - 1


def _by_skeleton(quote: Quote, text: FoldedText) -> QuoteFinding | None:
    """PDF writers that shape Thai badly lose or move marks; what remains must match, and the numbers as they stand."""
    bare = Quote(skeleton(quote.exact), skeleton(quote.prefix), skeleton(quote.suffix))
    finding = find_quote(bare, fold_text(skeleton(text.text)))
    return replace(finding, is_sure=False) if finding.state is not QuoteState.LOST else None
