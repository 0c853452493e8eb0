"""A statement of officials, as it is published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claims.documents.parts import Json, agency_ref, office_title, person_ref, text, text_or_none, uncertain_date
from claims.models.response import OfficialResponse, ResponseCoverage
from claims.vocabulary import Coverage, Stance

_STANCES = [Stance.DISPUTES, Stance.CONFIRMS, Stance.CONFIRMS_PART, Stance.NEITHER]


def response_document(response: OfficialResponse) -> Json:
    """The RESPONSE shape of docs/architecture.md without what it covers."""
    citation = min(response.citations.all(), key=lambda cited: (cited.position, cited.pk), default=None)
    return {
        "id": str(response.public_id),
        "slug": response.slug,
        "label": text(response, "label"),
        "kind": response.kind,
        "speaker": person_ref(response.speaker),
        "office": office_title(response.office),
        "for_agency": agency_ref(response.for_agency) if response.for_agency else None,
        "date": uncertain_date(response.said_earliest, response.said_latest),
        "text": text(response, "text"),
        "note": text_or_none(response, "note"),
        "evidence_id": str(citation.public_id) if citation else None,
        "quote": {"exact": citation.quote_exact, "lang": citation.quote_lang} if citation else None,
    }


def covering_document(response: OfficialResponse, rows: Sequence[ResponseCoverage], claim_slug: str) -> Json:
    """The same with what it says about one claim, row by row and summed up."""
    return {
        **response_document(response),
        "coverage": [
            {
                "assertion": row.assertion.number if row.assertion else None,
                "coverage": row.coverage,
                "stance": row.stance,
                "note": text_or_none(row, "note"),
            }
            for row in rows
        ],
        "strongest": strongest(row.coverage for row in rows),
        "stance": clearest(row.stance for row in rows),
        "claim_slug": claim_slug,
    }


def strongest(codes: Iterable[str]) -> str:
    """Return the strongest of several coverage codes; `none` when there are none."""
    members = [Coverage(code) for code in codes]
    return str(max(members, key=lambda member: member.strength).value) if members else "none"


def clearest(codes: Iterable[str]) -> str:
    """Return the stance that says most; a dispute outweighs a confirmation, so that neither hides the other."""
    present = {Stance(code) for code in codes}
    return str(next((stance for stance in _STANCES if stance in present), Stance.NEITHER).value)
