"""How often one address may ask for these pages: guessing a token is hopeless, and this keeps it quiet, too."""

from __future__ import annotations

import hashlib
import logging
import time
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any, cast

import redis
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from rest_framework.throttling import BaseThrottle

WINDOW_SECONDS = 60
logger = logging.getLogger(__name__)


def asks_too_often(request: HttpRequest) -> bool:
    """Count the request; whether its address has asked too often in this minute. Without Valkey nobody has."""
    most: int = settings.REPLY_REQUESTS_PER_MINUTE
    if not most:
        return False
    key = _key(request)
    try:
        cache.add(key, 0, timeout=2 * WINDOW_SECONDS)
        return cache.incr(key) > most
    except (redis.RedisError, ValueError) as error:  # ValueError: it was forgotten between the two
        logger.warning("requests for links are not being counted: %s", error)
        return False


def _key(request: HttpRequest) -> str:
    """No address is kept: a keyed digest, forgotten after the minute. An IPv6 household counts as one."""
    address = str(BaseThrottle().get_ident(cast(Any, request)))
    try:
        found = ip_address(address.strip())
        reader = str(ip_network((found, 64), strict=False)) if isinstance(found, IPv6Address) else str(found)
    except ValueError:
        reader = address
    digest = hashlib.blake2b(reader.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=16)
    return f"reply:{int(time.time() // WINDOW_SECONDS)}:{digest.hexdigest()}"
