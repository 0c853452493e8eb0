"""A child process for hostile files: its own memory and time, and nothing else."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from contextlib import suppress
from pathlib import Path
from typing import Any

_AT_ONCE = 2


async def ask(script: str, body: bytes, *, memory: int, seconds: float, most: int) -> dict[str, Any] | None:
    """What `script` of this folder makes of `body`; None when it needs too much.

    `memory` bytes of address space, `seconds` of CPU, `most` bytes of answer. Two children run at a time.
    """
    async with _turn():
        out = await _output(Path(__file__).with_name(script), body, memory, seconds)
    if out is None or len(out) > most:
        return None
    answer: dict[str, Any] = json.loads(out)
    return answer


async def _output(script: Path, body: bytes, memory: int, seconds: float) -> bytes | None:
    limits = (str(memory), str(int(seconds)))
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-I", str(script), *limits, stdin=PIPE, stdout=PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        async with asyncio.timeout(seconds + 5):
            out, _ = await child.communicate(body)
    except TimeoutError:
        return None
    finally:
        if child.returncode is None:
            with suppress(ProcessLookupError):
                child.kill()
            await child.wait()
    return out if child.returncode == 0 else None  # damage is an answer; dying is not


_turns: dict[int, asyncio.Semaphore] = {}


def _turn() -> asyncio.Semaphore:
    """Two children at a time for each running loop."""
    loop = id(asyncio.get_running_loop())
    if loop not in _turns:
        _turns.clear()  # loops come and go with batches; ids are reused
        _turns[loop] = asyncio.Semaphore(_AT_ONCE)
    return _turns[loop]
