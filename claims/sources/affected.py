"""Published claims that rest on a source, and so show what its last check saw."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from claims.models.evidence import EvidenceCitation
from claims.models.public_status import PublicStatus
from claims.models.response import ResponseCoverage

FRESH_FOR = timedelta(days=30)  # after the publication of a claim its sources are looked at more often


@dataclass(frozen=True, slots=True)
class Affected:
    """Ids of the statuses, and of the sources on which a freshly published claim rests."""

    statuses: frozenset[int]
    fresh: frozenset[int]


def affected_by(sources: Collection[int], *, now: datetime) -> Affected:
    """Read it for a batch in three queries."""
    by_claim: dict[int, set[int]] = defaultdict(set)
    by_dossier: dict[int, set[int]] = defaultdict(set)
    by_response: dict[int, set[int]] = defaultdict(set)
    rows = EvidenceCitation.objects.filter(source__in=sources)
    for source, claim, response, dossier in rows.values_list("source", "claim", "response", "dossier"):
        for subject, found in ((claim, by_claim), (response, by_response), (dossier, by_dossier)):
            if subject is not None and source is not None:
                found[subject].add(source)
    coverage = ResponseCoverage.objects.filter(response__in=by_response)
    for response, claim in coverage.values_list("response", "claim").distinct():
        by_claim[claim] |= by_response[response]
    statuses = PublicStatus.objects.filter(Q(claim__in=by_claim) | Q(claim__dossier__in=by_dossier))
    found_ids, fresh = set(), set()
    for pk, claim, dossier, published_at in statuses.values_list("pk", "claim", "claim__dossier", "published_at"):
        found_ids.add(pk)
        if published_at and now - published_at <= FRESH_FOR:
            fresh |= by_claim[claim] | (by_dossier[dossier] if dossier else set())
    return Affected(frozenset(found_ids), frozenset(fresh))


def mark_statuses_due(affected: Affected, *, now: datetime) -> None:
    """Have the statuses recomputed: their source panels show when the last look was."""
    if affected.statuses:
        PublicStatus.objects.filter(pk__in=affected.statuses).update(status_due_at=now)
