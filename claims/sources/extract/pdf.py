"""PDFs, read in a child process: a parser of hostile files gets its own memory and time, and nothing else."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from contextlib import suppress
from pathlib import Path

from claims.sources.extract.document import Document

VERSION = "pdfium/1"
SECONDS = 20.0
MEMORY = 1 << 30  # address space, most of it never touched
MAX_TEXT = 10 << 20  # bytes of the answer
_AT_ONCE = 2
_CHILD = str(Path(__file__).with_name("pdf_child.py"))


async def from_pdf(body: bytes) -> Document:
    """Text of a PDF, a line per line of the page; `problem` says why there is none. Never raises."""
    async with _turn():
        return await _read(body)


async def _read(body: bytes) -> Document:
    limits = (str(MEMORY), str(int(SECONDS)))
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-I", _CHILD, *limits, stdin=PIPE, stdout=PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        async with asyncio.timeout(SECONDS + 5):
            out, _ = await child.communicate(body)
    except TimeoutError:
        return _without_text("pdf_too_costly")
    finally:
        if child.returncode is None:
            with suppress(ProcessLookupError):
                child.kill()
            await child.wait()
    if child.returncode != 0 or len(out) > MAX_TEXT:  # damage is an answer; dying is not
        return _without_text("pdf_too_costly")
    answer = json.loads(out)
    if answer["problem"]:
        return _without_text(answer["problem"])
    text = answer["text"]
    return Document(extractor=VERSION, title="", main=text, visible=text, is_pdf=True)


def _without_text(problem: str) -> Document:
    return Document(extractor=VERSION, problem=problem, is_pdf=True)


_turns: dict[int, asyncio.Semaphore] = {}


def _turn() -> asyncio.Semaphore:
    """Two children at a time for each running loop."""
    loop = id(asyncio.get_running_loop())
    if loop not in _turns:
        _turns.clear()  # loops come and go with batches; ids are reused
        _turns[loop] = asyncio.Semaphore(_AT_ONCE)
    return _turns[loop]
