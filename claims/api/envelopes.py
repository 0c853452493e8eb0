"""Small shapes that several answers share: an edition, its withheld text, links, a page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from rest_framework.request import Request

from claims.api.base import Answer, Version, following, url
from claims.api.splicing import JsonText, array, members, text
from claims.models.edition import Edition

_PLURALS = {"claim": "claims", "dossier": "dossiers", "person": "people", "agency": "agencies"}


def instant(moment: datetime) -> str:
    """A time in UTC, as the API writes it."""
    return moment.isoformat().replace("+00:00", "Z")


def zulu(stored: str | None) -> str | None:
    """A stored ISO time in the same notation."""
    return stored.replace("+00:00", "Z") if stored else None


def edition_line(edition: Edition) -> dict[str, Any]:
    """Which edition this is, and why it was made."""
    return {
        "number": edition.number,
        "kind": edition.kind,
        "note": {"en": edition.note_en, "th": edition.note_th},
        "digest": edition.digest,
        "published_at": instant(edition.published_at),
    }


def document(edition: Edition) -> JsonText:
    """The published document, byte for byte; null when it is withheld."""
    return JsonText(edition.text.body or "null")


def withheld(edition: Edition) -> dict[str, Any] | None:
    """Why the text cannot be read; None when it can."""
    if edition.text.body:
        return None
    return {"reason": {"en": edition.text.withheld_reason_en, "th": edition.text.withheld_reason_th}}


def address(kind: str, slug: str) -> str:
    """The API's path of a subject."""
    return f"/api/v1/{_PLURALS[kind]}/{slug}/"


def pages(kind: str, slug: str, tail: str = "") -> dict[str, str]:
    """The pages that people read about a subject."""
    return {lang: url(f"/{lang}/{_PLURALS[kind]}/{slug}/{tail}") for lang in ("en", "th")}


def page(request: Request, items: list[JsonText], cursor: str | None, version: Version | None = None) -> Answer:
    """A page of a list; `cursor` is None on the last one."""
    following_url = following(request, cursor) if cursor else None
    body = members(items=array(items), next=text(following_url), cursor=text(cursor))
    return Answer(body, version, {"next": following_url} if following_url else {})
