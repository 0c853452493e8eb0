"""The buttons of an import: each is one POST to one verb, undoing after a question."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from budgets.admin.base import staff
from budgets.admin.import_page import refused_csv, report_of
from budgets.importing.jobs import ImportRefused
from budgets.importing.publishing import publish_import
from budgets.importing.requesting import import_checked
from budgets.importing.undoing import undo_import
from budgets.models.budget_import import BudgetImport

_VERBS: dict[str, tuple[Callable[..., BudgetImport], str]] = {
    "import": (import_checked, "The file waits to be imported; this page shows how far it is."),
    "publish": (publish_import, "Readers see the figures of this import now."),
    "undo": (undo_import, "The import was undone. What rests on its figures is computed again."),
}


class MovesImports(admin.ModelAdmin):  # type: ignore[type-arg] # not subscriptable at run time
    """Adds `<import>/move/<verb>/`, the question before undoing, and the refused rows as CSV."""

    def get_urls(self) -> list[URLPattern]:
        """Put them under the import."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/move/<slug:verb>/", wrap(self.move), name="budgets_budgetimport_move"),
            path("<int:pk>/undo/", wrap(self.ask_to_undo), name="budgets_budgetimport_undo"),
            path("<int:pk>/refused.csv", wrap(self.refused), name="budgets_budgetimport_refused"),
            *super().get_urls(),
        ]

    def move(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """Call the verb, or come back with why not."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if verb not in _VERBS:
            raise Http404
        stored = self._writable(request, pk)
        call, done = _VERBS[verb]
        try:
            changed = call(budget_import=stored, by=staff(request), now=timezone.now())
        except ImportRefused as refusal:
            for reason in refusal.reasons:
                messages.error(request, reason)
            changed = stored
        else:
            messages.success(request, done)
        return HttpResponseRedirect(reverse("admin:budgets_budgetimport_change", args=[changed.pk]))

    def ask_to_undo(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say what undoing does, and ask."""
        stored = self._writable(request, pk)
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": stored,
            "title": "Undo an import",
            "report": report_of(stored),
            "move_url": reverse("admin:budgets_budgetimport_move", args=[stored.pk, "undo"]),
        }
        return TemplateResponse(request, "admin/budgets/budgetimport/undo.html", context)

    def refused(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Hand the refused rows out."""
        stored = self._found(pk)
        report = report_of(stored)
        if not self.has_view_permission(request, stored):
            raise PermissionDenied
        if report is None:
            raise Http404
        return refused_csv(stored, report)

    def _writable(self, request: HttpRequest, pk: int) -> BudgetImport:
        stored = self._found(pk)
        if not self.has_add_permission(request):
            raise PermissionDenied
        return stored

    def _found(self, pk: int) -> BudgetImport:
        stored = BudgetImport.objects.filter(pk=pk).first()
        if stored is None:
            raise Http404
        return stored
