"""Rows that are written inside the form of their claim, dossier, person or response, each with a list to search.

They stand in no menu but those worth a look across claims; each line leads to the page where it is written.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.models.appearance import Appearance
from claims.models.assertion import Assertion
from claims.models.claim import Claimant
from claims.models.dossier import DossierNote
from claims.models.event import Event
from claims.models.evidence import EvidenceCitation
from claims.models.figure_attribution import FigureAttribution
from claims.models.figure_check import Finding, Operand, Reading
from claims.models.people import PersonAlias, Tenure
from claims.models.response import ResponseCoverage
from claims.models.review import ReviewAuthor
from ledger.admin import ReadOnlyAdmin


class PartAdmin(ReadOnlyAdmin):
    """Read here, written elsewhere."""

    owners: ClassVar[tuple[str, ...]] = ("claim",)
    in_menu = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Keep the menu short."""
        return self.in_menu and super().has_module_permission(request)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The page that it is written on first."""
        return ["written_on", *super().get_fields(request, obj)]

    @admin.display(description="written on")
    def written_on(self, row: Any) -> SafeString | str:
        """Link to the page of its owner."""
        owner = next((found for name in self.owners if (found := getattr(row, name)) is not None), None)
        return "—" if owner is None else _link(owner)


def _link(owner: Model) -> SafeString:
    url = reverse(f"admin:{owner._meta.app_label}_{owner._meta.model_name}_change", args=[owner.pk])
    return format_html('<a href="{}">{}</a>', url, owner)


@admin.register(EvidenceCitation)
class EvidenceCitationAdmin(PartAdmin):
    """Every quote, with what the last look found of it."""

    in_menu = True
    owners = ("claim", "response", "dossier")
    list_display = ["quote_exact", "quote_state", "quote_state_at", "stance", "source", "written_on"]
    list_filter = ["quote_state", "stance", "quote_lang", "source__host"]
    list_select_related = ["source", "claim", "response__speaker", "dossier"]
    search_fields = ["quote_exact", "translation", "source__title", "claim__slug"]
    fields = [
        "stance",
        "quote_exact",
        "translation",
        ("quote_state", "quote_state_at"),
        "quote_found",
        "source",
        "document",
    ]


@admin.register(Assertion)
class AssertionAdmin(PartAdmin):
    """Checkable parts of all claims."""

    in_menu = True
    list_display = ["text_en", "kind", "number", "written_on"]
    list_filter = ["kind"]
    list_select_related = ["claim"]
    search_fields = ["text_en", "text_th", "claim__slug", "claim__heading_en"]


@admin.register(ResponseCoverage)
class ResponseCoverageAdmin(PartAdmin):
    """The answer matrix, line by line."""

    in_menu = True
    owners = ("response",)
    list_display = ["claim", "assertion", "response", "coverage", "stance"]
    list_filter = ["coverage", "stance"]
    list_select_related = ["claim", "assertion", "response__speaker"]
    search_fields = ["claim__heading_en", "response__label_en", "response__speaker__name_en"]


@admin.register(FigureAttribution)
class FigureAttributionAdmin(PartAdmin):
    """Who gave which figure, and where."""

    owners = ("claim", "dossier")
    list_display = ["figure", "said_by_words_en", "basis", "written_on"]
    list_filter = ["basis"]
    list_select_related = ["figure", "claim", "dossier"]
    search_fields = ["figure__label_en", "figure__slug", "said_by_words_en", "claim__slug"]


@admin.register(Reading)
class ReadingAdmin(PartAdmin):
    """Ways to understand the sentences that figures check."""

    owners = ("figure_check",)
    list_display = ["__str__", "words_th", "number", "written_on"]
    list_select_related = ["figure_check__assertion"]
    search_fields = ["words_en", "words_th", "figure_check__claimed_words_en"]


@admin.register(Operand)
class OperandAdmin(PartAdmin):
    """Figures that readings compute with, and those that are missing."""

    owners = ("figure_check",)
    list_display = ["__str__", "position", "line", "year", "written_on"]
    list_select_related = ["figure", "line", "reading__figure_check__assertion"]
    search_fields = ["figure__label_en", "missing_en", "missing_th", "line__name_en"]

    @admin.display(description="written on")
    def written_on(self, row: Operand) -> SafeString:
        """Link to the check of its reading."""
        return _link(row.reading.figure_check)


@admin.register(Finding)
class FindingAdmin(PartAdmin):
    """What readings came to, every time that something else came out."""

    list_display = ["reading", "result", "cause", "computed_at", "written_on"]
    list_filter = ["result", "cause"]
    list_select_related = ["reading__figure_check__assertion"]
    search_fields = ["reading__words_en", "reading__figure_check__claimed_words_en"]

    @admin.display(description="written on")
    def written_on(self, row: Finding) -> SafeString:
        """Link to the check of its reading."""
        return _link(row.reading.figure_check)


@admin.register(Claimant)
class ClaimantAdmin(PartAdmin):
    """Who said what."""

    list_display = ["person", "office", "written_on"]
    list_select_related = ["person", "office", "claim"]
    search_fields = ["person__name_en", "claim__slug"]


@admin.register(Appearance)
class AppearanceAdmin(PartAdmin):
    """Where and when claims were made."""

    list_display = ["where_en", "kind", "said_earliest", "said_latest", "is_first", "written_on"]
    list_filter = ["kind", "is_captured"]
    list_select_related = ["claim"]
    search_fields = ["where_en", "where_th", "claim__slug"]


@admin.register(Event)
class EventAdmin(PartAdmin):
    """What happened when."""

    owners = ("claim", "dossier")
    list_display = ["text_en", "happened_earliest", "happened_latest", "written_on"]
    list_select_related = ["claim", "dossier"]
    search_fields = ["text_en", "text_th"]


@admin.register(DossierNote)
class DossierNoteAdmin(PartAdmin):
    """Notes for readers of dossiers."""

    owners = ("dossier",)
    list_display = ["text_en", "written_on"]
    list_select_related = ["dossier"]
    search_fields = ["text_en", "text_th"]


@admin.register(PersonAlias)
class PersonAliasAdmin(PartAdmin):
    """Other names of people."""

    owners = ("person",)
    list_display = ["name", "lang", "written_on"]
    list_filter = ["lang"]
    list_select_related = ["person"]
    search_fields = ["name", "person__name_en"]


@admin.register(Tenure)
class TenureAdmin(PartAdmin):
    """Who held which office."""

    owners = ("person",)
    list_display = ["office", "start_earliest", "end_latest", "written_on"]
    list_select_related = ["person", "office"]
    search_fields = ["person__name_en", "office__title_en"]


@admin.register(ReviewAuthor)
class ReviewAuthorAdmin(PartAdmin):
    """Who wrote any of a revision."""

    owners = ("review",)
    list_display = ["user", "written_on"]
    list_select_related = ["user", "review__claim"]
    search_fields = ["user__username", "review__claim__slug"]
