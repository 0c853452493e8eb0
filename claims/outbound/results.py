"""What a fetch returns: frozen values, so that judging needs no network."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from claims.outbound.magic import Kind


@dataclass(frozen=True, slots=True)
class Request:
    """What to fetch. Validators are sent only to `validators_for`, the address that issued them."""

    url: str
    etag: str = ""
    last_modified: str = ""
    validators_for: str = ""


@dataclass(frozen=True, slots=True)
class Hop:
    """One answer on the way."""

    url: str
    status: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """A complete answer. `body` is decoded and empty when `status` is 304 or `kind` is not read."""

    url: str
    final_url: str
    status: int
    chain: tuple[Hop, ...]
    headers: Mapping[str, str]
    kind: Kind
    body: bytes = b""
    body_sha256: str = ""
    content_type: str = ""
    address: str = ""
    wire_bytes: int = 0
    duration_ms: int = 0
    retry_after: float = 0.0

    @property
    def not_modified(self) -> bool:
        """The server says that what we know still stands."""
        return self.status == 304


@dataclass(frozen=True, slots=True)
class FetchFailure:
    """No usable answer. `outcome` is one of the fifteen codes, `reason` a code of `reasons`."""

    url: str
    outcome: str
    reason: str
    about: str = ""
    permanent: bool = False
    status: int | None = None
    final_url: str = ""
    chain: tuple[Hop, ...] = ()
    address: str = ""
    duration_ms: int = 0
    retry_after: float = 0.0
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def detail(self) -> str:
        """Reason code, with what it is about when that helps."""
        return f"{self.reason}: {self.about}"[:300] if self.about else self.reason


@dataclass(frozen=True, slots=True)
class Postponed:
    """Nothing was found out: another worker holds a host, or the host asked for a pause. Try again after `seconds`.

    `is_own_host`: that of the address itself, not one it led to, so its neighbours need not be tried either.
    """

    url: str
    seconds: float
    is_own_host: bool = True


Result = Fetched | FetchFailure | Postponed
Fetch = Callable[[Request], Awaitable[Result]]
