"""Names of rows, whatever their tables: one query for a whole page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import F, ForeignKey, QuerySet, TextField, Value
from django.db.models.functions import Cast

from claims.history.tracking import by_table, name_path
from claims.models.change import Change

Row = tuple[str, int]  # label of the model, key
Names = dict[Row, str]


def names_of(rows: Iterable[Row]) -> Names:
    """The names of rows that are still there."""
    keys: dict[str, set[int]] = defaultdict(set)
    for label, key in rows:
        keys[label].add(key)
    queries = [_query(label, found) for label, found in sorted(keys.items()) if name_path(label)]
    if not queries:
        return {}
    together = queries[0].union(*queries[1:], all=True)
    return {(label, key): name or "" for label, key, name in together}


def _query(label: str, keys: set[int]) -> QuerySet[Any, tuple[str, int, str | None]]:
    rows = apps.get_model(label)._base_manager.filter(pk__in=sorted(keys)).order_by()
    found: QuerySet[Any, tuple[str, int, str | None]] = rows.values_list(
        Value(label, TextField()), "pk", Cast(F(name_path(label)), TextField())
    )
    return found


def rows_in(changes: Iterable[Change]) -> set[Row]:
    """The rows that changes are about, those that they point at, and the pages that they are part of."""
    found: set[Row] = set()
    for change in changes:
        tracked = by_table().get(change.table_name)
        if tracked is None:
            continue
        found.add((tracked.label, change.row_id))
        for subject in change.subjects:
            table, _, key = subject.partition(":")
            if table in by_table():
                found.add((by_table()[table].label, int(key)))
        for side in (change.before or {}, change.after or {}):
            for column, field in tracked.columns.items():
                if isinstance(field, ForeignKey) and side.get(column) is not None:
                    found.add((field.related_model._meta.label, side[column]))
    return found


def name_of(change: Change, names: Names) -> str:
    """The name of the row that a change is about; of a row that is gone, the one that it had."""
    tracked = by_table().get(change.table_name)
    if tracked is None:
        return ""
    name = names.get((tracked.label, change.row_id))
    if name is not None or not tracked.name:
        return name or ""
    held = change.after or change.before or {}
    field = tracked.model._meta.get_field(tracked.name)
    if isinstance(field, ForeignKey):
        return names.get((field.related_model._meta.label, held.get(field.column, 0)), "")
    return str(held.get(field.name, ""))
