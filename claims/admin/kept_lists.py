"""“Keep this list”: a name for a list with its filters, for oneself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import NoReverseMatch, URLPattern, path, reverse

from budgets.admin.base import staff
from claims.kept_lists import ListRefused, forget_list, keep_list
from claims.models.desk import SavedFilter
from ledger.admin import ReadOnlyAdmin

_LIST = "_changelist"


@dataclass(frozen=True, slots=True)
class Kept:
    """A list as a page shows it."""

    pk: int
    name: str
    url: str
    is_shown: bool = False


@dataclass(frozen=True, slots=True)
class Keeping:
    """What the page of a list can keep: its own name, and one's lists of it. Empty on every other page."""

    page: str = ""
    lists: tuple[Kept, ...] = ()


def kept_by(user: User) -> list[Kept]:
    """Return all lists of a person, for the desk."""
    return [Kept(row.pk, row.name, _address(row)) for row in SavedFilter.objects.filter(user=user)]


def keeping_on(request: HttpRequest) -> Keeping:
    """Return what the shown page can keep; a query on pages of lists, none elsewhere."""
    match = request.resolver_match
    page = match.url_name if match and match.url_name else ""
    if not page.endswith(_LIST):
        return Keeping()
    shown = request.GET.urlencode()
    rows = SavedFilter.objects.filter(user=staff(request), page=page)
    return Keeping(page, tuple(Kept(row.pk, row.name, _address(row), row.query == shown) for row in rows))


def _address(kept: SavedFilter) -> str:
    """Where a list is; the desk when its page is gone."""
    url = _list_url(kept.page)
    if not url:
        return reverse("admin:index")
    return f"{url}?{kept.query}" if kept.query else url


def _list_url(page: str) -> str:
    if not page.endswith(_LIST):
        return ""
    try:
        return reverse(f"admin:{page}")
    except NoReverseMatch:
        return ""


@admin.register(SavedFilter)
class SavedFilterAdmin(ReadOnlyAdmin):
    """No pages of its own: lists are kept where they stand, and shown on the desk."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Not in the menu."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody reads those of others."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """To keep and to forget."""
        wrap = self.admin_site.admin_view
        return [
            path("keep/", wrap(self.keep_view), name="claims_savedfilter_keep"),
            path("<int:key>/forget/", wrap(self.forget_view), name="claims_savedfilter_forget"),
            *super().get_urls(),
        ]

    def keep_view(self, request: HttpRequest) -> HttpResponse:
        """Keep what is shown, and show it again."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        page, query = request.POST.get("page", ""), request.POST.get("query", "")
        url = _list_url(page)
        if not url:
            messages.error(request, "Only lists can be kept.")
            return HttpResponseRedirect(reverse("admin:index"))
        try:
            kept = keep_list(page=page, query=query, name=request.POST.get("name", ""), by=staff(request))
        except ListRefused as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(f"{url}?{query}" if query else url)
        messages.success(request, f"Kept as “{kept.name}”. It stands on your desk.")
        return HttpResponseRedirect(_address(kept))

    def forget_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Delete one of one's own."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if forget_list(key=key, by=staff(request)):
            messages.success(request, "The list is no longer kept. Nothing that it showed was touched.")
        return HttpResponseRedirect(_list_url(request.POST.get("back", "")) or reverse("admin:index"))
