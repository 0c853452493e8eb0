"""Imports: a file is tried, imported, published by another person, and can be undone; nothing of it is edited."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from budgets.admin.base import VerbAdmin, pair, staff
from budgets.admin.import_form import OWN_FIELDS, ImportForm
from budgets.admin.import_moves import MovesImports
from budgets.admin.import_page import conflicts_of, differences_of, page_of, totals_of
from budgets.importing.jobs import ImportRefused
from budgets.importing.requesting import request_import
from budgets.models.budget_import import BudgetImport
from ledger.admin import as_json

REFRESH_SECONDS = 3


@admin.register(BudgetImport)
class BudgetImportAdmin(MovesImports, VerbAdmin):
    """Adds through `request_import`; everything else is a button of the page."""

    form = ImportForm
    refusals = (ImportRefused,)
    change_form_template = "admin/budgets/budgetimport/change_form.html"
    list_display = ["__str__", "state", "dry_run", "amounts", "mapping", "imported_by", "requested_at", "published_at"]
    list_filter = ["state", "dry_run", ("mapping", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["mapping", "imported_by"]
    search_fields = ["dataset", "file_name", "title_en", "title_th", "=file_digest"]
    autocomplete_fields = ["mapping"]
    date_hierarchy = "requested_at"

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """Ask for the file; afterwards show what it was."""
        if obj is None:
            return [
                (None, {"fields": ["mapping", "upload", "dry_run"]}),
                ("What the file does not say", {"fields": [("agency", "period")]}),
                ("Only where it is needed", {"fields": ["table", "dataset"]}),
            ]
        document = [*pair("title"), "source_url", "provenance"]
        file = ["mapping", "dataset", "file_name", ("file_size", "file_digest"), "given_shown"]
        course = [("imported_by", "requested_at", "finished_at"), ("published_by", "published_at")]
        undone = [("undone_by", "undone_at")] if obj.undone_at else []  # type: ignore[attr-defined]  # an import
        return [
            ("The file", {"fields": file}),
            ("The document", {"fields": document}),
            ("Who and when", {"fields": [*course, *undone, "figures_link"]}),
            ("The mapping as it was applied", {"fields": ["spec_shown"], "classes": ["collapse"]}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Everything of a stored import, which is never edited."""
        return [] if obj is None else ["given_shown", "spec_shown", "figures_link"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Name the form's own fields, which Django cannot know."""
        kwargs["fields"] = [name for name in kwargs.get("fields") or [] if name not in OWN_FIELDS]
        return super().get_form(request, obj, change=change, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """An import is undone, never edited."""
        return False

    def write(self, request: HttpRequest, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Keep the file and let it wait for a worker."""
        asked = form.cleaned_data
        stored = request_import(
            mapping=asked["mapping"],
            file=asked["upload"],
            table=asked["table"],
            dataset=asked["dataset"],
            given=form.given(),
            dry_run=asked["dry_run"],
            by=staff(request),
            now=timezone.now(),
        )
        form.instance.pk = stored.pk

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """Go where its progress is shown."""
        return HttpResponseRedirect(reverse("admin:budgets_budgetimport_change", args=[obj.pk]))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Put the report above the fields."""
        stored = context.get("original")
        if stored is not None:
            may_write = self.has_add_permission(request)
            page = page_of(stored, staff(request), may_write=may_write, number=request.GET.get("refused", "1"))
            context |= {"page": page, "refresh": REFRESH_SECONDS}
            if page.report is not None:
                context["sums"] = totals_of(page.report)
                context["differences"] = differences_of(page.report)
                context["conflicts"] = conflicts_of(page.report)
        context["show_save_and_add_another"] = context["show_save_and_continue"] = False
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="amounts")
    def amounts(self, stored: BudgetImport) -> str:
        """How many amounts were taken."""
        found = stored.report.get("amounts") if isinstance(stored.report, dict) else None
        return f"{found:,}" if isinstance(found, int) else "—"

    @admin.display(description="given at the import")
    def given_shown(self, stored: BudgetImport) -> str:
        """What was said because the file does not say it."""
        return ", ".join(f"{name}: {answer}" for name, answer in stored.given.items()) or "—"

    @admin.display(description="mapping")
    def spec_shown(self, stored: BudgetImport) -> SafeString:
        """The JSON of the mapping."""
        return as_json(stored.spec)

    @admin.display(description="figures")
    def figures_link(self, stored: BudgetImport) -> SafeString:
        """Link to what it brought."""
        url = reverse("admin:budgets_figure_changelist")
        return format_html('<a href="{}?budget_import={}">Figures of this import</a>', url, stored.pk)
