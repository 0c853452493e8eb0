"""The frame of every page: language, its counterpart in the other language, navigation, and the response around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, gettext

from budgets.quantities.formatting import Lang

from .caching import body_etag, not_modified, with_policy
from .presentation.words import OTHER

CONTENT_LICENCE = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")


@dataclass(frozen=True, slots=True)
class Shell:
    """What the base template needs to know of a page."""

    lang: Lang
    other: Lang
    other_url: str
    origin: str
    canonical: str
    alternates: tuple[tuple[str, str], ...]
    section: str
    report_url: str
    licence: tuple[str, str]


def page_language() -> Lang:
    """The language of the page being made: the one in its address."""
    return "th" if (get_language() or "").startswith("th") else "en"


def shell(request: HttpRequest, section: str) -> Shell:
    """The frame of a page; `section` is the name of its entry in the navigation, or ""."""
    lang = page_language()
    tail = _tail(request.path)
    query = f"?{text}" if (text := request.META.get("QUERY_STRING", "")) else ""
    origin = settings.PUBLIC_ORIGIN
    return Shell(
        lang=lang,
        other=OTHER[lang],
        other_url=f"/{OTHER[lang]}{tail}{query}",
        origin=origin,
        canonical=f"{origin}/{lang}{tail}",
        alternates=tuple((code, f"{origin}/{code}{tail}") for code in ("en", "th")),
        section=section,
        report_url=_report_url(f"{origin}/{lang}{tail}"),
        licence=CONTENT_LICENCE,
    )


def respond(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    section: str = "",
    etag: str = "",
) -> HttpResponse:
    """A public page with its validator; without an `etag` the bytes themselves are the version."""
    body = render_to_string(template, {**context, "shell": shell(request, section)}).encode()
    etag = etag or body_etag(body)
    return not_modified(request, etag) or with_policy(HttpResponse(body), etag)


def _report_url(page: str) -> str:
    """Where an error is reported: by mail when there is an address, else where the page about us says how."""
    if address := settings.CONTACT_EMAIL:
        return f"mailto:{address}?subject={quote(gettext('Report an error'))}%3A%20{quote(page, safe='')}"
    return f"{reverse('web:about')}#contact"


def _tail(path: str) -> str:
    """The address after its language, percent-encoded as a link needs it: "/en/claims/" has the tail "/claims/"."""
    encoded = quote(path, safe="/~:@!$&'()*+,;=-._")
    return encoded[3:] if path[:4] in ("/en/", "/th/") else "/"


def language_known(request: HttpRequest) -> bool:
    """Whether an address says which language its reader wants."""
    return request.path[:4] in ("/en/", "/th/")
