"""Pure: canonical leaves and RFC 6962 hashes.

A leaf is the RFC 8785 form of a small object without personal data, floats or free text; content is only
committed to, as SHA-256(nonce ‖ canonical content), so that a text can be erased and the log still verifies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

import rfc8785

EMPTY_ROOT = sha256(b"").digest()


def canonical(value: Any) -> bytes:
    """Return the RFC 8785 bytes of `value`; floats are refused with TypeError."""
    _refuse_floats(value)
    return rfc8785.dumps(value)


def commitment(nonce: bytes, content: Mapping[str, Any]) -> str:
    """Return the hex SHA-256 that binds `content` without showing it."""
    return sha256(nonce + canonical(content)).hexdigest()


def leaf_hash(leaf: bytes) -> bytes:
    """RFC 6962 hash of one leaf (32 bytes)."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 6962 hash of an inner node (32 bytes)."""
    return sha256(b"\x01" + left + right).digest()


def root(leaf_hashes: Sequence[bytes]) -> bytes:
    """RFC 6962 tree head of all leaves in order; the empty tree has the hash of nothing."""
    level = list(leaf_hashes)
    if not level:
        return EMPTY_ROOT
    while len(level) > 1:
        pairs = [node_hash(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("A ledger leaf carries no floats: write a decimal string.")
    if isinstance(value, Mapping):
        for part in value.values():
            _refuse_floats(part)
    elif isinstance(value, list | tuple):
        for part in value:
            _refuse_floats(part)
