"""How much time, how many bytes and how many requests one fetch may cost."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one fetch. Seconds are wall time without the wait for the host's turn; sizes are bytes."""

    header_seconds: float = 8.0
    total_seconds: float = 20.0
    page_wire_bytes: int = 8 * MEGABYTE
    pdf_wire_bytes: int = 40 * MEGABYTE
    page_bytes: int = 10 * MEGABYTE  # after decompression
    error_bytes: int = MEGABYTE // 4  # of an answer that is an error anyway
    redirects: int = 8
    header_field_bytes: int = 32_768
    host_connections: int = 2
    host_interval_seconds: float = 0.25
    host_wait_seconds: float = 30.0  # for a host that another worker holds
    host_linger_seconds: float = 0.5  # a host is kept for its next page
    patience_seconds: float = 3.0  # of a Retry-After that is waited for within the look
    retry_after_cap_seconds: float = 3_600.0
