"""What people decide about a reply: acknowledged and answered are kept apart, and nothing is published."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from claims.asking.handling import ReplyHandled, acknowledge, set_aside, take_over
from claims.asking.letters import LetterRefused
from claims.asking.replying import Sent, receive_reply
from claims.models.asking import ReceivedReply
from claims.models.edition import Edition
from claims.models.response import ResponseRequest
from claims.vocabulary import Coverage, RequestState, ResponseKind
from tests.claims.asking.letters import NOW, asked_token
from tests.factories.cast import Cast
from tests.factories.claims import respond

LATER = NOW + timedelta(days=2)


@pytest.fixture
def reply(cast: Cast) -> ReceivedReply:
    _, token = asked_token(cast)
    return receive_reply(token=token, sent=Sent("Somchai", "", "Yes.", only_acknowledges=False), now=LATER)


def request_of(reply: ReceivedReply) -> ResponseRequest:
    return ResponseRequest.objects.get(pk=reply.request_id)


def test_an_acknowledgement_is_no_answer(cast: Cast, reply: ReceivedReply) -> None:
    done = acknowledge(reply=reply, by=cast.reviewer, now=LATER)
    request = request_of(reply)
    assert (request.state, request.answered_on) == (RequestState.ACKNOWLEDGED, None)
    assert (done.handled_by, done.handled_at) == (cast.reviewer, LATER)


def test_a_late_acknowledgement_takes_no_answer_away(cast: Cast, reply: ReceivedReply) -> None:
    ResponseRequest.objects.filter(pk=reply.request_id).update(state=RequestState.ANSWERED, answered_on=LATER.date())
    acknowledge(reply=reply, by=cast.reviewer, now=LATER)
    assert request_of(reply).state == RequestState.ANSWERED


def test_what_is_no_answer_is_put_aside_with_a_reason(cast: Cast, reply: ReceivedReply) -> None:
    with pytest.raises(LetterRefused, match="why"):
        set_aside(reply=reply, note=" ", by=cast.reviewer, now=LATER)
    assert set_aside(reply=reply, note="An advertisement.", by=cast.reviewer, now=LATER).handling_note
    assert request_of(reply).state == RequestState.AWAITING


def test_an_answer_taken_over_stops_the_clock_on_the_day_it_came_and_publishes_nothing(
    cast: Cast, reply: ReceivedReply
) -> None:
    response = respond(
        {reply.request.claim: Coverage.ANSWERED}, by=cast.reviewer, now=LATER, kind=ResponseKind.REPLY_TO_REQUEST,
        request=reply.request,
    )  # fmt: skip
    done = take_over(reply=reply, response=response, by=cast.reviewer, now=LATER + timedelta(days=5))
    request = request_of(reply)
    assert (request.state, request.answered_on) == (RequestState.ANSWERED, date(2026, 11, 26))
    assert done.response == response
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("coverage", "state"),
    [
        (Coverage.PARTLY, RequestState.PARTLY_ANSWERED),
        (Coverage.WILL_CLARIFY, RequestState.ACKNOWLEDGED),
        (Coverage.OTHER_POINT, RequestState.ACKNOWLEDGED),
        (Coverage.NOT_MENTIONED, RequestState.ACKNOWLEDGED),
    ],
)
def test_what_answers_less_than_all_of_it_is_called_what_it_is(
    cast: Cast, reply: ReceivedReply, coverage: Coverage, state: RequestState
) -> None:
    response = respond(
        {reply.request.claim: coverage}, by=cast.reviewer, now=LATER, kind=ResponseKind.REPLY_TO_REQUEST,
        request=reply.request,
    )  # fmt: skip
    take_over(reply=reply, response=response, by=cast.reviewer, now=LATER)
    request = request_of(reply)
    assert request.state == state
    assert (request.answered_on is None) == (state == RequestState.ACKNOWLEDGED), "only an answer stops the clock"


def test_a_response_to_another_request_is_not_joined(cast: Cast, reply: ReceivedReply) -> None:
    other = respond({reply.request.claim: Coverage.ANSWERED}, by=cast.reviewer, now=LATER)
    with pytest.raises(LetterRefused, match="another request"):
        take_over(reply=reply, response=other, by=cast.reviewer, now=LATER)


def test_a_reply_is_handled_once_and_the_second_hears_by_whom(cast: Cast, reply: ReceivedReply) -> None:
    acknowledge(reply=reply, by=cast.reviewer, now=LATER)
    with pytest.raises(ReplyHandled, match="Handled by reviewer on 2026-11-26"):
        set_aside(reply=reply, note="Not an answer.", by=cast.editor, now=LATER)
