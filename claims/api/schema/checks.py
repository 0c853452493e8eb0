"""Components of figure checks: what was computed of an assertion, in which readings, and of which figures."""

from __future__ import annotations

from claims.api.schema.shapes import (
    Schema,
    array,
    boolean,
    count,
    decimal,
    link,
    nullable,
    record,
    ref,
    slug,
    string,
    uuid,
)

_TEXT = ref("Text")
_CURRENCY = nullable(string("ISO 4217, where the unit is money.", pattern="^[A-Z]{3}$"))

CHECKS: dict[str, Schema] = {
    "BudgetLineRef": record("A line of a budget.", id=uuid(), slug=slug(), name=_TEXT),
    "FigureCheck": record(
        "One computation of an assertion.",
        id=uuid(),
        number=count("Its place among the checks of the assertion.", 1),
        formula=ref("Formula"),
        relation=ref("Relation"),
        claimed=record(
            "What the assertion says comes out; ends are null where it is the first figure itself.",
            words=_TEXT,
            low=nullable(decimal()),
            high=nullable(decimal()),
            high_closed=boolean("Whether the upper end itself is meant; the lower end always is."),
            unit=ref("Unit"),
            currency=_CURRENCY,
        ),
        result=ref("FindingResult")
        | {"description": "The common result of all readings; `undetermined` when they differ."},
        readings=array(ref("CheckReading"), "Every way to understand the sentence; one, when it has one meaning."),
    ),
    "CheckReading": record(
        "One way to understand the sentence of an assertion.",
        id=uuid(),
        number=count("", 1),
        words=nullable(_TEXT) | {"description": "Null when the sentence has one meaning."},
        finding=nullable(ref("Finding")),
    ),
    "Finding": record(
        "What a reading came to when the edition was published. `undetermined` is never `fails`: `reason` says why.",
        result=ref("FindingResult"),
        reason=nullable(ref("FindingReason")),
        value=nullable(decimal("The result from the printed figures, to 6 decimals.")),
        low=nullable(decimal("Lower end of what rounding leaves possible.")),
        high=nullable(decimal("Upper end of what rounding leaves possible.")),
        low_closed=nullable(boolean("Whether the lower end itself is possible.")),
        high_closed=nullable(boolean("Whether the upper end itself is possible.")),
        unit=ref("FindingUnit"),
        currency=_CURRENCY,
        deviation=nullable(decimal("By how many percent the result is off the claimed number, with its sign.")),
        implied=nullable(
            record(
                "",
                low=decimal(),
                high=decimal(),
                low_closed=boolean(),
                high_closed=boolean(),
                unit=ref("FindingUnit"),
                currency=_CURRENCY,
            )
        )
        | {"description": "What the one missing figure would have to be for the claim to hold."},
        sum=_TEXT | {"description": "The sum written out."},
        why=_TEXT | {"description": "The sentence that gives the reason."},
        notes=array(_TEXT, "Sentences that must stand beside the result."),
        mismatches=array(
            record(
                "",
                aspect=string(
                    "`claimed_unit`, `repeated`, `unit`, `currency`, `nominal`, `phase`, `basis`, `period`, `line` or "
                    "`overlap`; others may follow."
                ),
                words=_TEXT,
            ),
            "In what figures differ that must not.",
        ),
        own_figures=boolean("Whether all figures are the speaker's own: say so wherever you show the result."),
        mixed=boolean("Whether the figures come from different kinds of source."),
        thresholds=record("", tolerance=decimal("The share by which a number in words may be missed.")),
        formula_version=count("", 1),
        operands=array(ref("FindingOperand"), "As the formula takes them: later first, part before whole."),
    ),
    "FindingOperand": record(
        "A figure that was computed with, or what is missing: one of the two is null.",
        figure=nullable(ref("FindingFigure")),
        missing=nullable(_TEXT),
    ),
    "FindingFigure": record(
        "A figure as a finding names it, as it stood then.",
        id=uuid(),
        slug=nullable(slug("Null when it was imported.")),
        label=_TEXT,
        value=nullable(decimal("Null where the words leave it open.")),
        low=decimal(),
        high=decimal(),
        unit=ref("Unit"),
        currency=_CURRENCY,
        year=nullable({"type": "integer", "description": "Common era."}),
        basis=ref("PeriodBasis"),
        phase=ref("Phase"),
        provenance=ref("Provenance"),
        line=nullable(ref("BudgetLineRef")),
        source=nullable(
            record(
                "",
                title=_TEXT,
                url=nullable(link()),
                line=nullable(count("Line of the file.", 1)),
            )
        )
        | {"description": "The imported file that it was read from."},
    ),
}
