"""Verbs that take texts in: a pasted one, a page to be fetched, and one that is put aside."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from django.contrib.auth.models import User
from django.db import transaction

from claims.candidates.candidate import MOST_CHARACTERS, TextTooLong
from claims.drift.passages import language_of
from claims.models.intake_text import IntakeText
from claims.outbound.policy import Policy, Refused, judge_url
from claims.vocabulary import IntakeState
from ledger.recording import record

MOST_URL = 2_000
_UNSTORABLE = dict.fromkeys((0, *range(0xD800, 0xE000)))  # PostgreSQL stores neither


class NotReceived(Exception):
    """A text cannot be taken in or worked on; carries one sentence per fault."""

    def __init__(self, reasons: Sequence[str]) -> None:
        """Keep the sentences."""
        super().__init__(" ".join(reasons))
        self.reasons = list(reasons)


def receive_text(*, text: str, url: str = "", title: str = "", policy: Policy, by: User, now: datetime) -> IntakeText:
    """Store a pasted text word for word, with the address where it stands, if somebody knows it.

    Only line ends and letters that are the same are evened out (CRLF, NFC). Raises `NotReceived` when it is empty, too
    long, or at an address that can never be watched.
    """
    kept = stored(text)
    if not kept.strip():
        raise NotReceived(["There is no text: paste one, or give the address of a page."])
    if len(kept) > MOST_CHARACTERS:
        raise NotReceived([TextTooLong(len(kept)).sentence["en"]])
    address = judged(url, policy) if url.strip() else ""
    with transaction.atomic():
        received = IntakeText.objects.create(
            text=kept,
            url=address,
            title=title.strip()[:300],
            lang=language_of(kept),
            state=IntakeState.READ,
            received_by=by,
            received_at=now,
        )
        _record("intake.received", received, by, sha256=sha256(kept.encode()).hexdigest())
    return received


def receive_url(*, url: str, policy: Policy, by: User, now: datetime) -> IntakeText:
    """Store an address whose page a worker fetches; it is due now. Raises `NotReceived` for one that cannot be."""
    address = judged(url, policy)
    with transaction.atomic():
        received = IntakeText.objects.create(
            url=address, state=IntakeState.WAITING, received_by=by, received_at=now, fetch_due_at=now
        )
        _record("intake.received", received, by)
    return received


def discard(*, text: IntakeText, reason: str, by: User, now: datetime) -> IntakeText:
    """Put a text aside with a reason; it stays readable. Raises `NotReceived` without one, or when it is done."""
    with transaction.atomic():
        locked = lock_open(text)
        if not reason.strip():
            raise NotReceived(["Say why nothing is taken from it."])
        if len(reason.strip()) > 300:
            raise NotReceived(["The reason is longer than 300 characters."])
        locked.discard_reason = reason.strip()
        locked.fetch_due_at = locked.lease_token = locked.lease_until = None  # a worker that has it finds nothing
        finish(locked, by=by, now=now)
        _record("intake.discarded", locked, by, reason=locked.discard_reason)
    return locked


def lock_open(text: IntakeText) -> IntakeText:
    """Lock a text that nobody is done with. Raises `NotReceived`, with who and when, for one that is done."""
    locked = IntakeText.objects.select_for_update(of=("self",)).select_related("done_by").get(pk=text.pk)
    if locked.state == IntakeState.DONE:
        who = locked.done_by.get_username() if locked.done_by else "somebody"
        when = f"{locked.done_at:%Y-%m-%d %H:%M} UTC" if locked.done_at else "an unknown time"
        raise NotReceived([f"This text is done: {who} finished it at {when}."])
    return locked


def finish(text: IntakeText, *, by: User, now: datetime) -> None:
    """Close a locked text; the caller records what was done with it."""
    text.state, text.done_by, text.done_at = IntakeState.DONE, by, now
    text.save()


def stored(text: str) -> str:
    """A text as it is kept: NFC, LF, without what no database stores."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNSTORABLE)
    return unicodedata.normalize("NFC", plain)


def judged(url: str, policy: Policy) -> str:
    """The address as the policy writes it. Raises `NotReceived` with the policy's sentence."""
    try:
        address = judge_url(url.strip(), policy).url
    except Refused as refused:
        raise NotReceived([refused.sentence["en"]]) from refused
    if len(address) > MOST_URL:
        raise NotReceived([f"The address is longer than {MOST_URL:,} characters."])
    return address


def _record(verb: str, text: IntakeText, by: User, **content: str) -> None:
    text.refresh_from_db(fields=["public_id"])
    record(verb, subject_kind="intake", subject_id=text.public_id, content={"user": str(by.pk), **content})
