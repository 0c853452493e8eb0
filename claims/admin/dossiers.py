"""Groups of claims with one story."""

from __future__ import annotations

from django.contrib import admin

from budgets.admin.base import between, pair
from claims.admin.citations import CitationInline
from claims.admin.claim_parts import EventInline
from claims.admin.rows import Stacked
from claims.admin.subjects import SubjectAdmin
from claims.models.dossier import Dossier, DossierNote
from claims.models.figure_attribution import FigureAttribution
from claims.vocabulary import SubjectKind


class NoteInline(Stacked):
    """What readers should know that is not a claim."""

    model = DossierNote
    verbose_name_plural = "Notes for readers"
    fields = ["position", *pair("text")]


class DossierFigureInline(Stacked):
    """Figures of the story that stand in none of its claims."""

    model = FigureAttribution
    verbose_name_plural = "What the figures say"
    autocomplete_fields = ["figure", "said_by", "citation"]
    fields = [("figure", "position"), ("basis", "said_by"), *pair("said_by_words"), "citation"]
    classes = ["collapse"]


@admin.register(Dossier)
class DossierAdmin(SubjectAdmin):
    """A story: its texts, notes, evidence, figures and events."""

    kind = SubjectKind.DOSSIER
    slug_from = "title_en"
    inlines = (NoteInline, CitationInline, DossierFigureInline, EventInline)
    list_display = ["title_en", "title_th", "jurisdiction", "as_reported_on", "slug"]
    list_filter = ["jurisdiction"]
    list_select_related = ["jurisdiction"]
    search_fields = ["title_en", "title_th", "slug"]
    autocomplete_fields = ["jurisdiction", "agencies"]
    fieldsets = [
        (None, {"fields": [*pair("title"), ("slug", "jurisdiction"), *pair("summary")]}),
        ("When and about whom", {"fields": [between("period"), "as_reported_on", "agencies"]}),
    ]
