"""Letters on their way: what is sent, what is left behind, and what happens when it does not go well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from hashlib import sha256
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.test import override_settings
from django.utils import timezone

from claims.asking import sending
from claims.asking.letters import LetterRefused, state_of
from claims.asking.links import hash_of, token_of
from claims.asking.sending import deliver_by_hand, queue_letter, send_due, withdraw_letter
from claims.asking.words import LetterState
from claims.models.asking import ReplyLink, RequestLetter
from claims.models.contact import Contact
from claims.models.public_status import PublicStatus
from claims.models.response import ResponseRequest
from claims.vocabulary import Channel, Language, RequestState
from ledger.models import Entry
from tests.claims.asking.letters import NOW, make_letter, sent_letter
from tests.factories.cast import Cast
from tests.factories.claims import published_claim

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


class Broken(BaseEmailBackend):
    """A mail server that refuses as the test says; `during` is called while it has the letter."""

    error: Exception = SMTPServerDisconnected("Connection unexpectedly closed")
    during: Callable[[], object] = staticmethod(lambda: None)
    asked = 0

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        Broken.asked += 1
        type(self).during()
        raise self.error


BROKEN = f"{__name__}.Broken"


@pytest.fixture
def queued(cast: Cast) -> RequestLetter:
    return queue_letter(letter=make_letter(cast), by=cast.reviewer, now=NOW)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> type[Broken]:
    monkeypatch.setattr(Broken, "asked", 0)
    return Broken


def again(letter: RequestLetter) -> RequestLetter:
    return RequestLetter.objects.get(pk=letter.pk)


def test_queueing_sends_nothing_and_says_who_stands_for_it(cast: Cast, queued: RequestLetter) -> None:
    assert mail.outbox == []
    assert (queued.prepared_by, queued.send_due_at) == (cast.reviewer, NOW)


def test_a_due_letter_goes_out_with_its_pdf_and_its_link(cast: Cast, queued: RequestLetter) -> None:
    assert send_due(now=NOW + MINUTE) == 1
    (message,) = mail.outbox
    token = token_of(queued)
    assert message.to == ["sso@agency.example"]
    assert message.subject.endswith("(TR 2026/0001)")
    assert f"/en/reply/{token}/" in message.body
    assert message.extra_headers["Message-ID"] == f"<letter-{queued.public_id}@tamroi.example>"
    name, content, kind = message.attachments[0]
    assert (name, kind) == ("TR-2026-0001.pdf", "application/pdf")
    assert isinstance(content, bytes)
    assert sha256(content).hexdigest() == again(queued).pdf_sha256


def test_a_delivered_letter_leaves_a_request_a_link_a_contact_and_an_entry(cast: Cast) -> None:
    claim = published_claim(cast)
    letter = sent_letter(cast, claim=claim)
    request = ResponseRequest.objects.get()
    assert letter.request == request
    assert (request.asked_on, request.working_days, request.state) == (date(2026, 11, 24), 15, RequestState.AWAITING)
    assert request.sent_by == cast.contributor
    assert state_of(letter) is LetterState.DELIVERED
    link = ReplyLink.objects.get()
    assert link.token_hash == hash_of(token_of(letter))
    assert timezone.localtime(link.expires_at).isoformat() == "2027-02-16T00:00:00+07:00", "the end of 15 February"
    contact = Contact.objects.get()
    assert (contact.letter_number, contact.channel, contact.from_us) == ("TR 2026/0001", Channel.EMAIL, True)
    assert PublicStatus.objects.get(claim=claim).status_due_at == NOW
    entry = Entry.objects.order_by("-index")[0]
    assert (entry.verb, entry.subject_id) == ("request.sent", str(request.public_id))


def test_neither_the_database_nor_our_copy_holds_the_token(cast: Cast) -> None:
    letter = sent_letter(cast)
    token = token_of(letter).encode()
    with letter.pdf.open("rb") as kept:
        assert sha256(kept.read()).hexdigest() != letter.pdf_sha256, "the office's file is another one: it has the link"
    for row in (*RequestLetter.objects.values(), *ReplyLink.objects.values(), *Contact.objects.values()):
        assert token not in repr(row).encode()


def test_a_letter_is_sent_on_the_day_of_bangkok(cast: Cast) -> None:
    letter = sent_letter(cast, now=NOW.replace(hour=17, minute=30))
    assert letter.request is not None
    assert letter.request.asked_on == date(2026, 11, 25)


def test_a_second_look_finds_nothing_to_send(queued: RequestLetter) -> None:
    assert [send_due(now=NOW), send_due(now=NOW + DAY)] == [1, 0]
    assert len(mail.outbox) == 1


def test_a_failure_is_tried_again_later_and_later_and_then_a_person_is_told(
    queued: RequestLetter, broken: type[Broken]
) -> None:
    now, waits = NOW, []
    with override_settings(EMAIL_BACKEND=BROKEN):
        for attempt in range(1, 6):
            assert send_due(now=now) == 0
            assert broken.asked == attempt
            letter = again(queued)
            if letter.send_due_at is not None:
                assert state_of(letter) is LetterState.RETRYING
                waits.append(letter.send_due_at - now)
                assert send_due(now=letter.send_due_at - MINUTE / 2) == 0, "not before its time"
                now = letter.send_due_at
        send_due(now=now + 30 * DAY)
    assert broken.asked == 5
    assert waits == sorted(waits)
    letter = again(queued)
    assert state_of(letter) is LetterState.GIVEN_UP
    assert letter.failure.startswith("The mail server did not take it in 5 attempts.")
    assert not ResponseRequest.objects.exists()


def test_a_letter_that_was_given_up_can_be_queued_anew(cast: Cast, queued: RequestLetter) -> None:
    RequestLetter.objects.filter(pk=queued.pk).update(send_due_at=None, failed_at=NOW, failure="No.", attempts=5)
    queue_letter(letter=queued, by=cast.editor, now=NOW + DAY)
    assert send_due(now=NOW + DAY) == 1


def test_an_address_that_is_refused_for_good_is_not_tried_again(
    queued: RequestLetter, broken: type[Broken], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broken, "error", SMTPRecipientsRefused({"sso@agency.example": (550, b"no such user")}))
    with override_settings(EMAIL_BACKEND=BROKEN):
        send_due(now=NOW)
    assert again(queued).failure.startswith("The mail server refuses the address")
    assert state_of(again(queued)) is LetterState.GIVEN_UP


def test_an_address_that_is_refused_for_now_is_tried_again(
    queued: RequestLetter, broken: type[Broken], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broken, "error", SMTPRecipientsRefused({"sso@agency.example": (450, b"greylisted")}))
    with override_settings(EMAIL_BACKEND=BROKEN):
        send_due(now=NOW)
    assert state_of(again(queued)) is LetterState.RETRYING


def test_a_worker_that_dies_leaves_a_lease_and_the_next_one_sends_the_same_message(
    queued: RequestLetter, broken: type[Broken], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broken, "error", KeyboardInterrupt())
    with override_settings(EMAIL_BACKEND=BROKEN), pytest.raises(KeyboardInterrupt):
        send_due(now=NOW)
    assert send_due(now=NOW + MINUTE) == 0, "somebody seems to have it"
    assert send_due(now=NOW + sending.LEASE) == 1
    assert mail.outbox[0].extra_headers["Message-ID"] == f"<letter-{queued.public_id}@tamroi.example>"


def test_workers_that_die_five_times_leave_a_sentence(queued: RequestLetter) -> None:
    RequestLetter.objects.filter(pk=queued.pk).update(attempts=5, lease_until=NOW)
    assert send_due(now=NOW) == 0
    letter = again(queued)
    assert state_of(letter) is LetterState.GIVEN_UP
    assert letter.failure.startswith("The worker ended each time")


def test_a_worker_whose_lease_ended_does_not_count(
    cast: Cast, queued: RequestLetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one has sent it meanwhile, and made its request; there must not be two."""
    real = sending.message_of

    def slow(*args: Any) -> EmailMessage:
        monkeypatch.setattr(sending, "message_of", real)
        assert send_due(now=NOW + sending.LEASE) == 1
        return real(*args)

    monkeypatch.setattr(sending, "message_of", slow)
    assert send_due(now=NOW) == 0
    assert ResponseRequest.objects.count() == ReplyLink.objects.count() == Contact.objects.count() == 1
    assert {message.extra_headers["Message-ID"] for message in mail.outbox} == {
        f"<letter-{queued.public_id}@tamroi.example>"
    }


