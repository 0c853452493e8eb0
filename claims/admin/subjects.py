"""What the forms of dossiers, people and agencies share: they are subjects of editions."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone

from budgets.admin.base import VerbAdmin, staff
from claims.admin.citations import save_citations
from claims.evidence import EvidenceRefused
from claims.intake import IntakeRefused, write_shared, write_subject
from claims.models.edition import Edition
from claims.models.evidence import EvidenceCitation
from claims.vocabulary import SubjectKind


class SubjectAdmin(VerbAdmin):
    """Stores through `write_subject`; the address stays once an edition is public."""

    kind: SubjectKind
    slug_from = "name_en"
    refusals = (IntakeRefused, EvidenceRefused)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Subjects with the number of their newest edition."""
        editions = Edition.objects.filter(subject_kind=self.kind, subject_id=OuterRef("public_id"))
        newest = Subquery(editions.order_by("-number").values("number")[:1])
        found: QuerySet[Any] = super().get_queryset(request).annotate(newest=newest)
        return found

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The address stays as it was first published."""
        return ["slug"] if obj is not None and obj.newest else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Only where a slug can be typed."""
        return {} if obj is not None and obj.newest else {"slug": (self.slug_from,)}

    def write(self, request: HttpRequest, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Store the subject with its rows."""
        save = partial(self.save_parts, request, form, formsets, change=change)
        write_subject(subject=form.instance, save=save, by=staff(request), now=timezone.now())

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Quotes are prepared by their verb."""
        if formset.model is EvidenceCitation:
            save_citations(formset, timezone.now())
        else:
            super().save_formset(request, form, formset, change)


class SharedAdmin(VerbAdmin):
    """Stores through `write_shared`: its words stand in the texts of others."""

    refusals: ClassVar[tuple[type[Exception], ...]] = (IntakeRefused,)

    def write(self, request: HttpRequest, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Store the row."""
        save = partial(self.save_parts, request, form, formsets, change=change)
        write_shared(row=form.instance, save=save, by=staff(request), now=timezone.now())
