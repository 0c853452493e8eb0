"""Many rows in one statement: Django's `bulk_update` builds a CASE for each value, which costs milliseconds a row."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

_ARRAYS = {"varchar": "text", "jsonb": "text"}  # a cast to varchar(n) would cut what is too long instead of refusing it


@dataclass(frozen=True, slots=True)
class _Column:
    """A field as it travels in an array."""

    field: Any
    name: str
    kind: str

    @classmethod
    def of(cls, field: Any) -> _Column:
        kind = field.rel_db_type(connection) if field.primary_key else field.db_type(connection)
        return cls(field, connection.ops.quote_name(field.column), str(kind).partition("(")[0])

    @property
    def array(self) -> str:
        return f"%s::{_ARRAYS.get(self.kind, self.kind)}[]"

    @property
    def assignment(self) -> str:
        return f"{self.name} = new.{self.name}{'::jsonb' if self.kind == 'jsonb' else ''}"

    def values(self, rows: Collection[models.Model]) -> list[Any]:
        """What the rows hold, ready for the driver."""
        found = [getattr(row, self.field.attname) for row in rows]
        if self.kind == "jsonb":
            return [None if value is None else json.dumps(value, cls=self.field.encoder) for value in found]
        return [self.field.get_db_prep_save(value, connection) for value in found]


def update_rows(rows: Collection[models.Model], fields: Sequence[str]) -> None:
    """Write `fields` of stored rows of one model."""
    if not rows:
        return
    meta = next(iter(rows))._meta
    key = _Column.of(meta.pk)
    columns = [_Column.of(meta.get_field(name)) for name in fields]
    everything = [key, *columns]
    table = connection.ops.quote_name(meta.db_table)
    statement = (
        f"UPDATE {table} SET {', '.join(column.assignment for column in columns)}"  # noqa: S608 - names of our columns
        f" FROM unnest({', '.join(column.array for column in everything)})"
        f" AS new({', '.join(column.name for column in everything)}) WHERE {table}.{key.name} = new.{key.name}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [column.values(rows) for column in everything])
