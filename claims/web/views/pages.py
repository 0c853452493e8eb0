"""Pages of plain text: about us, and how we check."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from budgets.vocabulary import Formula, Provenance, Reason, Result
from claims.vocabulary import AssertionKind, CitationStance, Coverage, Outcome, QuoteState, Rating, RequestState, Stance
from claims.web.rendering import page_language, respond


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Who we are, what we do and do not do, how to reach us."""
    contact = settings.CONTACT_EMAIL
    return respond(request, "about.html", {"contact": contact}, section="about")


@require_safe
def methodology(request: HttpRequest) -> HttpResponse:
    """How we check; every list on the page is the list that the software uses."""
    thai = page_language() == "th"
    lists = {
        "ratings": Rating,
        "requests": RequestState,
        "coverages": Coverage,
        "stances": Stance,
        "quote_states": QuoteState,
        "outcomes": Outcome,
        "kinds": AssertionKind,
        "citation_stances": CitationStance,
        "provenances": Provenance,
        "formulas": Formula,
        "results": Result,
        "reasons": Reason,
    }
    context = {
        name: [(code.value, code.th if thai else str(code.label)) for code in choices]
        for name, choices in lists.items()
    }
    numbers = {rating.value: rating.number for rating in Rating}
    context["ratings"] = [(code, text, numbers[code]) for code, text in context["ratings"]]  # type: ignore[misc]
    return respond(request, "methodology.html", context, section="methodology")
