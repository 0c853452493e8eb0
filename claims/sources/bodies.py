"""Bodies of sources in Django's storage: content-addressed, gzipped, written once, verified when read."""

from __future__ import annotations

import gzip
import hashlib
import tempfile
import zlib
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

_PIECE = 1 << 16
_IN_MEMORY = 1 << 20  # a larger body goes to a temporary file


class BodyUnreadable(Exception):
    """A stored body is not there or is not what its digest says; carries one sentence."""


def keep(sha256: str, body: bytes) -> str:
    """Store `body` under its digest and return the name; a body that is there already is not written again."""
    name = f"snapshots/{sha256[:2]}/{sha256[2:]}.gz"
    if default_storage.exists(name):
        return name
    return default_storage.save(name, ContentFile(gzip.compress(body, 6, mtime=0)))


def read(name: str) -> bytes:
    """The body stored under `name`. Raises FileNotFoundError."""
    with default_storage.open(name, "rb") as file:
        return gzip.decompress(file.read())


def verified(name: str, *, sha256: str, size: int) -> IO[bytes]:
    """The body stored under `name` as an open file at its start, in constant memory; the caller closes it.

    Raises `BodyUnreadable` unless it is there, has `size` bytes and has the digest `sha256` (hex): nothing of a body
    that was tampered with leaves this function.
    """
    out: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # the caller's to close
    try:
        _copy(name, out, sha256=sha256, size=size)
    except BaseException:
        out.close()
        raise
    out.seek(0)
    return out


def _copy(name: str, out: IO[bytes], *, sha256: str, size: int) -> None:
    digest, seen = hashlib.sha256(), 0
    try:
        with default_storage.open(name, "rb") as stored, gzip.open(stored, "rb") as body:
            # one byte more than it should have is enough to know
            while piece := body.read(min(_PIECE, size - seen + 1)):
                seen += len(piece)
                if seen > size:
                    break
                digest.update(piece)
                out.write(piece)
    except FileNotFoundError:
        raise BodyUnreadable(f"The body {sha256} is not in the storage; restore it from a backup.") from None
    except (OSError, EOFError, zlib.error):
        raise BodyUnreadable(f"The stored body {sha256} cannot be read; restore it from a backup.") from None
    if seen != size or digest.hexdigest() != sha256:
        raise BodyUnreadable(f"The stored body {sha256} is not what was received; restore it from a backup.")
