"""What becomes of a reply that was received: a person reads it and decides. Nothing here publishes anything."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from claims.asking.deadline import day_of
from claims.asking.letters import LetterRefused
from claims.authorship import refuse_interested
from claims.models.asking import ReceivedReply
from claims.models.public_status import PublicStatus
from claims.models.response import OfficialResponse, ResponseRequest
from claims.vocabulary import Coverage, RequestState
from ledger.recording import record

_NO_ANSWER_YET = frozenset({RequestState.AWAITING, RequestState.OVERDUE})


class ReplyHandled(LetterRefused):
    """Somebody has handled the reply already; carries one sentence that says who."""


def acknowledge(*, reply: ReceivedReply, by: User, now: datetime) -> ReceivedReply:
    """Note that a reply only says that our request arrived: the request is acknowledged, and its clock runs on.

    A request that was answered meanwhile stays answered. Raises `ReplyHandled` or `Frozen`.
    """
    with transaction.atomic():
        reply = _locked(reply, by)
        request = _locked_request(reply)
        if request.state in _NO_ANSWER_YET:
            request.state = RequestState.ACKNOWLEDGED
            request.save(update_fields=["state"])
            PublicStatus.objects.filter(claim=request.claim_id).update(status_due_at=now)
        _handled(reply, "An acknowledgement.", by=by, now=now)
        _record("reply.acknowledged", reply, by)
    return reply


def set_aside(*, reply: ReceivedReply, note: str, by: User, now: datetime) -> ReceivedReply:
    """Note why a reply is not an answer; the request stays as it is. Raises `LetterRefused` or `Frozen`."""
    if not note.strip():
        raise LetterRefused(["Say why it is not an answer."])
    with transaction.atomic():
        reply = _locked(reply, by)
        _handled(reply, note.strip(), by=by, now=now)
        _record("reply.set_aside", reply, by)
    return reply


def take_over(*, reply: ReceivedReply, response: OfficialResponse, by: User, now: datetime) -> ReceivedReply:
    """Join a reply with the official response that was written from it.

    What the response covers of the claim decides: an answer, or a part of one, stops the clock on the day the reply
    came; a response that only says that it will clarify, or speaks of something else, acknowledges the request.
    Raises `LetterRefused` or `Frozen`.
    """
    with transaction.atomic():
        reply = _locked(reply, by)
        if response.request_id != reply.request_id:
            raise LetterRefused(["The response belongs to another request than the reply."])
        request = _locked_request(reply)
        state = _answer(response, request)
        if state is not None:
            came = day_of(reply.received_at)
            request.state, request.answered_on = state, min(request.answered_on or came, came)
        elif request.state in _NO_ANSWER_YET:
            request.state = RequestState.ACKNOWLEDGED
        request.save(update_fields=["state", "answered_on"])
        PublicStatus.objects.filter(claim=request.claim_id).update(status_due_at=now)
        reply.response = response
        _handled(reply, "Taken over as a response.", by=by, now=now)
        _record("reply.taken_over", reply, by)
    return reply


def _answer(response: OfficialResponse, request: ResponseRequest) -> RequestState | None:
    """Answered when all that the response says of the claim answers, in part when some of it does, else None."""
    rows = response.coverage.filter(claim=request.claim_id).exclude(coverage=Coverage.NOT_APPLICABLE)
    codes = set(rows.values_list("coverage", flat=True))
    if codes == {Coverage.ANSWERED}:
        return RequestState.ANSWERED
    return RequestState.PARTLY_ANSWERED if codes & {Coverage.ANSWERED, Coverage.PARTLY} else None


def _locked(reply: ReceivedReply, by: User) -> ReceivedReply:
    related = ("request__claim", "handled_by")
    reply = ReceivedReply.objects.select_for_update(of=("self",)).select_related(*related).get(pk=reply.pk)
    refuse_interested(reply.request.claim, by)
    if reply.handled_by is not None and reply.handled_at is not None:
        day = day_of(reply.handled_at).isoformat()
        raise ReplyHandled([f"Handled by {reply.handled_by.get_username()} on {day}: {reply.handling_note}"])
    return reply


def _locked_request(reply: ReceivedReply) -> ResponseRequest:
    return ResponseRequest.objects.select_for_update(of=("self",)).get(pk=reply.request_id)


def _handled(reply: ReceivedReply, note: str, *, by: User, now: datetime) -> None:
    reply.handled_by, reply.handled_at, reply.handling_note = by, now, note[:300]
    reply.save(update_fields=["handled_by", "handled_at", "handling_note", "response"])


def _record(verb: str, reply: ReceivedReply, by: User) -> None:
    content = {"reply": str(reply.public_id), "user": str(by.pk)}
    record(verb, subject_kind="request", subject_id=reply.request.public_id, content=content)
