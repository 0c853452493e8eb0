"""Which characters of a document no reader may be shown, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from budgets.texts import faults
from claims.documents.parts import Json


def document_faults(body: Json) -> list[str]:
    """Return “path: sentence” for every refused character in the texts of a JSON document; list places from 1."""
    return [f"{path}: {fault}" for path, text in _texts(body, "") for fault in faults(text)]


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _texts(part, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for number, part in enumerate(value, 1):
            yield from _texts(part, f"{path}[{number}]")
