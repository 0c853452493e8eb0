"""`manage.py explain_url`: which addresses may be watched, and why not. Connects to none of them."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import IO, Any

from django.core.management.base import BaseCommand

from claims.management.lines import lines_of
from claims.outbound import configured
from claims.outbound.explaining import Explained, Explainer

_MOST = 1 << 20  # bytes of a line that is shown again


class Command(BaseCommand):
    """One address a line on standard input, one JSON object a line on standard output, in the same order."""

    help = (
        "Reads one address a line, judges it and looks its name up as a check would, connects to nothing, and writes "
        '{"url", "allowed", "reason", "addresses"}; the reason is a code, null when the address is allowed.'
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Explain until the input ends."""
        asyncio.run(self._explain(sys.stdin.buffer))

    async def _explain(self, stream: IO[bytes]) -> None:
        explainer = Explainer(configured.policy(), seconds=configured.limits().header_seconds)
        async for explained in explainer.explain(_urls(stream)):
            self.stdout.write(_line(explained))


def _urls(stream: IO[bytes]) -> Iterator[str | None]:
    for raw in lines_of(stream, _MOST):
        yield None if raw is None else raw.decode("utf-8", "surrogateescape")


def _line(explained: Explained) -> str:
    text = json.dumps(asdict(explained), ensure_ascii=False)
    return text.encode("utf-8", "backslashreplace").decode()  # half a character becomes its JSON escape
