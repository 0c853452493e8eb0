"""The answer matrix of a dossier, a claim or a statement: seen as a whole, judged one statement at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from budgets.admin.base import reasons_of, staff
from claims.admin.matrix_form import number_of, opened_on, posted_prefixes
from claims.admin.matrix_grid import Grid, Subject, read_grid
from claims.authorship import EditedMeanwhile, Frozen
from claims.coverage import CoverageRefused, cover
from claims.models.response import OfficialResponse

if TYPE_CHECKING:
    _Page = admin.ModelAdmin[Any]
else:
    _Page = object

_INVALID = "Some cells hold what cannot be chosen: see below. Nothing is stored yet."
_GONE = "Part of what was typed is about something that is not here any more: open the page anew and compare."


class ShowsMatrix(_Page):
    """Adds `<key>/matrix/` to the pages of a noun.

    `?response=<key>` opens the column of that statement for judging; a POST to the same address stores it.
    """

    def get_urls(self) -> list[URLPattern]:
        """Put it under the row."""
        view = self.admin_site.admin_view(self.matrix_view)
        return [path("<int:key>/matrix/", view, name=f"claims_{self.opts.model_name}_matrix"), *super().get_urls()]

    def matrix_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Show the matrix, or store the column that was judged."""
        subject = self.get_object(request, str(key))
        if subject is None:
            raise Http404
        who = staff(request)
        if not (self.has_view_permission(request, subject) and who.has_perm("claims.view_responsecoverage")):
            raise PermissionDenied
        may_write = who.has_perm("claims.change_responsecoverage")
        posts = request.method == "POST"
        if posts and not may_write:
            raise PermissionDenied
        grid = _read(subject, request, may_write=may_write)
        if not posts:
            return self._show(request, subject, grid)
        if grid.opened is None:
            raise Http404
        return self._store(request, subject, grid, grid.opened)

    def _store(self, request: HttpRequest, subject: Any, grid: Grid, response: OfficialResponse) -> HttpResponse:
        forms = grid.forms
        if not all(form.is_valid() for _, _, form in forms if form.is_bound):
            return self._show(request, subject, grid, [_INVALID])
        if posted_prefixes(request.POST) - {form.prefix for _, _, form in forms}:
            return self._show(request, subject, grid, [_GONE])
        cells = [form.cell(row.claim, line.assertion) for row, line, form in forms if form.is_bound]
        seen = opened_on(request.POST, [row.claim for row in grid.rows])
        try:
            changed = cover(response=response, cells=cells, opened_on=seen, by=staff(request), now=timezone.now())
        except EditedMeanwhile as refusal:
            # Read anew: what the others stored stands beside what was typed, and whoever saves again has been told.
            return self._show(request, subject, _read(subject, request, may_write=True), reasons_of(refusal), told=True)
        except (CoverageRefused, Frozen) as refusal:
            return self._show(request, subject, grid, reasons_of(refusal))
        if changed:
            messages.success(request, f"Saved: {changed} {'cell' if changed == 1 else 'cells'} of “{response}”.")
        else:
            messages.info(request, "Nothing was changed, so nothing was saved.")
        return HttpResponseRedirect(request.path)

    def _show(
        self, request: HttpRequest, subject: Any, grid: Grid, refused: list[str] | None = None, *, told: bool = False
    ) -> HttpResponse:
        """`told`: who saves this page has been told what is stored now, so it carries the newest edits."""
        seen = {row.claim.pk: row.opened_on for row in grid.rows}
        if refused and not told:
            seen = opened_on(request.POST, [row.claim for row in grid.rows])
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": subject,
            "title": "Answer matrix",
            "subtitle": str(subject),
            "grid": grid,
            "refused": refused,
            "opened_on": list(seen.items()),
        }
        return TemplateResponse(request, "admin/claims/matrix.html", context)


def _read(subject: Subject, request: HttpRequest, *, may_write: bool) -> Grid:
    asked = request.GET.get("response", "")
    opened = number_of(asked)
    if asked and opened is None:
        raise Http404
    try:
        return read_grid(subject, opened=opened, data=request.POST or None, may_write=may_write)
    except LookupError:
        raise Http404 from None
