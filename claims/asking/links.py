"""The one-time link. The database holds the SHA-256 of its token and nothing that the token can be read from.

The token of a letter is derived from the key of the installation and the letter's id. So the stored letter needs only
a mark where the link stands, every print and every further attempt to send carries the same link, and a copy of the
database opens none. A link that is made at the desk has a random token, which is shown once.
"""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import override

from claims.asking.letters import LetterRefused
from claims.asking.words import LinkState
from claims.models.asking import ReceivedReply, ReplyLink, RequestLetter
from claims.models.response import ResponseRequest
from ledger.recording import record

_BYTES = 32
_SALT = "claims.asking.links"


@dataclass(frozen=True, slots=True)
class MadeLink:
    """A new link and, this once, its token."""

    link: ReplyLink
    token: str


def token_of(row: RequestLetter | ReceivedReply) -> str:
    """Return the token that a letter carries, or that an acknowledgement is thanked with.

    256 bits, the same ones whenever they are asked for.
    """
    digest = salted_hmac(_SALT, str(row.public_id), algorithm="sha256").digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def url_of(token: str, lang: str) -> str:
    """Return the address that an official opens."""
    with override(lang):
        path = reverse("replying:reply", args=[token])
    return f"{settings.PUBLIC_ORIGIN}{path}"


def hash_of(token: str) -> str:
    """Return what is stored of a token."""
    return sha256(token.encode()).hexdigest()


def store_link(*, request: ResponseRequest, token: str, expires_at: datetime, by: User, now: datetime) -> ReplyLink:
    """Store a link inside the transaction of the verb that makes it."""
    return ReplyLink.objects.create(
        request=request, token_hash=hash_of(token), made_by=by, made_at=now, expires_at=expires_at
    )


def make_link(*, request: ResponseRequest, expires_at: datetime, by: User, now: datetime) -> MadeLink:
    """Make another link for a request, for example when a letter was lost; its token is in the answer and nowhere else.

    Raises `LetterRefused` when it would be over before it begins.
    """
    if expires_at <= now:
        raise LetterRefused(["The link would have expired already; choose a later day."])
    token = secrets.token_urlsafe(_BYTES)
    with transaction.atomic():
        link = store_link(request=request, token=token, expires_at=expires_at, by=by, now=now)
        record("link.made", subject_kind="request", subject_id=request.public_id, content=_content(link, by))
    return MadeLink(link, token)


def revoke_link(*, link: ReplyLink, by: User, now: datetime) -> ReplyLink:
    """End a link before its day. Raises `LetterRefused` when it was used or revoked already."""
    with transaction.atomic():
        link = ReplyLink.objects.select_for_update(of=("self",)).select_related("request").get(pk=link.pk)
        state = state_of(link, now=now)
        if state in (LinkState.USED, LinkState.REVOKED):
            raise LetterRefused([f"The link is {state.label.lower()} already."])
        link.revoked_at = now
        link.save(update_fields=["revoked_at"])
        record("link.revoked", subject_kind="request", subject_id=link.request.public_id, content=_content(link, by))
    return link


def state_of(link: ReplyLink | None, *, now: datetime) -> LinkState:
    """Return whether a link can be answered by."""
    if link is None:
        return LinkState.UNKNOWN
    if link.used_at is not None:
        return LinkState.USED
    if link.revoked_at is not None:
        return LinkState.REVOKED
    return LinkState.EXPIRED if link.expires_at <= now else LinkState.OPEN


def find_link(token: str) -> ReplyLink | None:
    """Return the link of a token with its request; reading it changes nothing."""
    related = ("request__claim", "request__office", "request__letter__office__agency", "request__letter__prepared_by")
    return ReplyLink.objects.select_related(*related).filter(token_hash=hash_of(token)).first()


def _content(link: ReplyLink, by: User) -> dict[str, str]:
    return {"link": str(link.pk), "user": str(by.pk)}
