"""Verbs of flags: why a person should look. A flag is never a state of the claim."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from claims.models.claim import Claim
from claims.models.evidence import EvidenceCitation
from claims.models.flag import Flag
from claims.models.incident import HostIncident
from claims.models.public_status import PublicStatus
from claims.models.source import Source
from claims.vocabulary import FlagCode
from ledger.recording import record


class FlagClosed(Exception):
    """Somebody has closed the flag already; carries one sentence."""


def open_flag(
    *,
    code: FlagCode,
    now: datetime,
    claim: Claim | None = None,
    source: Source | None = None,
    citation: EvidenceCitation | None = None,
    incident: HostIncident | None = None,
    detail: Mapping[str, Any] | None = None,
) -> Flag | None:
    """Open a flag and return it, or None when the same one is open already.

    The caller records what happened in the ledger; a flag is only the to-do that follows from it.
    """
    about = {"code": code, "claim": claim, "source": source, "citation": citation, "incident": incident}
    flag = Flag(**about, detail=dict(detail or {}), opened_at=now)
    # The partial unique index decides between two workers that saw the same thing.
    created = Flag.objects.bulk_create([flag], ignore_conflicts=True)
    standing = Flag.objects.open().filter(**about, opened_at=now)
    return standing.first() if created else None


def close_flag(*, flag: Flag, note: str, by: User, now: datetime) -> Flag:
    """Close a flag with a note on what was done; raise `FlagClosed` when it is closed."""
    with transaction.atomic():
        locked = Flag.objects.select_for_update().get(pk=flag.pk)
        if locked.closed_at is not None:
            raise FlagClosed(f"This flag was closed on {locked.closed_at:%Y-%m-%d} already.")
        Flag.objects.filter(pk=flag.pk).update(closed_at=now, closed_by=by, closing_note=note)
        flag.refresh_from_db()
        if flag.claim_id is not None:
            PublicStatus.objects.filter(claim=flag.claim_id).update(status_due_at=now)
        record("flag.closed", subject_kind="flag", subject_id=str(flag.pk), content={"note": note, "user": str(by.pk)})
    return flag


def resolve_flags(
    *,
    code: FlagCode,
    citation: EvidenceCitation | None = None,
    claim: Claim | None = None,
    note: str,
    now: datetime,
) -> int:
    """Close open flags of a citation or claim because a machine saw that their cause has gone; return how many."""
    standing = Flag.objects.open().filter(code=code, **({"citation": citation} if citation else {"claim": claim}))
    return standing.update(closed_at=now, closing_note=note)
