"""Figure checks: a formula, its readings, and the figures that each computes with, on one page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Max, Model, Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from budgets.admin.base import AnyModelForm, VerbAdmin, labels_of, pair, staff
from budgets.models.budget_line import BudgetLine
from budgets.models.figure import Figure
from budgets.vocabulary import PeriodBasis, Phase, Result
from claims.admin.rows import NumberedForm, Stacked
from claims.authorship import Frozen
from claims.figure_checks.verbs import CheckRefused, remove_check, write_check
from claims.models.figure_check import FigureCheck, Finding, Operand, Reading

_LONGEST_KEY = 18
_LABELS = {"claimed_low": "Lowest", "claimed_high": "Highest", "claimed_high_closed": "Including the highest"}
_HELP = {
    "number": "From 1, in the order in which readers see them.",
    "claimed_currency": "Three capital letters, such as THB; empty unless the unit is money.",
}
SLOTS = 4  # a sum of more figures than this comes from a dossier file and is only read here


@dataclass(frozen=True, slots=True)
class _Slot:
    """One operand in the form of its reading."""

    number: int

    def name(self, part: str) -> str:
        return f"operand_{self.number}_{part}"

    @property
    def rows(self) -> list[Any]:
        return [
            self.name("figure"),
            (self.name("missing_en"), self.name("missing_th")),
            (self.name("line"), self.name("year"), self.name("basis"), self.name("phase")),
        ]

    def fields(self) -> dict[str, forms.Field]:
        which = f"Figure {self.number}"
        wait = "To take the official figure in as soon as there is one: name all four."
        return {
            self.name("figure"): _chosen("figure", Figure, which),
            self.name("missing_en"): _text(f"{which}: what is missing (English)", "en"),
            self.name("missing_th"): _text(f"{which}: what is missing (ไทย)", "th"),
            self.name("line"): _chosen("line", BudgetLine, f"{which}: waits for the line", wait),
            self.name("year"): forms.IntegerField(label="Year (C.E.)", required=False, min_value=1900, max_value=2200),
            self.name("basis"): _code("Kind of year", PeriodBasis.choices),
            self.name("phase"): _code("Phase", Phase.choices),
        }

    def initial(self, operand: Operand) -> dict[str, Any]:
        return {self.name(part): getattr(operand, attribute) for part, attribute in _PARTS.items()}


_PARTS = {
    "figure": "figure_id",
    "missing_en": "missing_en",
    "missing_th": "missing_th",
    "line": "line_id",
    "year": "year",
    "basis": "basis",
    "phase": "phase",
}
_SLOTS = tuple(_Slot(number) for number in range(1, SLOTS + 1))


def _chosen(name: str, model: Any, label: str, help_text: str = "") -> forms.Field:
    widget = AutocompleteSelect(Operand._meta.get_field(name), admin.site)
    rows = model.objects.all()
    return forms.ModelChoiceField(rows, label=label, required=False, widget=widget, help_text=help_text)


def _text(label: str, lang: str) -> forms.Field:
    widget = forms.TextInput(attrs={"lang": lang, "class": "vTextField"})
    return forms.CharField(label=label, required=False, max_length=200, widget=widget)


def _code(label: str, choices: list[tuple[str, Any]]) -> forms.Field:
    return forms.ChoiceField(label=label, required=False, choices=[("", "—"), *choices])


class ReadingForm(NumberedForm):
    """One way to understand the sentence, with its operands in order."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Add the operands' fields, filled with what stands."""
        super().__init__(*args, **kwargs)
        standing = {operand.position: operand for operand in self.instance.operands.all()} if self.instance.pk else {}
        for slot in _SLOTS:
            self.fields.update(slot.fields())
            if slot.number in standing:
                self.initial.update(slot.initial(standing[slot.number]))

    def operands(self) -> Iterator[Operand]:
        """What was typed, as unsaved operands of the reading; gaps close up."""
        position = 0
        for slot in _SLOTS:
            typed = {part: self.cleaned_data.get(slot.name(part)) for part in _PARTS}
            if any(typed.values()):
                position += 1
                texts = {part: typed[part] or "" for part in ("missing_en", "missing_th", "basis", "phase")}
                rows = {part: typed[part] or None for part in ("figure", "line", "year")}
                yield Operand(reading=self.instance, position=position, **texts, **rows)


