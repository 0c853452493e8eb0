"""Agencies: the list, and one agency with claims, statements and figures."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from claims.vocabulary import SubjectKind
from claims.web import reading
from claims.web.presentation.people import agency_page
from claims.web.rendering import page_language, respond

from .subjects import by_name, named
from .withholding import withheld_page


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every agency with a published page, in the dictionary order of names, paged."""
    lang = page_language()
    page, refusals = by_name(SubjectKind.AGENCY, lang, request.GET)
    agencies = [agency_page(found, lang) for row in page.rows if (found := reading.document(row))]
    context = {"agencies": agencies, "page": page, "refusals": refusals}
    return respond(request, "agencies/index.html", context, section="agencies")


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """An agency: three queries."""
    edition = reading.newest(SubjectKind.AGENCY, slug)
    if edition is None:
        raise Http404
    lang, document = page_language(), reading.document(edition)
    if document is None:
        return withheld_page(request, edition, section="agencies")
    context = {"agency": agency_page(document, lang), "named": named(edition.subject_id, lang)}
    return respond(request, "agencies/detail.html", context, section="agencies")
