"""The documentation page, for people: made from the same declarations as the description for machines."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from claims.api import documentation as content
from claims.api.conditional import body_etag, not_modified, with_policy
from claims.api.parameters import DEFAULT_LIMIT, MOST_ROWS
from claims.api.views.schema import described
from claims.api.wording import Lang, reader_language

_MAX_AGE_SECONDS = 300
_LICENCE = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")


@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """In the language of `?lang=`, else in the one that the browser asks for."""
    asked = request.GET.get("lang", "")
    lang: Lang = asked if asked in ("en", "th") else reader_language()  # type: ignore[assignment]  # narrowed by `in`
    with translation.override(lang):
        body = render_to_string("api/docs.html", _context(lang)).encode()
    etag = body_etag(body)
    response = not_modified(request, etag, max_age=_MAX_AGE_SECONDS) or with_policy(
        HttpResponse(body), etag, max_age=_MAX_AGE_SECONDS
    )
    response.headers["Content-Language"] = lang
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _context(lang: Lang) -> dict[str, Any]:
    description = described()
    origin = settings.PUBLIC_ORIGIN
    return {
        "shell": _shell(lang),
        "th": lang == "th",
        "origin": origin,
        "sections": content.sections(description, lang),
        "lists": content.code_lists(),
        "shapes": content.shapes(description),
        "problems": content.problems(lang),
        "default_limit": DEFAULT_LIMIT,
        "most_rows": MOST_ROWS,
        "per_minute": settings.API_REQUESTS_PER_MINUTE,
        "first_pull": "/api/v1/statuses/?updated_since=2025-02-18T00:00:00Z",
    }


def _shell(lang: Lang) -> dict[str, Any]:
    """What the base template needs to know of a page; this one has no language in its address."""
    other = "en" if lang == "th" else "th"
    address = reverse("api:docs")
    origin = settings.PUBLIC_ORIGIN
    return {
        "lang": lang,
        "other": other,
        "other_url": f"{address}?lang={other}",
        "origin": origin,
        "canonical": f"{origin}{address}?lang={lang}",
        "alternates": tuple((code, f"{origin}{address}?lang={code}") for code in ("en", "th")),
        "section": "api",
        "report_url": f"{reverse('web:about')}#contact",
        "licence": _LICENCE,
    }
