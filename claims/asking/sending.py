"""Sending letters. A letter that is to go out is a row; a worker leases it, sends it, and then says so in one step.

Lease and effect are two transactions with the mail server between them. A worker that dies after the server took the
message and before the second one commits leaves a letter that is sent again: nobody can rule that out with e-mail. The
second message carries the same Message-ID and the same link, so that mail programs can drop it and the answer still
comes once.
"""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db import connection, transaction

from claims.asking.deadline import day_of
from claims.asking.delivering import Delivery, deliver
from claims.asking.letters import LetterRefused, locked, refuse_unless
from claims.asking.links import token_of, url_of
from claims.asking.page import compose
from claims.asking.pdf import letter_pdf
from claims.asking.words import LetterState
from claims.authorship import refuse_interested
from claims.models.asking import RequestLetter
from claims.vocabulary import Channel
from ledger.recording import record

MAX_ATTEMPTS = 5
LEASE = timedelta(minutes=10)  # longer than a task may take
PER_TICK = 20
_DELAYS = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
_PERMANENT = 500  # from here on a mail server says that trying again is of no use
_NOT_SET_UP = "E-mail is not set up here: set EMAIL_URL and CONTACT_EMAIL, or hand the letter over and log that."
_DIED = "The worker ended each time before the mail server had answered. Look at its log, then send the letter again."
_GAVE_UP = "The mail server did not take it in {attempts} attempts. It last said: {said}"
_REFUSED = "The mail server refuses the address: {said}"
_LEASE = """
    UPDATE claims_requestletter SET lease_token = %(token)s, lease_until = %(until)s, attempts = attempts + 1
    WHERE id = (
        SELECT id FROM claims_requestletter
        WHERE send_due_at <= %(now)s AND (lease_until IS NULL OR lease_until <= %(now)s) AND attempts < %(most)s
        ORDER BY send_due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    RETURNING id
"""
_BURY = """
    UPDATE claims_requestletter SET send_due_at = NULL, lease_token = NULL, lease_until = NULL, failed_at = %(now)s,
        failure = %(why)s
    WHERE send_due_at <= %(now)s AND lease_until <= %(now)s AND attempts >= %(most)s
"""
logger = logging.getLogger(__name__)


def mail_problem() -> str:
    """Return why no letter can be sent by e-mail here, or nothing."""
    return "" if settings.EMAIL_URL and settings.DEFAULT_FROM_EMAIL else _NOT_SET_UP


def queue_letter(*, letter: RequestLetter, by: User, now: datetime) -> RequestLetter:
    """Let a worker send a letter; whoever does so stands for it. Raises `LetterRefused` or `Frozen`."""
    with transaction.atomic():
        letter = locked(letter)
        refuse_interested(letter.claim, by)
        refuse_unless(letter, LetterState.DRAFT, LetterState.GIVEN_UP)
        if letter.channel != Channel.EMAIL:
            raise LetterRefused(["This letter is not an e-mail: hand it over, and log the day."])
        if problem := mail_problem():
            raise LetterRefused([problem])
        if not letter.to_address:
            raise LetterRefused(["Give the e-mail address of the office."])
        letter.prepared_by, letter.send_due_at = by, now
        letter.attempts, letter.failed_at, letter.failure = 0, None, ""
        letter.save(update_fields=["prepared_by", "send_due_at", "attempts", "failed_at", "failure"])
        _record("letter.queued", letter, by)
    return letter


def withdraw_letter(*, letter: RequestLetter, reason: str, by: User, now: datetime) -> RequestLetter:
    """Take a letter back before it is sent; it keeps its number and can be taken up again. Raises `LetterRefused`.

    A letter that a worker has in hand at this moment cannot be held back.
    """
    with transaction.atomic():
        letter = locked(letter)
        refuse_unless(letter, LetterState.DRAFT, LetterState.QUEUED, LetterState.RETRYING)
        if letter.lease_until is not None and letter.lease_until > now:
            raise LetterRefused(["It is being sent at this moment. Look again in a minute."])
        if not reason.strip():
            raise LetterRefused(["Say why it is taken back."])
        letter.send_due_at, letter.failed_at = None, now
        letter.failure = f"Taken back by {by.get_username()}: {reason.strip()}"[:300]
        letter.save(update_fields=["send_due_at", "failed_at", "failure"])
        _record("letter.withdrawn", letter, by)
    return letter


