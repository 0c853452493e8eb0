"""Claims that are ready to be submitted, and published ones, made through the verbs."""

import itertools
from datetime import UTC, date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from claims.evidence import cite_evidence, watch_source
from claims.intake import register_claim
from claims.models.appearance import Appearance
from claims.models.assertion import Assertion
from claims.models.claim import Claim, Claimant
from claims.models.edition import Edition
from claims.models.evidence import EvidenceCitation
from claims.models.people import Person
from claims.models.response import OfficialResponse, ResponseCoverage
from claims.models.review import ClaimReview
from claims.models.source import Source
from claims.outbound.policy import Policy
from claims.publication.verbs import publish
from claims.responses import record_response
from claims.review.verbs import approve, clear_legal_risk, describe_revision, submit
from claims.vocabulary import AppearanceKind, AssertionKind, Coverage, EditionKind, Rating, ReviewState
from tests.factories.cast import Cast
from tests.factories.nouns import OfficeFactory, PersonFactory

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
_numbers = itertools.count(1)


def make_source(*, by: User, url: str | None = None, now: datetime = NOW) -> Source:
    """Watch a page on a public host."""
    number = next(_numbers)
    source = Source(
        url=url or f"https://news.example.org/story-{number}",
        title=f"Story {number}",
        title_lang="en",
        lang="en",
        publisher_en="The News",
        publisher_th="เดอะนิวส์",
        published_earliest=date(2025, 2, 18),
        published_latest=date(2025, 2, 18),
    )
    return watch_source(source=source, policy=Policy(), by=by, now=now)


def draft_claim(
    *,
    by: User,
    kinds: tuple[AssertionKind, ...] = (AssertionKind.FACT,),
    person: Person | None = None,
    now: datetime = NOW,
    **fields: Any,
) -> Claim:
    """A complete draft: claimant, appearance, assertions and one attesting quote."""
    number = next(_numbers)
    texts = {"heading": f"MP says thing {number}", "summary": "She said a thing.", "claimed": "A thing."}
    texts |= {"said": "Nothing was said.", "known": "Little is known.", "not_known": "Much is not."}
    both = {f"{name}_{lang}": f"{text}" for name, text in texts.items() for lang in ("en", "th")}
    claim = Claim(**({"slug": f"claim-{number}"} | both | fields))
    who = person or PersonFactory.create()

    def parts() -> None:
        Claimant.objects.create(claim=claim, person=who)
        Appearance.objects.create(
            claim=claim, kind=AppearanceKind.SOCIAL_POST, where_en="A post", where_th="โพสต์", is_first=True
        )
        for place, kind in enumerate(kinds, 1):
            Assertion.objects.create(
                claim=claim, number=place, kind=kind, text_en=f"Part {place}", text_th=f"ส่วน {place}"
            )

    register_claim(claim=claim, save_parts=parts, by=by, now=now)
    cite(claim, by=by, now=now)
    return claim


def cite(
    claim: Claim, *, by: User, source: Source | None = None, quote: str = "", now: datetime = NOW
) -> EvidenceCitation:
    """Cite a quote that attests a claim."""
    citation = EvidenceCitation(
        claim=claim,
        source=source or make_source(by=by, now=now),
        quote_exact=quote or f"She said thing {next(_numbers)} aloud",
        quote_lang="en",
        translation="เธอกล่าวเช่นนั้น",
    )
    return cite_evidence(citation=citation, by=by, now=now)


def respond(
    claims: dict[Claim, Coverage], *, by: User, speaker: Person | None = None, now: datetime = NOW, **fields: Any
) -> OfficialResponse:
    """Record a public statement and what it covers."""
    number = next(_numbers)
    response = OfficialResponse(
        **{
            "slug": f"response-{number}",
            "speaker": speaker or PersonFactory.create(),
            "office": OfficeFactory.create(),
            "label_en": "A statement",
            "label_th": "คำชี้แจง",
            "text_en": "It was said.",
            "text_th": "มีการกล่าว",
        }
        | fields
    )
    coverage = [ResponseCoverage(claim=claim, coverage=code) for claim, code in claims.items()]
    return record_response(response=response, coverage=coverage, by=by, now=now)


def open_review(claim: Claim) -> ClaimReview:
    """The claim's revision that is not published yet."""
    return ClaimReview.objects.exclude(state=ReviewState.PUBLISHED).get(claim=claim)


def publish_claim(claim: Claim, cast: Cast, *, now: datetime = NOW) -> Edition:
    """Take a draft to its edition: contributor submits, editor signs off, reviewer approves, editor publishes."""
    review = submit(review=open_review(claim), by=cast.contributor, now=now)
    if any(AssertionKind(assertion.kind).needs_legal_sign_off for assertion in claim.assertions.all()):
        review = clear_legal_risk(review=review, reason="Attributed and hedged.", by=cast.editor, now=now)
    review = approve(review=review, by=cast.reviewer, now=now)
    return publish(review=review, by=cast.editor, now=now)


def published_claim(cast: Cast, *, now: datetime = NOW, **fields: Any) -> Claim:
    """A claim whose first edition is public."""
    claim = draft_claim(by=cast.contributor, now=now, **fields)
    publish_claim(claim, cast, now=now)
    return claim


def begin_correction(
    claim: Claim, cast: Cast, *, kind: EditionKind = EditionKind.CORRECTION, now: datetime = NOW
) -> ClaimReview:
    """Open the next revision with its note."""
    return describe_revision(
        claim=claim,
        kind=kind,
        rating=Rating.NOT_YET_RATED,
        note=("The heading was wrong.", "หัวเรื่องไม่ถูกต้อง"),
        by=cast.contributor,
        now=now,
    )


def correct_claim(claim: Claim, cast: Cast, *, heading: str, now: datetime | None = None) -> Edition:
    """Change the heading and publish that as a correction."""
    moment = now or timezone.now()
    review = begin_correction(claim, cast, now=moment)
    Claim.objects.filter(pk=claim.pk).update(heading_en=heading, heading_th=heading)
    review = submit(review=review, by=cast.contributor, now=moment)
    review = approve(review=review, by=cast.reviewer, now=moment)
    return publish(review=review, by=cast.editor, now=moment)
