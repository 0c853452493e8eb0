"""What a look does to the columns that say how a source is and when it is looked at next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from claims.models.source import Source, SourceCheck
from claims.sources.cadence import after_failure, jittered, next_interval
from claims.sources.citations import Verdict
from claims.sources.health import GOOD, Look, health_after
from claims.sources.observing import Observation
from claims.vocabulary import Outcome, SourceHealth


@dataclass(frozen=True, slots=True)
class Schedule:
    """New values of columns of `Source`, by name."""

    fields: dict[str, object]


def schedule_after(
    source: Source, seen: Observation, *, is_new: bool, plan_confirm: timedelta, found: Sequence[Verdict],
    is_fresh: bool, is_local: bool, is_outdated: bool, now: datetime,
) -> Schedule:  # fmt: skip
    """Health, counters and the next date: now, when a quote changed under the look. The lease ends here."""
    looks = [_look_of(seen, now), *(_past(check) for check in seen.watched.past)]
    health = health_after(looks, SourceHealth(source.health))
    fields: dict[str, object] = {"health": health, "lease_token": None, "lease_until": None, "attempts": 0}
    if seen.judgement.outcome in GOOD:
        has_changed = is_new and _is_news(seen)
        interval = next_interval(timedelta(seconds=source.interval_seconds), has_changed=has_changed, is_fresh=is_fresh)
        wait = jittered(interval, str(source.public_id))
        if any(verdict.state is None for verdict in found):
            wait = plan_confirm
        fields |= {"failures": 0, "failing_since": None, "quiet": 0 if has_changed else min(source.quiet + 1, 30_000)}
        fields["interval_seconds"] = round(interval.total_seconds())
    else:
        failures = min(source.failures + 1, 30_000)
        wait = jittered(after_failure(failures), str(source.public_id))
        fields |= {"failures": failures, "failing_since": source.failing_since or now, "quiet": 0}
    next_at = now if is_local or is_outdated else now + max(wait, timedelta(seconds=seen.answer.retry_after))
    if asked := _asked_meanwhile(source):
        next_at = min(next_at, asked)
    fields["next_check_at"] = next_at
    return Schedule(fields)


def _is_news(seen: Observation) -> bool:
    """Whether a new row tells of a change of the page; not when it has moved, nor when all is as accepted again."""
    if not seen.watched.past or seen.judgement.outcome is Outcome.REDIRECTED:
        return False
    before = seen.watched.past[0].outcome
    return seen.judgement.outcome is not Outcome.OK or before not in (Outcome.REDIRECTED, Outcome.CHANGED, Outcome.OK)


def _asked_meanwhile(source: Source) -> datetime | None:
    """Somebody set the date while we were looking (“check now”, a new citation): their wish stands."""
    if source.next_check_at and source.lease_until and source.next_check_at != source.lease_until:
        return source.next_check_at
    return None


def _look_of(seen: Observation, now: datetime) -> Look:
    return Look(seen.judgement.outcome, now, now, 1, seen.answer.status)


def _past(check: SourceCheck) -> Look:
    return Look(Outcome(check.outcome), check.checked_at, check.last_seen_at, check.times_seen, check.http_status)
