"""What we asked officials, what they said and what it covers, and where we looked."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from budgets.admin.base import VerbAdmin, between, pair, staff
from claims.admin.citations import CitationInline, save_citations
from claims.admin.rows import Stacked
from claims.authorship import Frozen
from claims.evidence import EvidenceRefused
from claims.models.evidence import EvidenceCitation
from claims.models.response import OfficialResponse, ResponseCoverage, ResponseRequest, StatementSearch
from claims.responses import ResponseRefused, log_search, note_reply, record_response, revise_response, send_request
from claims.vocabulary import RequestState

_REFUSALS = (ResponseRefused, Frozen, EvidenceRefused)


class CoveredClaimInline(Stacked):
    """What the statement says about each claim, also about those it does not mention."""

    model = ResponseCoverage
    verbose_name = "claim covered"
    verbose_name_plural = "What it covers: a row per claim, also for those it does not mention"
    autocomplete_fields = ["claim", "assertion"]
    fields = [("claim", "assertion"), ("coverage", "stance"), *pair("note")]


@admin.register(OfficialResponse)
class OfficialResponseAdmin(VerbAdmin):
    """Stores through `record_response` and `revise_response`."""

    refusals = _REFUSALS
    inlines = (CoveredClaimInline, CitationInline)
    list_display = ["label_en", "speaker", "office", "dossier", "said", "kind", "claims"]
    list_filter = ["kind", "dossier"]
    list_select_related = ["speaker", "office", "dossier"]
    search_fields = ["label_en", "label_th", "slug", "speaker__name_en", "speaker__name_th", "text_en", "text_th"]
    autocomplete_fields = ["request", "dossier", "speaker", "office", "for_agency"]
    prepopulated_fields = {"slug": ("label_en",)}
    fieldsets = [
        ("Who said it", {"fields": [("speaker", "office"), "for_agency", ("kind", "request")]}),
        ("What was said", {"fields": [*pair("label"), "slug", between("said"), *pair("text"), *pair("note")]}),
        ("Where it belongs", {"fields": [("dossier", "position")]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Responses with the number of claims that they cover."""
        found: QuerySet[Any] = super().get_queryset(request).annotate(covers=Count("coverage__claim", distinct=True))
        return found

    def write(self, request: HttpRequest, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Store the response, what it covers, and the quotes that show it."""
        response, by, now = form.instance, staff(request), timezone.now()
        if change:
            revise_response(
                response=response,
                save=partial(self._save, request, form, formsets),
                adding=_newly_covered(formsets),
                by=by,
                now=now,
            )
            return
        covered = [formset for formset in formsets if formset.model is ResponseCoverage]
        others = [formset for formset in formsets if formset.model is not ResponseCoverage]
        record_response(
            response=response,
            coverage=[row for formset in covered for row in formset.save(commit=False)],
            save_parts=partial(self.save_parts, request, form, others, change=False),
            by=by,
            now=now,
        )

    def _save(self, request: HttpRequest, form: Any, formsets: list[Any]) -> None:
        form.instance.save()
        self.save_parts(request, form, formsets, change=True)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Quotes are prepared by their verb."""
        if formset.model is EvidenceCitation:
            save_citations(formset, timezone.now())
        else:
            super().save_formset(request, form, formset, change)

    @admin.display(description="said", ordering="said_earliest")
    def said(self, response: OfficialResponse) -> str:
        """The date, which can be unknown."""
        if response.said_earliest is None and response.said_latest is None:
            return "date not given"
        if response.said_earliest == response.said_latest:
            return f"{response.said_earliest}"
        return f"{response.said_earliest or '?'} – {response.said_latest or '?'}"

    @admin.display(description="claims", ordering="covers")
    def claims(self, response: Any) -> int:
        """How many claims it covers."""
        return int(response.covers)


def _newly_covered(formsets: list[Any]) -> list[Any]:
    rows = [form for formset in formsets if formset.model is ResponseCoverage for form in formset.forms]
    return [form.cleaned_data["claim"] for form in rows if form.has_changed() and form.cleaned_data.get("claim")]


@admin.register(ResponseRequest)
class ResponseRequestAdmin(VerbAdmin):
    """Logs through `send_request`; afterwards only what came back is noted, through `note_reply`."""

    refusals = (ResponseRefused,)
    list_display = ["office", "claim", "asked_on", "due_on", "state", "answered_on", "sent_by"]
    list_filter = ["state"]
    list_select_related = ["office", "claim", "sent_by"]
    search_fields = ["office__title_en", "claim__heading_en", "claim__slug"]
    autocomplete_fields = ["claim", "office"]
    date_hierarchy = "asked_on"

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Ask first; then note what came back."""
        asked = ["claim", "office", ("asked_on", "due_on")]
        return asked if obj is None else [*asked, "sent_by", ("state", "answered_on")]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What was sent stays as it was sent."""
        return [] if obj is None else ["claim", "office", "asked_on", "due_on", "sent_by"]

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer what can be true of a request that was sent."""
        if db_field.name == "state":
            sent = [state for state in RequestState if state is not RequestState.NONE_SOUGHT]
            kwargs["choices"] = [(state.value, state.label) for state in sent]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def write(self, request: HttpRequest, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Log the request, or what came back."""
        by, now = staff(request), timezone.now()
        if change:
            note_reply(
                request=form.instance,
                state=RequestState(form.cleaned_data["state"]),
                answered_on=form.cleaned_data["answered_on"],
                by=by,
                now=now,
            )
        else:
            send_request(request=form.instance, by=by, now=now)


@admin.register(StatementSearch)
class StatementSearchAdmin(VerbAdmin):
    """Logs through `log_search`; a search that was logged is never changed."""

    refusals = (ResponseRefused,)
    list_display = ["searched_on", "claim", "words", "where_en", "searched_by"]
    list_select_related = ["claim", "searched_by"]
    search_fields = ["words", "claim__heading_en", "where_en", "found_en", "found_th"]
    autocomplete_fields = ["claim"]
    date_hierarchy = "searched_on"

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who searched is whoever logs it."""
        fields = ["claim", "searched_on", *pair("where"), ("words", "words_lang"), *pair("found")]
        return fields if obj is None else [*fields, "searched_by"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was found then stays what was found then."""
        return False

    def write(self, request: HttpRequest, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Log the search."""
        log_search(search=form.instance, by=staff(request), now=timezone.now())
