"""From a body to the text a reader sees."""

from __future__ import annotations

from claims.outbound.magic import Kind
from claims.sources.extract.charset import decode
from claims.sources.extract.document import Document
from claims.sources.extract.html import from_page
from claims.sources.extract.pdf import from_pdf

VERSION = "1"  # with the digests: raise it when a change here can change the text of an unchanged body


async def extract(kind: Kind, body: bytes, content_type: str) -> Document:
    """The document in `body`. PDFs and large pages are read in child processes. Never raises."""
    if kind is Kind.PDF:
        return await from_pdf(body)
    if kind is Kind.HTML:
        text, charset = decode(body, content_type)
        return await from_page(text, charset)
    if kind is Kind.TEXT:
        text, charset = decode(body, content_type)
        return Document(extractor=f"text/{VERSION}", main=text, visible=text, charset=charset)
    return Document(extractor=f"none/{VERSION}")
