"""Rows of many tables in one query, tied to each other as Django's own prefetching would tie them.

A page that shows everything about one claim would otherwise cost a query per table. What is not among the rows that
were read is still found: Django asks the database for it then.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Field, JSONField, Model, QuerySet

Rows = QuerySet[Any, Any]
_PART = "SELECT {} AS part, row_number() OVER () AS place, to_json(found)::text AS body FROM ({}) AS found"


def read_together(parts: Sequence[Rows]) -> list[list[Any]]:
    """Return the rows of each query, in its order, from one statement: instances, or dicts for `values()`.

    A query names columns of its own table only (no `select_related`); annotations stand as attributes.
    """
    pieces: list[str] = []
    given: list[Any] = []
    for number, rows in enumerate(parts):
        try:
            sql, values = rows.query.sql_with_params()
        except EmptyResultSet:
            continue
        pieces.append(_PART.format(number, sql))
        given += values
    if not pieces:
        return [[] for _ in parts]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(pieces), given)
        found = sorted(cursor.fetchall(), key=lambda row: row[:2])
    out: list[list[Any]] = [[] for _ in parts]
    readers = [_Reader(rows) for rows in parts]
    for number, _, body in found:
        out[number].append(readers[number].read(json.loads(body, parse_float=Decimal)))
    return out


class _Reader:
    """Makes of a row as JSON what the query would have returned."""

    def __init__(self, rows: Rows) -> None:
        self.is_plain = rows._fields is not None  # type: ignore[attr-defined] # set by `values()` alone
        self.model = rows.model
        self.fields = {field.column: field for field in rows.model._meta.concrete_fields}
        self.annotations = {
            name: what.output_field for name, what in rows.query.annotation_select.items() if name not in self.fields
        }

    def read(self, row: Mapping[str, Any]) -> Any:
        """One instance, or one dict."""
        if self.is_plain:
            known = self.fields | self.annotations
            return {name: _value(known[name], value) if name in known else value for name, value in row.items()}
        own = {field.attname: _value(field, row[name]) for name, field in self.fields.items() if name in row}
        made = self.model.from_db("default", list(own), list(own.values()))
        for name, field in self.annotations.items():
            setattr(made, name, _value(field, row[name]))
        return made


def _value(field: Field[Any, Any], value: Any) -> Any:
    if isinstance(field, JSONField):
        return _plain(value)
    return None if value is None else field.to_python(value)


def _plain(value: Any) -> Any:
    """JSON as it is stored: numbers with a point are floats there."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return {key: _plain(part) for key, part in value.items()} if isinstance(value, dict) else value


class Tied:
    """Rows by model and key, each tied to those that it points at."""

    def __init__(self, rows: Iterable[Model]) -> None:
        """Tie them; equal rows that were read twice become one."""
        self._rows: dict[type[Model], dict[Any, Model]] = defaultdict(dict)
        for row in rows:
            self._rows[type(row)].setdefault(row.pk, row)
        for model, found in self._rows.items():
            self._tie(model, found.values())

    def all(self, model: type[Model]) -> list[Any]:
        """All rows of a model, in the order in which they were read."""
        return list(self._rows[model].values())

    def get(self, model: type[Model], key: Any) -> Any:
        """One row, or None."""
        return self._rows[model].get(key)

    def _tie(self, model: type[Model], rows: Iterable[Model]) -> None:
        for field in model._meta.concrete_fields:
            if not field.is_relation:
                continue
            known = self._rows.get(field.related_model, {})  # type: ignore[arg-type]
            for row in rows:
                other = known.get(getattr(row, field.attname))
                if other is not None:
                    field.set_cached_value(row, other)  # type: ignore[attr-defined]

    def gather(self, owner: type[Model], name: str, rows: Iterable[tuple[Any, Model]] | None = None) -> None:
        """Give each owner the list behind its manager `name`; `rows` are (owner's key, row), else told by the key."""
        manager_of = getattr(owner, name)
        groups: dict[Any, list[Model]] = defaultdict(list)
        if rows is None:
            field = manager_of.field
            rows = ((getattr(row, field.attname), row) for row in self.all(manager_of.rel.related_model))
        for key, row in rows:
            groups[key].append(row)
        for one in self.all(owner):
            found = getattr(one, name).get_queryset()
            found._result_cache, found._prefetch_done = groups[one.pk], True
            if not hasattr(one, "_prefetched_objects_cache"):
                one._prefetched_objects_cache = {}
            one._prefetched_objects_cache[name] = found
