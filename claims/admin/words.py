"""Differences of wording as a page shows them: pieces that stayed, went or came, with hidden characters named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from claims.sources.changes import Changes
from claims.sources.differing import Kind, Piece
from claims.sources.viewing import Shown, plain


@dataclass(frozen=True, slots=True)
class Worded:
    """A piece of a difference, ready to be shown."""

    kind: Kind
    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class WordedChanges:
    """What differs between two versions, a list of pieces per sentence."""

    sentences: tuple[tuple[Worded, ...], ...]
    left_out: int
    is_too_long: bool


def worded(pieces: Iterable[Piece]) -> tuple[Worded, ...]:
    """One sentence."""
    return tuple(Worded(piece.kind, tuple(plain(piece.text))) for piece in pieces)


def worded_changes(found: Changes) -> WordedChanges:
    """All of them."""
    return WordedChanges(tuple(worded(pieces) for pieces in found.sentences), found.left_out, found.is_too_long)