def deliver_by_hand(
    *, letter: RequestLetter, delivered_on: date, channel: Channel, by: User, now: datetime
) -> RequestLetter:
    """Log that a letter was brought, posted or sent from elsewhere; the clock runs from `delivered_on`.

    Raises `LetterRefused` or `Frozen`.
    """
    today = day_of(now)
    with transaction.atomic():
        letter = locked(letter)
        refuse_interested(letter.claim, by)
        refuse_unless(letter, LetterState.DRAFT, LetterState.GIVEN_UP)
        if letter.channel == Channel.EMAIL or channel == Channel.EMAIL:
            raise LetterRefused(["An e-mail is sent from here, so that its link and its day are right."])
        if not day_of(letter.prepared_at) <= delivered_on <= today:
            raise LetterRefused(["It was delivered on a day from the date of the letter up to today."])
        letter.channel, letter.prepared_by = channel, by
        body, kept = _files(letter, today, made_at=letter.prepared_at)
        deliver(Delivery(letter, delivered_on=delivered_on, pdf=body, kept=kept, by=by, now=now))
    return letter


def send_due(*, now: datetime) -> int:
    """Send every letter that is due and return how many went out; `now` is the database's clock."""
    _bury(now=now)
    sent = 0
    for _ in range(PER_TICK):
        token = uuid4()
        key = _lease(token, now=now)
        if key is None:
            break
        sent += _send(key, token, now=now)
    return sent


def _lease(token: UUID, *, now: datetime) -> int | None:
    values: dict[str, Any] = {"token": token, "until": now + LEASE, "now": now, "most": MAX_ATTEMPTS}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_LEASE, values)
        row = cursor.fetchone()
    return None if row is None else int(row[0])


def _bury(*, now: datetime) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_BURY, {"now": now, "why": _DIED, "most": MAX_ATTEMPTS})


def _send(key: int, token: UUID, *, now: datetime) -> bool:
    related = ("claim", "office__agency__jurisdiction", "prepared_by")
    letter = RequestLetter.objects.select_related(*related).get(pk=key)
    today = day_of(now)
    try:
        body, kept = _files(letter, today, made_at=now)
        message_of(letter, body, today).send(fail_silently=False)
    except (SMTPException, OSError) as error:
        _failed(letter, token, error, now=now)
        return False
    with transaction.atomic():
        mine = RequestLetter.objects.select_for_update(of=("self",)).filter(pk=key, lease_token=token).first()
        if mine is None:  # the lease ended meanwhile and somebody else has it: what they do counts
            logger.warning("letter %s was sent under a lease that had ended", letter.number)
            return False
        deliver(Delivery(letter, delivered_on=today, pdf=body, kept=kept, by=letter.prepared_by, now=now))
    return True


def message_of(letter: RequestLetter, pdf: bytes, today: date) -> EmailMessage:
    """Return the e-mail of a letter; its Message-ID is the same at every attempt."""
    page = compose(letter, now_on=today, link=url_of(token_of(letter), letter.lang))
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    message = EmailMessage(
        subject=f"{letter.subject} ({page.number})",
        body=page.text,
        to=[letter.to_address],
        headers={"Message-ID": f"<letter-{letter.public_id}@{host}>", "Content-Language": letter.lang},
    )
    message.attach(f"TR-{letter.year}-{letter.serial:04d}.pdf", pdf, "application/pdf")
    return message


def _files(letter: RequestLetter, today: date, *, made_at: datetime) -> tuple[bytes, bytes]:
    """The letter as the office gets it, and the copy that we keep, which has no link in it."""
    with_link = compose(letter, now_on=today, link=url_of(token_of(letter), letter.lang))
    return letter_pdf(with_link, made_at=made_at), letter_pdf(compose(letter, now_on=today), made_at=made_at)


def _failed(letter: RequestLetter, token: UUID, error: Exception, *, now: datetime) -> None:
    logger.warning("letter %s was not sent: %s", letter.number, type(error).__name__)
    refused = isinstance(error, SMTPRecipientsRefused) and all(
        code >= _PERMANENT for code, _ in error.recipients.values()
    )
    with transaction.atomic():
        changes: dict[str, object] = {"lease_token": None, "lease_until": None}
        if refused or letter.attempts >= MAX_ATTEMPTS:
            sentence = _REFUSED if refused else _GAVE_UP
            why = sentence.format(attempts=letter.attempts, said=error)[:300]
            changes |= {"send_due_at": None, "failed_at": now, "failure": why}
        else:
            changes |= {"send_due_at": now + _DELAYS[letter.attempts - 1], "failure": str(error)[:300]}
        RequestLetter.objects.filter(pk=letter.pk, lease_token=token).update(**changes)


def _record(verb: str, letter: RequestLetter, by: User) -> None:
    content = {"letter": letter.number, "user": str(by.pk)}
    record(verb, subject_kind="letter", subject_id=letter.public_id, content=content)
