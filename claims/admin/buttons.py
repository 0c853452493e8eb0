"""The moves that somebody can make with a revision, as buttons: one comes first, the others behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from claims.models.claim import Claim
from claims.models.review import ClaimReview
from claims.review.transitions import (
    APPROVE,
    ASSIGN,
    CLEAR_LEGAL_RISK,
    HOLD,
    PUBLISH,
    RATE,
    REASSIGN,
    RELEASE,
    RESUME,
    RETRACT,
    START,
    SUBMIT,
    SUPERSEDE,
    TRIAGE,
    Says,
    Transition,
    possible_from,
)
from claims.vocabulary import Rating

# What brings the work forward, the nearest first. A move that stands nowhere here is offered behind the others.
_FORWARD = (
    *(TRIAGE, START, ASSIGN, SUBMIT, RATE, CLEAR_LEGAL_RISK, APPROVE, PUBLISH, RETRACT, SUPERSEDE),
    *(RELEASE, RESUME),
)
_PUBLIC = (PUBLISH, RETRACT, SUPERSEDE)
_WHY = {
    "take_back": "Why it goes back to draft",
    "clear_legal_risk": "Why the legal risk can be taken",
    "rate": "Why, in your own words",
    "hold": "Why, and what it waits for",
    "give_back": "Why you let go of it",
    "decline": "Why we do not check it",
    "revise": "What has changed",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands to a revision: their roles, and whether they wrote in it, have an interest, rated it.

    `hidden`: its rating is hidden from them. `risky`: its legal risk is not signed off. `missing`: rules are broken.
    """

    user: int
    roles: frozenset[str]
    now: datetime
    wrote: bool = False
    interested: bool = False
    rated: bool = False
    hidden: bool = False
    risky: bool = False
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Button:
    """One move with what it asks for. `saves`: on the page with the form it saves what is typed first."""

    verb: str
    label: str
    url: str
    why: str = ""
    in_public: bool = False
    codes: tuple[tuple[str, str], ...] = ()
    ratings: tuple[tuple[str, str], ...] = ()
    asks_whom: bool = False
    asks_day: bool = False
    saves: bool = False

    @property
    def asks(self) -> bool:
        """Whether the button alone is not enough."""
        return bool(self.why or self.codes or self.ratings or self.asks_day)

    @property
    def needs_reason(self) -> bool:
        """Whether words must be typed."""
        return bool(self.why)


@dataclass(frozen=True, slots=True)
class Moves:
    """The one thing to do next, everything else that can be done, and why something obvious cannot."""

    primary: Button | None = None
    others: tuple[Button, ...] = ()
    hint: str = ""

    def __iter__(self) -> Iterator[Button]:
        """Go through all of them, the first one first."""
        return iter(self.all)

    @property
    def all(self) -> list[Button]:
        """All of them, the first one first."""
        return [*([self.primary] if self.primary else []), *self.others]


def moves_of(claim: Claim, review: ClaimReview | None, standing: Standing) -> Moves:
    """Return the moves of a revision for somebody; a claim without one that is open can only be opened again."""
    if review is None:
        return Moves()
    if standing.interested:
        return Moves(hint="You have declared an interest in somebody whom this claim is by or about: others decide.")
    possible = [move for move in possible_from(review.state, review.kind) if move.roles & standing.roles]
    kept = [move for move in possible if not _is_idle(move, review, standing)]
    hint = _hint(possible, review, standing)
    first = next((move for move in _FORWARD if move in kept and _comes_first(move, review, standing)), None)
    if first in (SUBMIT, RESUME) and standing.missing:
        first = None  # the page leads to what is missing instead
    return Moves(
        primary=_button(claim, first) if first else None,
        others=tuple(_button(claim, move) for move in kept if move is not first),
        hint=hint,
    )


def _is_idle(move: Transition, review: ClaimReview, standing: Standing) -> bool:
    """Whether a move is allowed to the role and would still come to nothing, or be refused."""
    if move.stranger and standing.wrote:
        return True
    if move is RATE:
        return standing.rated
    if move is APPROVE:
        return standing.hidden and Rating(review.rating).is_rated
    if move is CLEAR_LEGAL_RISK:
        return not standing.risky
    return move in _PUBLIC and _is_embargoed(review, standing)


def _comes_first(move: Transition, review: ClaimReview, standing: Standing) -> bool:
    """Whether a move is what this person is here for, and not only what they may do."""
    if move is RATE:  # a draft without a rating has nothing to be blind about
        return standing.hidden and Rating(review.rating).is_rated
    if move is START:
        return review.assigned_to_id == standing.user
    if move is ASSIGN:
        return review.assigned_to_id != standing.user
    return True


def _is_embargoed(review: ClaimReview, standing: Standing) -> bool:
    return review.embargo_until is not None and review.embargo_until > standing.now


def _hint(possible: Iterable[Transition], review: ClaimReview, standing: Standing) -> str:
    moves = list(possible)
    if standing.wrote and APPROVE in moves:
        return "You wrote part of this revision: another person must judge it."
    if standing.hidden and APPROVE in moves and Rating(review.rating).is_rated:
        return "Rate it first: the draft's rating is hidden from you until you have."
    if _is_embargoed(review, standing) and any(move in moves for move in _PUBLIC):
        return f"Under embargo until {review.embargo_until:%Y-%m-%d %H:%M} UTC."
    return ""


def _button(claim: Claim, move: Transition) -> Button:
    return Button(
        verb=move.verb,
        label=move.label,
        url=reverse("admin:claims_claim_move", args=[claim.pk, move.verb]),
        why=_WHY.get(move.verb, "Why") if move.says is not Says.NOTHING else "",
        in_public=move.says is Says.IN_PUBLIC,
        codes=tuple((code.value, str(code.label)) for code in move.codes) if move.codes else (),
        ratings=tuple((rating.value, str(rating.label)) for rating in Rating) if move is RATE else (),
        asks_whom=move in (ASSIGN, REASSIGN),
        asks_day=move is HOLD,
        saves=move is SUBMIT,
    )
