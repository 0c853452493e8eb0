"""What we do not check, and why."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from claims.web import paging, reading
from claims.web.presentation.declined import declined_line
from claims.web.rendering import page_language, respond

_NEWEST = paging.Order((("declined_at", True), ("id", True)))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The list, newest first, paged."""
    page, refusals = paging.page_or_start(reading.declined(), _NEWEST, request.GET)
    lines = [declined_line(row, page_language()) for row in page.rows]
    context = {"lines": lines, "page": page, "refusals": refusals}
    return respond(request, "claims/declined.html", context, section="claims")
