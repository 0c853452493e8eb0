"""Which sources are due, and who has them. The queue is the column `next_check_at`; the broker is only a doorbell.

A lease moves `next_check_at` ahead to its own end and writes a token, committed before any work. A worker that dies
therefore needs no clean-up: the row is due again when the lease is over. Results count only under the token.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from claims.flags import open_flag
from claims.models.source import Source, SourceCheck
from claims.sources.affected import affected_by, mark_statuses_due
from claims.vocabulary import FlagCode, Outcome

MAX_ATTEMPTS = 5  # leases that came to nothing, before the source itself is suspected
BURIED_FOR = timedelta(days=1)
HOSTS_PER_BATCH, SOURCES_PER_BATCH = 20, 1_000
SOURCES_PER_HOST = 100  # of a host that answers in time; what a slow one leaves over is given back
PER_TICK = 2_000

# No interval and no lease is ever so long, so such a date was written by a clock that is wrong. The time of the
# statement, not of the clock: the index can be asked for the one and not for the other.
_OVERDUE = "(next_check_at <= %(due_by)s OR next_check_at > statement_timestamp() + interval '60 days')"
_FREE = "(lease_until IS NULL OR lease_until <= %(now)s OR lease_until > statement_timestamp() + interval '60 days')"
# The planner takes the few that are due for more than they are and would read the whole table instead of the index.
_BY_INDEX = "SET LOCAL enable_seqscan = off"
# The inner query picks a few of each host; the outer one judges them again under the lock.
_LEASE = """
    UPDATE claims_source SET lease_token = %(token)s, lease_until = %(until)s, next_check_at = %(until)s,
        attempts = attempts + 1
    WHERE id IN (
        SELECT id FROM claims_source
        WHERE id IN (
            SELECT id FROM (
                SELECT id, next_check_at, row_number() OVER (PARTITION BY host ORDER BY next_check_at, id) AS place
                FROM claims_source WHERE {overdue} AND {free} {also}
            ) ranked
            WHERE place <= %(per_host)s ORDER BY next_check_at LIMIT %(limit)s
        ) AND {overdue} AND {free} {also}
        FOR UPDATE SKIP LOCKED
    )
    RETURNING id, host
"""
_BURY = """
    UPDATE claims_source SET next_check_at = %(again)s, lease_token = NULL, lease_until = NULL, attempts = 0,
        last_outcome = %(outcome)s, last_checked_at = %(now)s, failures = failures + 1,
        failing_since = coalesce(failing_since, %(now)s),
        health = CASE health WHEN 'broken' THEN health ELSE 'suspect' END
    WHERE id IN (
        SELECT id FROM claims_source
        WHERE {overdue} AND {free} AND attempts >= %(most)s
        ORDER BY next_check_at LIMIT 100 FOR UPDATE SKIP LOCKED
    )
    RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Batch:
    """Sources of a few hosts, leased under one token."""

    ids: tuple[int, ...]
    token: UUID


def lease(*, now: datetime, limit: int, lease_for: timedelta) -> list[Batch]:
    """Lease up to `limit` due sources, few of each host, and return them in batches of whole hosts. Two statements."""
    return _lease(now=now, due_by=now, limit=limit, lease_for=lease_for)


def lease_anyway(
    *, now: datetime, limit: int, lease_for: timedelta, seen_before: datetime, host: str = ""
) -> list[Batch]:
    """Lease sources, due or not, that nobody has looked at since `seen_before`; those of one host, if given."""
    also = "AND (last_checked_at IS NULL OR last_checked_at < %(seen_before)s)"
    if host:
        also += " AND host = %(host)s"
    far = datetime.max.replace(tzinfo=now.tzinfo) - timedelta(days=366)
    more: dict[str, datetime | str] = {"seen_before": seen_before, "host": host}
    return _lease(now=now, due_by=far, limit=limit, lease_for=lease_for, also=also, more=more)


def _lease(
    *,
    now: datetime,
    due_by: datetime,
    limit: int,
    lease_for: timedelta,
    also: str = "",
    more: dict[str, datetime | str] | None = None,
) -> list[Batch]:
    token = uuid4()
    values: dict[str, Any] = {"token": token, "until": now + lease_for, "now": now, "due_by": due_by, "limit": limit}
    values["per_host"] = SOURCES_PER_HOST
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_BY_INDEX)
        cursor.execute(_LEASE.format(overdue=_OVERDUE, free=_FREE, also=also), values | (more or {}))
        rows = cursor.fetchall()
    return [Batch(ids, token) for ids in _packed(rows)]


def _packed(rows: list[tuple[int, str]]) -> Iterator[tuple[int, ...]]:
    """Whole hosts together, so that one worker keeps the pace at each of them."""
    by_host: dict[str, list[int]] = defaultdict(list)
    for source, host in rows:
        by_host[host].append(source)
    ids: list[int] = []
    hosts = 0
    for of_host in sorted(by_host.values(), key=len, reverse=True):
        if ids and (hosts == HOSTS_PER_BATCH or len(ids) + len(of_host) > SOURCES_PER_BATCH):
            yield tuple(ids)
            ids, hosts = [], 0
        ids += of_host
        hosts += 1
    if ids:
        yield tuple(ids)


def bury(*, now: datetime) -> int:
    """Put aside sources whose checks never ended, for a day, with a row and a flag that say so; return how many."""
    with transaction.atomic(), connection.cursor() as cursor:
        values: dict[str, Any] = {
            "now": now,
            "due_by": now,
            "again": now + BURIED_FOR,
            "most": MAX_ATTEMPTS,
            "outcome": Outcome.UNAVAILABLE.value,
        }
        cursor.execute(_BY_INDEX)
        cursor.execute(_BURY.format(overdue=_OVERDUE, free=_FREE), values)
        buried = [row[0] for row in cursor.fetchall()]
        SourceCheck.objects.bulk_create(
            SourceCheck(
                source_id=source, outcome=Outcome.UNAVAILABLE, detail="checker_failed", checked_at=now, last_seen_at=now
            )
            for source in buried
        )
        detail = {"outcome": Outcome.UNAVAILABLE.value, "reason": "checker_failed"}
        for source in Source.objects.filter(pk__in=buried):
            open_flag(code=FlagCode.SOURCE_BROKEN, now=now, source=source, detail=detail)
        mark_statuses_due(affected_by(buried, now=now), now=now)
    return len(buried)


def database_now() -> datetime:
    """The database's clock, which all workers share."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        row: tuple[datetime] = cursor.fetchone()
    return row[0]
