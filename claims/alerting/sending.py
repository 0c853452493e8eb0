"""Sending alerts. The row is the queue: a worker leases it, sends it, and then says so in one step.

As with letters (`claims.asking.sending`), a worker that dies between the two leaves an alert that goes out again; both
messages carry the same Message-ID or `webhook-id`, so that receivers can drop the second.
"""

from __future__ import annotations

import json
import logging
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction

from claims.alerting.preferences import forget_webhook
from claims.alerting.signing import signed_headers
from claims.asking.sending import mail_problem
from claims.models.desk import Alert, AlertPreference
from claims.outbound import configured
from claims.outbound.reasons import sentence
from claims.vocabulary import AlertKind, AlertState

MAX_ATTEMPTS = 5
LEASE = timedelta(minutes=10)  # longer than a task may take
SECONDS = 120  # for one tick: the rest is for the next, and a signature is never older than receivers allow
_DELAYS = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
_PERMANENT = 500  # from here on a mail server says that trying again is of no use
_TYPES = {AlertKind.NEW_REPLY: "reply.received", AlertKind.QUOTE_LOST: "quote.lost", AlertKind.DIGEST: "desk.digest"}
_NOT_SET_UP = "E-mail is not set up here: set EMAIL_URL and CONTACT_EMAIL."
_DIED = "The worker ended each time before there was an answer. Look at its log."
_LEASE = """
    UPDATE claims_alert SET lease_token = %(token)s, due_at = %(until)s, attempts = attempts + 1
    WHERE id = (
        SELECT id FROM claims_alert WHERE due_at <= %(now)s AND attempts < %(most)s
        ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    RETURNING id
"""
_BURY = """
    UPDATE claims_alert SET state = %(state)s, due_at = NULL, lease_token = NULL, failure = %(why)s
    WHERE due_at <= %(now)s AND attempts >= %(most)s
"""
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why it did not go out, in a sentence; `is_final`: trying again is of no use; `gone`: the address that is over."""

    sentence: str
    is_final: bool = False
    gone: str = ""


def send_alerts(*, now: datetime) -> int:
    """Send every alert that is due and return how many went out; `now` is the database's clock."""
    _bury(now=now)
    sent, enough = 0, time.monotonic() + SECONDS
    while time.monotonic() < enough:
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
    values: dict[str, Any] = {"now": now, "why": _DIED, "most": MAX_ATTEMPTS, "state": AlertState.FAILED.value}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_BURY, values)


def _send(key: int, token: UUID, *, now: datetime) -> bool:
    alert = Alert.objects.select_related("user").get(pk=key)
    if not alert.user.is_active:
        problem: Problem | None = Problem("The account was closed.", is_final=True)
    else:
        problem = _post(alert, now) if alert.by_webhook else _mail(alert)
    return _settle(alert, token, problem, now=now)


def _settle(alert: Alert, token: UUID, problem: Problem | None, *, now: datetime) -> bool:
    """Write down what became of an alert if it is still ours; return whether it went out."""
    changes: dict[str, object] = {"lease_token": None, "due_at": None}
    if problem is None:
        changes |= {"state": AlertState.SENT, "sent_at": now, "failure": ""}
    elif problem.is_final or alert.attempts >= MAX_ATTEMPTS:
        changes |= {"state": AlertState.FAILED, "failure": _given_up(problem, alert.attempts)}
    else:
        changes |= {"due_at": now + _DELAYS[alert.attempts - 1], "failure": problem.sentence[:300]}
    with transaction.atomic():
        if not Alert.objects.filter(pk=alert.pk, lease_token=token).update(**changes):
            logger.warning("alert %s was sent under a lease that had ended", alert.pk)
            return False  # somebody else has it: what they do counts
        if problem is not None and problem.gone:
            forget_webhook(user=alert.user, url=problem.gone)
    return problem is None


def _given_up(problem: Problem, attempts: int) -> str:
    text = problem.sentence if problem.is_final else f"Given up after {attempts} attempts: {problem.sentence}"
    return text[:300]


def _mail(alert: Alert) -> Problem | None:
    if mail_problem():
        return Problem(_NOT_SET_UP)
    if not alert.user.email:
        return Problem("The account has no e-mail address any more.", is_final=True)
    try:
        message_of(alert).send(fail_silently=False)
    except SMTPRecipientsRefused as refused:
        is_final = all(code >= _PERMANENT for code, _ in refused.recipients.values())
        return Problem(f"The mail server refuses the address: {refused}", is_final=is_final)
    except (SMTPException, OSError) as error:
        return Problem(f"The mail server did not take it: {error}")
    except ValueError as error:  # of Django and Python, about an address that no message can carry
        return Problem(f"No message can be made of it: {error}", is_final=True)
    return None


def message_of(alert: Alert) -> EmailMessage:
    """Return the e-mail of an alert; its Message-ID is the same at every attempt."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    headers = {"Message-ID": f"<alert-{alert.pk}@{host}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject=alert.subject, body=alert.text, to=[alert.user.email], headers=headers)


def _post(alert: Alert, now: datetime) -> Problem | None:
    wish = AlertPreference.objects.filter(user=alert.user).exclude(webhook_url="").first()
    if wish is None:
        return Problem("There is no address to post to any more.", is_final=True)
    body = payload_of(alert)
    headers = signed_headers(secret=wish.webhook_secret, message_id=f"alert_{alert.pk}", at=now, body=body)
    answer = configured.post(wish.webhook_url, body, headers | {"content-type": "application/json"})
    if not isinstance(answer, int):
        return Problem(sentence(answer.reason)["en"], is_final=answer.permanent)
    return _judged(answer, wish.webhook_url)


def _judged(status: int, url: str) -> Problem | None:
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return None
    if status == HTTPStatus.GONE:
        return Problem("The address is gone (410), so it was removed.", is_final=True, gone=url)
    passing = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS}
    is_final = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR and status not in passing
    return Problem(f"The address answered {status}.", is_final=is_final)


def payload_of(alert: Alert) -> bytes:
    """Return what is posted: JSON in UTF-8, the same bytes at every attempt."""
    data = {"subject": alert.subject, "text": alert.text, "url": f"{settings.PUBLIC_ORIGIN}{alert.path}"}
    whole = {"type": _TYPES[AlertKind(alert.kind)], "timestamp": alert.made_at.isoformat(), "data": data}
    return json.dumps(whole, ensure_ascii=False).encode()