@pytest.mark.parametrize("setting", ["EMAIL_URL", "DEFAULT_FROM_EMAIL"])
def test_without_e_mail_the_desk_is_told_to_hand_letters_over(cast: Cast, setting: str) -> None:
    letter = make_letter(cast)
    with override_settings(**{setting: ""}), pytest.raises(LetterRefused, match="not set up"):
        queue_letter(letter=letter, by=cast.contributor, now=NOW)


def test_a_letter_without_an_address_is_not_queued(cast: Cast) -> None:
    letter = make_letter(cast)
    RequestLetter.objects.filter(pk=letter.pk).update(to_address="")
    with pytest.raises(LetterRefused, match="address"):
        queue_letter(letter=letter, by=cast.contributor, now=NOW)


def test_a_letter_taken_back_is_not_sent_and_keeps_its_number(cast: Cast, queued: RequestLetter) -> None:
    letter = withdraw_letter(letter=queued, reason="The figure was corrected.", by=cast.editor, now=NOW)
    assert send_due(now=NOW + DAY) == 0
    assert state_of(letter) is LetterState.GIVEN_UP
    assert letter.failure == "Taken back by editor: The figure was corrected."
    assert make_letter(cast).serial == 2


def test_a_letter_in_the_hands_of_a_worker_cannot_be_taken_back(cast: Cast, queued: RequestLetter) -> None:
    RequestLetter.objects.filter(pk=queued.pk).update(lease_until=NOW + MINUTE)
    with pytest.raises(LetterRefused, match="this moment"):
        withdraw_letter(letter=queued, reason="Wrong.", by=cast.editor, now=NOW)


