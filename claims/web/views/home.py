"""The front page: what Tamroi is, the newest dossier, the newest claims, the newest corrections."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from budgets.quantities.formatting import Lang
from claims.models.edition import Edition
from claims.vocabulary import ItemKind, SubjectKind
from claims.web import reading
from claims.web.presentation.axes import dossier_axes
from claims.web.presentation.cards import card
from claims.web.presentation.corrections import correction_line
from claims.web.presentation.dossier import dossier_line, standing
from claims.web.rendering import page_language, respond

CLAIMS_SHOWN = 6
CORRECTIONS_SHOWN = 3


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Six queries at most, however much is published."""
    lang = page_language()
    corrected = list(reading.corrections().order_by("-published_at", "-id")[:CORRECTIONS_SHOWN])
    about = reading.by_slugs(edition.slug for edition in corrected) if corrected else {}
    latest = reading.live_editions(SubjectKind.DOSSIER).order_by("-published_at", "-id").first()
    dossier = _dossier(latest, lang) if latest else None
    shown = [card.slug for card in dossier["cards"]] if dossier else []
    newest = reading.statuses().exclude(slug__in=shown).order_by("-published_at", "-id")[:CLAIMS_SHOWN]
    context = {
        "cards": [card(status, lang) for status in newest],
        "corrections": [correction_line(edition, about, lang) for edition in corrected],
        "latest": dossier,
    }
    return respond(request, "home.html", context, section="home")


def _dossier(edition: Edition, lang: Lang) -> dict[str, Any] | None:
    document = reading.document(edition)
    if document is None:
        return None
    statuses = reading.in_dossiers([edition.slug])
    numbered = standing([status for status in statuses if status.number is not None])
    items = reading.items_of([edition.pk, *(status.edition_id for status in statuses)], [ItemKind.FIGURE])
    provenances = list(items.values_list("body", flat=True))
    return {
        "line": dossier_line(document, edition, statuses, lang),
        "axes": dossier_axes(
            numbered, len(document["responses"]), _provenances(provenances), document["as_reported_on"], lang
        ),
        "cards": [card(status, lang) for status in numbered],
    }


def _provenances(bodies: list[str]) -> list[str]:
    return [json.loads(body)["provenance"] for body in bodies]
