"""Strong validators and short, checked caching of public pages; a page that has not changed costs a 304."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import quote_etag

MAX_AGE_SECONDS = 30

_ROOT = Path(__file__).resolve().parent.parent.parent
_PARTS = ("templates", "static", "locale", "claims/web", "claims/vocabulary.py", "budgets")
_KINDS = frozenset({".html", ".css", ".js", ".po", ".py", ".svg"})


def deployed_version() -> str:
    """A short digest of every template, stylesheet, script, catalogue and presentation module that makes a page."""
    return _digest() if settings.DEBUG else _digest_once()


def _digest() -> str:
    files = [path for part in _PARTS for path in _files(_ROOT / part)]
    joined = hashlib.sha256()
    for path in sorted(files):
        joined.update(hashlib.sha256(path.read_bytes()).digest())
    return joined.hexdigest()[:16]


_digest_once = cache(_digest)


def _files(path: Path) -> list[Path]:
    candidates = path.rglob("*") if path.is_dir() else [path]
    return [file for file in candidates if file.suffix in _KINDS and file.is_file()]


def version_etag(*parts: object) -> str:
    """A strong ETag from what a page depends on; times by their exact value."""
    texts = [part.isoformat() if isinstance(part, datetime) else str(part) for part in (*parts, deployed_version())]
    return quote_etag(hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:32])


def body_etag(body: bytes) -> str:
    """A strong ETag from the bytes themselves, for pages made of many rows."""
    return quote_etag(hashlib.sha256(body).hexdigest()[:32])


def not_modified(request: HttpRequest, etag: str) -> HttpResponse | None:
    """The 304 for a reader who holds this version, else None."""
    found = get_conditional_response(request, etag=etag)
    return with_policy(found, etag) if isinstance(found, HttpResponseNotModified) else None


def with_policy(response: HttpResponse, etag: str) -> HttpResponse:
    """The validator and the cache policy of a public page."""
    response.headers["ETag"] = etag
    patch_cache_control(response, public=True, max_age=MAX_AGE_SECONDS, must_revalidate=True)
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
