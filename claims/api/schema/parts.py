"""Components of published documents: the shapes that editions are made of."""

from __future__ import annotations

from claims.api.schema.shapes import (
    Schema,
    array,
    boolean,
    count,
    day,
    decimal,
    growing,
    link,
    nullable,
    record,
    ref,
    slug,
    string,
    uuid,
)

_TEXT = ref("Text")
_WORDS = nullable(_TEXT)
_ASSERTION = nullable(count("Number of the assertion of the claim; null: the claim as a whole.", 1))

_STATEMENT: dict[str, Schema] = {
    "id": uuid(),
    "slug": slug(),
    "label": ref("Text"),
    "kind": ref("ResponseKind"),
    "speaker": ref("PersonRef"),
    "office": _WORDS,
    "for_agency": nullable(ref("AgencyRef")),
    "date": ref("UncertainDate"),
    "text": ref("Text"),
    "note": _WORDS,
    "evidence_id": nullable(uuid()),
    "quote": nullable(record(exact=string(), lang=ref("Language"))),
}
_COVERAGE: dict[str, Schema] = {
    "strongest": ref("Coverage"),
    "stance": ref("Stance"),
    "coverage": array(ref("CoverageLine")),
}

PARTS: dict[str, Schema] = {
    "Text": record("One text in both languages.", en=string(), th=string()),
    "UncertainDate": record(
        "A date that may be exact, an interval (open on one side too), or unknown.",
        earliest=nullable(day()),
        latest=nullable(day()),
        precision=string(enum=["exact", "interval", "unknown"]),
    ),
    "PersonRef": record("A person.", id=uuid(), slug=slug(), name=_TEXT),
    "AgencyRef": record(
        "An agency, party, committee or group.", id=uuid(), slug=slug(), name=_TEXT, abbreviation=_WORDS
    ),
    "Claimant": record(
        "Who made a claim, with the office and party at the time.",
        person=ref("PersonRef"),
        office=_WORDS,
        party=nullable(ref("AgencyRef")),
        interests=_WORDS,
    ),
    "Appearance": record(
        "Where and when a claim was said.",
        kind=ref("AppearanceKind"),
        where=_TEXT,
        date=ref("UncertainDate"),
        first=boolean("Whether it was said here first."),
        captured=boolean("Whether we hold a copy."),
        note=_WORDS,
    ),
    "Assertion": growing(
        record(
            "A numbered, checkable part of a claim.",
            id=uuid(),
            number=count("", 1),
            kind=ref("AssertionKind"),
            text=_TEXT,
            hedge=_WORDS,
        ),
        checks=array(ref("FigureCheck"), "Absent in editions that were published before there were checks."),
    ),
    "Event": record("What happened when.", date=ref("UncertainDate"), text=_TEXT),
    "CoverageLine": growing(
        record(
            "What one statement says about one assertion, or about the claim as a whole.",
            assertion=_ASSERTION,
            coverage=ref("Coverage"),
            stance=ref("Stance"),
            note=_WORDS,
        ),
        quote_id=nullable(uuid("The quote of the statement that answers; absent in editions from before.")),
    ),
    "Figure": record(
        "A figure with who says so. Amounts are decimal strings in base units.",
        id=uuid(),
        slug=slug(),
        label=_TEXT,
        value=nullable(decimal("Null where the words leave it open.")),
        low=nullable(decimal("Lower end of what the words allow.")),
        high=nullable(decimal("Upper end of what the words allow.")),
        low_closed=boolean("Whether the lower end itself is allowed."),
        high_closed=boolean("Whether the upper end itself is allowed."),
        words=_WORDS,
        unit=ref("Unit"),
        currency=nullable(string("ISO 4217, where the unit is money.", pattern="^[A-Z]{3}$")),
        currency_written=boolean("Whether the source writes the currency."),
        exactness=record(kind=ref("Exactness"), digits=nullable(count("Significant figures.", 1))),
        period=record(
            words=_WORDS,
            basis=ref("PeriodBasis"),
            year=nullable({"type": "integer", "description": "Common era."}),
            earliest=nullable(day()),
            latest=nullable(day()),
        ),
        phase=ref("Phase"),
        provenance=ref("Provenance"),
        said_by=record(basis=ref("SaidBasis"), person=nullable(ref("PersonRef")), words=_TEXT),
        agency=nullable(ref("AgencyRef")),
        line={"anyOf": [ref("BudgetLineRef"), _TEXT, {"type": "null"}]}
        | {"description": "Editions from before lines had ids have its name alone."},
        assertion=_ASSERTION,
        evidence_id=nullable(uuid()),
        claim_slug=nullable(slug()),
        dossier_slug=nullable(slug()),
    ),
    "Statement": record("A statement of officials.", **_STATEMENT),
    "StatementOnClaim": record(
        "A statement of officials with what it says about one claim.", **_STATEMENT, **_COVERAGE, claim_slug=slug()
    ),
    "Response": record(
        "A statement of officials with what it says about every claim.",
        **_STATEMENT,
        claims=array(record("", claim_slug=slug(), **_COVERAGE), "One entry per claim that it was judged against."),
    ),
    "Evidence": record(
        "A citation with its exact quote.",
        id=uuid(),
        number=count("Its place in the document that shows it.", 1),
        stance=ref("CitationStance"),
        quote=record(exact=string(), prefix=string(), suffix=string(), lang=ref("Language")),
        translation=nullable(ref("Text")) | {"description": "Ours; empty on the side of the quote's own language."},
        locator=_WORDS,
        source=nullable(
            record(
                id=uuid(),
                url=link(),
                title=string(),
                title_lang=string(),
                publisher=_TEXT,
                published_on=ref("UncertainDate"),
                lang=string(),
            )
        ),
        document=nullable(record(id=uuid(), title=_TEXT, sha256=string(pattern="^[0-9a-f]{64}$"))),
        assertion=_ASSERTION,
        response_id=nullable(uuid()),
        claim_slug=nullable(slug()),
        dossier_slug=nullable(slug()),
    ),
    "ClaimDocument": growing(
        record(
            "A claim as published.",
            schema=string(const="tamroi/claim/1"),
            id=uuid(),
            slug=slug(),
            number=nullable(count("Our number in the dossier.", 1)),
            dossier=nullable(
                record(id=uuid(), slug=slug(), title=_TEXT, size=count("How many numbered claims it has."))
            ),
            heading=_TEXT,
            summary=_TEXT,
            minute=record(claimed=_TEXT, said=_TEXT, known=_TEXT, not_known=_TEXT),
            would_settle=_WORDS,
            rating=record(code=ref("Rating"), reasons=_WORDS),
            claimants=array(ref("Claimant")),
            agencies=array(ref("AgencyRef")),
            appearances=array(ref("Appearance")),
            assertions=array(ref("Assertion")),
            figures=array(ref("Figure")),
            responses=array(ref("StatementOnClaim")),
            as_reported_on=nullable(day()),
            evidence=array(ref("Evidence")),
            events=array(ref("Event")),
        ),
        considered=nullable(ref("Text")),
        waivers=array(
            record("A rule of ours that was set aside for this claim.", rule=string("Its code."), reason=_TEXT),
            "docs/standards.md lists the rules; absent in editions from before.",
        ),
    ),
    "DossierDocument": record(
        "A dossier as published.",
        schema=string(const="tamroi/dossier/1"),
        id=uuid(),
        slug=slug(),
        title=_TEXT,
        summary=_TEXT,
        notes=array(_TEXT),
        period=ref("UncertainDate"),
        as_reported_on=nullable(day()),
        claimants=array(ref("PersonRef")),
        agencies=array(ref("AgencyRef")),
        figures=array(ref("Figure")),
        evidence=array(ref("Evidence")),
        events=array(ref("Event")),
        responses=array(ref("Statement"), "The columns of the answer matrix."),
    ),
    "PersonDocument": record(
        "A person as published.",
        schema=string(const="tamroi/person/1"),
        id=uuid(),
        slug=slug(),
        name=_TEXT,
        aliases=array(record(name=string(), lang=ref("Language"))),
        note=_WORDS,
        tenures=array(
            record(
                office=_TEXT,
                agency=nullable(ref("AgencyRef")),
                start=ref("UncertainDate"),
                end=ref("UncertainDate"),
                note=_WORDS,
            )
        ),
    ),
    "AgencyDocument": record(
        "An agency as published.",
        schema=string(const="tamroi/agency/1"),
        id=uuid(),
        slug=slug(),
        kind=ref("AgencyKind"),
        name=_TEXT,
        abbreviation=_WORDS,
        parent=nullable(ref("AgencyRef")),
        note=_WORDS,
    ),
}
