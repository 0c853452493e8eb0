"""Flags of sources, for a whole batch at once: broken, opens again, changed near a quote. The number of statements
does not grow with the batch."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db.models import Max

from claims.models.flag import Flag
from claims.models.source import Source
from claims.sources.compare import Difference
from claims.sources.observing import Observation
from claims.sources.writing import update_rows
from claims.vocabulary import FlagCode, Outcome, QuoteState, SourceHealth

OPENS_AGAIN = "The source opens again."
_SAYS_AGAIN = "The page says again what it said."
_CALM = frozenset({Outcome.OK, Outcome.REDIRECTED, Outcome.CHANGED})


@dataclass(frozen=True, slots=True)
class Settled:
    """A source after its look, unsaved or saved, with what it was before. `is_rebased`: a person accepted another
    version while we looked, so the difference is not to the baseline."""

    source: Source
    seen: Observation
    was: SourceHealth
    failing_since: datetime | None
    is_rebased: bool = False

    @property
    def is_healed(self) -> bool:
        """It had failed and opens again."""
        return self.source.health == SourceHealth.OK and self.was in (SourceHealth.SUSPECT, SourceHealth.BROKEN)


def flag_health(settled: Sequence[Settled], *, failing_hosts: Collection[str], now: datetime) -> None:
    """Close the flags of what opens again; flag what is broken, once for each time, unless its whole host fails."""
    healed = [each.source.pk for each in settled if each.is_healed]
    if healed:
        standing = Flag.objects.open().filter(code=FlagCode.SOURCE_BROKEN, source__in=healed)
        standing.update(closed_at=now, closing_note=OPENS_AGAIN)
    broken = [
        each.source
        for each in settled
        if each.source.health == SourceHealth.BROKEN and each.source.host not in failing_hosts
    ]
    if not broken:
        return
    flags = Flag.objects.filter(code=FlagCode.SOURCE_BROKEN, source__in=broken).order_by()
    last = dict(flags.values("source").annotate(at=Max("opened_at")).values_list("source", "at"))
    fresh = [source for source in broken if not _is_flagged(source, last.get(source.pk))]
    Flag.objects.bulk_create([_broken(source, now=now) for source in fresh], ignore_conflicts=True)


def _is_flagged(source: Source, at: datetime | None) -> bool:
    """A flag that a person closed counts too: they know."""
    return at is not None and (source.failing_since is None or at >= source.failing_since)


def _broken(source: Source, *, now: datetime) -> Flag:
    since = source.failing_since.isoformat() if source.failing_since else ""
    detail = {"outcome": source.last_outcome, "since": since}
    return Flag(code=FlagCode.SOURCE_BROKEN, source=source, detail=detail, opened_at=now)


def flag_changes(settled: Sequence[Settled], snapshots: dict[int, int], *, now: datetime) -> None:
    """Flag pages that changed near a quote that stands, in their title or with words of a correction.

    One flag a source. The same change is not flagged again after a person closed it; another one renews the detail. It
    closes when the page says again what the accepted version says, or when that version is accepted.
    """
    told = {each.source.pk: each for each in settled if _is_told(each)}
    calm = [each.source.pk for each in settled if _is_calm(each)]
    if calm:
        standing = Flag.objects.open().filter(code=FlagCode.PAGE_CHANGED, source__in=calm)
        standing.update(closed_at=now, closing_note=_SAYS_AGAIN)
    if not told:
        return
    flags = Flag.objects.filter(code=FlagCode.PAGE_CHANGED, source__in=told)
    last = {flag.source_id: flag for flag in flags.order_by("source_id", "-pk").distinct("source_id")}
    fresh, renewed = [], []
    for pk, each in told.items():
        detail = _detail(each.seen.difference, snapshots.get(pk))
        flag = last.get(pk)
        if flag is not None and flag.detail.get("digest") == detail["digest"]:
            continue
        if flag is not None and flag.closed_at is None:
            flag.detail = detail
            renewed.append(flag)
        else:
            fresh.append(Flag(code=FlagCode.PAGE_CHANGED, source=each.source, detail=detail, opened_at=now))
    Flag.objects.bulk_create(fresh, ignore_conflicts=True)
    update_rows(renewed, ("detail",))


def _is_told(each: Settled) -> bool:
    seen = each.seen
    stands = not seen.findings or any(found.quote.state is QuoteState.INTACT for found in seen.findings)
    return seen.judgement.opened and seen.difference.alerts and stands and not each.is_rebased


def _is_calm(each: Settled) -> bool:
    return each.seen.judgement.outcome in _CALM and not each.seen.difference.alerts and not each.is_rebased


def _detail(difference: Difference, snapshot: int | None) -> dict[str, object]:
    """JSON: `reason`, the sentences, the `snapshot` to accept, and a `digest` of what alerts."""
    digest = sha256("\n".join((*difference.titles, *sorted(difference.telling))).encode("utf-8", "replace")).hexdigest()
    return {"reason": difference.reason, **difference.told, "snapshot": snapshot, "digest": digest[:16]}
