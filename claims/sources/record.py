"""Observations to rows, in one transaction per batch, and only for sources that are still ours (fencing)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from claims.models.snapshot import Snapshot
from claims.models.source import Source, SourceCheck
from claims.sources.affected import affected_by, mark_statuses_due
from claims.sources.citations import Verdict, apply_verdicts, still_as_judged, verdicts
from claims.sources.flagging import Settled, flag_changes, flag_health
from claims.sources.incidents import follow_incidents
from claims.sources.noise import remembered
from claims.sources.observing import Kept, Observation
from claims.sources.scheduling import Schedule, schedule_after
from claims.sources.writing import update_rows
from claims.vocabulary import Outcome, SourceHealth
from ledger.recording import record as record_entry

_SOURCE_FIELDS = (
    "health", "failures", "failing_since", "quiet", "interval_seconds", "next_check_at", "lease_token", "lease_until",
    "attempts", "last_outcome", "last_status", "last_checked_at", "last_final_url", "accepted_snapshot", "etag",
    "last_modified", "checks_made", "restless",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """How looks turn into dates: `confirm` between two looks at a loss, and the one source that is due every tick.

    `seconds` is the wall time a batch may take for its looks; what is left over then is put back.
    """

    confirm: timedelta
    local_site: str = ""  # `host:port` of the development site
    seconds: float = 200.0


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of one observation, for people who watch."""

    url: str
    outcome: Outcome
    detail: str
    alert: bool
    is_new: bool


def record(observations: Sequence[Observation], *, token: UUID, plan: Plan, now: datetime) -> list[Recorded]:
    """Write a batch. A source leased again by somebody else in the meantime is left out: its result is theirs."""
    by_source = {seen.watched.id: seen for seen in observations}
    with transaction.atomic():
        ours = Source.objects.select_for_update().filter(pk__in=by_source, lease_token=token).order_by("pk")
        sources = {source.pk: source for source in ours}
        affected = affected_by(sources, now=now)
        standing = still_as_judged([by_source[pk] for pk in sources])
        snapshots = _snapshots([by_source[pk] for pk in sources], now=now)
        book = _Book()
        for pk, source in sources.items():
            seen = standing[pk]
            found = verdicts(seen, plan.confirm, now=now)
            is_new = book.enter(seen, _check(seen, snapshots.get(pk) or source.accepted_snapshot_id, now=now))
            is_rebased = source.accepted_snapshot_id != (seen.watched.accepted and seen.watched.accepted.snapshot)
            schedule = schedule_after(
                source, seen, is_new=is_new, plan_confirm=plan.confirm, found=found,
                is_fresh=pk in affected.fresh, is_local=source.host == plan.local_site,
                is_outdated=is_rebased or len(seen.findings) < len(by_source[pk].findings), now=now,
            )  # fmt: skip
            book.found += found
            book.settled.append(
                Settled(source, seen, SourceHealth(source.health), source.failing_since, is_rebased=is_rebased)
            )
            _settle(source, seen, schedule, None if is_rebased else snapshots.get(pk), now=now)
        _write(sources, book, now=now)
        apply_verdicts(book.found, now=now)
        looks = [(each.source.host, each.seen.judgement.outcome) for each in book.settled]
        failing_hosts = follow_incidents(looks, now=now)
        flag_health(book.settled, failing_hosts=failing_hosts, now=now)
        flag_changes(book.settled, snapshots, now=now)
        mark_statuses_due(affected, now=now)
        _record_events(book)
    return book.recorded


@dataclass(slots=True)
class _Book:
    """What a batch comes to, before it is written."""

    added: list[SourceCheck] = field(default_factory=list)
    extended: list[int] = field(default_factory=list)
    found: list[Verdict] = field(default_factory=list)
    settled: list[Settled] = field(default_factory=list)
    recorded: list[Recorded] = field(default_factory=list)

    def enter(self, seen: Observation, check: SourceCheck) -> bool:
        """Note a look as a new row, or as the newest one seen again; return which (True: new)."""
        is_new = not _extends(check, seen)
        if is_new:
            self.added.append(check)
        else:
            self.extended.append(seen.watched.past[0].pk)
        judged = seen.judgement
        self.recorded.append(Recorded(seen.watched.url, judged.outcome, judged.detail, judged.alert, is_new))
        return is_new


def _record_events(book: _Book) -> None:
    """The ledger's row stays locked until the commit, so nothing may follow."""
    lost: dict[int, list[str]] = defaultdict(list)
    for verdict in book.found:
        if verdict.is_newly_lost:
            lost[verdict.cited.id].append(verdict.cited.public_id)
    for each in book.settled:
        source = each.source
        citations = sorted(key for found in each.seen.findings for key in lost.get(found.cited.id, ()))
        content: dict[str, object] = {"outcome": source.last_outcome}
        if citations:
            _record_event("source.lost", source, content | {"citations": citations})
        if each.was is SourceHealth.BROKEN and each.is_healed:
            since = each.failing_since.isoformat() if each.failing_since else ""
            _record_event("source.recovered", source, content | {"since": since})


