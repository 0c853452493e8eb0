"""Verbs of the right of reply: ask an office, record what officials said and what it covers, log a search."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from claims.authorship import begin_edit, note_edits, subject_of
from claims.intake import Save, sentences
from claims.models.claim import Claim
from claims.models.dossier import Dossier
from claims.models.public_status import PublicStatus
from claims.models.response import OfficialResponse, ResponseCoverage, ResponseRequest, StatementSearch
from claims.vocabulary import RequestState
from ledger.recording import record


class ResponseRefused(Exception):
    """A response, request or search cannot be stored; carries one sentence per fault."""

    def __init__(self, reasons: Sequence[str]) -> None:
        """Keep the sentences."""
        super().__init__(" ".join(reasons))
        self.reasons = list(reasons)


def record_response(
    *,
    response: OfficialResponse,
    coverage: Sequence[ResponseCoverage],
    save_parts: Save = lambda: None,
    by: User,
    now: datetime,
) -> OfficialResponse:
    """Store a new response with what it covers; the rows are unsaved. Raises `ResponseRefused` or `Frozen`.

    `save_parts` stores what else hangs on the response, such as its quotes, once it has its key.
    """
    with transaction.atomic():
        if not coverage:
            raise ResponseRefused(["Say which claims the statement covers, also those it does not mention."])
        _begin_edits({row.claim for row in coverage}, by=by, now=now)
        if response.dossier is not None:
            note_edits([subject_of(response.dossier)], by=by, now=now)
        _refuse_faults(response)
        response.save(force_insert=True)
        response.refresh_from_db(fields=["public_id"])
        _store_coverage(response, coverage)
        save_parts()
        record("response.recorded", subject_kind="response", subject_id=response.public_id, content=_actor(by))
    return response


def revise_response(
    *, response: OfficialResponse, save: Save, adding: Iterable[Claim] = (), by: User, now: datetime
) -> OfficialResponse:
    """Change a response or its coverage through `save`, as an edit of every claim it covers; raises `Frozen`.

    `adding` are claims that `save` will newly cover.
    """
    with transaction.atomic():
        claims = Claim.objects.filter(coverage__response=response).distinct()
        _begin_edits({*claims, *adding}, by=by, now=now)
        dossiers = {*Dossier.objects.filter(responses=response), *([response.dossier] if response.dossier else [])}
        note_edits([subject_of(dossier) for dossier in dossiers], by=by, now=now)
        save()
        record("response.revised", subject_kind="response", subject_id=response.public_id, content=_actor(by))
    return response


def record_coverage(*, coverage: ResponseCoverage, by: User, now: datetime) -> ResponseCoverage:
    """Store what a response says about one more claim or assertion; raises `ResponseRefused` or `Frozen`."""
    with transaction.atomic():
        begin_edit(coverage.claim, by=by, now=now)
        _store_coverage(coverage.response, [coverage])
        record("response.covered", subject_kind="response", subject_id=coverage.response.public_id, content=_actor(by))
    return coverage


def send_request(*, request: ResponseRequest, by: User, now: datetime) -> ResponseRequest:
    """Log a request that was delivered to an office and refresh the claim's status; raises `ResponseRefused`."""
    with transaction.atomic():
        request.sent_by = by
        _refuse_faults(request)
        request.save(force_insert=True)
        request.refresh_from_db(fields=["public_id"])
        PublicStatus.objects.filter(claim=request.claim_id).update(status_due_at=now)
        record("request.sent", subject_kind="request", subject_id=request.public_id, content=_actor(by))
    return request


def note_reply(
    *, request: ResponseRequest, state: RequestState, answered_on: date | None, by: User, now: datetime
) -> ResponseRequest:
    """Log what came back to a request and refresh the claim's status; raises `ResponseRefused`."""
    with transaction.atomic():
        request = ResponseRequest.objects.select_for_update(of=("self",)).select_related("claim").get(pk=request.pk)
        request.state, request.answered_on = state, answered_on
        _refuse_faults(request)
        request.save(update_fields=["state", "answered_on"])
        PublicStatus.objects.filter(claim=request.claim_id).update(status_due_at=now)
        record("request.replied", subject_kind="request", subject_id=request.public_id, content=_actor(by))
    return request


def log_search(*, search: StatementSearch, by: User, now: datetime) -> StatementSearch:
    """Log a dated search for later statements and refresh the claim's status; raises `ResponseRefused`."""
    with transaction.atomic():
        search.searched_by = by
        _refuse_faults(search)
        search.save(force_insert=True)
        PublicStatus.objects.filter(claim=search.claim_id).update(status_due_at=now)
        record("statements.searched", subject_kind="claim", subject_id=search.claim.public_id, content=_actor(by))
    return search


def _begin_edits(claims: Iterable[Claim], *, by: User, now: datetime) -> None:
    for claim in sorted(claims, key=lambda claim: claim.pk):  # one order for everyone: no deadlock
        begin_edit(claim, by=by, now=now)


def _store_coverage(response: OfficialResponse, coverage: Sequence[ResponseCoverage]) -> None:
    for row in coverage:
        row.response = response
        if row.assertion is not None and row.assertion.claim_id != row.claim_id:
            raise ResponseRefused([f"Assertion “{row.assertion}” belongs to another claim than “{row.claim}”."])
        _refuse_faults(row)
        row.save(force_insert=True)


def _refuse_faults(row: OfficialResponse | ResponseCoverage | ResponseRequest | StatementSearch) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        raise ResponseRefused(sentences(error)) from error


def _actor(by: User) -> dict[str, str]:
    return {"user": str(by.pk)}
