"""What comes back through a link: once, whole, and never by looking."""

from __future__ import annotations

import threading
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import connections

from claims.asking.letters import LetterRefused
from claims.asking.links import find_link, make_link, revoke_link, state_of, token_of
from claims.asking.replying import LinkClosed, ReplyRefused, Sent, receive_reply
from claims.asking.words import LinkState
from claims.models.asking import ReceivedReply, ReplyLink
from claims.models.contact import Contact
from claims.vocabulary import Channel, RequestState
from ledger.models import Entry
from tests.claims.asking.letters import NOW, asked_token
from tests.claims.test_images import png
from tests.factories.cast import Cast, make_cast

LATER = NOW + timedelta(days=2)


def sent(text: str = "The figure is right.", **fields: object) -> Sent:
    given: dict[str, object] = {"sender_name": "Somchai", "sender_post": "Director", "only_acknowledges": False}
    return Sent(**(given | {"text": text} | fields))  # type: ignore[arg-type]


def test_an_answer_is_kept_and_waits_for_a_person(cast: Cast) -> None:
    request, token = asked_token(cast)
    reply = receive_reply(token=token, sent=sent("1. Yes.\r\n2. No."), now=LATER)
    assert (reply.text, reply.sender_name, reply.received_at) == ("1. Yes.\n2. No.", "Somchai", LATER)
    assert reply.handled_at is None
    assert reply.request.state == RequestState.AWAITING, "only a person says what it is"
    contact = Contact.objects.get(from_us=False)
    assert (contact.channel, contact.on_record) == (Channel.WEB_FORM, True)
    entry = Entry.objects.order_by("-index")[0]
    assert (entry.verb, entry.subject_id) == ("reply.received", str(reply.request.public_id))
    assert "Somchai" not in entry.leaf
    assert reply.request == request


def test_a_link_takes_one_answer(cast: Cast) -> None:
    _, token = asked_token(cast)
    receive_reply(token=token, sent=sent(), now=LATER)
    with pytest.raises(LinkClosed) as closed:
        receive_reply(token=token, sent=sent("Another."), now=LATER)
    assert closed.value.state is LinkState.USED
    assert ReceivedReply.objects.get().text == "The figure is right."


@pytest.mark.usefixtures("committed_db")
def test_of_six_answers_at_the_same_moment_one_is_taken() -> None:
    _, token = asked_token(make_cast())
    start = threading.Barrier(6)
    outcomes: list[str] = []

    def work(number: int) -> None:
        try:
            start.wait()
            receive_reply(token=token, sent=sent(f"Answer {number}"), now=LATER)
            outcomes.append("taken")
        except LinkClosed as closed:
            outcomes.append(closed.state.value)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["taken", *["used"] * 5]
    assert ReceivedReply.objects.count() == 1


def test_a_link_ends_with_its_last_day(cast: Cast) -> None:
    _, token = asked_token(cast)
    link = ReplyLink.objects.get()
    with pytest.raises(LinkClosed) as closed:
        receive_reply(token=token, sent=sent(), now=link.expires_at)
    assert closed.value.state is LinkState.EXPIRED
    receive_reply(token=token, sent=sent(), now=link.expires_at - timedelta(seconds=1))


def test_a_revoked_link_and_an_unknown_one_take_nothing(cast: Cast) -> None:
    _, token = asked_token(cast)
    revoke_link(link=ReplyLink.objects.get(), by=cast.editor, now=LATER)
    for wrong, state in ((token, LinkState.REVOKED), (token[:-1], LinkState.UNKNOWN)):
        with pytest.raises(LinkClosed) as closed:
            receive_reply(token=wrong, sent=sent(), now=LATER)
        assert closed.value.state is state
    assert not ReceivedReply.objects.exists()


def test_an_acknowledgement_is_thanked_with_a_link_for_the_answer(cast: Cast) -> None:
    _, token = asked_token(cast)
    first = receive_reply(token=token, sent=sent("", only_acknowledges=True), now=LATER)
    link = find_link(token_of(first))
    assert link is not None
    assert link.expires_at == ReplyLink.objects.get(pk=first.link_id).expires_at
    second = receive_reply(token=token_of(first), sent=sent(), now=LATER)
    assert second.request == first.request
    with pytest.raises(LinkClosed):
        receive_reply(token=token_of(second), sent=sent(), now=LATER)


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"text": "turned \u202e round"}, "text"),
        ({"sender_name": "A\u0000b"}, "sender_name"),
        ({"file": ("a.svg", b"<svg onload=alert(1)>")}, "file"),
        ({"file": ("a.zip", b"PK\x05\x06" + b"\0" * 18)}, "file"),
        ({"file": ("a.pdf", b"")}, "file"),
        ({"file": ("a.png", b"\x89PNG\r\n\x1a\nbroken")}, "file"),
    ],
)
def test_what_cannot_be_taken_uses_nothing_up(cast: Cast, fields: dict[str, object], where: str) -> None:
    _, token = asked_token(cast)
    with pytest.raises(ReplyRefused) as refused:
        receive_reply(token=token, sent=sent(**fields), now=LATER)  # type: ignore[arg-type]
    assert refused.value.field == where
    assert receive_reply(token=token, sent=sent(), now=LATER).pk


def test_a_picture_comes_without_what_a_camera_wrote_and_under_no_name_of_its_own(cast: Cast) -> None:
    _, token = asked_token(cast)
    secret = png(b"tEXt", b"Author\0Somchai")
    reply = receive_reply(token=token, sent=sent(file=("..\\..\\evil\u202e.png", secret)), now=LATER)
    with reply.file.open("rb") as kept:
        body = kept.read()
    assert b"Author" not in body
    assert reply.file_sha256 == sha256(body).hexdigest()
    assert reply.file_size == len(body)
    assert str(reply.file.name).startswith(f"received/{reply.file_sha256}")
    assert reply.file_name == "evil.png"


def test_a_link_made_at_the_desk_is_random_and_stored_as_a_hash(cast: Cast) -> None:
    request, _ = asked_token(cast)
    expires = LATER + timedelta(days=30)
    made = [make_link(request=request, expires_at=expires, by=cast.editor, now=LATER) for _ in range(2)]
    assert made[0].token != made[1].token
    assert len(made[0].token) >= 43, "256 bits"
    assert made[0].token not in repr(ReplyLink.objects.values())
    receive_reply(token=made[0].token, sent=sent(), now=LATER)
    with pytest.raises(LetterRefused, match="later day"):
        make_link(request=request, expires_at=LATER, by=cast.editor, now=LATER)


def test_a_used_link_is_not_revoked_and_no_link_twice(cast: Cast) -> None:
    _, token = asked_token(cast)
    receive_reply(token=token, sent=sent(), now=LATER)
    link = ReplyLink.objects.get()
    with pytest.raises(LetterRefused, match="used already"):
        revoke_link(link=link, by=cast.editor, now=LATER)
    assert state_of(link, now=LATER) is LinkState.USED
