"""The living status of a published claim: one pure function, and the verb that stores what it returns."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from budgets.vocabulary import Result
from claims.documents.parts import Json, iso
from claims.documents.responses import clearest, strongest
from claims.models.edition import EditionText
from claims.models.evidence import EvidenceCitation
from claims.models.public_status import PublicStatus
from claims.models.response import ResponseRequest, StatementSearch
from claims.publication.archived import Key, read_archived
from claims.publication.items import mentioning
from claims.publication.rechecks import Computed, read_findings, recheck_due_since
from claims.vocabulary import Outcome, QuoteState, Rating, RequestState

READERS_ZONE = ZoneInfo("Asia/Bangkok")
_TAKE_CHANGE_NO = "UPDATE claims_changecounter SET last = last + 1 WHERE id = 1 RETURNING last"
_WAITING = (RequestState.AWAITING, RequestState.ACKNOWLEDGED)


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided or did: a change of it is a change of content."""

    rating: str
    request_code: str
    asked_on: date | None
    due_on: date | None
    answered_on: date | None
    statements_code: str
    stance: str
    statements_count: int
    statements_last_on: date | None
    last_searched_on: date | None
    findings_holds: int
    findings_fails: int
    findings_undetermined: int


@dataclass(frozen=True, slots=True)
class Observed:
    """What machines saw: quotes by their state, and figures that are no longer those of the edition."""

    quotes_intact: int = 0
    quotes_edited: int = 0
    quotes_lost: int = 0
    quotes_unreachable: int = 0
    quotes_unchecked: int = 0
    recheck_due_since: datetime | None = None


LIVING = (
    *(field.name for kind in (Decided, Observed) for field in fields(kind)),
    *("sources", "observed_at", "status_due_at", "content_updated_at", "version"),
    *("change_no", "content_change_no", "body"),
)


def decide(body: Json, request: ResponseRequest | None, last_search: StatementSearch | None, today: date) -> Decided:
    """Sum up a claim's edition and our own asking; `today` is the readers' date."""
    mentions = mentioning(body)
    exact = [day["earliest"] for day in (response["date"] for response in mentions) if day["precision"] == "exact"]
    return Decided(
        rating=body["rating"]["code"],
        request_code=request_code(request, today),
        asked_on=request.asked_on if request else None,
        due_on=request.due_on if request else None,
        answered_on=request.answered_on if request else None,
        statements_code=strongest(response["strongest"] for response in body["responses"]),
        stance=clearest(response["stance"] for response in body["responses"]),
        statements_count=len(mentions),
        statements_last_on=date.fromisoformat(max(exact)) if exact else None,
        last_searched_on=last_search.searched_on if last_search else None,
        **_findings(body),
    )


def _findings(body: Json) -> dict[str, int]:
    results = [check["result"] for assertion in body["assertions"] for check in assertion.get("checks", ())]
    return {f"findings_{result.value}": results.count(result.value) for result in Result}


def request_code(request: ResponseRequest | None, today: date) -> str:
    """The code of our newest request; waiting turns overdue after our own deadline."""
    if request is None:
        return RequestState.NONE_SOUGHT.value
    if request.state in _WAITING and request.due_on < today:
        return RequestState.OVERDUE.value
    return str(request.state)


def source_panel(citation: EvidenceCitation, archived: Json | None = None) -> Json:
    """What the last check of a citation's source saw, and its words in the version that we keep.

    A document that we hold needs no check.
    """
    source = citation.source
    if source is None:
        state, outcome = QuoteState.INTACT.value, None
    else:
        outcome = source.last_outcome or None
        unreachable = outcome is not None and not Outcome(outcome).opened
        state = QuoteState.UNREACHABLE.value if unreachable else citation.quote_state
        if citation.quote_state == QuoteState.LOST:
            state = QuoteState.LOST.value
    return {
        "evidence_id": str(citation.public_id),
        "source_id": str(source.public_id) if source else None,
        "url": source.url if source else None,
        "quote_state": state,
        "outcome": outcome,
        "checked_at": source.last_checked_at.isoformat() if source and source.last_checked_at else None,
        "final_url": source.last_final_url if source else "",
        "http_status": source.last_status if source else None,
        "archived": archived,
    }


def observe(panels: list[Json], recheck_due_since: datetime | None) -> Observed:
    """Count quotes by their state."""
    states = [panel["quote_state"] for panel in panels]
    counts = {f"quotes_{state.value}": states.count(state.value) for state in QuoteState}
    return Observed(**counts, recheck_due_since=recheck_due_since)


