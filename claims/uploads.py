"""Which files we keep, judged by their content. Pure: bytes in, a kind out, or a refusal that says why."""

from __future__ import annotations

import re
import zlib
from enum import StrEnum
from io import BytesIO
from zipfile import BadZipFile, ZipFile

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 200  # unpacked to packed; tables of numbers stay below 50
_MOST_PARTS = 5_000
_HEAD = 4_096
_SHEET_TYPES = "[Content_Types].xml"
_SHEET = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
# Macros, controls and files inside the file: a table needs none of them.
_ACTIVE = re.compile(
    r"vbaproject|macrosheets/|activex/|embeddings/|externallinks/|\.(?:exe|dll|js|vbs|hta)$", re.IGNORECASE
)
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
    XLSX = "xlsx"
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
    UploadKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
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
    if body.startswith(b"PK"):
        _judge_workbook(body)
        return UploadKind.XLSX
    if not _is_text(body):
        raise UploadRefused(
            "Only PDF, PNG, JPEG, WebP, XLSX, CSV and plain text in UTF-8 are kept; this is none of them."
        )
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


def _judge_workbook(body: bytes) -> None:
    """Refuse an archive that is no plain workbook. Reads its directory, and of its parts only the list of types."""
    try:
        with ZipFile(BytesIO(body)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if len(parts) > _MOST_PARTS or _SHEET_TYPES not in names:
                raise UploadRefused("Archives are not kept: send the files in them, or a PDF.")
            unpacked, packed = (
                sum(sizes) for sizes in zip(*((p.file_size, p.compress_size) for p in parts), strict=True)
            )
            if unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(packed, 1):
                raise UploadRefused("Unpacked, the file would be far larger than it looks; send it as CSV or PDF.")
            types = archive.open(_SHEET_TYPES).read(1 << 20)
    except (
        BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        ValueError,
        OSError,
        zlib.error,
    ):  # locked or damaged
        raise UploadRefused("The file is locked or damaged; save it again without a password.") from None
    if _SHEET not in types:
        raise UploadRefused("Of office files only plain XLSX workbooks are kept: print the others to PDF.")
    if any(_ACTIVE.search(name) for name in names):
        raise UploadRefused("Workbooks with macros, controls or files inside are not kept: save as plain XLSX.")


def _is_text(body: bytes) -> bool:
    if b"%PDF-" in body[:_HEAD]:  # a PDF behind other bytes: readers disagree about what it is
        return False
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not any(ord(letter) < 32 and letter not in "\t\r\n\f" for letter in text)
