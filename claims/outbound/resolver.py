"""Names to addresses, once, judged: the connector connects to exactly what was judged here."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from ipaddress import ip_address

from aiohttp.abc import AbstractResolver, ResolveResult

from claims.outbound.policy import Policy, Refused, judge_endpoint

Answer = tuple[int, str]  # address family, address as text
Lookup = Callable[[str, int, socket.AddressFamily], Awaitable[list[Answer]]]


class JudgedResolver(AbstractResolver):
    """One look-up per new connection; **any** record that is not public refuses the whole name."""

    def __init__(self, policy: Policy, lookup: Lookup | None = None) -> None:
        self._policy = policy
        self._lookup = lookup or _system_lookup

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Judged addresses of `host`. Raises `Refused`, or OSError when there is none."""
        answers = await self._lookup(host, port, family)
        if not answers:
            raise socket.gaierror(socket.EAI_NONAME, "name_without_address")
        for _, address in answers:
            judge_endpoint(ip_address(address.partition("%")[0]), port, self._policy)
            if "%" in address:
                raise Refused("link_local", address)
        return [
            ResolveResult(hostname=host, host=address, port=port, family=kind, proto=0, flags=socket.AI_NUMERICHOST)
            for kind, address in answers
        ]

    async def close(self) -> None:
        """Nothing is held."""


async def _system_lookup(host: str, port: int, family: socket.AddressFamily) -> list[Answer]:
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM)
    return list(dict.fromkeys((int(kind), str(where[0])) for kind, _, _, _, where in found))
