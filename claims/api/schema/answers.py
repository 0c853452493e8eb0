"""Components of answers: what the API puts around published documents."""

from __future__ import annotations

from claims.api.schema.shapes import (
    Schema,
    array,
    boolean,
    count,
    day,
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
_BOTH = ref("Text")


def _links(*names: str, **more: Schema) -> Schema:
    return record("Where to go from here.", self=link(), html=_PAGES, **{name: link() for name in names}, **more)


def _page(of: str) -> Schema:
    return record(
        "One page of a list; there is no count.",
        items=array(ref(of)),
        next=nullable(link("The next page; null on the last.")),
        cursor=nullable(string("The same place as `next`.")),
    )


def _published(document: str, links: Schema, **more: Schema) -> Schema:
    return record(
        "",
        id=uuid(),
        slug=slug(),
        edition=ref("Edition"),
        withheld=ref("Withheld"),
        links=links,
        **more,
        document=nullable(ref(document)),
    )


ANSWERS: dict[str, Schema] = {
    "Status": record(
        "What lives about a published claim. People's changes move `content_updated_at` and `version`, machines' "
        "observations only `observed_at`.",
        id=uuid(),
        slug=slug(),
        url=_PAGES,
        edition=count("Number of the live edition.", 1),
        state=ref("PublicState"),
        rating=record(
            code=ref("Rating"),
            label=_BOTH,
            value=nullable({"type": "integer", "minimum": 1, "maximum": 5}),
            best={"type": "integer", "const": 5},
            worst={"type": "integer", "const": 1},
        ),
        official_response=record(
            "Two tracks, never mixed: our own request, and what officials said in public.",
            request=record(
                code=ref("RequestState"),
                asked_on=nullable(day()),
                due_on=nullable(day()),
                answered_on=nullable(day()),
            ),
            statements=record(
                code=ref("StatementsCode"),
                stance=ref("Stance"),
                count=count("Statements that say anything about the claim."),
                last_on=nullable(day()),
                last_searched_on=nullable(day("When we last looked for one.")),
            ),
        ),
        evidence_health=record(
            "Quotes by what the last check of their source found.",
            **{state: count() for state in ("intact", "edited", "lost", "unreachable", "unchecked")},
        ),
        findings=record(
            "Figure checks of the live edition by their result.",
            holds=count(),
            fails=count(),
            undetermined=count(),
            recheck_due_since=nullable(
                instant("Since when figures are no longer those that the edition computed with; null while they are.")
            ),
        ),
        published_at=instant("Of the first edition."),
        content_updated_at=instant("When people last changed something."),
        observed_at=nullable(instant("When a machine last looked.")),
        version=count("", 1),
    ),
    "Edition": record(
        "A numbered, unchanging document.",
        number=count("", 1),
        kind=ref("EditionKind"),
        note=_BOTH | {"description": "Why it was made; empty for the first."},
        digest=string("SHA-256 of the document in RFC 8785 form (hex).", pattern="^[0-9a-f]{64}$"),
        published_at=instant(),
    ),
    "Withheld": nullable(record("", reason=_BOTH))
    | {"description": "Why the text cannot be read here; null when it can."},
    "SourcePanel": record(
        "What the last check of a citation's source saw.",
        evidence_id=uuid(),
        source_id=nullable(uuid()),
        url=nullable(link()),
        quote_state=ref("QuoteState"),
        outcome=nullable(ref("Outcome")),
        checked_at=nullable(instant()),
        final_url=string("Where it led to, if elsewhere."),
        http_status=nullable({"type": "integer"}),
        archived=nullable(
            record(
                "The words in the version of the source that we keep, with at most 300 characters on either side; "
                "null while none is kept.",
                before=string(),
                quote=string("Empty when the main text of that version does not hold them."),
                after=string(),
                taken_at=instant("When we fetched that version."),
                sha256=string("Of the body as received (hex).", pattern="^[0-9a-f]{64}$"),
            )
        ),
    ),
    "EditionLine": record(
        "One edition of a claim.",
        number=count("", 1),
        kind=ref("EditionKind"),
        note=_BOTH,
        published_at=instant(),
        rating=ref("Rating"),
        digest=string(pattern="^[0-9a-f]{64}$"),
        persons=count("How many people it took: one wrote, another approved.", 2),
        url=link(),
    ),
    "ClaimLine": record(
        "A claim in a list: the card of its live edition, and its status. Of a withheld one, only the address and the "
        "status are shown.",
        id=uuid(),
        slug=slug(),
        number=nullable(count("Our number in the dossier.", 1)),
        dossier_slug=nullable(slug()),
        heading=nullable(_BOTH),
        claimants=array(ref("PersonRef")),
        agencies=array(ref("AgencyRef")),
        rating=nullable(ref("Rating")),
        strongest=nullable(ref("StatementsCode")),
        stance=nullable(ref("Stance")),
        withheld=boolean(),
        status=ref("Status"),
        links=_links(),
    ),
    "ClaimPage": _page("ClaimLine"),
    "ClaimAnswer": record(
        "A claim with its edition.",
        id=uuid(),
        slug=slug(),
        edition=ref("Edition"),
        live=boolean("Whether this edition is the live one."),
        withheld=ref("Withheld"),
        status=ref("Status"),
        sources=array(ref("SourcePanel"), "Per citation of the live edition."),
        editions=array(ref("EditionLine"), "All editions, newest first."),
        links=_links("latest", "status", dossier=nullable(link())),
        document=nullable(ref("ClaimDocument")),
    ),
    "StatusPage": record(
        "Statuses in the order of their last change.",
        items=array(ref("Status")),
        next=link("Where to come back to for what changes after this, always there."),
        cursor=string("The same place as `next`."),
        more=boolean("Whether there is more already."),
    ),
    "DossierLine": record(
        "A dossier in a list; the texts of a withheld one are null.",
        id=uuid(),
        slug=slug(),
        title=nullable(_BOTH),
        summary=nullable(_BOTH),
        period=nullable(ref("UncertainDate")),
        as_reported_on=nullable(day()),
        claimants=nullable(array(ref("PersonRef"))),
        agencies=nullable(array(ref("AgencyRef"))),
        edition=ref("Edition"),
        withheld=ref("Withheld"),
        links=_links("claims", "responses", "figures", "evidence"),
    ),
    "DossierPage": _page("DossierLine"),
    "MatrixClaim": record(
        "A claim of the dossier; the heading of a withheld one is null.",
        id=uuid(),
        slug=slug(),
        number=nullable(count("Our number in the dossier.", 1)),
        heading=nullable(_BOTH),
        state=ref("PublicState"),
        rating=ref("Rating"),
        url=link(),
    ),
    "Matrix": record(
        "Answers, issue by issue.",
        responses=array(uuid(), "Ids of the statements in `document.responses`, in the order of the columns."),
        rows=array(
            record(
                claim=ref("MatrixClaim"),
                cells=array(
                    record(
                        "What one statement says about the claim; nulls where it was not judged.",
                        response_id=uuid(),
                        coverage=nullable(ref("Coverage")),
                        stance=nullable(ref("Stance")),
                        parts=array(ref("CoverageLine"), "The same, assertion by assertion."),
                    )
                ),
            )
        ),
    ),
    "DossierAnswer": _published(
        "DossierDocument",
        _links("claims", "responses", "figures", "evidence"),
        matrix=ref("Matrix"),
        beside=array(ref("MatrixClaim"), "Claims of the dossier outside our numbering."),
    ),
    "PersonAnswer": _published("PersonDocument", _links("claims", "responses", "figures")),
    "PersonPage": _page("PersonAnswer"),
    "AgencyAnswer": _published("AgencyDocument", _links("claims", "responses", "figures")),
    "AgencyPage": _page("AgencyAnswer"),
    "ResponsePage": _page("Response"),
    "EvidencePage": _page("Evidence"),
    "FigurePage": _page("Figure"),
    "Index": record(
        "Links to everything.",
        **{
            name: link()
            for name in (
                "claims",
                "statuses",
                "dossiers",
                "responses",
                "evidence",
                "figures",
                "people",
                "agencies",
                "budget_lines",
                "schema",
                "documentation",
            )
        },
    ),
    "OpenApi": record("An OpenAPI document.", openapi=string(), info={"type": "object"}, paths={"type": "object"}),
    "Problem": record(
        "Why there is no answer (RFC 9457), in the language of Accept-Language.",
        type=link("What kind of problem; its explanation."),
        title=string(),
        status={"type": "integer", "minimum": 400, "maximum": 599},
        detail=string(),
        instance=string("The address that was asked.", format="uri-reference"),
        errors=array(record(detail=string(), pointer=string("What is meant, such as `#/query/limit`."))),
    ),
}
