"""A claim's draft as the document it would be published as."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Prefetch

from claims.documents.checks import check_document
from claims.documents.evidence import evidence_document
from claims.documents.figures import figure_document
from claims.documents.parts import (
    Json,
    agency_ref,
    iso,
    office_title,
    person_ref,
    text,
    text_or_none,
    uncertain_date,
)
from claims.documents.responses import covering_document
from claims.models.claim import Claim
from claims.models.event import Event
from claims.models.evidence import EvidenceCitation
from claims.models.figure_attribution import FigureAttribution
from claims.models.figure_check import Finding
from claims.models.response import OfficialResponse, ResponseCoverage
from claims.models.review import ClaimReview

SCHEMA = "tamroi/claim/1"
_CITED = EvidenceCitation.objects.select_related("source", "document", "assertion", "response", "dossier")


def read_claim(pk: int) -> Claim:
    """Read a claim with everything its document needs, in a constant number of queries."""
    figures = FigureAttribution.objects.select_related(
        "figure__agency", "figure__line", "said_by", "assertion", "citation", "claim", "dossier"
    )
    coverage = ResponseCoverage.objects.select_related(
        "assertion", "response__speaker", "response__office", "response__for_agency"
    ).prefetch_related(Prefetch("response__citations", _CITED))
    return (
        Claim.objects.select_related("dossier")
        .prefetch_related(
            "claimants__person",
            "claimants__office",
            "claimants__party",
            "agencies",
            "appearances",
            Prefetch("assertions__checks__readings__findings", Finding.objects.current(), to_attr="newest"),
            "events",
            "dossier__events",
            Prefetch("citations", _CITED),
            Prefetch("figures", figures),
            Prefetch("coverage", coverage),
        )
        .get(pk=pk)
    )


def claim_document(claim: Claim, review: ClaimReview, *, dossier_size: int) -> Json:
    """The claim body of docs/architecture.md; `claim` comes from `read_claim`."""
    covered = _coverage_by_response(claim)
    return {
        "schema": SCHEMA,
        "id": str(claim.public_id),
        "slug": claim.slug,
        "number": claim.number,
        "dossier": _dossier(claim, dossier_size),
        "heading": text(claim, "heading"),
        "summary": text(claim, "summary"),
        "minute": {part: text(claim, part) for part in ("claimed", "said", "known", "not_known")},
        "would_settle": text_or_none(claim, "would_settle"),
        "rating": {"code": review.rating, "reasons": text_or_none(review, "reasons")},
        "claimants": _claimants(claim),
        "agencies": [agency_ref(agency) for agency in claim.agencies.all()],
        "appearances": _appearances(claim),
        "assertions": [
            {
                "id": str(assertion.public_id),
                "number": assertion.number,
                "kind": assertion.kind,
                "text": text(assertion, "text"),
                "hedge": text_or_none(assertion, "hedge"),
                "checks": [check_document(check) for check in assertion.checks.all()],
            }
            for assertion in claim.assertions.all()
        ],
        "figures": [figure_document(attribution) for attribution in claim.figures.all()],
        "responses": [covering_document(response, rows, claim.slug) for response, rows in covered],
        "as_reported_on": iso(claim.dossier.as_reported_on) if claim.dossier else None,
        "evidence": _evidence(claim, [response for response, _ in covered]),
        "events": events(list(claim.events.all()) + (list(claim.dossier.events.all()) if claim.dossier else [])),
    }


def events(rows: list[Event]) -> list[Json]:
    """Events by date, then by their given position; those without any date come last."""

    def order(event: Event) -> tuple[bool, str, str, int]:
        earliest, latest = event.happened_earliest, event.happened_latest
        first = earliest or latest
        return (first is None, str(first), str(latest or earliest), event.position)

    return [
        {"date": uncertain_date(event.happened_earliest, event.happened_latest), "text": text(event, "text")}
        for event in sorted(rows, key=order)
    ]


def _dossier(claim: Claim, size: int) -> Json | None:
    dossier = claim.dossier
    if dossier is None:
        return None
    return {"id": str(dossier.public_id), "slug": dossier.slug, "title": text(dossier, "title"), "size": size}


def _claimants(claim: Claim) -> list[Json]:
    return [
        {
            "person": person_ref(claimant.person),
            "office": office_title(claimant.office),
            "party": agency_ref(claimant.party) if claimant.party else None,
            "interests": text_or_none(claimant, "interests"),
        }
        for claimant in claim.claimants.all()
    ]


def _appearances(claim: Claim) -> list[Json]:
    return [
        {
            "kind": appearance.kind,
            "where": text(appearance, "where"),
            "date": uncertain_date(appearance.said_earliest, appearance.said_latest),
            "first": appearance.is_first,
            "captured": appearance.is_captured,
            "note": text_or_none(appearance, "note"),
        }
        for appearance in claim.appearances.all()
    ]


def _coverage_by_response(claim: Claim) -> list[tuple[OfficialResponse, list[ResponseCoverage]]]:
    rows: dict[int, list[ResponseCoverage]] = defaultdict(list)
    for row in claim.coverage.all():
        rows[row.response_id].append(row)
    grouped = [(group[0].response, sorted(group, key=_by_assertion)) for group in rows.values()]
    return sorted(grouped, key=lambda pair: (pair[0].position, pair[0].pk))


def _by_assertion(row: ResponseCoverage) -> int:
    return row.assertion.number if row.assertion else 0


def _evidence(claim: Claim, responses: list[OfficialResponse]) -> list[Json]:
    citations = list(claim.citations.all())
    for response in responses:
        citations += response.citations.all()
    return [evidence_document(citation, number, claim_slug=claim.slug) for number, citation in enumerate(citations, 1)]
