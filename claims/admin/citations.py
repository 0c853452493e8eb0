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
    for row in formset.save(commit=False):
        form = next(form for form in formset.forms if form.instance is row)
        form.settle()
        if row.pk is None:
            prepare_citation(row)
        row.save()
        if row.source_id is not None and form.moved():
            Source.objects.filter(pk=row.source_id, lease_token__isnull=True).update(next_check_at=now)
    for row in formset.deleted_objects:
        row.delete()