def _record_event(verb: str, source: Source, content: dict[str, object]) -> None:
    record_entry(verb, subject_kind="source", subject_id=source.public_id, content=content)


def _write(sources: dict[int, Source], book: _Book, *, now: datetime) -> None:
    SourceCheck.objects.bulk_create(book.added)
    if book.extended:
        extended = SourceCheck.objects.filter(pk__in=book.extended)
        extended.update(last_seen_at=now, times_seen=F("times_seen") + 1)
    update_rows(sources.values(), _SOURCE_FIELDS)


def _settle(source: Source, seen: Observation, schedule: Schedule, snapshot: int | None, *, now: datetime) -> None:
    """Put the new state on the row (unsaved)."""
    for name, value in schedule.fields.items():
        setattr(source, name, value)
    source.last_outcome = seen.judgement.outcome
    source.last_status = seen.answer.status
    source.last_checked_at = now
    source.checks_made += 1
    if seen.judgement.opened:
        source.last_final_url = seen.answer.final_url
        source.restless = remembered(seen.difference.marks, source.restless)
        _accept(source, seen, snapshot)


def _accept(source: Source, seen: Observation, snapshot: int | None) -> None:
    """A quiet look moves the baseline and the validators; one that wants a person's eye never does."""
    if seen.judgement.alert:
        source.etag = source.last_modified = ""
        return
    if snapshot is not None:
        source.accepted_snapshot_id = snapshot
    headers: Any = seen.answer.headers
    source.etag = headers.get("etag", source.etag)[:512]
    source.last_modified = headers.get("last-modified", source.last_modified)[:64]


def _snapshots(observations: list[Observation], *, now: datetime) -> dict[int, int]:
    """Snapshot ids by source, for observations whose body was kept; made where the version is new."""
    kept = [(seen.watched.id, seen.kept) for seen in observations if seen.kept]
    if not kept:
        return {}
    rows = [_snapshot(source, body, now) for source, body in kept]
    Snapshot.objects.bulk_create(rows, ignore_conflicts=True)
    wanted = {(source, body.sha256) for source, body in kept}
    made = Snapshot.objects.filter(source__in=[source for source, _ in kept], sha256__in=[b.sha256 for _, b in kept])
    found = made.values_list("source_id", "sha256", "pk")
    return {source: pk for source, sha256, pk in found if (source, sha256) in wanted}


def _snapshot(source: int, body: Kept, now: datetime) -> Snapshot:
    return Snapshot(
        source_id=source,
        sha256=body.sha256,
        size=body.size,
        content_type=body.content_type,
        charset=body.charset,
        storage_name=body.storage_name,
        text=body.text,
        extractor=body.extractor,
        taken_at=now,
    )


def _check(seen: Observation, snapshot: int | None, *, now: datetime) -> SourceCheck:
    answer = seen.answer
    return SourceCheck(
        source_id=seen.watched.id,
        outcome=seen.judgement.outcome,
        detail=seen.judgement.detail[:300],
        http_status=answer.status,
        url_chain=[[hop.url, hop.status] for hop in answer.chain],
        final_url=answer.final_url,
        headers=dict(answer.headers),
        address=answer.address,
        body_sha256=getattr(answer, "body_sha256", ""),
        text_sha256=seen.text_sha256,
        extractor=seen.extractor,
        quotes=_quotes(seen),
        snapshot_id=snapshot if seen.judgement.opened or seen.kept else None,
        duration_ms=answer.duration_ms,
        checked_at=now,
        last_seen_at=now,
    )


def _quotes(seen: Observation) -> list[dict[str, object]]:
    return [
        {
            "citation": finding.cited.public_id,
            "state": finding.quote.state.value,
            "found": finding.quote.found[:2_000].replace("\x00", "") if finding.quote.similarity < 100 else "",
            "similarity": finding.quote.similarity,
        }
        for finding in seen.findings
    ]


def _extends(check: SourceCheck, seen: Observation) -> bool:
    """Whether the newest row says the same already. Bodies of living pages differ always, so their text decides, and
    of what is noise in it no version was kept."""
    if not seen.watched.past:
        return False
    last = seen.watched.past[0]
    same_text = check.text_sha256 == last.text_sha256 and (
        bool(check.text_sha256) or check.body_sha256 == last.body_sha256
    )
    is_noise = seen.kept is None and seen.judgement.outcome in (Outcome.OK, Outcome.REDIRECTED)
    return (same_text or is_noise) and all(
        getattr(check, field) == getattr(last, field)
        for field in ("outcome", "detail", "http_status", "final_url", "quotes")
    )
