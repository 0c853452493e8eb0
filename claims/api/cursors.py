"""Cursors: the place after which a list goes on. Opaque to clients, checked when they come back."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from claims.api.wording import Both

LONGEST = 200
LARGEST_NUMBER = 2**63 - 1


class BadCursor(ValueError):
    """The cursor is none of ours, or of another list or order; carries the sentence."""

    def __init__(self, detail: Both) -> None:
        super().__init__(detail.en)
        self.detail = detail


_RUBBISH = Both(
    "This is not a cursor of ours. Take it from `next` or `cursor` of an answer, unchanged.",
    "ค่านี้ไม่ใช่เคอร์เซอร์ของเรา โปรดนำมาจาก `next` หรือ `cursor` ในคำตอบโดยไม่แก้ไข",
)
_ELSEWHERE = Both(
    "This cursor is of another list or another order.",
    "เคอร์เซอร์นี้เป็นของรายการอื่นหรือลำดับอื่น",
)


def encode(order: str, *values: object) -> str:
    """Name the last row shown: the order it stood in and its values there."""
    texts = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    raw = json.dumps([order, *texts], default=str, separators=(",", ":"))
    return urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def decode(cursor: str, order: str, *kinds: Callable[[Any], Any]) -> tuple[Any, ...]:
    """The values of a cursor, read by `kinds`. Raises BadCursor."""
    if not 0 < len(cursor) <= LONGEST or not cursor.isascii():
        raise BadCursor(_RUBBISH)
    try:
        values = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError):
        raise BadCursor(_RUBBISH) from None
    if not isinstance(values, list) or len(values) < 1 or not isinstance(values[0], str):
        raise BadCursor(_RUBBISH)
    if values[0] != order or len(values) != len(kinds) + 1:
        raise BadCursor(_ELSEWHERE)
    try:
        return tuple(kind(value) for kind, value in zip(kinds, values[1:], strict=True))
    except (ValueError, TypeError, AttributeError, OverflowError):
        raise BadCursor(_RUBBISH) from None


def number(value: Any) -> int:
    """A change number. Raises ValueError."""
    if type(value) is not int or not 0 <= value <= LARGEST_NUMBER:
        raise ValueError(value)
    return value


def moment(value: Any) -> datetime:
    """An instant with its zone. Raises ValueError."""
    found = datetime.fromisoformat(value)
    if found.tzinfo is None or not 1 < found.year < 9999:
        raise ValueError(value)
    return found


def identifier(value: Any) -> UUID:
    """A public id. Raises ValueError."""
    return UUID(value)
