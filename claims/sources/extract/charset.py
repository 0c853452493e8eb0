"""Bytes to text on the Thai web, where labels are often wrong. Pure.

Byte-order mark, strict UTF-8, then the label of the header, then the label in the page, then what the bytes look like.
A label of the UTF-8 or Latin kind loses against bytes that are plainly Thai: servers add it without looking.
"""

from __future__ import annotations

import codecs
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:\-]+)", re.IGNORECASE)
_META = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:\-]+)|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:\-]+)",
    re.IGNORECASE,
)
_THAI = frozenset(
    ["tis-620", "tis620", "iso-8859-11", "iso8859-11", "windows-874", "windows874", "cp874", "x-windows-874", "dos-874"]
)
_LATIN = frozenset(["iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252", "cp1252"])
_UNLIKELY = frozenset(["utf-8", "utf8", *_LATIN])
# Thai letters and signs of TIS-620, the five punctuation bytes of windows-874, and its no-break space
_THAI_BYTES = frozenset([*range(0xA0, 0xDB), *range(0xDF, 0xFC), 0x80, 0x85, *range(0x91, 0x98)])
_THAI_RUN = re.compile(rb"[\xa1-\xda\xdf-\xfb]{3,}")


def decode(body: bytes, content_type: str = "") -> tuple[str, str]:
    """(text, name of the charset used). Never raises: what cannot be read becomes U+FFFD."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace"), name
    labels = [label.lower() for label in (*_HEADER.findall(content_type), *_meta_label(body))]
    wide = next((label for label in labels if label.startswith("utf-16")), None)
    if wide and b"\x00" in body[:1_024]:
        return _decode_as(body, wide)
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decode_as(body, _best_label(body, labels))


def _best_label(body: bytes, labels: list[str]) -> str:
    """For bytes that are not UTF-8."""
    looks_thai = _looks_thai(body)
    for label in labels:
        if _is_charset(label) and not (looks_thai and label in _UNLIKELY):
            return label
    if looks_thai:
        return "tis-620"
    return "utf-8" if _mostly_utf8(body) else "cp1252"


def _meta_label(body: bytes) -> list[str]:
    found = _META.search(body[:4_096])
    return [(found[1] or found[2]).decode("ascii", "replace")] if found else []


def _is_charset(label: str) -> bool:
    if label in _THAI:
        return True
    try:
        b"a".decode(label)  # `hex` and `zip` are codecs too, but not of text
    except (LookupError, ValueError):
        return False
    return True


def _decode_as(body: bytes, label: str) -> tuple[str, str]:
    name = "cp874" if label in _THAI else "cp1252" if label in _LATIN else label
    return body.decode(name, "replace"), name


def _looks_thai(body: bytes) -> bool:
    """Nearly all high bytes are Thai ones and stand in runs: accented Latin letters stand alone."""
    high = [byte for byte in body[:200_000] if byte > 0x7F]
    if len(high) < 6:
        return False
    thai = sum(byte in _THAI_BYTES for byte in high)
    in_runs = sum(len(run) for run in _THAI_RUN.findall(body[:200_000]))
    return thai >= 0.98 * len(high) and in_runs >= 0.7 * len(high)


def _mostly_utf8(body: bytes) -> bool:
    text = body[:200_000].decode("utf-8", "replace")
    return text.count("\ufffd") * 20 < sum(char > "\x7f" for char in text)
