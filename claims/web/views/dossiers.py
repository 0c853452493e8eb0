"""Dossiers: the list, and one with its answer matrix."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from claims.vocabulary import ItemKind, SubjectKind
from claims.web import paging, reading
from claims.web.presentation.dossier import dossier_line, dossier_page
from claims.web.rendering import page_language, respond

from .withholding import withheld_page

_NEWEST = paging.Order((("published_at", True), ("public_id", True)))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Dossiers, newest first, paged; a damaged cursor starts the list anew."""
    lang = page_language()
    page, refusals = paging.page_or_start(reading.live_editions(SubjectKind.DOSSIER), _NEWEST, request.GET)
    statuses = reading.in_dossiers(edition.slug for edition in page.rows)
    lines = [
        dossier_line(document, edition, [s for s in statuses if s.dossier_slug == edition.slug], lang)
        for edition in page.rows
        if (document := reading.document(edition))
    ]
    return respond(
        request, "dossiers/index.html", {"dossiers": lines, "page": page, "refusals": refusals}, section="dossiers"
    )


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A dossier: three queries, however many claims and statements."""
    edition = reading.newest(SubjectKind.DOSSIER, slug)
    if edition is None:
        raise Http404
    lang, document = page_language(), reading.document(edition)
    if document is None:
        return withheld_page(request, edition, section="dossiers")
    statuses = reading.in_dossiers([slug])
    cells: dict[tuple[str, str], dict[str, Any]] = {}
    figures: dict[str, list[dict[str, Any]]] = defaultdict(list)
    owner = {status.edition_id: status.slug for status in statuses}
    for item in reading.items_of(owner, (ItemKind.RESPONSE, ItemKind.FIGURE)):
        body, claim = json.loads(item.body), owner[item.edition_id]
        if item.kind == ItemKind.RESPONSE:
            cells[claim, body["id"]] = body
        else:
            figures[claim].append(body)
    context = {"dossier": dossier_page(document, edition, statuses, cells, figures, lang)}
    return respond(request, "dossiers/detail.html", context, section="dossiers")
