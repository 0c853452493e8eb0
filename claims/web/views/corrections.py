"""Every correction and retraction we have published."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from claims.web import paging, reading
from claims.web.presentation.corrections import correction_line
from claims.web.rendering import page_language, respond

_NEWEST = paging.Order((("published_at", True), ("public_id", True)))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The list, newest first, paged."""
    page, refusals = paging.page_or_start(reading.corrections(), _NEWEST, request.GET)
    about = reading.by_slugs(edition.slug for edition in page.rows)
    lines = [correction_line(edition, about, page_language()) for edition in page.rows]
    context = {"corrections": lines, "page": page, "refusals": refusals}
    return respond(request, "corrections.html", context, section="corrections")
