"""Signatures by Standard Webhooks 1.0, so that receivers can check them with the library that they have."""

from __future__ import annotations

import hmac
import secrets
from base64 import b64decode, b64encode
from datetime import datetime

_PREFIX = "whsec_"
_BYTES = 32


def new_secret() -> str:
    """Return a fresh secret as the standard writes it."""
    return _PREFIX + b64encode(secrets.token_bytes(_BYTES)).decode()


def signed_headers(*, secret: str, message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """Return the three headers of a message; `at` is the moment of this attempt."""
    seconds = str(int(at.timestamp()))
    key = b64decode(secret.removeprefix(_PREFIX), validate=True)
    digest = hmac.digest(key, b".".join((message_id.encode(), seconds.encode(), body)), "sha256")
    return {
        "webhook-id": message_id,
        "webhook-timestamp": seconds,
        "webhook-signature": f"v1,{b64encode(digest).decode()}",
    }
