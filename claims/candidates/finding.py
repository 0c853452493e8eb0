"""The candidates of a text: its sentences with speaker, quantities, a guess of the kind, and why. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from budgets.quantities.quantity import YEAR, Quantity
from budgets.quantities.reading import read
from claims.candidates.candidate import MOST_CHARACTERS, Candidate, Reason, Sentence, Speaker, TextTooLong
from claims.candidates.cutting import sentences
from claims.candidates.signs import SIGNS, Sign
from claims.candidates.speakers import speakers
from claims.vocabulary import AssertionKind, SaidBasis

_AMOUNT, _SPEAKER, _FRAGMENT = 3, 1, -3
_SHORTEST = 25  # letters: a shorter piece without an amount is a heading, a date or a button
_QUOTES = str.maketrans("", "", "“”\"'")


def candidates_in(text: str) -> list[Candidate]:
    """Every sentence of `text` in order, once; `is_likely` ones are those to offer.

    Costs one reading of its quantities: some two microseconds a letter, twenty where a text is nothing but numbers.
    Raises `TextTooLong` before it reads anything.
    """
    if len(text) > MOST_CHARACTERS:
        raise TextTooLong(len(text))
    cut = sentences(text)
    found = read(text)
    seen: set[str] = set()
    candidates = []
    for sentence, speaker, quantities in zip(cut, speakers(text, cut), _shared_out(cut, found), strict=True):
        words = " ".join(text[sentence.start : sentence.end].split())
        if words not in seen:
            seen.add(words)
            candidates.append(_candidate(text, sentence, speaker, quantities))
    return candidates


def _shared_out(cut: Sequence[Sentence], found: list[Quantity]) -> Iterator[tuple[Quantity, ...]]:
    """The quantities that lie wholly in each sentence."""
    starts = [quantity.start for quantity in found]
    for sentence in cut:
        first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        yield tuple(quantity for quantity in found[first:last] if quantity.end <= sentence.end)


def _candidate(text: str, sentence: Sentence, speaker: Speaker, quantities: tuple[Quantity, ...]) -> Candidate:
    words = text[sentence.start : sentence.end]
    fired = [(sign, hit) for sign in SIGNS if (hit := sign.find(words))]
    amounts = [quantity for quantity in quantities if quantity.unit != YEAR]
    reasons = [
        *_of_amounts(amounts),
        *(Reason(sign.code, sign.weight, f"{sign.en}: “{hit}”.", f"{sign.th}: “{hit}”") for sign, hit in fired),
        *_of_speaker(speaker),
        *_of_length(words, amounts),
    ]
    return Candidate(
        start=sentence.start,
        end=sentence.end,
        text=words,
        lang=sentence.lang,
        block=sentence.block,
        speaker=speaker,
        quantities=quantities,
        kind=_kind([sign for sign, _ in fired], amounts),
        reasons=tuple(reasons),
    )


def _of_amounts(amounts: Sequence[Quantity]) -> Iterator[Reason]:
    if amounts:
        shown = ", ".join(f"“{amount.text}”" for amount in amounts[:4]) + (" …" if len(amounts) > 4 else "")
        yield Reason("amount", _AMOUNT, f"It gives an amount: {shown}.", f"ระบุจำนวน: {shown}")


def _of_speaker(speaker: Speaker) -> Iterator[Reason]:
    if speaker.basis in (SaidBasis.SAID, SaidBasis.REPORTEDLY):
        name = speaker.name or speaker.words
        yield Reason("speaker", _SPEAKER, f"Somebody says it: “{name}”.", f"มีผู้กล่าว: “{name}”")


def _of_length(words: str, amounts: Sequence[Quantity]) -> Iterator[Reason]:
    if len(words.translate(_QUOTES)) < _SHORTEST and not amounts:
        yield Reason("fragment", _FRAGMENT, "It is too short to say anything.", "สั้นเกินกว่าจะเป็นข้อความ")


def _kind(signs: Sequence[Sign], amounts: Sequence[Quantity]) -> AssertionKind:
    """The riskier guess wins: what is a rumour or an allegation must not pass for a figure."""
    kinds = [sign.kind for sign in signs]
    for kind in (AssertionKind.RUMOUR, AssertionKind.ALLEGATION, AssertionKind.QUESTION):
        if kind in kinds:
            return kind
    if amounts:
        return AssertionKind.FIGURE
    return AssertionKind.JUDGEMENT if AssertionKind.JUDGEMENT in kinds else AssertionKind.FACT
