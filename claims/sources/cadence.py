"""When to look again. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from hashlib import blake2b

FIRST = timedelta(days=1)
LONGEST = timedelta(days=30)
SHORTEST = timedelta(hours=6)
FRESH_LONGEST = timedelta(days=3)  # for what rests on fresh or prominent claims
GROWTH, SHRINK = 1.5, 4
JITTER = 0.15
LADDER: Sequence[timedelta] = (
    timedelta(minutes=15),
    timedelta(hours=2),
    timedelta(hours=12),
    timedelta(days=1),
    timedelta(days=3),
)


def next_interval(current: timedelta, *, has_changed: bool, is_fresh: bool = False) -> timedelta:
    """The interval after a good look: longer when all was quiet, much shorter after a change."""
    interval = max(current / SHRINK, SHORTEST) if has_changed else current * GROWTH
    return min(interval, FRESH_LONGEST if is_fresh else LONGEST)


def after_failure(failures: int) -> timedelta:
    """The pause after the `failures`-th bad look in a row (1 or more)."""
    return LADDER[min(max(failures, 1), len(LADDER)) - 1]


def jittered(interval: timedelta, key: str) -> timedelta:
    """Up to 15 % earlier or later, always the same for one `key`, so that a crowd of equal sources spreads out."""
    share = int.from_bytes(blake2b(key.encode(), digest_size=4).digest(), "big") / 0xFFFFFFFF
    return interval * (1 + JITTER * (2 * share - 1))
