"""PDFs, read in a child process: a parser of hostile files gets its own memory and time, and nothing else."""

from __future__ import annotations

from claims.sources.extract.child import ask
from claims.sources.extract.document import Document

VERSION = "pdfium/1"
SECONDS = 20.0
MEMORY = 1 << 30  # address space, most of it never touched
MAX_TEXT = 10 << 20  # bytes of the answer


async def from_pdf(body: bytes) -> Document:
    """Text of a PDF, a line per line of the page; `problem` says why there is none. Never raises."""
    answer = await ask("pdf_child.py", body, memory=MEMORY, seconds=SECONDS, most=MAX_TEXT)
    if answer is None:
        return _without_text("pdf_too_costly")
    if answer["problem"]:
        return _without_text(answer["problem"])
    text = answer["text"]
    return Document(extractor=VERSION, title="", main=text, visible=text, is_pdf=True)


def _without_text(problem: str) -> Document:
    return Document(extractor=VERSION, problem=problem, is_pdf=True)
