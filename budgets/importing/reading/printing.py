"""Sentences that quote a file, made fit for a terminal, a page and the database. Pure."""

from __future__ import annotations


def printable(text: str) -> str:
    """The text with a space for each character that cannot be printed, such as half a character or a zero byte."""
    return text if text.isprintable() else "".join(each if each.isprintable() else " " for each in text)