class ReadingInline(Stacked):
    """The readings of a check."""

    model = Reading
    form = ReadingForm
    verbose_name_plural = "Readings: ways to understand the sentence"
    readonly_fields = ["finding"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Words, operands, and what came out last."""
        return ["number", *pair("words"), *(row for slot in _SLOTS for row in slot.rows), "finding"]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Name the form's own fields, which Django cannot know."""
        kwargs["fields"] = ["number", "words_en", "words_th"]
        return super().get_formset(request, obj, **kwargs)

    @admin.display(description="what came out")
    def finding(self, reading: Reading) -> SafeString | str:
        """The newest finding: result, sum and reason."""
        newest = Finding.objects.filter(reading=reading).order_by("-pk").first() if reading.pk else None
        return "computed when saved" if newest is None else shown(newest)


def shown(finding: Finding) -> SafeString:
    """A finding as reviewers read it: its result, the sum and the reasons in both languages."""
    body = finding.body
    lines = [(lang, text[lang]) for text in (body["sum"], body["why"], *body["notes"]) for lang in ("en", "th")]
    rows = format_html_join("", '<div lang="{}">{}</div>', [line for line in lines if line[1]])
    own = mark_safe("<div>All figures are the speaker's own.</div>") if body["own_figures"] else ""
    return format_html("<strong>{}</strong>{}{}", Result(finding.result).label, rows, own)


@admin.register(FigureCheck)
class FigureCheckAdmin(VerbAdmin):
    """Writes through `write_check`, which computes at once."""

    refusals = (CheckRefused, Frozen)
    inlines = (ReadingInline,)
    list_display = ["assertion", "formula", "claimed_words_en", "results", "claim"]
    list_filter = ["formula", "relation"]
    list_select_related = ["assertion__claim"]
    search_fields = ["claimed_words_en", "claimed_words_th", "assertion__text_en", "assertion__claim__slug"]
    autocomplete_fields = ["assertion"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What the assertion says comes out, and how it is computed."""
        return [
            ("assertion", "number"),
            ("formula", "relation"),
            *pair("claimed_words"),
            ("claimed_low", "claimed_high", "claimed_high_closed"),
            ("claimed_unit", "claimed_currency"),
        ]

    def get_form(self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any) -> Any:
        """Name the ends of what is claimed as people do."""
        kwargs |= {"labels": labels_of(self.model) | _LABELS, "help_texts": _HELP}
        return super().get_form(request, obj, change=change, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Number a check behind those of its assertion, when an address names one."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        key = str(initial.get("assertion", ""))
        if not (key.isdecimal() and len(key) <= _LONGEST_KEY):
            initial.pop("assertion", None)
            return initial
        last = FigureCheck.objects.filter(assertion=int(key)).aggregate(last=Max("number"))["last"] or 0
        return {"number": last + 1} | initial

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A check stays with its assertion."""
        return ["assertion"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """A draft's check can be taken out; editions keep what they showed."""
        return admin.ModelAdmin.has_delete_permission(self, request, obj)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Take the check out through its verb; say so when its claim is before a second person."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except Frozen as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse("admin:claims_figurecheck_change", args=[object_id]))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Readings, operands and findings go with their check, whoever may read their lists."""
        shown, counts, _, protected = super().get_deleted_objects(objs, request)
        return shown, counts, set(), protected

    def delete_model(self, request: HttpRequest, obj: FigureCheck) -> None:
        """One verb."""
        remove_check(check=obj, by=staff(request), now=timezone.now())

    def get_queryset(self, request: HttpRequest) -> Any:
        """Checks with their newest findings: three queries for a page of them."""
        newest = Prefetch("readings__findings", Finding.objects.current(), to_attr="newest")
        return super().get_queryset(request).prefetch_related("readings", newest)

    def write(self, request: HttpRequest, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Store the check with its readings and operands, and compute it."""

        def store() -> None:
            self.save_parts(request, form, formsets, change=change)
            for reading in (each for formset in formsets for each in formset.forms):
                _store_operands(reading)

        write_check(check=form.instance, save_parts=store, by=staff(request), now=timezone.now())

    @admin.display(description="results")
    def results(self, check: FigureCheck) -> str:
        """What each reading came to."""
        found = [finding for reading in check.readings.all() for finding in getattr(reading, "newest", ())]
        return ", ".join(str(Result(finding.result).label) for finding in found) or "—"

    @admin.display(description="claim", ordering="assertion__claim")
    def claim(self, check: FigureCheck) -> str:
        """Whose assertion it is."""
        return str(check.assertion.claim)


def _store_operands(form: AnyModelForm) -> None:
    """Replace the operands of a reading that was typed in; of more than the form shows, none is touched."""
    if not isinstance(form, ReadingForm) or not form.has_changed() or form.instance.pk is None:
        return
    if form.cleaned_data.get("DELETE") or form.instance.operands.filter(position__gt=SLOTS).exists():
        return
    wanted = list(form.operands())
    form.instance.operands.all().delete()
    for operand in wanted:
        operand.full_clean()
    Operand.objects.bulk_create(wanted)
