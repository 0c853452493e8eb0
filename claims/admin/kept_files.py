"""Files that staff may take out: as attachments that no browser runs or guesses at."""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any

from django.http import FileResponse


def attachment(content: bytes | IO[Any], name: str, content_type: str) -> FileResponse:
    """Return a file that is saved and never opened in the page."""
    body = BytesIO(content) if isinstance(content, bytes) else content
    response = FileResponse(body, as_attachment=True, filename=name)
    response["Content-Type"] = content_type
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
