"""Rows inside the form of a claim."""

from __future__ import annotations

from budgets.admin.base import between, pair
from claims.admin.citations import CitationInline
from claims.admin.rows import NumberedForm, OfThisClaim, Stacked
from claims.models.appearance import Appearance
from claims.models.assertion import Assertion
from claims.models.claim import Claimant
from claims.models.event import Event
from claims.models.figure_attribution import FigureAttribution
from claims.models.response import ResponseCoverage


class ClaimantInline(Stacked):
    """Who said it."""

    model = Claimant
    verbose_name_plural = "Said by"
    autocomplete_fields = ["person", "office", "party"]
    fields = [("person", "position"), ("office", "party"), *pair("interests")]


class AppearanceInline(Stacked):
    """Where and when it was said."""

    model = Appearance
    verbose_name_plural = "Where and when it was said"
    autocomplete_fields = ["source"]
    fields = [
        ("kind", "is_first", "is_captured"),
        *pair("where"),
        between("said"),
        "source",
        *pair("note"),
    ]


class AssertionInline(Stacked):
    """What can be checked, in numbered parts."""

    model = Assertion
    form = NumberedForm
    verbose_name_plural = "What can be checked"
    fields = [("number", "kind"), *pair("text"), *pair("hedge")]


class FigureInline(OfThisClaim):
    """Figures that the claim names, and who gave them."""

    model = FigureAttribution
    verbose_name_plural = "What the figures say"
    autocomplete_fields = ["figure", "said_by", "citation"]
    fields = [
        ("figure", "position"),
        ("basis", "said_by"),
        *pair("said_by_words"),
        ("assertion", "citation"),
    ]
    classes = ["collapse"]


class EventInline(Stacked):
    """What happened when."""

    model = Event
    verbose_name_plural = "What happened when"
    fields = ["position", between("happened"), *pair("text")]
    classes = ["collapse"]


class CoverageInline(OfThisClaim):
    """What each statement says about this claim."""

    model = ResponseCoverage
    verbose_name = "statement's coverage"
    verbose_name_plural = "What those responsible said about it"
    autocomplete_fields = ["response"]
    fields = [("response", "assertion"), ("coverage", "stance"), *pair("note")]
    classes = ["collapse"]


CLAIM_PARTS = (
    ClaimantInline,
    AppearanceInline,
    AssertionInline,
    CitationInline,
    FigureInline,
    CoverageInline,
    EventInline,
)
