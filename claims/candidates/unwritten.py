"""The mark of a text that nobody has written yet: intake leaves it where it would have to invent or translate. Pure."""

from __future__ import annotations

UNWRITTEN = {"en": "[To be written]", "th": "[รอเขียน]"}


def is_unwritten(text: str) -> bool:
    """Whether a text still holds the mark; such a text is not fit for readers."""
    return any(mark in text for mark in UNWRITTEN.values())
