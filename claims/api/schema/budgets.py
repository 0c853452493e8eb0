"""Components of the budget explorer: lines and the figures of published documents."""

from __future__ import annotations

from claims.api.schema.shapes import (
    Schema,
    array,
    boolean,
    count,
    day,
    decimal,
    instant,
    link,
    nullable,
    record,
    ref,
    slug,
    string,
    uuid,
)

_PAGES = record("The pages that people read.", en=link(), th=link())
_LINE: dict[str, Schema] = {
    "id": uuid(),
    "slug": slug(),
    "name": ref("Text"),
    "lang": nullable(string("Where both names hold the words of one language only: that language.")),
    "agency": ref("AgencyRef"),
    "parent": nullable(ref("BudgetLineRef")) | {"description": "The line above, which this one is part of."},
    "links": record("Where to go from here.", self=link(), html=_PAGES),
}

BUDGETS: dict[str, Schema] = {
    "BudgetLine": record("A purpose of an agency's money, comparable over years.", **_LINE),
    "BudgetLinePage": record(
        "One page of a list; there is no count.",
        items=array(ref("BudgetLine")),
        next=nullable(link("The next page; null on the last.")),
        cursor=nullable(string("The same place as `next`.")),
    ),
    "BudgetFigure": record(
        "An amount of a published document. Amounts are decimal strings in base units, not adjusted for inflation "
        "unless `nominal` is false.",
        id=uuid(),
        value=decimal(),
        low=decimal("Lower end of what rounding leaves open; the value itself when it is exact."),
        high=decimal("Upper end of what rounding leaves open."),
        low_closed=boolean("Whether the lower end itself belongs to it."),
        high_closed=boolean("Whether the upper end itself belongs to it."),
        unit=ref("Unit"),
        currency=nullable(string("ISO 4217, where the unit is money.", pattern="^[A-Z]{3}$")),
        nominal=boolean("Whether it is not adjusted for inflation."),
        period=record(
            basis=ref("PeriodBasis"),
            year=nullable({"type": "integer", "description": "Common era."}),
            earliest=nullable(day()),
            latest=nullable(day()),
        ),
        phase=ref("Phase"),
        provenance=ref("Provenance"),
        contradicted=boolean("Whether another figure of this line gives a different amount for the same thing."),
        document=record(
            "Where it stands.",
            title=ref("Text"),
            url=nullable(link()),
            dataset=slug("The series of files it belongs to; changes are told within one only."),
            file=string("Name of the file that was read."),
            line=nullable(count("Line of the file.", 1)),
            published_at=instant("When we published it."),
        ),
    ),
    "BudgetLineAnswer": record(
        "A budget line with every figure that is published.",
        **_LINE,
        figures=array(ref("BudgetFigure"), "Newest year first; at most 500."),
        claims=array(record("", slug=slug(), url=link()), "Published claims whose figures are of this line."),
    ),
}
