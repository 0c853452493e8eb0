"""Strong validators and the cache policy of answers: an answer that has not changed costs a 304."""

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

_HERE = Path(__file__).resolve().parent
_WORDS = (_HERE.parent / "vocabulary.py", _HERE.parent.parent / "budgets" / "vocabulary.py")


@cache
def deployed_version() -> str:
    """A short digest of the code and words that make answers: another deployment is another version."""
    joined = hashlib.sha256()
    for path in sorted([*_HERE.rglob("*.py"), *_HERE.rglob("*.json"), *_WORDS]):
        joined.update(hashlib.sha256(path.read_bytes()).digest())
    return joined.hexdigest()[:16]


def version_etag(*parts: object) -> str:
    """A strong ETag from everything that an answer depends on; times by their exact value."""
    everything = (*parts, settings.PUBLIC_ORIGIN, deployed_version())
    texts = [part.isoformat() if isinstance(part, datetime) else str(part) for part in everything]
    return quote_etag(hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:32])


def body_etag(body: bytes) -> str:
    """A strong ETag from the bytes themselves, where no column tells their version."""
    return quote_etag(hashlib.sha256(body).hexdigest()[:32])


def not_modified(request: HttpRequest, etag: str, *, max_age: int = MAX_AGE_SECONDS) -> HttpResponse | None:
    """The 304 for a client that holds this version, else None."""
    found = get_conditional_response(request, etag=etag)
    return with_policy(found, etag, max_age=max_age) if isinstance(found, HttpResponseNotModified) else None


def with_policy(response: HttpResponse, etag: str, *, max_age: int = MAX_AGE_SECONDS) -> HttpResponse:
    """Set the validator and the cache policy of a public answer."""
    response.headers["ETag"] = etag
    patch_cache_control(response, public=True, max_age=max_age, must_revalidate=True)
    patch_vary_headers(response, ["Accept"])
    return response
