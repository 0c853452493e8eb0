"""What stands in the place of a text that is not shown: withheld for good, or a claim hidden for now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from claims.models.edition import Edition
from claims.web.presentation.claim import own_line
from claims.web.presentation.dates import bangkok_day
from claims.web.presentation.words import say
from claims.web.rendering import page_language, respond


def withheld_page(request: HttpRequest, edition: Edition, *, section: str) -> HttpResponse:
    """The place, date, reason and hash of an edition without its text."""
    lang = page_language()
    reason = {"en": edition.text.withheld_reason_en, "th": edition.text.withheld_reason_th}
    context = {"edition": own_line(edition, lang), "reason": say(reason, lang)}
    return respond(request, "withheld.html", context, section=section)


def hidden_page(request: HttpRequest, notices: Mapping[str, Any], *, etag: str = "") -> HttpResponse:
    """That a claim is hidden, since when and why. It answers 200, as withheld texts do: this notice is the page."""
    notice, lang = notices.get("hidden"), page_language()
    context = {
        "reason": say(notice["reason"], lang) if notice else "",
        "since": bangkok_day(datetime.fromisoformat(notice["at"]), lang) if notice else None,
    }
    return respond(request, "claims/hidden.html", context, section="claims", etag=etag)
