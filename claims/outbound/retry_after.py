"""The Retry-After header: seconds or an HTTP date. Pure."""

from __future__ import annotations

from email.utils import parsedate_to_datetime


def seconds_from(value: str, now: float) -> float:
    """Seconds to wait counted from `now` (a Unix time); 0 when the header says nothing usable."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - now)
    except (ValueError, TypeError, OverflowError):
        return 0.0
