"""The desk: what waits for the person who is signed in, oldest first. Each queue costs one query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce
from django.urls import reverse

from claims.admin.filters import troubled
from claims.admin.quote_queue import CODES as ABOUT_QUOTES
from claims.models.flag import Flag
from claims.models.incident import HostIncident
from claims.models.review import ClaimReview, DraftEdit, ReviewAuthor, ReviewDecision
from claims.models.source import Source
from claims.review.transitions import APPROVE, PUBLISH, Role
from claims.vocabulary import FlagCode, Outcome, ReviewState, SubjectKind

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of a queue."""

    text: str
    url: str
    since: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits: the oldest few, how many in all, and where to see them."""

    title: str
    empty: str
    count: int
    lines: tuple[Waiting, ...]
    url: str

    @property
    def oldest(self) -> datetime | None:
        """Since when the first one waits."""
        return self.lines[0].since if self.lines else None


def queues_of(user: User, roles: Iterable[str], *, may_see: Iterable[str]) -> list[Queue]:
    """Return the queues of a person in `roles`; `may_see` are model names whose pages they may open."""
    held, seen = set(roles), set(may_see)
    queues: list[Queue] = []
    if "claimreview" in seen:
        if held & {Role.CONTRIBUTOR, Role.REVIEWER, Role.EDITOR}:
            queues.append(_my_drafts(user))
        if held & APPROVE.roles:
            queues.append(_to_review(user))
        if held & PUBLISH.roles:
            queues.append(_to_publish())
    if "flag" in seen:
        queues += [_quotes_to_look_at(), _other_flags()]
    if "hostincident" in seen:
        queues.append(_host_incidents())
    if "source" in seen:
        queues.append(_sources_in_trouble())
    return queues


def _oldest(rows: QuerySet[Any]) -> list[Any]:
    """The rows that have waited longest (`since`) with the number of all of them (`total`), in one query."""
    return list(rows.annotate(total=Window(Count("pk"))).order_by("since", "pk")[:SHOWN])


def _queue(title: str, empty: str, url: str, rows: list[Any], lines: list[Waiting]) -> Queue:
    return Queue(title, empty, rows[0].total if rows else 0, tuple(lines), url)


def _claim_lines(reviews: list[Any], note: str = "") -> list[Waiting]:
    return [
        Waiting(str(review.claim), reverse("admin:claims_claim_change", args=[review.claim_id]), review.since, note)
        for review in reviews
    ]


def _claims_url(state: ReviewState) -> str:
    return f"{reverse('admin:claims_claim_changelist')}?revision={state.value}"


def _my_drafts(user: User) -> Queue:
    mine = DraftEdit.objects.filter(
        subject_kind=SubjectKind.CLAIM,
        subject_id=OuterRef("claim__public_id"),
        user=user,
        at__gte=OuterRef("opened_at"),
    )
    drafts = ClaimReview.objects.filter(Exists(mine), state=ReviewState.DRAFTED).select_related("claim")
    rows = _oldest(drafts.annotate(since=F("opened_at")))
    return _queue("My drafts", "You have no draft.", _claims_url(ReviewState.DRAFTED), rows, _claim_lines(rows))


def _in_state(state: ReviewState) -> QuerySet[ClaimReview]:
    moves = ReviewDecision.objects.filter(review=OuterRef("pk"), to_state=state).exclude(from_state=state)
    since = Coalesce(Subquery(moves.order_by("-pk").values("at")[:1]), F("opened_at"))
    return ClaimReview.objects.filter(state=state).select_related("claim", "submitted_by").annotate(since=since)


def _to_review(user: User) -> Queue:
    own = ReviewAuthor.objects.filter(review=OuterRef("pk"), user=user)
    rows = _oldest(_in_state(ReviewState.IN_REVIEW).filter(~Exists(own)))
    url = _claims_url(ReviewState.IN_REVIEW)
    return _queue("Awaiting my review", "Nothing waits for your review.", url, rows, _claim_lines(rows))


def _to_publish() -> Queue:
    rows = _oldest(_in_state(ReviewState.APPROVED))
    url = _claims_url(ReviewState.APPROVED)
    return _queue("Approved, to publish", "Nothing waits to be published.", url, rows, _claim_lines(rows))


def _quotes_to_look_at() -> Queue:
    rows = _oldest(_flags().filter(code__in=ABOUT_QUOTES))
    url = reverse("admin:claims_flag_quotes")
    return _queue("Quotes to look at", "No quote was lost or edited.", url, rows, _flag_lines(rows))


def _other_flags() -> Queue:
    """Hosts that fail as a whole have a queue of their own."""
    apart = {*ABOUT_QUOTES, FlagCode.HOST_INCIDENT}
    rows = _oldest(_flags().exclude(code__in=apart))
    others = ",".join(code.value for code in FlagCode if code not in apart)
    url = f"{reverse('admin:claims_flag_changelist')}?code__in={others}"
    return _queue("Other open flags", "No other flag is open.", url, rows, _flag_lines(rows))


def _flags() -> QuerySet[Flag]:
    flags = Flag.objects.open().select_related("claim", "source", "citation")
    return flags.annotate(since=F("opened_at"))


def _flag_lines(rows: list[Any]) -> list[Waiting]:
    return [
        Waiting(
            str(flag.claim or flag.source or flag.citation or "—"),
            reverse("admin:claims_flag_change", args=[flag.pk]),
            flag.since,
            str(FlagCode(flag.code).label),
        )
        for flag in rows
    ]


def _host_incidents() -> Queue:
    rows = _oldest(HostIncident.objects.open().annotate(since=F("opened_at")))
    lines = [
        Waiting(
            incident.host,
            reverse("admin:claims_hostincident_change", args=[incident.pk]),
            incident.since,
            f"{Outcome(incident.outcome).label}: {incident.failing:,} of {incident.watched:,}",
        )
        for incident in rows
    ]
    url = reverse("admin:claims_hostincident_changelist")
    return _queue("Hosts that fail", "No host fails as a whole.", url, rows, lines)


def _sources_in_trouble() -> Queue:
    since = Coalesce(F("failing_since"), F("last_checked_at"), F("added_at"))
    rows = _oldest(troubled(Source.objects.all(), cited_only=True).annotate(since=since))
    lines = [
        Waiting(
            source.title,
            reverse("admin:claims_source_change", args=[source.pk]),
            source.since,
            str(Outcome(source.last_outcome).label) if source.last_outcome else "",
        )
        for source in rows
    ]
    url = f"{reverse('admin:claims_source_changelist')}?in_trouble=yes"
    return _queue("Sources in trouble", "Every cited source that was looked at answers.", url, rows, lines)