def test_a_letter_handed_over_runs_from_the_day_on_which_it_arrived(cast: Cast) -> None:
    letter = make_letter(cast, lang=Language.TH, channel=Channel.LETTER)
    later = NOW + 3 * DAY
    given = {"delivered_on": date(2026, 11, 26), "channel": Channel.IN_PERSON}
    letter = deliver_by_hand(letter=letter, **given, by=cast.reviewer, now=later)  # type: ignore[arg-type]
    assert letter.request is not None
    assert letter.request.asked_on == date(2026, 11, 26)
    assert letter.request.sent_by == cast.reviewer
    assert Contact.objects.get().channel == Channel.IN_PERSON
    assert ReplyLink.objects.get().token_hash == hash_of(token_of(letter))
    assert mail.outbox == []


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2026, 11, 28)])
def test_no_letter_arrives_before_it_was_written_or_tomorrow(cast: Cast, day: date) -> None:
    letter = make_letter(cast, channel=Channel.LETTER)
    with pytest.raises(LetterRefused, match="up to today"):
        deliver_by_hand(letter=letter, delivered_on=day, channel=Channel.LETTER, by=cast.editor, now=NOW + 3 * DAY)


def test_a_letter_whose_printed_link_is_over_is_not_delivered(cast: Cast) -> None:
    letter = make_letter(cast, channel=Channel.LETTER)
    with pytest.raises(LetterRefused, match="expired"):
        deliver_by_hand(
            letter=letter, delivered_on=date(2027, 3, 1), channel=Channel.LETTER, by=cast.editor, now=NOW + 120 * DAY
        )
    assert not ResponseRequest.objects.exists()


def test_an_e_mail_is_not_logged_by_hand(cast: Cast) -> None:
    letter = make_letter(cast)
    with pytest.raises(LetterRefused, match="sent from here"):
        deliver_by_hand(letter=letter, delivered_on=date(2026, 11, 24), channel=Channel.LETTER, by=cast.editor, now=NOW)
