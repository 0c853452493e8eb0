"""A line of a watch list: `{"id", "url", "quote": {"exact", "prefix", "suffix"}}` to a value. Pure."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from typing import Any

from claims.sources.folding import fold
from claims.sources.quote import Quote

MAX_LINE = 1 << 20  # bytes
MAX_ID, MAX_EXACT, MAX_CONTEXT = 200, 20_000, 120  # characters


class FaultyLine(Exception):
    """The line says nothing that can be watched; carries one sentence."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Watch `url` under the list's own `id`; `quote` None: only the page itself."""

    id: str
    url: str
    quote: Quote | None = None

    @property
    def shown_url(self) -> str:
        """The address as the list wrote it; what no database can store as its escape."""
        return self.url.replace("\x00", "\\u0000").encode("utf-8", "backslashreplace").decode()


def read_line(raw: bytes | None) -> Wanted:
    """Read one line; None stands for one longer than `MAX_LINE`. Raises `FaultyLine`.

    An address that cannot be watched is no fault of the line.
    """
    if raw is None:
        raise FaultyLine(f"This is longer than {MAX_LINE:,} bytes.")
    try:
        line = json.loads(raw.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        raise FaultyLine("This is not JSON in UTF-8.") from None
    if not isinstance(line, dict):
        raise FaultyLine('This is not an object: write {"id": "…", "url": "…"}.')
    return Wanted(_id(line.get("id")), _url(line.get("url")), _quote(line.get("quote")))


def _id(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise FaultyLine('“id” is missing: give each line a text of its own, such as "id": "a1".')
    if len(value) > MAX_ID:
        raise FaultyLine(f"“id” is longer than {MAX_ID} characters.")
    return _storable(value, "id")


def _url(value: Any) -> str:
    if not isinstance(value, str):
        raise FaultyLine("“url” is missing or no text.")
    return value


def _quote(value: Any) -> Quote | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise FaultyLine("“quote” is not an object with “exact”; leave it out to watch the page alone.")
    parts = {name: _part(value, name) for name in ("exact", "prefix", "suffix")}
    if not fold(parts["exact"]):
        raise FaultyLine("“quote” has no words in “exact”; leave it out to watch the page alone.")
    if len(parts["exact"]) > MAX_EXACT:
        raise FaultyLine(f"“quote.exact” is longer than {MAX_EXACT:,} characters.")
    return Quote(parts["exact"], parts["prefix"][-MAX_CONTEXT:].strip(), parts["suffix"][:MAX_CONTEXT].strip())


def _part(quote: dict[str, Any], name: str) -> str:
    value = quote.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise FaultyLine(f"“quote.{name}” is no text.")
    return unicodedata.normalize("NFC", _storable(value, f"quote.{name}")).strip()


def _storable(text: str, name: str) -> str:
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise FaultyLine(f"“{name}” holds a character that is none: U+0000 or half of a pair.")
    return text
