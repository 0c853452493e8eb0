"""A figure with who says so, as it is published."""

from __future__ import annotations

from budgets.models.figure import Figure
from budgets.vocabulary import Exactness
from claims.documents.parts import Json, agency_ref, decimal_string, iso, line_ref, person_ref, text, text_or_none
from claims.models.figure_attribution import FigureAttribution


def figure_document(attribution: FigureAttribution) -> Json:
    """The FIGURE shape of docs/architecture.md: amounts as decimal strings in base units."""
    figure = attribution.figure
    return {
        "id": str(figure.public_id),
        "slug": figure.slug,
        "label": text(figure, "label"),
        **_amount(figure),
        "period": {
            "words": text_or_none(figure, "period_words"),
            "basis": figure.period_basis,
            "year": figure.period_year,
            "earliest": iso(figure.period_earliest),
            "latest": iso(figure.period_latest),
        },
        "phase": figure.phase,
        "provenance": figure.provenance,
        "said_by": {
            "basis": attribution.basis,
            "person": person_ref(attribution.said_by) if attribution.said_by else None,
            "words": text(attribution, "said_by_words"),
        },
        "agency": agency_ref(figure.agency) if figure.agency else None,
        "line": line_ref(figure.line),
        "assertion": attribution.assertion.number if attribution.assertion else None,
        "evidence_id": str(attribution.citation.public_id) if attribution.citation else None,
        "claim_slug": attribution.claim.slug if attribution.claim else None,
        "dossier_slug": attribution.dossier.slug if attribution.dossier else None,
    }


def _amount(figure: Figure) -> Json:
    digits = figure.significant_digits if figure.exactness == Exactness.SIGNIFICANT_FIGURES else None
    return {
        "value": decimal_string(figure.value),
        "low": decimal_string(figure.low),
        "high": decimal_string(figure.high),
        "low_closed": figure.low_closed,
        "high_closed": figure.high_closed,
        "words": text_or_none(figure, "words"),
        "unit": figure.unit,
        "currency": figure.currency or None,
        "currency_written": figure.currency_written,
        "exactness": {"kind": figure.exactness, "digits": digits},
    }
