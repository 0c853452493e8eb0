"""What an official sends through the one-time link."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.db import connection, transaction

from budgets.texts import faults
from claims.asking.links import find_link, hash_of, state_of, store_link, token_of
from claims.asking.words import LinkState
from claims.images import ImageRefused, without_metadata
from claims.models.asking import ReceivedReply, ReplyLink
from claims.models.contact import Contact
from claims.uploads import UploadKind, UploadRefused, judge_upload
from claims.vocabulary import Channel
from ledger.recording import record

MOST_BYTES = 10 * 1024 * 1024
MOST_CHARACTERS = 20_000
_IMAGES = (UploadKind.PNG, UploadKind.JPEG, UploadKind.WEBP)
_USE = """
    UPDATE claims_replylink SET used_at = %(now)s
    WHERE token_hash = %(hash)s AND used_at IS NULL AND revoked_at IS NULL AND expires_at > %(now)s
    RETURNING id
"""


class ReplyRefused(Exception):
    """What was sent cannot be taken; `field` is where, and the sentences say what to do, in English."""

    def __init__(self, field_name: str, reasons: Sequence[str]) -> None:
        """Keep the sentences."""
        super().__init__(" ".join(reasons))
        self.field = field_name
        self.reasons = list(reasons)


class LinkClosed(Exception):
    """The link takes no answer (any more); `state` says why."""

    def __init__(self, state: LinkState) -> None:
        """Keep the state."""
        super().__init__(state.label)
        self.state = state


@dataclass(frozen=True, slots=True)
class Sent:
    """What the form holds. `file` is (name as the sender called it, bytes) or None."""

    sender_name: str
    sender_post: str
    text: str
    only_acknowledges: bool
    file: tuple[str, bytes] | None = field(default=None)


def receive_reply(*, token: str, sent: Sent, now: datetime) -> ReceivedReply:
    """Take the one answer of a link. Raises `ReplyRefused`, which uses nothing up, or `LinkClosed`.

    An acknowledgement gets another link, for the answer, that lasts as long; `token_of` the reply opens it.
    Of two at the same moment the second waits for the first to commit and then finds the link used. There is no `by`:
    whoever holds the token is the office that was asked.
    """
    name, post, text = (_clean(part, where) for part, where in _parts(sent))
    kind, body = _judged(sent.file)
    with transaction.atomic():
        link = _use(token, now=now)
        request = link.request
        reply = ReceivedReply(
            request=request,
            link=link,
            only_acknowledges=sent.only_acknowledges,
            text=text,
            sender_name=name,
            sender_post=post,
            received_at=now,
        )
        if sent.file is not None and kind is not None:
            reply.file_name = _plain_name(sent.file[0])
            reply.file_sha256, reply.file_size = sha256(body).hexdigest(), len(body)
            reply.file.save(f"{reply.file_sha256}.{kind.value}", ContentFile(body), save=False)
        reply.save(force_insert=True)
        reply.refresh_from_db(fields=["public_id"])
        if reply.only_acknowledges:
            expires = link.expires_at
            store_link(request=request, token=token_of(reply), expires_at=expires, by=link.made_by, now=now)
        _log(reply, now=now)
        record(
            "reply.received",
            subject_kind="request",
            subject_id=request.public_id,
            content={"reply": str(reply.public_id), "file": reply.file_sha256},
        )
    return reply


def _use(token: str, *, now: datetime) -> ReplyLink:
    with connection.cursor() as cursor:
        cursor.execute(_USE, {"now": now, "hash": hash_of(token)})
        row = cursor.fetchone()
    if row is None:
        raise LinkClosed(state_of(find_link(token), now=now))
    return ReplyLink.objects.select_related("request__claim", "request__office", "made_by").get(pk=row[0])


def _log(reply: ReceivedReply, *, now: datetime) -> None:
    request = reply.request
    Contact.objects.create(
        claim=request.claim,
        office=request.office,
        channel=Channel.WEB_FORM,
        from_us=False,
        on_record=True,
        summary="An acknowledgement came through the link." if reply.only_acknowledges else "A reply came.",
        happened_at=now,
        by_id=request.sent_by_id,  # whoever asked keeps the log of it
        at=now,
    )


def _parts(sent: Sent) -> tuple[tuple[str, str], ...]:
    return (sent.sender_name, "sender_name"), (sent.sender_post, "sender_post"), (sent.text, "text")


def _clean(text: str, where: str) -> str:
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if found := faults(text):
        raise ReplyRefused(where, found)
    return text


def _judged(file: tuple[str, bytes] | None) -> tuple[UploadKind | None, bytes]:
    if file is None:
        return None, b""
    name, body = file
    try:
        kind = judge_upload(name, body, most=MOST_BYTES)
        return kind, without_metadata(kind.value, body) if kind in _IMAGES else body
    except (UploadRefused, ImageRefused) as refused:
        raise ReplyRefused("file", [str(refused)]) from refused


def _plain_name(name: str) -> str:
    """The name as the sender called it, for people to read; no path is ever made of it."""
    plain = "".join(letter for letter in PurePath(name.replace("\\", "/")).name if letter.isprintable())
    return plain[-200:]
