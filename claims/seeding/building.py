"""YAML nodes -> typed entries of the schema, noting every fault on the way. Pure."""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import yaml

from budgets.vocabulary import BilingualChoices
from claims.seeding import scalars
from claims.seeding.faults import Faults, Place
from claims.seeding.schema.base import Day, Entry, Most, Names, Refers, Text

EntryType = TypeVar("EntryType", bound=Entry)
Extras = tuple[object, ...]


class Bad:
    """The value of a node that could not be read; its fault has been noted."""


BAD = Bad()


@dataclasses.dataclass(frozen=True)
class Mention:
    """A name that an entry gives itself, or by which it refers to another."""

    kind: str
    name: str
    place: Place


class Builder:
    """Reads nodes into entries; keeps the faults, the names and the references met."""

    def __init__(self, faults: Faults) -> None:
        """Collect into `faults`."""
        self.faults = faults
        self.named: list[Mention] = []
        self.referred: list[Mention] = []

    def entry(self, node: yaml.Node, cls: type[EntryType], place: Place) -> EntryType | None:
        """Return the entry in `node`, or None when anything in it is faulty."""
        built = self._read(node, cls, (), place)
        return None if isinstance(built, Bad) else typing.cast(EntryType, built)

    def _read(self, node: yaml.Node, hint: Any, extras: Extras, place: Place) -> Any:
        origin = typing.get_origin(hint)
        if origin is typing.Annotated:
            inner, *more = typing.get_args(hint)
            return self._read(node, inner, (*extras, *more), place)
        if origin in (typing.Union, types.UnionType):
            return self._read(node, typing.get_args(hint)[0], extras, place)
        if origin is tuple:
            return self._sequence(node, typing.get_args(hint)[0], place)
        if hint is Day:
            return self._day(node, place)
        if dataclasses.is_dataclass(hint):
            return self._entry(node, typing.cast(type[Entry], hint), extras, place)
        return self._scalar(node, hint, extras, place)

    def _sequence(self, node: yaml.Node, hint: Any, place: Place) -> Any:
        if not isinstance(node, yaml.SequenceNode):
            self.faults.add(place, "is not a list.", "Write one entry per line, each after “- ”.")
            return BAD
        if not node.value:
            self.faults.add(place, "is an empty list.", "Write an entry or leave the key out.")
            return BAD
        items = [
            self._read(item, hint, (), Place(place.file, item.start_mark.line + 1, f"{place.path}[{number}]"))
            for number, item in enumerate(node.value, start=1)
        ]
        return BAD if any(isinstance(item, Bad) for item in items) else tuple(items)

    def _entry(self, node: yaml.Node, cls: type[Entry], extras: Extras, place: Place) -> Any:
        if not (cls.short and isinstance(node, yaml.ScalarNode)):
            return self._mapping(node, cls, extras, place)
        known, _ = _fields(typing.cast(Any, cls))  # mypy takes a dataclass for unhashable
        value = self._read(node, known[cls.short], (), place)
        return BAD if isinstance(value, Bad) else cls(at=place, **{cls.short: value})

    def _mapping(self, node: yaml.Node, cls: type[Entry], extras: Extras, place: Place) -> Any:
        known, required = _fields(typing.cast(Any, cls))  # mypy takes a dataclass for unhashable
        found = self._keys(node, known, place)
        if found is None:
            return BAD
        place = dataclasses.replace(
            place, lines={name: child.start_mark.line + 1 for name, (child, _) in found.items()}
        )
        values: dict[str, Any] = {}
        for name, (_, value) in found.items():
            passed = extras if cls is Text else ()
            values[name] = self._read(value, known[name], passed, place.of(name))
        for name in required:
            if name not in found:
                self.faults.add(place.of(name), "is missing.", _ask_for(cls, name))
                values[name] = BAD
        return BAD if any(isinstance(value, Bad) for value in values.values()) else cls(at=place, **values)

    def _keys(
        self, node: yaml.Node, known: dict[str, Any], place: Place
    ) -> dict[str, tuple[yaml.Node, yaml.Node]] | None:
        if not isinstance(node, yaml.MappingNode):
            self.faults.add(place, "is not a group of fields.", f"Write its fields under it: {', '.join(known)}.")
            return None
        found: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else "?"
            here = Place(place.file, key.start_mark.line + 1, f"{place.path}.{name}" if place.path else name)
            if name in found:
                first = found[name][0].start_mark.line + 1
                self.faults.add(here, f"is written twice (first on line {first}).", "Keep one of them.")
            elif name not in known:
                self.faults.add(here, "is not a field of this entry.", f"It may hold: {', '.join(known)}.")
            else:
                found[name] = (key, value)
        return found

    def _day(self, node: yaml.Node, place: Place) -> Any:
        known = {"exact": date, "earliest": date, "latest": date, "unknown": bool}
        found = self._keys(node, known, place)
        if found is None:
            return BAD
        values = {name: self._scalar(value, known[name], (), place.of(name)) for name, (_, value) in found.items()}
        if any(isinstance(value, Bad) for value in values.values()):
            return BAD
        problem = scalars.day_problem(values)
        if problem:
            self.faults.add(
                place, problem, "Write exact, or earliest and latest (one may be left out), or unknown: true."
            )
            return BAD
        exact = values.get("exact")
        return Day(earliest=exact or values.get("earliest"), latest=exact or values.get("latest"), at=place)

    def _scalar(self, node: yaml.Node, hint: Any, extras: Extras, place: Place) -> Any:
        if not isinstance(node, yaml.ScalarNode):
            self.faults.add(place, "is a group or a list, not a single value.", "Write one value after the colon.")
            return BAD
        convert = _converter(hint)
        try:
            value = convert(node)
        except scalars.Unreadable as error:
            self.faults.add(place, error.problem, error.remedy)
            return BAD
        return self._heed(value, extras, place)

    def _heed(self, value: Any, extras: Extras, place: Place) -> Any:
        for extra in extras:
            if isinstance(extra, Most) and len(value) > extra.characters:
                self.faults.add(place, f"has {len(value)} characters, more than {extra.characters}.", "Shorten it.")
                return BAD
            if isinstance(extra, (Names, Refers)):
                if not scalars.is_name(value):
                    self.faults.add(
                        place,
                        f"“{value[:80]}” is not a name.",
                        "Use small ASCII letters, digits and single hyphens (figure keys: F1, F2, …).",
                    )
                    return BAD
                mentions = self.named if isinstance(extra, Names) else self.referred
                mentions.append(Mention(extra.kind, value, place))
        return value


def _converter(hint: Any) -> Callable[[yaml.ScalarNode], Any]:
    if isinstance(hint, type) and issubclass(hint, BilingualChoices):
        return functools.partial(scalars.code, choices=hint)
    return _CONVERTERS[hint]


_CONVERTERS: dict[Any, Callable[[yaml.ScalarNode], Any]] = {
    str: scalars.text,
    int: scalars.whole_number,
    bool: scalars.yes_or_no,
    date: scalars.iso_date,
    Decimal: scalars.decimal,
}


@functools.cache
def _fields(cls: type[Entry]) -> tuple[dict[str, Any], tuple[str, ...]]:
    hints = typing.get_type_hints(cls, include_extras=True)
    fields = [field for field in dataclasses.fields(cls) if field.name != "at"]
    required = tuple(field.name for field in fields if field.default is dataclasses.MISSING)
    return {field.name: hints[field.name] for field in fields}, required


def _ask_for(cls: type[Entry], name: str) -> str:
    if cls is Text:
        language = "English" if name == "en" else "Thai"
        return f"Readers see both languages: add the {language} text."
    return "Add it; docs/dossier-format.md says what it holds."
