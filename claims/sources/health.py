"""From observations to the state of a source: one bad look is only suspect, one good look heals. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from claims.vocabulary import Outcome, SourceHealth


@dataclass(frozen=True, slots=True)
class Threshold:
    """So many bad looks of one kind, the first and the last at least so far apart."""

    looks: int
    apart: timedelta


THRESHOLDS: dict[Outcome, Threshold] = {
    Outcome.GONE: Threshold(2, timedelta(hours=24)),
    Outcome.SOFT_404: Threshold(2, timedelta(hours=24)),
    Outcome.DNS_ERROR: Threshold(3, timedelta(hours=48)),
    Outcome.TLS_ERROR: Threshold(3, timedelta(hours=48)),
    Outcome.TIMEOUT: Threshold(4, timedelta(hours=72)),
    Outcome.UNAVAILABLE: Threshold(4, timedelta(hours=72)),
}
GONE_FOR_GOOD = Threshold(2, timedelta(hours=6))  # status 410
GOOD = frozenset({Outcome.OK, Outcome.REDIRECTED, Outcome.CHANGED, Outcome.QUOTE_MISSING})


@dataclass(frozen=True, slots=True)
class Look:
    """A run of equal observations: first seen, last seen, how often."""

    outcome: Outcome
    first: datetime
    last: datetime
    times: int = 1
    status: int | None = None


def health_after(looks: list[Look], before: SourceHealth) -> SourceHealth:
    """The state after the newest of `looks` (newest first). Blocked, refused and unread sources never become broken."""
    newest = looks[0].outcome
    if newest in GOOD:
        return SourceHealth.OK
    if before is SourceHealth.BROKEN:
        return SourceHealth.BROKEN  # only a good look heals
    threshold = GONE_FOR_GOOD if looks[0].status == 410 else THRESHOLDS.get(newest)
    if threshold is None:
        return SourceHealth.SUSPECT
    run = []
    for look in looks:
        if look.outcome is not newest:
            break
        run.append(look)
    times = sum(look.times for look in run)
    apart = run[0].last - run[-1].first
    return SourceHealth.BROKEN if times >= threshold.looks and apart >= threshold.apart else SourceHealth.SUSPECT
