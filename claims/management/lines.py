"""Lines of a stream in constant memory, however long somebody made one of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO


def lines_of(stream: IO[bytes], most: int) -> Iterator[bytes | None]:
    """Each line without its end; None for one of more than `most` bytes, whose rest is skipped."""
    while line := stream.readline(most + 2):
        if line.endswith(b"\n") or len(line) <= most:
            yield line.removesuffix(b"\n").removesuffix(b"\r")
            continue
        while (rest := stream.readline(1 << 16)) and not rest.endswith(b"\n"):
            pass
        yield None
