"""What a change did to each field, in words for people. Pure: names of other rows are given."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, CharField, DateTimeField, DecimalField, Field, ForeignKey, TextField
from django.utils import timezone

from claims.history.naming import Names
from claims.history.tracking import by_table
from claims.models.change import Change
from claims.sources.differing import Piece, differing

MOST_COMPARED = 400_000  # characters a page may compare word by word


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: what stood in it and what stands in it now, empty for nothing.

    `pieces` is the same word by word, for texts that stood on both sides. `field` is None for a column that is gone.
    """

    column: str
    field: Field[Any, Any] | None
    before: str
    after: str
    pieces: tuple[Piece, ...] = ()
    is_hidden: bool = False


class Comparing:
    """Compares changes until a page has compared enough; what comes after that shows old and new as they are."""

    def __init__(self, names: Names, most: int = MOST_COMPARED) -> None:
        """Take the names of the rows that values point at."""
        self._names = names
        self._left = most

    def differences(self, change: Change, hidden: Collection[str] = ()) -> tuple[Difference, ...]:
        """The fields in the order of the form; `hidden` are columns whose values are not told."""
        tracked = by_table().get(change.table_name)
        fields = tracked.columns if tracked else {}
        before, after = change.before or {}, change.after or {}
        touched = {*before, *after} - {"public_id"} - _told(change)
        order = [column for column in fields if column in touched] + sorted(touched - set(fields))
        return tuple(
            Difference(column, fields.get(column), "", "", is_hidden=True)
            if column in hidden
            else self._difference(column, fields.get(column), before.get(column), after.get(column))
            for column in order
        )

    def _difference(self, column: str, field: Field[Any, Any] | None, was: Any, stands: Any) -> Difference:
        before, after = shown(field, was, self._names), shown(field, stands, self._names)
        pieces: tuple[Piece, ...] = ()
        cost = len(before) + len(after)
        if before and after and is_text(field) and cost <= self._left:
            self._left -= cost
            pieces = tuple(differing(before, after))
        return Difference(column, field, before, after, pieces)


def _told(change: Change) -> set[str]:
    """Columns of a row that came or went which only say whose part it is: the page says so already."""
    held = change.before if change.after is None else change.after if change.before is None else None
    tracked = by_table().get(change.table_name)
    if held is None or tracked is None:
        return set()
    links = {column: field for column, field in tracked.columns.items() if isinstance(field, ForeignKey)}
    return {
        column
        for column, field in links.items()
        if f"{field.related_model._meta.db_table}:{held.get(column)}" in change.subjects
    }


def is_text(field: Field[Any, Any] | None) -> bool:
    """Whether people write sentences in it."""
    return isinstance(field, CharField | TextField) and not field.choices


def shown(field: Field[Any, Any] | None, value: Any, names: Names) -> str:
    """A stored value as people read it: labels for codes, names for keys, Bangkok time; empty for nothing."""
    if value is None or value == "":
        return ""
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, ForeignKey):
        return names.get((field.related_model._meta.label, value)) or f"no. {value}"
    if isinstance(field, BooleanField) or isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(field, DateTimeField):
        return f"{timezone.localtime(datetime.fromisoformat(value)):%Y-%m-%d %H:%M}"
    if isinstance(field, DecimalField):
        return _amount(Decimal(value))
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, indent=2, default=str)
    return str(value)


def _amount(value: Decimal) -> str:
    """All the digits that say something, in groups of three."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
