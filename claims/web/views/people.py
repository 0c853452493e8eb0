"""People: the list, and one person with claims and statements."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from claims.vocabulary import SubjectKind
from claims.web import reading
from claims.web.presentation.people import person_page
from claims.web.rendering import page_language, respond

from .subjects import by_name, named
from .withholding import withheld_page


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Everyone with a published page, in the dictionary order of names, paged."""
    lang = page_language()
    page, refusals = by_name(SubjectKind.PERSON, lang, request.GET)
    people = [person_page(found, lang) for row in page.rows if (found := reading.document(row))]
    context = {"people": people, "page": page, "refusals": refusals}
    return respond(request, "people/index.html", context, section="people")


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A person: three queries."""
    edition = reading.newest(SubjectKind.PERSON, slug)
    if edition is None:
        raise Http404
    lang, document = page_language(), reading.document(edition)
    if document is None:
        return withheld_page(request, edition, section="people")
    context = {"person": person_page(document, lang), "named": named(edition.subject_id, lang)}
    return respond(request, "people/detail.html", context, section="people")
