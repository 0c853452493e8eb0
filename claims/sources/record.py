"""Observations to rows, in one transaction per batch, and only for sources that are still ours (fencing)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from claims.flags import open_flag
from claims.models.flag import Flag
from claims.models.snapshot import Snapshot
from claims.models.source import Source, SourceCheck
from claims.sources.affected import affected_by, mark_statuses_due
from claims.sources.citations import Verdict, apply_verdicts, still_as_judged, verdicts
from claims.sources.observing import Kept, Observation
from claims.sources.scheduling import Schedule, schedule_after
from claims.vocabulary import FlagCode, Outcome, SourceHealth
from ledger.recording import record as record_entry

_SOURCE_FIELDS = (
    "health", "failures", "failing_since", "quiet", "interval_seconds", "next_check_at", "lease_token", "lease_until",
    "attempts", "last_outcome", "last_status", "last_checked_at", "last_final_url", "accepted_snapshot", "etag",
    "last_modified", "checks_made",
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
        recorded, lost = [], []
        extended: list[int] = []
        added: list[SourceCheck] = []
        for pk, source in sources.items():
            seen = standing[pk]
            found = verdicts(seen, plan.confirm, now=now)
            check = _check(seen, snapshots.get(pk) or source.accepted_snapshot_id, now=now)
            is_new = not _extends(check, seen)
            if is_new:
                added.append(check)
            else:
                extended.append(seen.watched.past[0].pk)
            schedule = schedule_after(
                source, seen, is_new=is_new, plan_confirm=plan.confirm, found=found,
                is_fresh=pk in affected.fresh, is_local=source.host == plan.local_site,
                is_outdated=len(seen.findings) < len(by_source[pk].findings), now=now,
            )  # fmt: skip
            lost += _settle(source, seen, schedule, found, snapshots.get(pk), now=now)
            recorded.append(
                Recorded(source.url, seen.judgement.outcome, seen.judgement.detail, seen.judgement.alert, is_new)
            )
        _write(sources, added, extended, now=now)
        mark_statuses_due(affected, now=now)
        _record_losses(lost)
    return recorded


def _record_losses(lost: list[tuple[Source, list[Verdict]]]) -> None:
    """The ledger's row stays locked until the commit, so nothing may follow."""
    for source, verdict in lost:
        citations = sorted(item.cited.public_id for item in verdict)
        record_entry(
            "source.lost",
            subject_kind="source",
            subject_id=source.public_id,
            content={"outcome": source.last_outcome, "citations": citations},
        )


def _write(sources: dict[int, Source], added: list[SourceCheck], extended: list[int], *, now: datetime) -> None:
    SourceCheck.objects.bulk_create(added)
    if extended:
        SourceCheck.objects.filter(pk__in=extended).update(last_seen_at=now, times_seen=F("times_seen") + 1)
    Source.objects.bulk_update(sources.values(), _SOURCE_FIELDS)


def _settle(
    source: Source, seen: Observation, schedule: Schedule, found: list[Verdict], snapshot: int | None, *, now: datetime
) -> list[tuple[Source, list[Verdict]]]:
    """Put the new state on the row (unsaved) and the citations; return the confirmed losses."""
    was = SourceHealth(source.health)
    for field, value in schedule.fields.items():
        setattr(source, field, value)
    source.last_outcome = seen.judgement.outcome
    source.last_status = seen.answer.status
    source.last_checked_at = now
    source.checks_made += 1
    if seen.judgement.opened:
        source.last_final_url = seen.answer.final_url
        _accept(source, seen, snapshot)
    apply_verdicts(source, found, now=now)
    _flag_health(source, was, now=now)
    lost = [verdict for verdict in found if verdict.is_newly_lost]
    return [(source, lost)] if lost else []


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


def _flag_health(source: Source, was: SourceHealth, *, now: datetime) -> None:
    if source.health == SourceHealth.BROKEN and was is not SourceHealth.BROKEN:
        since = source.failing_since.isoformat() if source.failing_since else ""
        detail = {"outcome": source.last_outcome, "since": since}
        open_flag(code=FlagCode.SOURCE_BROKEN, now=now, source=source, detail=detail)
    elif source.health == SourceHealth.OK and was is not SourceHealth.OK:
        standing = Flag.objects.open().filter(code=FlagCode.SOURCE_BROKEN, source=source)
        standing.update(closed_at=now, closing_note="The source opens again.")


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
    """Whether the newest row says the same already. Bodies of living pages differ always; their text decides."""
    if not seen.watched.past:
        return False
    last = seen.watched.past[0]
    same_text = check.text_sha256 == last.text_sha256 and (
        bool(check.text_sha256) or check.body_sha256 == last.body_sha256
    )
    return same_text and all(
        getattr(check, field) == getattr(last, field)
        for field in ("outcome", "detail", "http_status", "final_url", "quotes")
    )
