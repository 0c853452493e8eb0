"""What a delivered letter leaves behind: the request whose clock runs, the link, the copy we keep, the contact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.contrib.auth.models import User
from django.core.files.base import ContentFile

from claims.asking.deadline import end_of, last_day
from claims.asking.letters import LetterRefused
from claims.asking.links import store_link, token_of
from claims.asking.page import date_of
from claims.models.asking import RequestLetter
from claims.models.contact import Contact
from claims.models.public_status import PublicStatus
from claims.models.response import ResponseRequest
from ledger.recording import record


@dataclass(frozen=True, slots=True)
class Delivery:
    """A letter that has reached its office. `pdf` is what it got; `kept` is the same without the link."""

    letter: RequestLetter
    delivered_on: date
    pdf: bytes
    kept: bytes
    by: User
    now: datetime


def deliver(delivery: Delivery) -> ResponseRequest:
    """Store all of it; the last part of a verb's transaction, which holds the lock of the letter."""
    letter, by, now = delivery.letter, delivery.by, delivery.now
    request = ResponseRequest.objects.create(
        claim=letter.claim,
        office=letter.office,
        asked_on=delivery.delivered_on,
        working_days=letter.working_days,
        sent_by=by,
    )
    request.refresh_from_db(fields=["public_id"])
    written_on = date_of(letter, now_on=delivery.delivered_on)
    until = end_of(last_day(letter.office, delivered_on=written_on, working_days=letter.working_days))
    if until <= now:
        raise LetterRefused(["The link in this letter has expired already; prepare a new letter."])
    store_link(request=request, token=token_of(letter), expires_at=until, by=by, now=now)
    _keep(letter, delivery)
    Contact.objects.create(
        claim=letter.claim,
        office=letter.office,
        channel=letter.channel,
        on_record=True,
        letter_number=letter.number,
        summary=letter.subject,
        happened_at=now,
        by=by,
        at=now,
    )
    letter.request = request
    letter.sent_at, letter.send_due_at, letter.failed_at, letter.failure = now, None, None, ""
    letter.lease_token, letter.lease_until = None, None
    letter.save()
    PublicStatus.objects.filter(claim=letter.claim_id).update(status_due_at=now)
    content = {"letter": letter.number, "user": str(by.pk)}
    record("request.sent", subject_kind="request", subject_id=request.public_id, content=content)
    return request


def _keep(letter: RequestLetter, delivery: Delivery) -> None:
    """Keep our copy, and the digest of the file that the office holds: whoever shows it to us later can be believed."""
    letter.pdf.save(f"{letter.public_id}.pdf", ContentFile(delivery.kept), save=False)
    letter.pdf_sha256 = sha256(delivery.pdf).hexdigest()
