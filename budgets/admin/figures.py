"""Amounts. A figure is recorded or superseded, never edited."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from budgets.admin.base import RefusableForm, VerbAdmin, between, pair, staff
from budgets.admin.conflicts import ShowsConflicts
from budgets.admin.counting import CappedPaginator
from budgets.admin.figure_filters import DatasetFilter, ImportFilter, StandingFilter, YearFilter
from budgets.admin.figure_search import searched
from budgets.admin.retracting import RetractsFigures
from budgets.admin.superseding import figure_of, offered, refusal
from budgets.figures import FigureRefused, fallen, record_figure, supersede_figure
from budgets.models.figure import Figure
from budgets.quantities.formatting import interval, quantity
from budgets.vocabulary import Unit


class FigureForm(RefusableForm):
    """A figure as somebody gave it; `supersedes` is the key of the figure that it replaces."""

    supersedes = forms.IntegerField(required=False, widget=forms.HiddenInput)


@admin.register(Figure)
class FigureAdmin(RetractsFigures, ShowsConflicts, VerbAdmin):
    """Adds through `record_figure` and `supersede_figure`, retracts on a page of its own; else only read."""

    form = FigureForm
    refusals = (FigureRefused,)
    change_list_template = "admin/budgets/figure/change_list.html"
    list_display = ["label_en", "amount", "period", "phase", "provenance", "agency", "comes_from", "is_standing"]
    list_filter = [StandingFilter, DatasetFilter, ImportFilter, "provenance", "phase", "unit", YearFilter]
    list_select_related = ["agency", "budget_import"]
    search_fields = ["slug", "label_en", "label_th", "words_en", "words_th"]
    search_help_text = (
        "Labels, slugs and words of figures that people recorded; names of budget lines of imported ones."
    )
    # By the primary key: sorting a million figures without a slug takes seconds.
    ordering = ["-pk"]
    paginator = CappedPaginator
    show_facets = admin.ShowFacets.NEVER
    autocomplete_fields = ["agency", "line"]
    prepopulated_fields = {"slug": ("label_en",)}
    readonly_fields = [
        *("reach", "newer", "recorded_at", "retracted_at", "retraction_reason"),
        *("budget_import", "source_line"),
    ]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Figure], search_term: str
    ) -> tuple[QuerySet[Figure], bool]:
        """Search what people recorded, which is little, and imported figures by the index of their lines' names."""
        return searched(queryset, search_term), False

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """Group what is asked; a stored figure also says what became of it."""
        what: tuple[str | None, Any] = (
            None,
            {"fields": [*([] if obj else ["supersedes"]), *pair("label"), "slug", ("agency", "line")]},
        )
        value = (
            "How much",
            {
                "description": "In base units: 6.61 billion baht is 6610000000. The interval says how exact it is; "
                "low = high is that point exactly. Leave the value empty when only words were given.",
                "fields": [
                    ("value", "unit", "currency"),
                    ("low", "low_closed"),
                    ("high", "high_closed"),
                    ("exactness", "significant_digits"),
                    *pair("words"),
                    ("currency_written", "nominal"),
                ],
            },
        )
        when = (
            "For when, and at which point of the budget",
            {
                "fields": [
                    *pair("period_words"),
                    ("period_basis", "period_year"),
                    between("period"),
                    ("phase", "provenance"),
                ]
            },
        )
        fate = (
            "What became of it",
            {
                "fields": [
                    "reach",
                    "newer",
                    "retracted_at",
                    "retraction_reason",
                    "budget_import",
                    "source_line",
                    "recorded_at",
                ]
            },
        )
        return [what, value, when, fate] if obj else [what, value, when]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody edits an amount: a better figure supersedes it."""
        return False

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Only where a slug is to be typed: one that supersedes has the number behind the old one."""
        return {} if obj or "supersedes" in request.GET else self.prepopulated_fields

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Fill the form with the figure that is to be superseded."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        old = figure_of(str(initial.get("supersedes", "")))
        return initial if old is None else offered(old) | initial

    def write(self, request: HttpRequest, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Record the figure, or put it in the place of another."""
        fields = dict(form.cleaned_data)
        key = fields.pop("supersedes", None)
        by, now = staff(request), timezone.now()
        if key is None:
            figure = record_figure(by=by, now=now, **fields)
        else:
            old = Figure.objects.filter(pk=key).first()
            if old is None:
                raise FigureRefused(["The figure that this one supersedes does not exist."])
            figure = supersede_figure(figure=old, by=by, now=now, **fields)
        form.instance.pk = figure.pk

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Say so, instead of showing a form, when the figure to supersede cannot be superseded."""
        key = request.GET.get("supersedes")
        if request.method == "GET" and key is not None and self.has_add_permission(request):
            old = figure_of(key)
            if reason := refusal(old):
                messages.error(request, reason)
                changelist = reverse("admin:budgets_figure_changelist")
                page = reverse("admin:budgets_figure_change", args=[old.pk]) if old else changelist
                return HttpResponseRedirect(page)
        return super().add_view(request, form_url, extra_context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Offer to supersede and to retract a figure that stands."""
        context = dict(extra_context or {})
        figure = figure_of(object_id)
        if figure is not None and not fallen(figure) and self.has_add_permission(request):
            context["supersede_url"] = f"{reverse('admin:budgets_figure_add')}?supersedes={object_id}"
            context["retract_url"] = reverse("admin:budgets_figure_retract", args=[object_id])
        return super().change_view(request, object_id, form_url, context)

    @admin.display(description="comes from")
    def comes_from(self, figure: Figure) -> str:
        """The data set and line of an imported figure, else its slug."""
        if figure.budget_import is None:
            return str(figure.slug)
        return f"{figure.budget_import.dataset}, line {figure.source_line:,}"

    @admin.display(description="amount")
    def amount(self, figure: Figure) -> str:
        """The amount in words and digits."""
        if figure.value is None:
            return figure.words_en
        return quantity(figure.value, Unit(figure.unit), figure.currency or None, "en")

    @admin.display(description="can stand for")
    def reach(self, figure: Figure) -> str:
        """The interval in words."""
        closed = (figure.low_closed, figure.high_closed)
        return interval(figure.low, figure.high, closed, Unit(figure.unit), figure.currency or None, "en")

    @admin.display(description="period", ordering="period_year")
    def period(self, figure: Figure) -> str:
        """The period as written, else its year."""
        return figure.period_words_en or str(figure.period_year or "—")

    @admin.display(description="in use", boolean=True)
    def is_standing(self, figure: Figure) -> bool:
        """Whether nothing replaced it and nobody took it back."""
        return figure.superseded_by_id is None and figure.retracted_at is None

    @admin.display(description="superseded by")
    def newer(self, figure: Figure) -> SafeString | str:
        """Link to the figure that replaced this one."""
        if figure.superseded_by is None:
            return "—"
        url = reverse("admin:budgets_figure_change", args=[figure.superseded_by_id])
        return format_html('<a href="{}">{}</a>', url, figure.superseded_by)
