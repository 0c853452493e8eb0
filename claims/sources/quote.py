"""Whether a text still says what we quoted: intact, edited or lost. Pure. A quote is never moved to a look-alike."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from claims.sources.folding import FoldedText, fold, fold_text, skeleton
from claims.sources.wording import Token, ends_in_negation, key, numbers, tokens
from claims.vocabulary import QuoteState

CUT_OFF, SHORT_CUT_OFF = 90.0, 95.0  # similarity of folded texts in per cent
SHORT, EXACT_ONLY = 40, 15  # folded characters
_CONTEXT_NEEDED = 30  # shorter quotes are found by chance, so one neighbour must match too
_CONTEXT_ENOUGH = 60.0
_CONTEXT = 32
_MAX_HITS = 50
_SEEDS, _WINDOWS, _COMMON = 40, 6, 64
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


def find_quote(quote: Quote, text: FoldedText, *, is_pdf: bool = False) -> QuoteFinding:
    """Look for `quote` in `text`: folded exactly, then aligned and guarded, then (Thai PDFs) by skeleton."""
    needle = fold(quote.exact)
    if not needle:
        return LOST
    best = _exactly(quote, needle, text, is_pdf=is_pdf)
    if best is None and len(needle) >= EXACT_ONLY:
        best = _aligned(quote, needle, text)
    if (best is None or best.state is not QuoteState.INTACT) and is_pdf and skeleton(needle) != needle:
        best = _by_skeleton(quote, text) or best
    return best or LOST


def _exactly(quote: Quote, needle: str, text: FoldedText, *, is_pdf: bool) -> QuoteFinding | None:
    """The best of the hits: whole, unnegated and with the same numbers is intact, else edited; None without any."""
    spans: list[tuple[int, tuple[int, int]]] = []
    at = text.folded.find(needle)
    while at >= 0 and len(spans) < _MAX_HITS:
        spans.append((at, text.original(at, at + len(needle))))
        at = text.folded.find(needle, at + 1)
    ranked = sorted(spans, key=lambda span: -_context(quote, text, span[0], span[0] + len(needle)))
    for at, (start, end) in ranked:
        if not _is_whole(quote, text.text, start, end) or not _same_numbers(quote, text.text[start:end], is_pdf=is_pdf):
            continue
        if _is_negated(quote, text.text, start) or not _same_last_number(quote, text.text, start, end):
            continue
        if len(needle) < _CONTEXT_NEEDED and _is_out_of_place(quote, text, at, at + len(needle)):
            continue
        return QuoteFinding(QuoteState.INTACT, text.text[start:end].strip(), 100, start)
    for at, span in ranked[:1]:
        if not (len(needle) < _CONTEXT_NEEDED and _is_out_of_place(quote, text, at, at + len(needle))):
            start, end = _with_neighbours(text.text, *span)
            return QuoteFinding(QuoteState.EDITED, text.text[start:end].strip(), 99, start)
    return None


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


def _same_numbers(quote: Quote, found: str, *, is_pdf: bool) -> bool:
    wanted = numbers(tokens(quote.exact))
    if numbers(tokens(found)) == wanted:
        return True
    return is_pdf and numbers(tokens("".join(found.split()))) == wanted  # a line break inside a number


def _is_negated(quote: Quote, text: str, start: int) -> bool:
    """A negation has come to stand right before the quote."""
    return (
        bool(quote.prefix) and ends_in_negation(text[max(0, start - 24) : start]) and not ends_in_negation(quote.prefix)
    )


def _same_last_number(quote: Quote, text: str, start: int, end: int) -> bool:
    """A quote that ends in a number goes on with the same scale: `rose to 4` million is not 4 billion."""
    own = tokens(quote.exact)
    if not quote.suffix or not own or not own[-1].is_number:
        return True
    at = len(numbers(own)) - 1
    then, now = (
        numbers(tokens(quote.exact + quote.suffix[:24])),
        numbers(tokens(text[start:end] + text[end : end + 24])),
    )
    return len(now) > at and then[at] == now[at]


def _context(quote: Quote, text: FoldedText, start: int, end: int) -> float:
    """How well the neighbours match, 0 to 100: the better of prefix and suffix; 100 when none was recorded."""
    prefix, suffix = fold(quote.prefix)[-_CONTEXT:], fold(quote.suffix)[:_CONTEXT]
    scores = []
    if len(prefix) >= 4:
        scores.append(fuzz.ratio(prefix, text.folded[max(0, start - len(prefix)) : start]))
    if len(suffix) >= 4:
        scores.append(fuzz.ratio(suffix, text.folded[end : end + len(suffix)]))
    return max(scores) + sum(scores) / 1_000 if scores else 100.0


def _is_out_of_place(quote: Quote, text: FoldedText, start: int, end: int) -> bool:
    return _context(quote, text, start, end) < _CONTEXT_ENOUGH


def _aligned(quote: Quote, needle: str, text: FoldedText) -> QuoteFinding | None:
    """The most similar passage, if it is similar enough; intact only when every word and number is the same."""
    cut_off = SHORT_CUT_OFF if len(needle) < SHORT else CUT_OFF
    best: tuple[float, int, int] | None = None
    for window_start, window_end in _windows(needle, text.folded):
        window = text.folded[window_start:window_end]
        if len(window) < len(needle):
            score, start, end = fuzz.ratio(needle, window), 0, len(window)
        else:
            hit = fuzz.partial_ratio_alignment(needle, window, score_cutoff=cut_off - 12)
            if hit is None:
                continue
            score, start, end = hit.score, hit.dest_start, hit.dest_end
        if best is None or score > best[0]:
            best = (score, window_start + start, window_start + end)
    if best is None:
        return None
    start, end = _words_around(quote, text, best[1], best[2])
    found = text.text[start:end].strip()
    similarity = max(fuzz.ratio(needle, fold(found)), best[0])
    if similarity < cut_off or not found:
        return None
    is_same = key(tokens(found)) == key(tokens(quote.exact)) and not _is_negated(quote, text.text, start)
    state = QuoteState.INTACT if is_same else QuoteState.EDITED
    return QuoteFinding(state, found, min(99, round(similarity)), start)


def _windows(needle: str, folded: str) -> list[tuple[int, int]]:
    """Where the passage can be. A text similar enough shares short pieces with the quote; their places vote."""
    length = len(needle)
    if len(folded) <= 4 * length:
        return [(0, len(folded))]
    votes: Counter[int] = Counter()
    for weight, size in ((4, 12), (1, 5)):
        for offset in range(0, length - size + 1, max(1, length // _SEEDS)):
            places = _places(needle[offset : offset + size], folded)
            votes.update({(at - offset) // length: weight for at in places})
    joined = {bucket: votes[bucket] + votes[bucket + 1] for bucket in list(votes)}
    likely = sorted(joined, key=lambda bucket: -joined[bucket])[:_WINDOWS]
    return [(max(0, (b - 1) * length), min(len(folded), (b + 3) * length)) for b in likely]


def _places(seed: str, folded: str) -> list[int]:
    """Where a seed occurs; none when it occurs so often that it tells nothing."""
    found: list[int] = []
    at = folded.find(seed)
    while at >= 0:
        if len(found) == _COMMON:
            return []
        found.append(at)
        at = folded.find(seed, at + 1)
    return found


def _words_around(quote: Quote, text: FoldedText, start: int, end: int) -> tuple[int, int]:
    """Grow the span by a margin, then drop the words at its ends that have no counterpart in the quote."""
    margin = max(12, (end - start) // 6)
    low, high = text.original(max(0, start - margin), min(len(text.folded), end + margin))
    region = text.text[low:high]
    there, own = tokens(region), tokens(quote.exact)
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
