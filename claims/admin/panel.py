"""What stands beside a claim's form: where its revision stands, what is missing, who decided what, what is public."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override

from claims.admin.buttons import Moves, Standing, moves_of
from claims.admin.desk import ASSIGNERS, drafters
from claims.authorship import authors_since_edition
from claims.documents.at_once import build_at_once
from claims.documents.bundle import Bundle
from claims.models.claim import Claim
from claims.models.edition import Edition
from claims.models.interest import Interest
from claims.models.review import ClaimReview, ReviewDecision
from claims.presence import Here, others_at
from claims.review.blinding import rating_hidden_from
from claims.review.gates import LEGAL_SIGN_OFF, Level, checklist
from claims.review.rating import ratings_of
from claims.vocabulary import ReviewState, SubjectKind

_NUMBERED = re.compile(r"(assertions|evidence)\[(\d+)\]")
_FIELDS = {"heading", "summary", "would_settle"}
_GROUPS = {"evidence": "citations"}


_ORDER = ("broken", "later", "advice", "waived", "held")
_MARKS = {"broken": "✕", "later": "○", "advice": "△", "waived": "≈", "held": "✓"}
_WORDS = {"broken": "Missing", "later": "Later", "advice": "Better", "waived": "Waived", "held": "Holds"}


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
    advice: bool = False
    waived: str = ""

    @property
    def standing(self) -> str:
        """How it stands, as in `_ORDER`."""
        if not self.places:
            return "held"
        if self.waived:
            return "waived"
        if self.advice:
            return "advice"
        return "later" if self.later else "broken"

    @property
    def mark(self) -> str:
        """A sign for the eye."""
        return _MARKS[self.standing]

    @property
    def word(self) -> str:
        """The same for the ear."""
        return _WORDS[self.standing]


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything beside the form."""

    review: ClaimReview | None
    checks: list[Check]
    moves: Moves
    rating_hidden: bool
    authors: list[str]
    decisions: list[ReviewDecision]
    editions: list[tuple[Edition, str]]
    public_url: str
    here: list[Here]
    people: list[tuple[int, str]]

    @property
    def hint(self) -> str:
        """Why something obvious cannot be done."""
        return self.moves.hint

    @property
    def missing(self) -> int:
        """How many rules are broken that must hold now."""
        return missing_in(self.checks)


def panel_of(claim: Claim, user: User, roles: Iterable[str]) -> Panel:
    """Read what stands beside the claim's form for a person in `roles`."""
    now = timezone.now()
    newest = newest_review(claim)
    review = newest if newest and ReviewState(newest.state).is_open else None
    editions = Edition.objects.filter(subject_kind=SubjectKind.CLAIM, subject_id=claim.public_id).order_by("-number")
    named = [(edition, public_url("edition", claim.slug, edition.number)) for edition in editions]
    decisions = ReviewDecision.objects.filter(review__claim=claim).select_related("by", "review").order_by("-pk")
    checks: list[Check] = []
    authors: set[int] = set()
    hidden = False
    if review is not None:
        bundle = build_at_once(review)
        checks = checks_of(review, bundle, now=now)
        authors = _authors(review) or authors_since_edition(bundle.subjects)
        hidden = rating_hidden_from(review, user)
    standing = Standing(
        user=user.pk,
        roles=frozenset(roles),
        now=now,
        wrote=user.pk in authors,
        interested=Interest.objects.standing().filter(user=user).in_claim(claim).exists(),
        rated=review is not None and ratings_of(review).filter(by=user).exists(),
        hidden=hidden,
        risky=is_risky(checks),
    )
    moves = moves_of(claim, newest, standing)
    return Panel(
        review=review,
        checks=checks,
        moves=moves,
        rating_hidden=hidden,
        authors=list(User.objects.filter(pk__in=authors).order_by("username").values_list("username", flat=True)),
        decisions=list(decisions[:20]),
        editions=named,
        public_url=public_url("claim", claim.slug) if named else "",
        here=others_at(claim.pk, user, now=now),
        people=people_for(moves, standing.roles),
    )


def people_for(moves: Moves, roles: frozenset[str]) -> list[tuple[int, str]]:
    """Return to whom work can be given, where a button asks and the person may; a query then."""
    return drafters() if ASSIGNERS & roles and any(move.asks_whom for move in moves.all) else []


def newest_review(claim: Claim) -> ClaimReview | None:
    """Return the claim's newest revision, open or not."""
    reviews = ClaimReview.objects.filter(claim=claim).select_related("claim", "assigned_to")
    return reviews.order_by("-number").first()


def missing_in(checks: Iterable[Check]) -> int:
    """How many rules are broken that must hold now."""
    return sum(1 for check in checks if check.standing == "broken")


def is_risky(checks: Iterable[Check]) -> bool:
    """Whether a legal risk is not signed off."""
    return any(check.code == LEGAL_SIGN_OFF.code and check.places and not check.waived for check in checks)


def open_review(claim: Claim) -> ClaimReview | None:
    """Return the claim's revision on which work remains."""
    return ClaimReview.objects.open().filter(claim=claim).first()


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


def checks_of(review: ClaimReview, bundle: Bundle, *, now: datetime) -> list[Check]:
    """Return every rule that applies: those that are broken first. Two queries."""
    lang = language()
    early = ReviewState(review.state).is_writable
    checks = [
        Check(
            code=ruling.gate.code,
            text=ruling.text(lang),
            places=tuple(Place(where, anchor_of(where)) for where in ruling.places),
            later=early and ruling.gate.level is Level.JUDGED,
            advice=ruling.gate.level is Level.SHOULD,
            waived=f"{ruling.waived.by}: {ruling.waived.reason[lang]}" if ruling.waived else "",
        )
        for ruling in checklist(review, bundle, now=now)
    ]
    return sorted(checks, key=lambda check: _ORDER.index(check.standing))


def _authors(review: ClaimReview) -> set[int]:
    submitted = not ReviewState(review.state).is_writable
    return set(review.authors.values_list("user_id", flat=True)) if submitted else set()