def status_document(status: PublicStatus, edition_number: int) -> Json:
    """The status as the API serves it: the shape of docs/architecture.md."""
    rating = Rating(status.rating)
    return {
        "id": str(status.claim_public_id),
        "slug": status.slug,
        "url": {lang: f"{settings.PUBLIC_ORIGIN}/{lang}/claims/{status.slug}/" for lang in ("en", "th")},
        "edition": edition_number,
        "state": status.state,
        "rating": {"code": rating.value, "label": rating.both, "value": rating.number, "best": 5, "worst": 1},
        "official_response": {
            "request": {
                "code": status.request_code,
                "asked_on": iso(status.asked_on),
                "due_on": iso(status.due_on),
                "answered_on": iso(status.answered_on),
            },
            "statements": {
                "code": status.statements_code,
                "stance": status.stance,
                "count": status.statements_count,
                "last_on": iso(status.statements_last_on),
                "last_searched_on": iso(status.last_searched_on),
            },
        },
        "evidence_health": {state.value: getattr(status, f"quotes_{state.value}") for state in QuoteState},
        "findings": {
            "holds": status.findings_holds,
            "fails": status.findings_fails,
            "undetermined": status.findings_undetermined,
            "recheck_due_since": _instant(status.recheck_due_since),
        },
        "published_at": _instant(status.published_at),
        "content_updated_at": _instant(status.content_updated_at),
        "observed_at": _instant(status.observed_at),
        "version": status.version,
    }


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lives outside the editions, read for many claims at once."""

    requests: dict[int, ResponseRequest]
    searches: dict[int, StatementSearch]
    citations: dict[str, EvidenceCitation]
    archived: dict[Key, Json]
    findings: dict[str, list[Computed]]


def read_surroundings(
    claims: Collection[int], bodies: Collection[Json], standing: Iterable[Sequence[Json]] = ()
) -> Surroundings:
    """Read our newest request and search per claim, and every citation that the editions show: four queries.

    Two more where a source has a new version; `standing` are the panels so far, in the order of `bodies`.
    """
    cited = {evidence["id"] for body in bodies for evidence in body["evidence"]}
    newest_requests = ResponseRequest.objects.filter(claim__in=claims).order_by("claim_id", "-asked_on", "-id")
    newest_searches = StatementSearch.objects.filter(claim__in=claims).order_by("claim_id", "-searched_on", "-id")
    sources = EvidenceCitation.objects.select_related("source__accepted_snapshot")
    rows = sources.defer("source__accepted_snapshot__text").filter(public_id__in=cited)
    citations = {str(citation.public_id): citation for citation in rows}
    return Surroundings(
        requests={request.claim_id: request for request in newest_requests.distinct("claim")},
        searches={search.claim_id: search for search in newest_searches.distinct("claim")},
        citations=citations,
        archived=read_archived(citations, bodies, standing),
        findings=read_findings(bodies),
    )


def apply(status: PublicStatus, body: Json, around: Surroundings, *, now: datetime, is_edition: bool = False) -> None:
    """Bring an unsaved or locked status up to date in place and number the change; the caller saves it.

    `is_edition` says that a new edition was just pointed at, which is a change of content whatever it says.
    """
    panels = [
        source_panel(citation, around.archived.get((evidence["id"], evidence["quote"]["exact"])))
        for evidence in body["evidence"]
        if (citation := around.citations.get(evidence["id"])) is not None
    ]
    today = now.astimezone(READERS_ZONE).date()
    decided = decide(body, around.requests.get(status.claim_id), around.searches.get(status.claim_id), today)
    observed = observe(panels, recheck_due_since(body, around.findings))
    content = is_edition or _differs(status, decided)
    visible = content or _differs(status, observed)
    for field, value in {**asdict(decided), **asdict(observed)}.items():
        setattr(status, field, value)
    status.sources = panels
    status.observed_at = max(
        (datetime.fromisoformat(panel["checked_at"]) for panel in panels if panel["checked_at"]), default=None
    )
    status.status_due_at = None
    if content:
        status.content_updated_at = now
        status.version = (status.version or 0) + 1 if status.pk else 1
    if visible:
        status.change_no = _take_change_no()
        if content:
            status.content_change_no = status.change_no
    status.body = json.dumps(status_document(status, status.edition.number), ensure_ascii=False, separators=(",", ":"))


def refresh_due(*, now: datetime, limit: int = 200) -> int:
    """Recompute statuses that are due, or whose request ran past its deadline; return how many were looked at."""
    today = now.astimezone(READERS_ZONE).date()
    late = Q(request_code__in=_WAITING, due_on__lt=today)
    return _refresh(PublicStatus.objects.filter(Q(status_due_at__lte=now) | late), now=now, limit=limit)


def refresh_all(*, now: datetime) -> int:
    """Recompute every status, for example after PUBLIC_ORIGIN changed; return how many."""
    count = 0
    last = 0
    while batch := list(PublicStatus.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:200]):
        count += _refresh(PublicStatus.objects.filter(pk__in=batch), now=now, limit=len(batch))
        last = batch[-1]
    return count


def _refresh(rows: Any, *, now: datetime, limit: int) -> int:
    with transaction.atomic():
        # Skipped rows are being refreshed or published by somebody else, who takes the cause in.
        locked = rows.select_for_update(skip_locked=True, of=("self",)).select_related("edition").order_by("pk")
        statuses = list(locked[:limit])
        texts = EditionText.objects.filter(edition__in=[status.edition_id for status in statuses])
        bodies = {edition: json.loads(body) for edition, body in texts.values_list("edition_id", "body")}
        shown, standing = [bodies[status.edition_id] for status in statuses], [status.sources for status in statuses]
        around = read_surroundings([status.claim_id for status in statuses], shown, standing)
        for status in statuses:
            apply(status, bodies[status.edition_id], around, now=now)
        PublicStatus.objects.bulk_update(statuses, LIVING, batch_size=100)
    return len(statuses)


def _differs(status: PublicStatus, values: Decided | Observed) -> bool:
    return any(getattr(status, field) != value for field, value in asdict(values).items())


def _take_change_no() -> int:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_CHANGE_NO)
        return int(cursor.fetchone()[0])


def _instant(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat().replace("+00:00", "Z")
