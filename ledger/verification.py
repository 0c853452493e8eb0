"""Checks the log as it stands in the database, from raw leaves."""

from __future__ import annotations

import json
from dataclasses import dataclass

from ledger.merkle import commitment, leaf_hash, root
from ledger.models import Entry, EntryContent


@dataclass(frozen=True, slots=True)
class Verified:
    """The log's size and RFC 6962 root (hex)."""

    size: int
    root: str


class LedgerBroken(Exception):
    """The log does not verify; carries the first bad index and the reason."""

    def __init__(self, index: int, reason: str) -> None:
        """Name the first bad index."""
        super().__init__(f"Entry {index}: {reason}")
        self.index = index
        self.reason = reason


def verify() -> Verified:
    """Recompute every leaf, hash and commitment; raise `LedgerBroken` at the first that differs."""
    contents = {c.entry_id: c for c in EntryContent.objects.iterator(chunk_size=2000)}
    hashes: list[bytes] = []
    for expected, entry in enumerate(Entry.objects.order_by("index").iterator(chunk_size=2000)):
        if entry.index != expected:
            raise LedgerBroken(expected, "missing")
        _verify_entry(entry, contents.get(entry.index))
        hashes.append(bytes(entry.leaf_hash))
    return Verified(size=len(hashes), root=root(hashes).hex())


def _verify_entry(entry: Entry, content: EntryContent | None) -> None:
    if bytes(entry.leaf_hash) != leaf_hash(entry.leaf.encode()):
        raise LedgerBroken(entry.index, "the hash is not that of the leaf")
    leaf = json.loads(entry.leaf)
    stands = (
        leaf["index"],
        leaf["verb"],
        leaf["subject"]["kind"],
        leaf["subject"]["id"],
        leaf["refs"],
        leaf["at"],
    )
    columns = (
        str(entry.index),
        entry.verb,
        entry.subject_kind,
        entry.subject_id,
        entry.refs,
        entry.recorded_at.isoformat(),
    )
    if stands != columns:
        raise LedgerBroken(entry.index, "the columns differ from the leaf")
    if content is not None and commitment(bytes(content.nonce), content.content) != leaf["content"]:
        raise LedgerBroken(entry.index, "the content differs from its commitment")
