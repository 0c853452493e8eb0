"""What the page of a text that came in shows: its candidates with what is like them, and the text with both marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from budgets.quantities.quantity import YEAR, Quantity
from claims.candidates.candidate import Candidate, TextTooLong
from claims.candidates.finding import candidates_in
from claims.models.assertion import Assertion
from claims.models.claim import Claim
from claims.models.intake_text import IntakeText
from claims.receiving.drafting import cleaned
from claims.receiving.picking import Span
from claims.receiving.similar import Similar, similar_claims
from claims.vocabulary import AssertionKind, IntakeState, ReviewState, SaidBasis

PER_PAGE = 10  # each is compared with everything that is here
_SPAN = re.compile(r"([0-9]{1,6})-([0-9]{1,6})")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text: plain, of a candidate (`row`: its key), or an amount."""

    text: str
    row: str = ""
    is_amount: bool = False


@dataclass(frozen=True, slots=True)
class SimilarRow:
    """A claim like a candidate, for people."""

    claim: Similar
    state: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A candidate for people. `key` is its place, `target` the claim that it is to be added to, if any."""

    key: str
    candidate: Candidate
    kind: str
    said: str
    pieces: tuple[Piece, ...]
    similar: tuple[SimilarRow, ...]
    is_picked: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class IntakePage:
    """Everything on the page of a text. `rows` is a page of likely candidates, `others` the rest of the sentences."""

    rows: Page[Candidate] | None
    shown: tuple[Row, ...]
    others: tuple[Row, ...]
    pieces: tuple[Piece, ...]
    claims: tuple[Claim, ...]
    too_long: dict[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody ticked: spans by key, and the claim that each is added to (0: none, a draft)."""

    targets: dict[str, int]

    @classmethod
    def of(cls, posted: QueryDict) -> Choice:
        """Read it from a form; what is no choice is left out."""
        keys = [key for key in posted.getlist("pick") if _SPAN.fullmatch(key)]
        wanted = {key: posted.get(f"to-{key}", "") for key in keys}
        return cls({key: int(to) if to.isdecimal() and len(to) < 19 else 0 for key, to in wanted.items()})

    def groups(self, *, each: bool) -> list[list[Span]]:
        """What becomes drafts: one of all, or one of each."""
        spans = [_span(key) for key, target in self.targets.items() if not target]
        if each:
            return [[span] for span in spans]
        return [spans] if spans else []

    def additions(self) -> dict[Claim, list[Span]]:
        """What is added to claims that are here; one query. Unknown claims are left out with their spans."""
        claims = Claim.objects.in_bulk([target for target in self.targets.values() if target])
        found: dict[Claim, list[Span]] = {}
        for key, target in self.targets.items():
            if target in claims:
                found.setdefault(claims[target], []).append(_span(key))
        return found


def page_of(text: IntakeText, *, number: str, choice: Choice | None = None) -> IntakePage:
    """Read what the page shows; `number` is the page of candidates, `choice` what was ticked before a refusal."""
    claims = tuple(text.claims.order_by("pk"))
    if text.state not in (IntakeState.READ, IntakeState.DONE) or not text.text:
        return IntakePage(None, (), (), (), claims, {})
    try:
        found = candidates_in(text.text)
    except TextTooLong as error:
        return IntakePage(None, (), (), (Piece(text.text),), claims, error.sentence)
    rows = Paginator([each for each in found if each.is_likely], PER_PAGE).get_page(number)
    picked = _picked(claims)
    ticked = choice.targets if choice else {}
    like = similar_claims(list(rows)) if text.state == IntakeState.READ else [[] for _ in rows]
    return IntakePage(
        rows=rows,
        shown=tuple(
            _row(each, picked=picked, ticked=ticked, similar=near) for each, near in zip(rows, like, strict=True)
        ),
        others=tuple(_row(each, picked=picked, ticked=ticked) for each in found if not each.is_likely),
        pieces=tuple(_marked(text.text, found)),
        claims=claims,
        too_long={},
    )


def _picked(claims: Iterable[Claim]) -> set[str]:
    """The sentences that stand in the claims made of the text; one query."""
    texts = Assertion.objects.filter(claim__in=claims).values_list("text_en", "text_th")
    return {words for both in texts for words in both}


def _row(candidate: Candidate, *, picked: set[str], ticked: dict[str, int], similar: Sequence[Similar] = ()) -> Row:
    key = _key(candidate)
    return Row(
        key=key,
        candidate=candidate,
        kind=str(AssertionKind(candidate.kind).label),
        said=_said(candidate),
        pieces=tuple(_pieces(candidate.text, candidate.start, candidate.quantities)),
        similar=tuple(
            SimilarRow(
                near,
                str(ReviewState(near.state).label) if near.state else "",
                is_chosen=ticked.get(key) == near.id,
            )
            for near in similar
        ),
        is_picked=cleaned(candidate.text) in picked,
        is_chosen=key in ticked,
    )


def _said(candidate: Candidate) -> str:
    """Who says it, in words."""
    speaker = candidate.speaker
    name = speaker.name or f"“{speaker.words}”, whom the text does not name"
    if speaker.basis is SaidBasis.SAID:
        return f"said by {name}"
    if speaker.basis is SaidBasis.REPORTEDLY:
        return f"said by {name}, at second hand"
    if speaker.basis is SaidBasis.IMPLIED:
        return f"no speaker is named; the sentence before is by {name}"
    return "no speaker is named"


def _pieces(words: str, start: int, quantities: Sequence[Quantity], row: str = "") -> Iterator[Piece]:
    """The words with the amounts in them marked; years that only date them are not."""
    at = 0
    for found in quantities:
        begin, end = found.start - start, found.end - start
        if found.unit == YEAR or begin < at:
            continue
        if begin > at:
            yield Piece(words[at:begin], row)
        yield Piece(words[begin:end], row, is_amount=True)
        at = end
    if at < len(words):
        yield Piece(words[at:], row)


def _marked(text: str, found: Sequence[Candidate]) -> Iterator[Piece]:
    """The whole text with its likely candidates, and the amounts in them, marked."""
    at = 0
    for candidate in found:
        if not candidate.is_likely:
            continue
        if candidate.start > at:
            yield Piece(text[at : candidate.start])
        yield from _pieces(candidate.text, candidate.start, candidate.quantities, _key(candidate))
        at = candidate.end
    if at < len(text):
        yield Piece(text[at:])


def _key(candidate: Candidate) -> str:
    return f"{candidate.start}-{candidate.end}"


def _span(key: str) -> Span:
    start, _, end = key.partition("-")
    return int(start), int(end)
