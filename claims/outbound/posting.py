"""One POST to an address that somebody gave us, under the same policy as every GET; the answer is its status."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping

import aiohttp
from yarl import URL

from claims.outbound.failures import Failure, classify
from claims.outbound.limits import Limits
from claims.outbound.policy import Policy, Refused, judge_url
from claims.outbound.resolver import JudgedResolver, Lookup
from claims.outbound.sockets import judging_socket_factory


async def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    policy: Policy,
    limits: Limits,
    tls: ssl.SSLContext,
    lookup: Lookup | None = None,
) -> int | Failure:
    """Send `body` once within `limits.total_seconds`; return the status of the answer, or why there is none.

    Redirects are answers like others, no cookie is kept, and not a byte of an answer's body is read.
    """
    connector = aiohttp.TCPConnector(
        resolver=JudgedResolver(policy, lookup),
        use_dns_cache=False,
        ssl=tls,
        socket_factory=judging_socket_factory(policy),
        force_close=True,
    )
    session = aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
        auto_decompress=False,
        timeout=aiohttp.ClientTimeout(total=None, connect=None, sock_read=None, sock_connect=None),
        max_line_size=limits.header_field_bytes,
        max_field_size=limits.header_field_bytes,
    )
    try:
        async with asyncio.timeout(limits.total_seconds), session:
            return await _status(session, url, body, headers, policy)
    except Exception as error:  # noqa: BLE001 - whatever a stranger's server provokes becomes a row
        return classify(error, has_headers=False)


async def _status(
    session: aiohttp.ClientSession, url: str, body: bytes, headers: Mapping[str, str], policy: Policy
) -> int:
    target = judge_url(url, policy)
    where = URL(target.url, encoded=True)
    if where.raw_host != target.host.strip("[]") or where.port != target.port:
        raise Refused("parsers_disagree", target.url)
    answer = await session.post(where, data=body, headers=headers, allow_redirects=False)
    answer.close()
    return answer.status
