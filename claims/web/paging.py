"""Keyset paging: a cursor names the last row seen, so no page ever counts or skips."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import DecimalField, IntegerField, Model, Q, QuerySet
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext

Row = TypeVar("Row", bound=Model)

PAGE_SIZE = 20
_BIGGEST = 2**63 - 1
_BEYOND = Decimal(10) ** 19
_FINEST = Decimal("0.000001")
# What no text of the database holds. Others that cannot be printed (a no-break space) do stand in names.
_UNWRITABLE = re.compile("[\\ud800-\\udfff\\0]")


class BadCursor(ValueError):
    """The `after` or `before` of an address is none of ours, or leads beyond the list."""


@dataclass(frozen=True, slots=True)
class Order:
    """A total order: (column, descending) pairs, the last one unique. Columns must not be null."""

    columns: tuple[tuple[str, bool], ...]

    def terms(self, *, backwards: bool = False) -> list[str]:
        """The order as Django writes it."""
        return [f"{'-' if descending is not backwards else ''}{name}" for name, descending in self.columns]

    def beyond(self, values: Sequence[Any], *, backwards: bool = False) -> Q:
        """Rows strictly after (or before) the row with these values."""
        first, descending = self.columns[0]
        # Said apart, since an index can start at this and not at the rest.
        start = Q(**{f"{first}__{'lte' if descending is not backwards else 'gte'}": values[0]})
        condition, equal = Q(), Q()
        for (name, descending), value in zip(self.columns, values, strict=True):
            lookup = "lt" if descending is not backwards else "gt"
            condition |= equal & Q(**{f"{name}__{lookup}": value})
            equal &= Q(**{name: value})
        return start & condition


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of rows with the query strings of its neighbours; "" where there is none."""

    rows: list[Row]
    previous: str
    next: str


def page(rows: QuerySet[Row], order: Order, query: MultiValueDict[str, str], *, size: int = PAGE_SIZE) -> Page[Row]:
    """The page that `after` or `before` in the query asks for. Raises BadCursor."""
    after, before = query.get("after", ""), query.get("before", "")
    backwards = bool(before) and not after
    cursor = before if backwards else after
    found = rows.order_by(*order.terms(backwards=backwards))
    if cursor:
        found = _from(found, order, _decode(cursor, len(order.columns)), backwards=backwards)
    window = list(found[: size + 1])
    if cursor and not window:
        raise BadCursor(cursor)
    more, shown = len(window) > size, window[:size]
    if backwards:
        shown.reverse()
    has_previous, has_next = (more, True) if backwards else (bool(cursor), more)
    link = _linker(query, order)
    return Page(
        shown,
        link("before", shown[0]) if shown and has_previous else "",
        link("after", shown[-1]) if shown and has_next else "",
    )


def page_or_start(
    rows: QuerySet[Row], order: Order, query: MultiValueDict[str, str], *, size: int = PAGE_SIZE
) -> tuple[Page[Row], list[str]]:
    """The page that a query asks for; for a damaged cursor the first page, and a sentence that says so."""
    try:
        return page(rows, order, query, size=size), []
    except BadCursor:
        kept = query.copy()
        kept.pop("after", None)
        kept.pop("before", None)
        damaged = gettext("This page address is damaged; here is the start of the list.")
        return page(rows, order, kept, size=size), [damaged]


def _from(rows: QuerySet[Row], order: Order, values: Sequence[Any], *, backwards: bool) -> QuerySet[Row]:
    try:
        stored = [_storable(rows, name, value) for (name, _), value in zip(order.columns, values, strict=True)]
        return rows.filter(order.beyond(stored, backwards=backwards))
    except (ValueError, TypeError, ArithmeticError, ValidationError) as error:
        raise BadCursor(repr(values)) from error


def _storable(rows: QuerySet[Row], name: str, value: str | int) -> Any:
    """The value as its column has it; ValueError for a number that no column holds, which the database would refuse."""
    column = rows.query.clone().resolve_ref(name).output_field
    if not isinstance(column, DecimalField | IntegerField):
        return value
    number = Decimal(value)
    # With a fraction of any length the database would count its digits as well.
    if not (number.is_finite() and abs(number) < _BEYOND and number == number.quantize(_FINEST)):
        raise ValueError(f"“{value}” is in no column")
    return column.to_python(number)


def _linker(query: Mapping[str, str], order: Order) -> Callable[[str, Row], str]:
    kept = {key: value for key, value in query.items() if key not in ("after", "before") and value}

    def link(key: str, row: Row) -> str:
        return "?" + urlencode({**kept, key: _encode([getattr(row, name) for name, _ in order.columns])})

    return link


def _encode(values: Sequence[Any]) -> str:
    texts = [value.isoformat() if hasattr(value, "isoformat") else value for value in values]
    return urlsafe_b64encode(json.dumps(texts, default=str, separators=(",", ":")).encode()).decode().rstrip("=")


def _decode(cursor: str, length: int) -> list[Any]:
    try:
        values = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError) as error:
        raise BadCursor(cursor) from error
    if not isinstance(values, list) or len(values) != length or not all(isinstance(v, str | int) for v in values):
        raise BadCursor(cursor)
    if any(isinstance(value, str) and _UNWRITABLE.search(value) for value in values):
        raise BadCursor(cursor)
    if any(isinstance(value, int) and not -_BIGGEST <= value <= _BIGGEST for value in values):
        raise BadCursor(cursor)
    return values
