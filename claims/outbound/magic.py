"""What a body is, by its first bytes; the header has the second word. Pure."""

from __future__ import annotations

import codecs
import re
from enum import StrEnum

SNIFF = 1_024
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BINARY = (
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM", b"\x00\x00\x01\x00", b"wOFF", b"wOF2"),
    *(b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"\xfd7zXZ", b"BZh"),
    *(b"\xd0\xcf\x11\xe0", b"{\\rtf", b"%!PS", b"SQLite format 3", b"\x7fELF", b"MZ", b"\x00asm"),
    *(b"ID3", b"OggS", b"fLaC"),
)
_HTML = re.compile(
    rb"<(?:!--|(?:!doctype|html|head|body|title|meta|script|style|link|div|p|h[1-6]|table|a|br|article|main|section)\b)",
    re.IGNORECASE,
)
_MP4 = re.compile(rb"....ftyp", re.DOTALL)


class Kind(StrEnum):
    """What we do with a body."""

    HTML = "html"
    TEXT = "text"
    PDF = "pdf"
    UNREAD = "unread"  # binary, or nothing we look for quotes in
    EMPTY = "empty"


def kind_of(head: bytes, content_type: str) -> Kind:
    """Judge by up to `SNIFF` first bytes of the decoded body and the Content-Type header."""
    named = content_type.split(";", 1)[0].strip().lower()
    if not head:
        return Kind.EMPTY
    if b"%PDF-" in head:
        return Kind.PDF
    if head.startswith(_BOMS):
        return Kind.TEXT if named == "text/plain" else Kind.HTML
    if _is_binary(head, named, is_wide="utf-16" in content_type.lower()):
        return Kind.UNREAD
    return _kind_of_text(head, named)


def _is_binary(head: bytes, named: str, *, is_wide: bool) -> bool:
    if head.startswith(_BINARY) or _MP4.match(head) or named.startswith(("image/", "audio/", "video/", "font/")):
        return True
    return b"\x00" in head and not is_wide


def _kind_of_text(head: bytes, named: str) -> Kind:
    if named == "text/plain":
        return Kind.TEXT
    if named in ("text/html", "application/xhtml+xml") or _HTML.search(head):
        return Kind.HTML
    if named.startswith("text/") or named in ("application/json", "application/xml"):
        return Kind.TEXT
    return Kind.TEXT if _looks_like_text(head) else Kind.UNREAD


def _looks_like_text(head: bytes) -> bool:
    odd = sum(byte < 9 or 13 < byte < 32 for byte in head)
    return odd == 0
