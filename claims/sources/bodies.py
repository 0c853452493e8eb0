"""Bodies of sources in Django's storage: content-addressed, gzipped, written once."""

from __future__ import annotations

import gzip

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


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
