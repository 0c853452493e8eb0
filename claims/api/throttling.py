"""How often one reader may ask: a count per minute in Valkey, which may fall over without taking the API with it."""

from __future__ import annotations

import hashlib
import logging
import time
from functools import cache
from ipaddress import IPv6Address, ip_address, ip_network

import redis
from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

WINDOW_SECONDS = 60
logger = logging.getLogger(__name__)


class PerMinute(BaseThrottle):
    """`settings.API_REQUESTS_PER_MINUTE` per address and clock minute; 0 counts nothing.

    One atomic round trip, so that requests at the same instant cannot slip through together.
    """

    retry_after: float = WINDOW_SECONDS

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Count the request; whether it may go on."""
        most: int = settings.API_REQUESTS_PER_MINUTE
        if not most:
            return True
        now = time.time()
        self.retry_after = WINDOW_SECONDS - now % WINDOW_SECONDS
        try:
            return _count(self._key(request, int(now // WINDOW_SECONDS))) <= most
        except redis.RedisError as error:
            # Readers come before counting: without Valkey the API goes on.
            logger.warning("requests are not being counted: %s", error)
            return True

    def wait(self) -> float:
        """Seconds until the next minute begins."""
        return self.retry_after + 1

    def _key(self, request: Request, minute: int) -> str:
        # No address is kept: a keyed digest, forgotten after the minute.
        digest = hashlib.blake2b(
            reader_of(str(self.get_ident(request))).encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=16
        )
        return f"{settings.CACHES['default'].get('KEY_PREFIX', '')}:api:{minute}:{digest.hexdigest()}"


def reader_of(address: str) -> str:
    """An address as one reader: an IPv6 household has 2⁶⁴ of them, so its network counts."""
    try:
        found = ip_address(address.strip())
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((found, 64), strict=False))
    return str(found)


def _count(key: str) -> int:
    pipeline = _valkey(settings.CACHES["default"]["LOCATION"]).pipeline(transaction=False)
    pipeline.incr(key)
    pipeline.expire(key, 2 * WINDOW_SECONDS)
    return int(pipeline.execute()[0])


@cache
def _valkey(location: str) -> redis.Redis:
    return redis.Redis.from_url(location, socket_timeout=0.25, socket_connect_timeout=0.25)
