"""What the policy and the resolver make of an address, without a connection."""

from __future__ import annotations

import asyncio
import socket
from collections import deque
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass

from claims.outbound import failures
from claims.outbound.policy import Policy, Refused, Target, judge_url
from claims.outbound.resolver import JudgedResolver, Lookup

AT_ONCE = 32  # look-ups


@dataclass(frozen=True, slots=True)
class Explained:
    """`reason`: a code of `reasons`, None when the address may be asked; `addresses`: where it would be asked."""

    url: str
    allowed: bool
    reason: str | None
    addresses: tuple[str, ...] = ()


class Explainer:
    """Explains many addresses; a look-up may take `seconds`."""

    def __init__(self, policy: Policy, *, seconds: float, lookup: Lookup | None = None) -> None:
        self._policy = policy
        self._seconds = seconds
        self._resolver = JudgedResolver(policy, lookup)

    async def explain(self, urls: Iterable[str | None]) -> AsyncIterator[Explained]:
        """Explain each of `urls`, in their order; None is one too long to be shown; `AT_ONCE` are read ahead."""
        waiting: deque[asyncio.Task[Explained]] = deque()
        try:
            for url in urls:
                waiting.append(asyncio.create_task(self._explain_or_pass(url)))
                if len(waiting) == AT_ONCE:
                    yield await waiting.popleft()
            while waiting:
                yield await waiting.popleft()
        finally:
            for task in waiting:
                task.cancel()

    async def _explain_or_pass(self, url: str | None) -> Explained:
        return Explained("", False, "too_long") if url is None else await self.explain_one(url)

    async def explain_one(self, url: str) -> Explained:
        """Judge the shape, look the name up, judge every address. Never raises for what an address is."""
        try:
            target = judge_url(url, self._policy)
            return Explained(url, True, None, await self._addresses(target))
        except Refused as refused:
            return Explained(url, False, refused.code)
        except TimeoutError:
            return Explained(url, False, "name_unanswered")
        except (OSError, UnicodeError) as error:
            return Explained(url, False, failures.classify(error, has_headers=False).reason)

    async def _addresses(self, target: Target) -> tuple[str, ...]:
        if target.literal is not None:
            return (str(target.literal),)
        async with asyncio.timeout(self._seconds):
            found = await self._resolver.resolve(target.host, target.port, socket.AF_UNSPEC)
        return tuple(dict.fromkeys(answer["host"] for answer in found))
