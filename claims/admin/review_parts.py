"""What the review page shows of a claim: assertions with all that stands on them, evidence in its surroundings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F

from claims.documents.parts import Json
from claims.documents.together import Rows
from claims.models.assertion import Assertion
from claims.models.claim import Claim
from claims.models.desk import Presence, ReviewComment
from claims.models.edition import Edition
from claims.models.evidence import EvidenceCitation
from claims.models.flag import Flag
from claims.models.interest import Interest
from claims.models.rating import IndependentRating
from claims.models.response import OfficialResponse, ResponseCoverage
from claims.models.review import ClaimReview, DraftEdit, ReviewAuthor, ReviewDecision
from claims.presence import STALE_AFTER, Here
from claims.sources.excerpts import Excerpt
from claims.vocabulary import (
    AssertionKind,
    CitationStance,
    Coverage,
    FlagCode,
    QuoteState,
    Rating,
    ReviewState,
    Stance,
    SubjectKind,
)

MOST_DECISIONS = 30
MINUTE = (
    ("claimed", "What is claimed"),
    ("said", "What those responsible said"),
    ("known", "What is known"),
    ("not_known", "What is not known"),
    ("would_settle", "What would settle it"),
    ("considered", "Evidence that was looked for"),
)


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark, and who resolved it."""

    pk: int
    text: str
    who: str
    at: datetime
    resolved_by: str | None
    resolved_at: datetime | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote with what is kept of its source, and where it stands on the page."""

    number: int
    citation: EvidenceCitation
    stance: str
    state: str
    excerpt: Excerpt | None
    said: str = ""  # whose statement it is of

    @property
    def anchor(self) -> str:
        """Its id on the page."""
        return f"evidence-{self.number}"


@dataclass(frozen=True, slots=True)
class Part:
    """A numbered assertion with its evidence, figure checks (as documents), coverage and comments."""

    assertion: Assertion
    kind: str
    is_risky: bool
    evidence: tuple[Evidence, ...]
    checks: Sequence[Json]
    covered: tuple[tuple[str, str, str], ...]  # (statement, coverage, stance)
    comments: tuple[Comment, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A statement, and what it says about the claim and its assertions: (number or None, coverage, stance)."""

    response: OfficialResponse
    lines: tuple[tuple[int | None, str, str], ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """The small rows around a revision, as they were read together with the claim."""

    decisions: list[dict[str, Any]]
    authors: dict[int, str]
    comments: dict[int | None, list[Comment]]
    ratings: list[dict[str, Any]]
    here: list[Here]
    edition: dict[str, Any] | None
    interested: bool
    flags: list[tuple[str, datetime]]


def beside_queries(review: ClaimReview, user: User, now: datetime) -> list[Rows]:
    """Return the queries of `beside`: all are read in the same statement as the claim."""
    claim, about = review.claim, {"subject_kind": SubjectKind.CLAIM, "subject_id": review.claim.public_id}
    who = {"who": F("by__username")}
    written = DraftEdit.objects.filter(**about, at__gte=review.opened_at).order_by()
    return [
        ReviewDecision.objects.filter(review__claim=claim)
        .order_by("-pk")
        .values("verb", "from_state", "to_state", "reason", "at", revision=F("review__number"), **who)[:MOST_DECISIONS],
        ReviewAuthor.objects.filter(review=review).values("user_id", who=F("user__username")),
        written.values("user_id", who=F("user__username")).distinct(),
        ReviewComment.objects.filter(claim=claim).values(
            "pk", "text", "at", "assertion_id", "resolved_at", resolver=F("resolved_by__username"), **who
        ),
        IndependentRating.objects.filter(review=review, content_hash=review.content_hash).values(
            "rating", "reason", "at", "by_id", **who
        ),
        Presence.objects.filter(claim=claim, seen_at__gte=now - STALE_AFTER)
        .exclude(user=user)
        .order_by("user__username")
        .values("seen_at", who=F("user__username")),
        Edition.objects.filter(**about)
        .order_by("-number")
        .values("number", "kind", "published_at", body=F("text__body"))[:1],
        Interest.objects.standing().filter(user=user).in_claim(claim).order_by().values("pk"),
        Flag.objects.open().filter(claim=claim).order_by("opened_at").values("code", "opened_at"),
    ]


def beside(review: ClaimReview, found: Sequence[list[dict[str, Any]]]) -> Beside:
    """Make sense of the rows that `beside_queries` asked for."""
    decisions, submitted, written, comments, ratings, here, editions, interests, flags = found
    authors = written if ReviewState(review.state).is_writable else submitted
    remarks: dict[int | None, list[Comment]] = defaultdict(list)
    for row in comments:
        made = Comment(row["pk"], row["text"], row["who"], row["at"], row["resolver"], row["resolved_at"])
        remarks[row["assertion_id"]].append(made)
    for row in decisions:
        row["from_label"] = str(ReviewState(row["from_state"]).label) if row["from_state"] else ""
        row["to_label"] = str(ReviewState(row["to_state"]).label)
    for row in ratings:
        row["label"] = str(Rating(row["rating"]).label)
    return Beside(
        decisions=decisions,
        authors={row["user_id"]: row["who"] for row in authors},
        comments=remarks,
        ratings=ratings,
        here=[Here(row["who"], row["seen_at"]) for row in here],
        edition=editions[0] if editions else None,
        interested=bool(interests),
        flags=[(str(FlagCode(row["code"]).label), row["opened_at"]) for row in flags],
    )


def minute_of(claim: Claim) -> list[tuple[str, str, str]]:
    """Return the claim's longer texts: (label, English, Thai)."""
    return [(label, getattr(claim, f"{name}_en"), getattr(claim, f"{name}_th")) for name, label in MINUTE]


def answers_of(claim: Claim) -> list[Answer]:
    """Return the statements about a claim in the order of its document."""
    rows: dict[OfficialResponse, list[ResponseCoverage]] = defaultdict(list)
    for row in claim.coverage.all():
        rows[row.response].append(row)
    return [
        Answer(response, tuple(_line(row) for row in sorted(rows[response], key=_place)))
        for response in sorted(rows, key=lambda row: (row.position, row.pk))
    ]


def _place(row: ResponseCoverage) -> int:
    return row.assertion.number if row.assertion else 0


def _line(row: ResponseCoverage) -> tuple[int | None, str, str]:
    return _place(row) or None, str(Coverage(row.coverage).label), str(Stance(row.stance).label)


def evidence_of(claim: Claim, kept: Mapping[int, Excerpt]) -> list[Evidence]:
    """Number the claim's quotes, then those of the statements about it, as its document does."""
    cited = [(citation, "") for citation in claim.citations.all()]
    for answer in answers_of(claim):
        cited += [(citation, answer.response.label_en) for citation in answer.response.citations.all()]
    return [
        Evidence(
            number=number,
            citation=citation,
            stance=str(CitationStance(citation.stance).label),
            state=str(QuoteState(citation.quote_state).label) if citation.source_id else "",
            excerpt=kept.get(citation.pk),
            said=said,
        )
        for number, (citation, said) in enumerate(cited, 1)
    ]


def parts_of(
    claim: Claim, body: Json, evidence: Sequence[Evidence], remarks: Mapping[int | None, list[Comment]]
) -> list[Part]:
    """Put on each assertion what stands on it; `body` is the claim's document."""
    covered: dict[int | None, list[tuple[str, str, str]]] = defaultdict(list)
    for row in claim.coverage.all():
        words = str(Coverage(row.coverage).label), str(Stance(row.stance).label)
        covered[row.assertion_id].append((row.response.label_en, *words))
    cited: dict[int | None, list[Evidence]] = defaultdict(list)
    for each in evidence:
        cited[each.citation.assertion_id].append(each)
    documents = {document["id"]: document for document in body["assertions"]}
    return [
        Part(
            assertion=assertion,
            kind=str(AssertionKind(assertion.kind).label),
            is_risky=AssertionKind(assertion.kind).needs_legal_sign_off,
            evidence=tuple(cited[assertion.pk]),
            checks=documents[str(assertion.public_id)]["checks"],
            covered=tuple(covered[assertion.pk]),
            comments=tuple(remarks.get(assertion.pk, ())),
        )
        for assertion in claim.assertions.all()
    ]
