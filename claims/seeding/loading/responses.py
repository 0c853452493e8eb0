"""What officials said, what it covers, and the quotes that show it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError

from claims.authorship import Frozen
from claims.models.assertion import Assertion
from claims.models.claim import Claim
from claims.models.response import OfficialResponse, ResponseCoverage
from claims.responses import ResponseRefused, record_response, revise_response
from claims.seeding.loading.citations import CitationPlan
from claims.seeding.loading.differences import Difference, Wanted, difference, differences
from claims.seeding.loading.session import Session, both
from claims.seeding.schema.answers import ResponseEntry


def load_responses(session: Session, entries: Sequence[ResponseEntry]) -> None:
    """Record the responses in the order of the file, which is that of the matrix's columns."""
    parts = Assertion.objects.filter(claim__in=session.claims.values())
    assertions = {(part.claim_id, part.number): part for part in parts}
    for position, entry in enumerate(entries, start=1):
        try:
            _load(session, entry, position, assertions)
        except Frozen as error:
            session.refuse(f"{entry.slug}: {error} Or write the file as the statement stands.")
        except ResponseRefused as error:
            session.refuse(f"{entry.at.file}:{entry.at.line}: {entry.slug}: {error}")
        except ValidationError as error:
            session.refuse_invalid(f"{entry.at.file}:{entry.at.line}: {entry.slug}", error)


def _load(session: Session, entry: ResponseEntry, position: int, assertions: dict[tuple[int, int], Assertion]) -> None:
    row = OfficialResponse.objects.filter(slug=entry.slug).first()
    found = difference(OfficialResponse, row, entry.slug, _values(session, entry, position))
    if not session.owns(found):
        return
    coverage = _coverage(session, row, entry, assertions)
    citations = CitationPlan(session, entry.slug, row, entry.citations, {})
    session.note("response", found)
    for one in coverage:
        session.note("coverage", one)
    response = found.row
    if found.is_new:
        response.slug = entry.slug
        rows = [one.take() for one in coverage]
        record_response(response=found.take(), coverage=rows, by=session.by, now=session.now)
    elif not _may_change(session, row, [found, *coverage, *citations.found]):
        return
    else:
        _revise(session, found, coverage, citations)
    citations.cite(response=response)


def _may_change(session: Session, row: OfficialResponse | None, found: list[Difference[Any]]) -> bool:
    """Whether the response may take the file's words: not once a claim that it covers has been published."""
    covered = Claim.objects.filter(coverage__response=row).distinct().order_by("pk")
    return session.may_change_all(covered, found)


def _revise(
    session: Session,
    found: Difference[OfficialResponse],
    coverage: list[Difference[ResponseCoverage]],
    citations: CitationPlan,
) -> None:
    def save() -> None:
        if found.fields:
            found.save()
        for one in coverage:
            one.row.response = found.row
        session.save_all(coverage)
        citations.save_changed()

    if found.fields or any(one.differs for one in coverage) or citations.changed:
        revise_response(response=found.row, save=save, by=session.by, now=session.now)


def _values(session: Session, entry: ResponseEntry, position: int) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "dossier": session.dossier,
        "position": position,
        "speaker": session.people[entry.speaker],
        "office": session.offices[entry.office] if entry.office else None,
        "for_agency": session.agencies[entry.for_agency] if entry.for_agency else None,
        "said_earliest": entry.said.earliest,
        "said_latest": entry.said.latest,
        **both("label", entry.label),
        **both("text", entry.text),
        **both("note", entry.note),
    }


def _coverage(
    session: Session,
    row: OfficialResponse | None,
    entry: ResponseEntry,
    assertions: dict[tuple[int, int], Assertion],
) -> list[Difference[ResponseCoverage]]:
    standing = {(one.claim_id, one.assertion_id): one for one in row.coverage.all()} if row else {}
    wanted = []
    for one in entry.coverage:
        claim = session.claims[one.claim]
        assertion = assertions[claim.pk, one.assertion] if one.assertion else None
        values = {
            "claim": claim,
            "assertion": assertion,
            "coverage": one.coverage,
            "stance": one.stance,
            **both("note", one.note),
        }
        identity = (claim.pk, assertion.pk if assertion else None)
        wanted.append(Wanted(f"{entry.slug}/{one.claim}", identity, values))
    return differences(ResponseCoverage, standing, wanted)
