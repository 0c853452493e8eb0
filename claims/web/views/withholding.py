"""What stands in the place of a dossier, person or agency whose text is withheld."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from claims.models.edition import Edition
from claims.web.presentation.claim import own_line
from claims.web.presentation.words import say
from claims.web.rendering import page_language, respond


def withheld_page(request: HttpRequest, edition: Edition, *, section: str) -> HttpResponse:
    """The place, date, reason and hash of an edition without its text."""
    lang = page_language()
    reason = {"en": edition.text.withheld_reason_en, "th": edition.text.withheld_reason_th}
    context = {"edition": own_line(edition, lang), "reason": say(reason, lang)}
    return respond(request, "withheld.html", context, section=section)
