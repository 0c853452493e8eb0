"""Quotes inside the forms of claims, dossiers and responses."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from budgets.admin.base import pair
from claims.admin.rows import CitationForm, OfThisClaim
from claims.evidence import prepare_citation
from claims.models.evidence import EvidenceCitation
from claims.models.source import Source


class CitationInline(OfThisClaim):
    """An exact quote from a source we watch, or from a document we hold."""

    model = EvidenceCitation
    form = CitationForm
    verbose_name = "quote"
    verbose_name_plural = "Evidence: exact quotes"
    autocomplete_fields = ["source", "document"]
    readonly_fields = ["quote_state", "quote_state_at"]

    def get_fields(self, request: Any, obj: Any = None) -> Any:
        """The quote first; an assertion only where there is a claim."""
        whose = (
            [("position", "stance", "assertion")]
            if self.parent_model._meta.model_name == "claim"
            else [("position", "stance")]
        )
        return [
            ("source", "document"),
            ("quote_lang", *whose[0]),
            "quote_exact",
            ("quote_prefix", "quote_suffix"),
            "translation",
            *pair("locator"),
            ("quote_state", "quote_state_at"),
        ]


def save_citations(formset: Any, now: datetime) -> None:
    """Store the quotes of a formset as the verb prepares them, and make their sources due.

    Raises `EvidenceRefused`.
    """
    rows = [(row, next(f for f in formset.forms if f.instance is row)) for row in formset.save(commit=False)]
    # Sources before quotes, as the recorder of a check locks them. A running check sees that it was asked again.
    moved = {row.source_id for row, form in rows if row.source_id is not None and form.moved()}
    for source in Source.objects.select_for_update().filter(pk__in=moved).order_by("pk"):
        Source.objects.filter(pk=source.pk).update(next_check_at=now)
    for row, form in rows:
        form.settle()
        if row.pk is None:
            prepare_citation(row)
        row.save()
    for row in formset.deleted_objects:
        row.delete()
