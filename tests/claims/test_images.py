"""Pictures lose what cameras and programs wrote into them, and not one pixel."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from claims.images import ImageRefused, without_metadata

SECRET = b"13.7563 N 100.5018 E"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(kind: bytes = b"tEXt", data: bytes = SECRET, *, size: tuple[int, int] = (2, 1)) -> bytes:
    """A PNG of two pixels with one more chunk; `size` is only what its head says."""
    head = struct.pack(">IIBBBBB", *size, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\0\x10\xf0")
    parts = [(b"IHDR", head), (kind, data), (b"IDAT", body), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def drawn(**saving: object) -> bytes:
    image = Image.new("RGB", (8, 4), "white")
    image.putpixel((1, 1), (200, 30, 30))
    out = BytesIO()
    image.save(out, **saving)  # type: ignore[arg-type]
    return out.getvalue()


def exif(orientation: int) -> Image.Exif:
    found = Image.Exif()
    found[0x0112], found[0x010F], found[0x013B] = orientation, "Camera " + SECRET.decode(), "Somchai"
    return found


def with_text() -> PngImagePlugin.PngInfo:
    found = PngImagePlugin.PngInfo()
    found.add_itxt("Location", SECRET.decode())
    return found


@pytest.mark.parametrize(
    ("extension", "body"),
    [
        ("png", drawn(format="PNG", pnginfo=with_text(), exif=exif(1))),
        ("jpg", drawn(format="JPEG", exif=exif(6), comment=SECRET, progressive=True)),
        ("jpg", drawn(format="JPEG", exif=exif(1)) + b"appended " + SECRET),
        ("webp", drawn(format="WEBP", exif=exif(3), lossless=True)),
        ("webp", drawn(format="WEBP", exif=exif(3), xmp=SECRET, quality=80)),
    ],
)
def test_a_picture_keeps_its_pixels_and_nothing_that_tells_of_anybody(extension: str, body: bytes) -> None:
    assert SECRET in body
    kept = without_metadata(extension, body)
    assert SECRET not in kept
    assert b"Somchai" not in kept
    before, after = (Image.open(BytesIO(found)) for found in (body, kept))
    assert before.convert("RGB").tobytes() == after.convert("RGB").tobytes()
    assert without_metadata(extension, kept) == kept, "doing it twice changes nothing"


def test_a_photograph_stays_the_right_way_up() -> None:
    kept = Image.open(BytesIO(without_metadata("jpg", drawn(format="JPEG", exif=exif(6)))))
    assert dict(kept.getexif()) == {0x0112: 6}


def test_colours_keep_their_profile() -> None:
    kept = Image.open(BytesIO(without_metadata("jpg", drawn(format="JPEG", icc_profile=b"profile" * 20))))
    assert kept.info["icc_profile"] == b"profile" * 20


@pytest.mark.parametrize("size", [(20_001, 1), (60_000, 60_000), (8_000, 8_000), (0, 5)])
def test_a_picture_of_too_many_pixels_is_refused_before_anybody_draws_it(size: tuple[int, int]) -> None:
    with pytest.raises(ImageRefused, match="pixels"):
        without_metadata("png", png(size=size))


@pytest.mark.parametrize("extension", ["png", "jpg", "webp"])
def test_a_picture_cut_off_anywhere_is_refused_or_whole_and_never_a_crash(extension: str) -> None:
    body = drawn(format={"jpg": "JPEG"}.get(extension, extension.upper()), exif=exif(6))
    for end in range(12, len(body) - 1):
        try:
            without_metadata(extension, body[:end])
        except ImageRefused:
            continue
        assert extension == "webp", "only WebP may lack its last part and still be a picture"
