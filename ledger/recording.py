"""The only writer of the ledger."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from ledger.merkle import canonical, commitment, leaf_hash
from ledger.models import Entry, EntryContent

_TAKE_INDEX = """
    UPDATE ledger_head SET size = size + 1, last_at = greatest(last_at, clock_timestamp())
    WHERE id = 1 RETURNING size - 1, last_at
"""


def record(
    verb: str,
    *,
    subject_kind: str,
    subject_id: UUID | str,
    content: Mapping[str, Any] | None = None,
    refs: Mapping[str, str] | None = None,
) -> Entry:
    """Append one entry and return it.

    Call it as the last statement of a verb's transaction: the head row stays locked until commit, so every
    statement after it would make all other writers wait. Raises RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A ledger entry belongs to the transaction of what it records.")
    nonce = secrets.token_bytes(32)
    body = dict(content or {})
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TAKE_INDEX)
        index, recorded_at = cursor.fetchone()
        leaf = canonical(
            {
                "index": str(index),
                "verb": verb,
                "subject": {"kind": subject_kind, "id": str(subject_id)},
                "refs": dict(refs or {}),
                "at": recorded_at.isoformat(),
                "content": commitment(nonce, body),
            }
        )
        entry = Entry.objects.create(
            index=index,
            verb=verb,
            subject_kind=subject_kind,
            subject_id=str(subject_id),
            refs=dict(refs or {}),
            recorded_at=recorded_at,
            leaf=leaf.decode(),
            leaf_hash=leaf_hash(leaf),
        )
        EntryContent.objects.create(entry=entry, nonce=nonce, content=body)
    return entry
