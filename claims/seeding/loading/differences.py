"""What stands in the database against what the file says, row by row."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Difference(Generic[Row]):
    """One row as the file wants it: the row itself (new or standing), the values, and the names of what differs."""

    name: str
    row: Row
    values: Mapping[str, Any]
    fields: tuple[str, ...]

    @property
    def is_new(self) -> bool:
        """Whether the row does not stand yet."""
        return self.row.pk is None

    @property
    def differs(self) -> bool:
        """Whether anything has to be written."""
        return self.is_new or bool(self.fields)

    def take(self) -> Row:
        """Set the wanted values on the row and return it; nothing is saved."""
        for name, value in self.values.items():
            setattr(self.row, name, value)
        return self.row

    def save(self) -> Row:
        """Set, check and save the row; `ValidationError` when the model sees a fault."""
        row = self.take()
        row.full_clean()
        row.save()
        return row


@dataclass(frozen=True)
class Wanted:
    """One row as the file has it: how people call it, what identifies it among its siblings, and its values."""

    name: str
    identity: Hashable
    values: Mapping[str, Any]


def difference(model: type[Row], row: Row | None, name: str, values: Mapping[str, Any]) -> Difference[Row]:
    """Compare one row; `row` is None when it does not stand yet."""
    if row is None:
        return Difference(name, model(), values, ())
    return Difference(name, row, values, tuple(field for field in values if _differs(row, field, values[field])))


def differences(model: type[Row], standing: Mapping[Any, Row], wanted: Sequence[Wanted]) -> list[Difference[Row]]:
    """Compare siblings by identity. Rows the file does not name are left alone: somebody added them by hand."""
    return [difference(model, standing.get(want.identity), want.name, want.values) for want in wanted]


def _differs(row: Model, name: str, value: Any) -> bool:
    field = row._meta.get_field(name)
    stands = getattr(row, getattr(field, "attname", name))
    if isinstance(value, Model):
        return bool(stands != value.pk)
    return bool(stands != value)
