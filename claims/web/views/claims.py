"""The list of claims, a claim, and one edition of a claim."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.models.edition import Edition
from claims.models.public_status import PublicStatus
from claims.vocabulary import EditionKind, PublicState
from claims.web import caching, filters, paging, reading
from claims.web.presentation.cards import card
from claims.web.presentation.claim import claim_page, own_line
from claims.web.presentation.dates import BANGKOK
from claims.web.presentation.jsonld import claim_markup, script
from claims.web.presentation.words import label, say
from claims.web.rendering import page_language, respond

from . import choices


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Cards of published claims, filtered, sorted and paged."""
    lang, chosen = page_language(), filters.read_filters(request.GET)
    page, damaged = paging.page_or_start(filters.narrowed(reading.statuses(), chosen), chosen.order, request.GET)
    context = {
        "cards": [card(status, lang) for status in page.rows],
        "page": page,
        "filters": chosen,
        "refusals": [*chosen.refusals, *damaged],
        "ratings": filters.rating_choices(lang),
        "responses": filters.response_choices(lang),
        "dossiers": choices.dossiers(lang, chosen.dossier),
        "people": choices.people(lang, chosen.speaker),
        "agencies": choices.agencies(lang, chosen.agency),
    }
    return respond(request, "claims/index.html", context, section="claims")


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A claim as it stands now: one query, or one small one for a reader who holds this version."""
    if "HTTP_IF_NONE_MATCH" in request.META and (version := reading.claim_version(slug)):
        unchanged = caching.not_modified(request, _etag(version))
        if unchanged:
            return unchanged
    status = reading.claim(slug)
    if status is None:
        raise Http404
    withheld = not status.edition.text.body
    etag = _etag((status.edition.number, status.version, status.change_no, status.observed_at, withheld))
    return _page(request, status.edition, status, etag)


@require_safe
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One edition as it was published, with a notice when there is a newer one."""
    found = reading.claim_edition(slug, number)
    if found is None:
        raise Http404
    return _page(request, found, None, "", current=reading.claim_version(slug))


def _page(
    request: HttpRequest,
    found: Edition,
    status: PublicStatus | None,
    etag: str,
    current: tuple[object, ...] | None = None,
) -> HttpResponse:
    lang = page_language()
    document = reading.document(found)
    state = status.state if status else PublicState.LIVE
    context = {
        "slug": found.slug,
        "edition": own_line(found, lang),
        "frozen": status is None,
        "current_number": current[0] if current else None,
        "retracted": state == PublicState.RETRACTED or found.kind == EditionKind.RETRACTION,
        "superseded": state == PublicState.SUPERSEDED,
        "state_label": label(PublicState, state, lang),
    }
    if document is None:
        reason = {"en": found.text.withheld_reason_en, "th": found.text.withheld_reason_th}
        context |= {"reason": say(reason, lang), "history": status.history if status else ()}
        return respond(request, "claims/withheld.html", context, section="claims", etag=etag)
    url = f"{settings.PUBLIC_ORIGIN}/{lang}/claims/{found.slug}/"
    context |= {"claim": claim_page(document, status, lang), "origin": settings.PUBLIC_ORIGIN}
    if status and not context["retracted"]:
        context["markup"] = script(claim_markup(document, origin=settings.PUBLIC_ORIGIN, url=url, lang=lang))
    return respond(request, "claims/detail.html", context, section="claims", etag=etag)


def _etag(version: tuple[object, ...]) -> str:
    """Changes with every edition, status, observation, deployment and at midnight in Bangkok."""
    today = timezone.now().astimezone(BANGKOK).date()
    return caching.version_etag(*version, today, page_language())
