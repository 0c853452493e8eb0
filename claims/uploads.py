"""Which files we keep, judged by their content. Pure: bytes in, a kind out, or a refusal that says why."""

from __future__ import annotations

import re
from enum import StrEnum

MOST_BYTES = 20 * 1024 * 1024
_HEAD = 4_096
_MARKUP = re.compile(
    rb"<(?:\?xml|!doctype|!--|!entity|svg|html|head|body|script|style|iframe|object|embed|img|link|meta|x:|[a-z]+:svg)",
    re.IGNORECASE,
)


class UploadKind(StrEnum):
    """A kind that is kept; the value is the extension it is stored under."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpg"
    WEBP = "webp"
    CSV = "csv"
    TEXT = "txt"

    @property
    def content_type(self) -> str:
        """The type it is served as, always as an attachment."""
        return _TYPES[self]


_TYPES = {
    UploadKind.PDF: "application/pdf",
    UploadKind.PNG: "image/png",
    UploadKind.JPEG: "image/jpeg",
    UploadKind.WEBP: "image/webp",
    UploadKind.CSV: "text/csv; charset=utf-8",
    UploadKind.TEXT: "text/plain; charset=utf-8",
}


class UploadRefused(Exception):
    """The file is not kept; carries one sentence."""


def judge_upload(name: str, body: bytes, *, most: int = MOST_BYTES) -> UploadKind:
    """Return the kind of a whole file. Raises `UploadRefused`.

    The first bytes decide; `name` only tells a table from a text. A text must be UTF-8 and must not begin with markup.
    """
    if not body:
        raise UploadRefused("The file is empty.")
    if len(body) > most:
        raise UploadRefused(f"The file has {len(body):,} bytes; at most {most:,} are kept.")
    binary = _binary_kind(body)
    if binary is not None:
        return binary
    if not _is_text(body):
        raise UploadRefused("Only PDF, PNG, JPEG, WebP, CSV and plain text in UTF-8 are kept; this is none of them.")
    if _MARKUP.search(body[:_HEAD]):
        raise UploadRefused("HTML, XML and SVG are not kept: print the page to PDF, or watch it as a source.")
    return UploadKind.CSV if name.lower().endswith(".csv") else UploadKind.TEXT


def _binary_kind(body: bytes) -> UploadKind | None:
    if body.startswith(b"%PDF-"):
        return UploadKind.PDF
    if body.startswith(b"\x89PNG\r\n\x1a\n"):
        return UploadKind.PNG
    if body.startswith(b"\xff\xd8\xff"):
        return UploadKind.JPEG
    if body.startswith(b"RIFF") and body[8:12] == b"WEBP":
        return UploadKind.WEBP
    return None


def _is_text(body: bytes) -> bool:
    if b"%PDF-" in body[:_HEAD]:  # a PDF behind other bytes: readers disagree about what it is
        return False
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not any(ord(letter) < 32 and letter not in "\t\r\n\f" for letter in text)
