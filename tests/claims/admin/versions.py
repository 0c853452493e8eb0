"""Versions of a source and looks at it, as the recorder leaves them; bodies lie in the storage."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any

from claims.models.snapshot import Snapshot
from claims.models.source import Source, SourceCheck
from claims.sources.bodies import keep
from claims.vocabulary import Outcome
from tests.factories.claims import NOW


def version(source: Source, text: str, *, body: bytes | None = None, now: datetime = NOW, **fields: Any) -> Snapshot:
    """A stored version whose main text is `text`."""
    raw = text.encode() if body is None else body
    digest = sha256(raw).hexdigest()
    given = {"content_type": "text/html; charset=utf-8", "charset": "utf-8", "extractor": "html/2"} | fields
    return Snapshot.objects.create(
        source=source, sha256=digest, size=len(raw), storage_name=keep(digest, raw), text=text, taken_at=now, **given
    )


def look(source: Source, outcome: Outcome, kept: Snapshot | None = None, *, now: datetime = NOW, **fields: Any) -> Any:
    """A look that saw `kept`."""
    given = {"http_status": 200, "url_chain": [[source.url, 200]], "final_url": source.url, "duration_ms": 120} | fields
    return SourceCheck.objects.create(
        source=source,
        outcome=outcome,
        snapshot=kept,
        body_sha256=kept.sha256 if kept else "",
        checked_at=now,
        last_seen_at=now,
        **given,
    )


def accept(source: Source, kept: Snapshot) -> None:
    """A quiet look took it as the baseline."""
    Source.objects.filter(pk=source.pk).update(accepted_snapshot=kept)
    source.refresh_from_db()
