"""Closed lists as components: the codes of answers and the labels that readers see for them."""

from __future__ import annotations

from budgets.vocabulary import (
    AgencyKind,
    Exactness,
    Formula,
    PeriodBasis,
    Phase,
    Provenance,
    Reason,
    Relation,
    Result,
    Unit,
)
from claims.api.schema.shapes import Schema, codes
from claims.vocabulary import (
    AppearanceKind,
    AssertionKind,
    CitationStance,
    Coverage,
    EditionKind,
    Language,
    Outcome,
    PublicState,
    QuoteState,
    Rating,
    RequestState,
    ResponseKind,
    SaidBasis,
    Stance,
)

PERCENTAGE_POINT = {"en": "Percentage points", "th": "จุดร้อยละ"}
NO_STATEMENT = {"en": "No statement recorded", "th": "ยังไม่มีคำชี้แจงที่บันทึกไว้"}

LISTS: dict[str, Schema] = {
    "Rating": codes(Rating, "What people concluded about a claim; only the first five carry a number."),
    "RequestState": codes(RequestState, "What came back to our own request. Overdue is by our own deadline."),
    "Coverage": codes(Coverage, "What one statement says about one claim or one part of it, strongest first."),
    "StatementsCode": codes(
        Coverage, "The strongest coverage of the claim by any public statement.", none=NO_STATEMENT
    ),
    "Stance": codes(Stance, "What a statement says about the truth of a claim."),
    "PublicState": codes(PublicState, "Where a published claim stands."),
    "EditionKind": codes(EditionKind, "Why an edition was made."),
    "QuoteState": codes(QuoteState, "What the last successful look at a source found of a quote."),
    "Outcome": codes(Outcome, "What one check of a source saw."),
    "AssertionKind": codes(AssertionKind, "What sort of checkable part an assertion is."),
    "CitationStance": codes(CitationStance, "What a citation does for a claim."),
    "AppearanceKind": codes(AppearanceKind, "Where something was said."),
    "ResponseKind": codes(ResponseKind, "Whether officials spoke to us or in public."),
    "SaidBasis": codes(SaidBasis, "How a figure is tied to the person who gave it."),
    "Provenance": codes(Provenance, "Who stands behind a figure."),
    "Phase": codes(Phase, "Where in the life of a budget an amount stands."),
    "PeriodBasis": codes(PeriodBasis, "Which kind of year a period is."),
    "Unit": codes(Unit, "What a figure counts."),
    "Formula": codes(Formula, "How a result is computed from figures."),
    "Relation": codes(Relation, "How the claim says that the result stands to its number."),
    "FindingResult": codes(Result, "What a figure check found. Numbers that agree do not say who is right."),
    "FindingReason": codes(Reason, "Why a figure check determined nothing."),
    "FindingUnit": codes(Unit, "What a result counts.", percentage_point=PERCENTAGE_POINT),
    "Exactness": codes(Exactness, "How exactly a figure was given."),
    "AgencyKind": codes(AgencyKind, "What sort of organization it is."),
    "Language": codes(Language, "The language of a text."),
}
