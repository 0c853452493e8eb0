"""The queue of quotes that were lost or edited, and of pages that changed near one, with the words that differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from claims.admin.words import Worded, worded
from claims.models.flag import Flag
from claims.sources.changes import changed_words, paired
from claims.sources.differing import Kind, Piece
from claims.vocabulary import FlagCode

if TYPE_CHECKING:
    _Page = admin.ModelAdmin[Any]
else:
    _Page = object

CODES = (FlagCode.QUOTE_LOST, FlagCode.QUOTE_EDITED, FlagCode.PAGE_CHANGED)
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open flag with what differs, a list of pieces per passage."""

    flag: Flag
    label: str
    passages: tuple[tuple[Worded, ...], ...]


class QueuesQuotes(_Page):
    """Adds the queue to the flags."""

    def get_urls(self) -> list[URLPattern]:
        """Put it under the flags."""
        view = self.admin_site.admin_view(self.quotes_view)
        return [path("quotes/", view, name="claims_flag_quotes"), *super().get_urls()]

    def quotes_view(self, request: HttpRequest) -> HttpResponse:
        """Open flags about quotes, oldest first; `code` narrows them to one kind."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        code = request.GET.get("code", "")
        chosen = [each for each in CODES if each.value == code] or list(CODES)
        flags = Flag.objects.open().filter(code__in=chosen).select_related("claim", "source", "citation")
        page = Paginator(flags.order_by("opened_at", "pk"), SHOWN).get_page(request.GET.get("page"))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Quotes to look at",
            "rows": [Waiting(flag, str(FlagCode(flag.code).label), passages_of(flag)) for flag in page],
            "page": page,
            "code": code,
            "codes": [(each.value, str(each.label)) for each in CODES],
        }
        return TemplateResponse(request, "admin/claims/flag/quotes.html", context)


def passages_of(flag: Flag) -> tuple[tuple[Worded, ...], ...]:
    """What differs, from what the machine noted with the flag."""
    detail: Mapping[str, Any] = flag.detail if isinstance(flag.detail, dict) else {}
    if flag.code == FlagCode.PAGE_CHANGED:
        titles = [str(title) for title in detail.get("titles", ())]
        pairs = [changed_words(*titles)] if len(titles) == 2 else []
        pairs += paired(_texts(detail, "removed"), _texts(detail, "added"))
        return tuple(worded(pieces) for pieces in pairs)
    quote = str(detail.get("quote") or (flag.citation.quote_exact if flag.citation else ""))
    found = str(detail.get("found") or (flag.citation.quote_found if flag.citation else ""))
    if not quote:
        return ()
    return (worded(changed_words(quote, found) if found else (Piece(Kind.REMOVED, quote),)),)


def _texts(detail: Mapping[str, Any], name: str) -> list[str]:
    found = detail.get(name)
    return [str(text) for text in found] if isinstance(found, list) else []
