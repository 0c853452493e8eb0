"""Column mappings: made from a look at a file, or written; every fault is told at once."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from budgets.admin.base import AnyTabularInline, Bilingual, RefusableForm, VerbAdmin, pair, staff
from budgets.admin.looking import LooksAtFiles, proposed
from budgets.importing.mapping.mapping_writing import MappingRefused, write_mapping
from budgets.importing.mapping.objects import SpecRefused
from budgets.importing.mapping.spec_reading import read_spec
from budgets.models.mapping import ColumnMapping, MappingAlias
from ledger.admin import ReadOnlyAdmin

EXAMPLE: dict[str, Any] = {
    "layout": {"format": "csv", "encoding": "tis-620"},
    "agency": {"columns": ["MINISTRY", "BUDGETARY_UNIT"]},
    "line": {"columns": ["BUDGET_PLAN", "PROJECT", "ITEM_DESCRIPTION"]},
    "period": {"column": "FISCAL_YEAR", "basis": "fiscal_year"},
    "measures": [
        {"column": "AMOUNT", "phase": "proposed", "unit": "money", "currency": "THB", "smallest": "1"},
    ],
    "lang": "th",
}


class _Indented(json.JSONEncoder):
    """JSON as people read it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "indent": 2, "ensure_ascii": False})


class SpecField(forms.JSONField):
    """The JSON of a mapping: faults of the JSON with their line, faults of the mapping with their path."""

    def __init__(self, **options: Any) -> None:
        """Show it indented, in letters of one width."""
        widget = AdminTextareaWidget(attrs={"class": "vLargeTextField json-text", "rows": 24, "spellcheck": "false"})
        super().__init__(**{"encoder": _Indented, "widget": widget, **options})

    def to_python(self, value: Any) -> Any:
        """Say where the JSON is broken."""
        try:
            json.loads(value or "null", parse_float=str)
        except json.JSONDecodeError as error:
            where = f"line {error.lineno:,}, column {error.colno:,}"
            raise forms.ValidationError(f"This is no JSON: {error.msg} at {where}.") from error
        except (RecursionError, TypeError, ValueError) as error:
            raise forms.ValidationError("This is no JSON that can be read.") from error
        return super().to_python(value)

    def validate(self, value: Any) -> None:
        """List every fault of the mapping behind its path."""
        super().validate(value)
        try:
            read_spec(value)
        except SpecRefused as refused:
            raise forms.ValidationError(
                [
                    format_html("<code>{}</code> {} {}", fault.path or "the mapping", fault.problem, fault.remedy)
                    for fault in refused.faults
                ]
            ) from refused


class MappingForm(RefusableForm):
    """A mapping as it is typed."""

    spec = SpecField(label="What the columns mean")


class AliasInline(Bilingual, AnyTabularInline):
    """Damaged names of a file, and the names that are meant."""

    model = MappingAlias
    extra = 0
    fields = ("target", "written", "meant")
    verbose_name_plural = "Aliases: names as the file writes them, and what is meant"


@admin.register(ColumnMapping)
class ColumnMappingAdmin(LooksAtFiles, VerbAdmin):
    """Writes through `write_mapping`."""

    form = MappingForm
    refusals = (MappingRefused,)
    inlines = (AliasInline,)
    change_form_template = "admin/budgets/columnmapping/change_form.html"
    change_list_template = "admin/budgets/columnmapping/change_list.html"
    list_display = ["name", "title_en", "jurisdiction", "provenance", "imports_made", "changed_at"]
    list_filter = ["jurisdiction", "provenance"]
    list_select_related = ["jurisdiction"]
    search_fields = ["name", "title_en", "title_th", "source_url"]
    prepopulated_fields = {"name": ("title_en",)}
    autocomplete_fields = ["jurisdiction"]
    ordering = ["name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ColumnMapping]:
        """With the number of imports that used each."""
        found: QuerySet[ColumnMapping] = super().get_queryset(request)
        return found.annotate(often=Count("imports"))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The document first, then how it is read."""
        document = [*pair("title"), "name", ("jurisdiction", "provenance"), "source_url"]
        reads = "spec" if self.has_change_permission(request, obj) or obj is None else "spec_shown"
        return [("The document", {"fields": document}), ("How it is read", {"fields": [reads]})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Commands and imports know it by its name."""
        return ["spec_shown", *(["name"] if obj is not None and obj.often else [])]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Only where a name can be typed."""
        return {} if obj is not None else self.prepopulated_fields

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Begin with what the last look gave."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        if initial.pop("proposed", None) and (spec := proposed(request)) is not None:
            initial["spec"] = spec
        return initial

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Offer a look at a file, and an example."""
        mapping = context.get("original")
        look = reverse("admin:budgets_columnmapping_look")
        context["look_url"] = look if mapping is None else f"{look}?mapping={mapping.pk}"
        context["example"] = json.dumps(EXAMPLE, ensure_ascii=False, indent=2)
        context["may_look"] = self.has_add_permission(request)
        return super().render_change_form(request, context, *args, **kwargs)

    def write(self, request: HttpRequest, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Store the mapping with its aliases."""

        def store() -> None:
            self.save_parts(request, form, formsets, change=change)

        write_mapping(mapping=form.instance, save_parts=store, by=staff(request), now=timezone.now())

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Offer a look at a file."""
        offered = {"look_url": reverse("admin:budgets_columnmapping_look")} if self.has_add_permission(request) else {}
        return super().changelist_view(request, {**offered, **(extra_context or {})})

    @admin.display(description="imports", ordering="often")
    def imports_made(self, mapping: Any) -> int:
        """How many imports used it."""
        return int(mapping.often)

    @admin.display(description="What the columns mean")
    def spec_shown(self, mapping: ColumnMapping) -> SafeString:
        """The JSON, for those who only read it."""
        return format_html(
            '<pre class="json" tabindex="0">{}</pre>', json.dumps(mapping.spec, ensure_ascii=False, indent=2)
        )


@admin.register(MappingAlias)
class MappingAliasAdmin(ReadOnlyAdmin):
    """Searched here, written on the page of the mapping."""

    list_display = ["written", "meant", "target", "mapping"]
    list_filter = ["target", ("mapping", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["mapping"]
    search_fields = ["written", "meant", "mapping__name"]

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Keep the menu short."""
        return False
