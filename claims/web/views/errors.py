"""What went wrong, in the language of the address, or in both side by side when the address names none."""

from __future__ import annotations

import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from claims.web.rendering import language_known, page_language

RETRY_SECONDS = 30


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the address or what came with it cannot be read."""
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """403, also for a form without its token; takes the signatures of handler403 and CSRF_FAILURE_VIEW."""
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing is published at this address."""
    return _page(request, 404)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: more requests than one reader needs."""
    return _page(request, 429, retry=True)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; 503 while the database does not answer. Reads neither it nor the cache."""
    if isinstance(sys.exc_info()[1], OperationalError):
        return unavailable(request)
    return _page(request, 500)


def unavailable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """503: for a while, everything; says when to come back."""
    return _page(request, 503, retry=True)


def _page(request: HttpRequest, status: int, *, retry: bool = False) -> HttpResponse:
    known = language_known(request)
    languages = [page_language()] if known else ["en", "th"]
    context = {"status": status, "languages": languages, "lang": languages[0]}
    response = HttpResponse(render_to_string(f"{status}.html", context), status=status)
    response.headers["Cache-Control"] = "no-store"
    if retry:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response
