"""The client as this installation is configured: settings in, client out."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from ipaddress import ip_network

import redis.asyncio
from django.conf import settings

from claims.outbound.client import Client
from claims.outbound.limits import Limits
from claims.outbound.policy import Policy
from claims.outbound.politeness import HostGate, ValkeyLeases


def policy() -> Policy:
    """The address policy. The extras are empty in production, which refuses to start otherwise (config.checks)."""
    return Policy(
        extra_networks=tuple(ip_network(text) for text in settings.OUTBOUND_EXTRA_PUBLIC_NETWORKS),
        extra_ports=frozenset(settings.OUTBOUND_EXTRA_PORTS),
        local_site=local_site(),
    )


def local_site() -> tuple[str, int] | None:
    """The one origin on loopback that development may watch: (`127.0.0.1`, port)."""
    host, _, port = settings.OUTBOUND_LOCAL_SITE.partition(":")
    return (host, int(port)) if host == "127.0.0.1" and port.isdigit() else None


def limits() -> Limits:
    """Bounds of one fetch."""
    return Limits(
        header_seconds=settings.OUTBOUND_HEADER_SECONDS,
        total_seconds=settings.OUTBOUND_TOTAL_SECONDS,
        host_interval_seconds=settings.OUTBOUND_HOST_INTERVAL_MS / 1_000,
    )


def user_agent() -> str:
    """Who we are and where to complain."""
    return f"Tamroi/1 (source re-check; +{settings.CONTACT_URL})"


@asynccontextmanager
async def client() -> AsyncIterator[Client]:
    """A client for the running event loop, polite together with all other workers."""
    bounds = limits()
    async with redis.asyncio.from_url(settings.REDIS_URL, socket_timeout=5, socket_connect_timeout=2) as valkey:
        gate = HostGate(
            interval=bounds.host_interval_seconds,
            connections=bounds.host_connections,
            wait=bounds.host_wait_seconds,
            linger=bounds.host_linger_seconds,
            leases=ValkeyLeases(valkey),
        )
        async with Client(
            policy=policy(), limits=bounds, user_agent=user_agent(), gate=gate, tls=_tls(settings.OUTBOUND_EXTRA_CA)
        ) as ready:
            yield ready


@lru_cache
def _tls(extra_ca: str) -> ssl.SSLContext:
    """Reading the system's certificates takes 20 ms, so once a process."""
    context = ssl.create_default_context()
    if extra_ca:
        context.load_verify_locations(cafile=extra_ca)
    return context
