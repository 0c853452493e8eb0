"""Pictures without what cameras and programs write into them. Pure: bytes in, bytes out; no pixel is decoded.

Only the parts of a file that a browser needs to draw it are kept, so place, time, camera and author go with the rest.
How a photograph is to be turned is the one thing of its metadata that is kept.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

MOST_PIXELS = 60_000_000
MOST_SIDE = 20_000

_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset((b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT"))
_WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_WEBP_FLAGS = ~0x0C & 0xFF  # of VP8X: no Exif, no XMP
_SOI, _EOI, _SOS, _APP1 = 0xD8, 0xD9, 0xDA, 0xE1
_ALONE = frozenset((0x01, *range(0xD0, 0xDA)))  # markers without a length
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_APP_KEPT = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}  # what they must begin with
_COMMENT = 0xFE
_ORIENTATION = 0x0112
_TURNS = range(2, 9)  # 1 is upright


class ImageRefused(Exception):
    """The picture is not kept; carries one sentence."""


def without_metadata(extension: str, body: bytes) -> bytes:
    """Return a png, jpg or webp with its pixels untouched and everything else gone; raise `ImageRefused`."""
    try:
        kept, (width, height) = {"png": _png, "jpg": _jpeg, "webp": _webp}[extension](body)
    except (struct.error, IndexError, ValueError):
        raise ImageRefused("The picture is damaged; save it again, or send a PDF.") from None
    if not (0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE and width * height <= MOST_PIXELS):
        raise ImageRefused(f"The picture has {width:,} × {height:,} pixels; at most {MOST_PIXELS:,} are kept.")
    return kept


def _png(body: bytes) -> tuple[bytes, tuple[int, int]]:
    out, size, place = [_PNG_HEAD], (0, 0), len(_PNG_HEAD)
    while place < len(body):
        length, kind = struct.unpack_from(">I4s", body, place)
        end = place + 12 + length
        if end > len(body):
            raise ValueError("cut off")
        if kind == b"IHDR":
            size = struct.unpack_from(">II", body, place + 8)
        if kind in _PNG_KEPT:
            out.append(body[place:end])
        if kind == b"IEND":
            return b"".join(out), size
        place = end
    raise ValueError("no end")


def _webp(body: bytes) -> tuple[bytes, tuple[int, int]]:
    out, size, place = [], (0, 0), 12
    while place + 8 <= len(body):
        kind, length = struct.unpack_from("<4sI", body, place)
        end = place + 8 + length + length % 2
        if end > len(body) + 1:
            raise ValueError("cut off")
        data = body[place + 8 : place + 8 + length]
        size = max(size, _webp_size(kind, data))
        if kind == b"VP8X":
            data = bytes([data[0] & _WEBP_FLAGS]) + data[1:]
        if kind in _WEBP_KEPT:
            out.append(struct.pack("<4sI", kind, length) + data + b"\0" * (length % 2))
        place = end
    chunks = b"".join(out)
    return struct.pack("<4sI4s", b"RIFF", len(chunks) + 4, b"WEBP") + chunks, size


def _webp_size(kind: bytes, data: bytes) -> tuple[int, int]:
    if kind == b"VP8X":
        return int.from_bytes(data[4:7], "little") + 1, int.from_bytes(data[7:10], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(data[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 6)
        return width & 0x3FFF, height & 0x3FFF
    return 0, 0


def _jpeg(body: bytes) -> tuple[bytes, tuple[int, int]]:
    out, size, turned = [b"\xff\xd8"], (0, 0), 1
    for marker, data, rest in _segments(body):
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, 1)
            size = (width, height)
        if marker == _APP1 and data.startswith(b"Exif\0\0"):
            turned = _turned(data[6:])
        elif _kept(marker, data):
            out.append(struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data)
        if marker == _SOS:
            if turned in _TURNS:
                out.insert(1, _only_turned(turned))
            return b"".join([*out, _scans(rest)]), size
    raise ValueError("no scan")


def _segments(body: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Marker, data, and what follows; ends with the first scan, after which there are pixels."""
    place = 2
    while True:
        if body[place] != 0xFF:
            raise ValueError("no marker")
        while body[place] == 0xFF:
            place += 1
        marker = body[place]
        place += 1
        if marker in _ALONE:
            continue
        (length,) = struct.unpack_from(">H", body, place)
        data = body[place + 2 : place + length]
        if length < 2 or len(data) != length - 2:
            raise ValueError("cut off")
        place += length
        yield marker, data, body[place:]
        if marker == _SOS:
            return


def _kept(marker: int, data: bytes) -> bool:
    if 0xE0 <= marker <= 0xEF:
        return marker in _APP_KEPT and data.startswith(_APP_KEPT[marker])
    return marker != _COMMENT


def _scans(rest: bytes) -> bytes:
    """The pixels up to the end of the picture: what is appended to it (a second picture, a film, a map) goes."""
    place = 0
    while True:
        place = rest.index(b"\xff", place)
        marker = rest[place + 1]
        if marker == _EOI:
            return rest[: place + 2]
        if marker in (0x00, 0xFF) or marker in _ALONE:
            place += 1 if marker == 0xFF else 2
            continue
        (length,) = struct.unpack_from(">H", rest, place + 2)
        if 0xE0 <= marker <= 0xEF or marker == _COMMENT:
            raise ValueError("metadata among the scans")
        place += 2 + length


def _turned(tiff: bytes) -> int:
    """The orientation in an Exif block, 1 when it has none."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for number in range(count):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number)
            if tag == _ORIENTATION:
                return int(value)
    except struct.error:
        return 1  # a broken block goes like a whole one
    return 1


def _only_turned(value: int) -> bytes:
    block = b"Exif\0\0MM\0\x2a" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, value, 0, 0)
    return struct.pack(">BBH", 0xFF, _APP1, len(block) + 2) + block
