"""What stands beside a claim's form: where its revision stands, what is missing, who decided what, what is public."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import get_language, override

from claims.authorship import authors_since_edition
from claims.documents.bundle import Bundle, build
from claims.models.claim import Claim
from claims.models.edition import Edition
from claims.models.review import ClaimReview, ReviewDecision
from claims.review.gates import GATES, LEGAL_SIGN_OFF, Fault, faults
from claims.review.transitions import (
    APPROVE,
    CLEAR_LEGAL_RISK,
    SUBMIT,
    TAKE_BACK,
    TRANSITIONS,
    Transition,
    possible_from,
)
from claims.vocabulary import ReviewState, SubjectKind

BY_VERB = {transition.verb: transition for transition in TRANSITIONS}
_NEEDS_REASON = (TAKE_BACK, CLEAR_LEGAL_RISK)
_NOT_BY_AUTHORS = (APPROVE, CLEAR_LEGAL_RISK)
_NUMBERED = re.compile(r"(assertions|evidence)\[(\d+)\]")
_FIELDS = {"heading", "summary", "would_settle"}
_GROUPS = {"evidence": "citations"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule is broken, and the part of the form that it names."""

    where: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Check:
    """One rule and where it is broken; nowhere means that it holds. `text` is what to do, or what holds."""

    code: str
    text: str
    places: tuple[Place, ...]
    later: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """One button."""

    verb: str
    label: str
    url: str
    needs_reason: bool
    saves: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything beside the form."""

    review: ClaimReview | None
    checks: list[Check]
    moves: list[Move]
    hint: str
    authors: list[str]
    decisions: list[ReviewDecision]
    editions: list[tuple[Edition, str]]
    public_url: str

    @property
    def missing(self) -> int:
        """How many rules are broken that must hold now."""
        return sum(1 for check in self.checks if check.places and not check.later)


def panel_of(claim: Claim, user: User, roles: Iterable[str]) -> Panel:
    """Read what stands beside the claim's form for a person in `roles`."""
    review = open_review(claim)
    editions = Edition.objects.filter(subject_kind=SubjectKind.CLAIM, subject_id=claim.public_id).order_by("-number")
    named = [(edition, public_url("edition", claim.slug, edition.number)) for edition in editions]
    decisions = ReviewDecision.objects.filter(review__claim=claim).select_related("by", "review").order_by("-pk")
    checks: list[Check] = []
    authors: set[int] = set()
    if review is not None:
        bundle = build(review)
        checks = _checks(review, bundle, faults(review, bundle))
        authors = _authors(review) or authors_since_edition(bundle.subjects)
    risky = any(check.places for check in checks if check.code == LEGAL_SIGN_OFF.code)
    moves, hint = _moves(claim, review, wrote=user.pk in authors, risky=risky, roles=set(roles))
    return Panel(
        review=review,
        checks=checks,
        moves=moves,
        hint=hint,
        authors=list(User.objects.filter(pk__in=authors).order_by("username").values_list("username", flat=True)),
        decisions=list(decisions[:20]),
        editions=named,
        public_url=public_url("claim", claim.slug) if named else "",
    )


def open_review(claim: Claim) -> ClaimReview | None:
    """Return the claim's revision that is not published yet."""
    return ClaimReview.objects.filter(claim=claim).exclude(state=ReviewState.PUBLISHED).first()


def public_url(name: str, *arguments: str | int) -> str:
    """Return the address of a public page in English."""
    with override("en"):
        return reverse(f"web:{name}", args=arguments)


def anchor_of(where: str) -> str:
    """Return the id in the form of a place that a gate names; empty when it lies outside the form."""
    path = where.partition(": ")[2] or where
    numbered = _NUMBERED.match(path)
    if numbered:
        return f"{_GROUPS.get(numbered[1], numbered[1])}-{int(numbered[2]) - 1}"
    name = path.split(".")[0].split("[")[0]
    if name == "minute":
        return f"id_{path.split('.')[1]}_en"
    if name in ("rating", "note"):
        return "id_edition_note_en" if name == "note" else "id_edition_reasons_en"
    if name in _FIELDS:
        return f"id_{name}_en"
    if name in ("claimants", "appearances", "assertions", "evidence", "figures", "events"):
        return f"{_GROUPS.get(name, name)}-group"
    return ""


def language() -> str:
    """Return `en` or `th`: the one that the person's browser asks for."""
    return "th" if get_language() == "th" else "en"


def _checks(review: ClaimReview, bundle: Bundle, broken: list[Fault]) -> list[Check]:
    checks = []
    thai = language() == "th"
    for gate in GATES:
        if not gate.applies(review, bundle):
            continue
        places = tuple(Place(fault.where, anchor_of(fault.where)) for fault in broken if fault.code == gate.code)
        later = gate is LEGAL_SIGN_OFF and review.state == ReviewState.DRAFTED
        met, to_do = (gate.met_th, gate.th) if thai else (gate.met_en, gate.en)
        checks.append(Check(gate.code, to_do if places else met, places, later))
    return sorted(checks, key=lambda check: not check.places)


def _authors(review: ClaimReview) -> set[int]:
    return set(review.authors.values_list("user_id", flat=True)) if review.state != ReviewState.DRAFTED else set()


def _moves(
    claim: Claim, review: ClaimReview | None, *, wrote: bool, risky: bool, roles: set[str]
) -> tuple[list[Move], str]:
    if review is None:
        return [], ""
    possible = [transition for transition in possible_from(review.state) if transition.roles & roles]
    if not risky:
        possible = [transition for transition in possible if transition is not CLEAR_LEGAL_RISK]
    hint = ""
    if wrote and any(transition in _NOT_BY_AUTHORS for transition in possible):
        possible = [transition for transition in possible if transition not in _NOT_BY_AUTHORS]
        hint = "You wrote part of this revision: another person must judge it."
    moves = [_move(claim, transition) for transition in possible]
    moves.sort(key=lambda move: (move.verb == TAKE_BACK.verb, move.needs_reason))
    return moves, hint  # what brings the work forward comes first, the way back last


def _move(claim: Claim, transition: Transition) -> Move:
    return Move(
        verb=transition.verb,
        label=transition.label,
        url=reverse("admin:claims_claim_move", args=[claim.pk, transition.verb]),
        needs_reason=transition in _NEEDS_REASON,
        saves=transition is SUBMIT,
    )
