"""Reading JSON objects by their keys and keeping every fault with its place. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rapidfuzz import fuzz, process

from budgets import texts

_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?", re.ASCII)
_ALIKE = 60
_LONGEST = 200


@dataclass(frozen=True, order=True, slots=True)
class SpecFault:
    """One thing wrong in a mapping: where in the JSON (`measures[0].unit`), what, and what to do."""

    path: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path or 'the mapping'}: {self.problem} {self.remedy}"


class SpecRefused(Exception):
    """A mapping cannot be used; carries every fault, in the order of their places."""

    def __init__(self, faults: Collection[SpecFault]) -> None:
        """Keep the faults, sorted, each once."""
        self.faults = sorted(set(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def nearest(name: str, known: Collection[str]) -> str | None:
    """Return the one of `known` that looks most like `name`, or None; names over 200 characters look like nothing."""
    able = [each for each in known if len(each) <= _LONGEST]
    if len(name) > _LONGEST:
        return None
    found = process.extractOne(name, able, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=_ALIKE)
    return found[0] if found else None


class JsonObject:
    """A JSON object being read. What is asked for is known; `close` faults the other keys."""

    def __init__(self, value: object, path: str, faults: list[SpecFault]) -> None:
        """Take the value; a value that is no object is a fault and reads as empty."""
        self.path, self.faults, self.known = path, faults, set[str]()
        self.values: Mapping[str, Any] = {}
        if isinstance(value, Mapping):
            self.values = value
        else:
            faults.append(SpecFault(path, "This is not a JSON object.", 'Write {"key": value, …}.'))

    def fault(self, key: str, problem: str, remedy: str) -> None:
        """Note one fault at a key, or at the object itself when the key is empty."""
        self.faults.append(SpecFault(self.at(key), problem, remedy))

    def at(self, key: str) -> str:
        """The place of a key in the whole JSON."""
        return f"{self.path}.{key}" if self.path and key else self.path or key

    def has(self, key: str) -> bool:
        """Whether the key is written with a value other than null."""
        self.known.add(key)
        return self.values.get(key) is not None

    def text(self, key: str, default: str = "") -> str:
        """The text of a key. Invisible characters and empty texts are faults."""
        if not self.has(key):
            return default
        value = self.values[key]
        if not isinstance(value, str) or not value.strip():
            self.fault(key, "This is not a text.", "Write words in quotation marks, or leave the key out.")
            return default
        for problem in texts.faults(value):
            self.fault(key, problem, "Then save the mapping again.")
        return value

    def choice(self, key: str, options: Collection[str], default: str = "") -> str:
        """The text of a key that must be one of `options`."""
        value = self.text(key, default)
        if value == default or value in options:
            return value
        self.fault(key, f"“{value}” is not known here.", f"Write one of: {', '.join(sorted(options))}.")
        return default

    def needed(self, key: str, options: Collection[str], missing: str) -> str:
        """The text of a key that must be written and be one of `options`: one fault, whichever is wrong."""
        if not self.has(key):
            self.fault(key, missing, f"Write one of: {', '.join(options)}.")
        return self.choice(key, options)

    def names(self, key: str) -> tuple[str, ...]:
        """The list of texts of a key, in its order; a name written twice is a fault."""
        if not self.has(key):
            return ()
        value = self.values[key]
        if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
            self.fault(key, "This is not a list of names.", 'Write ["first", "second"].')
            return ()
        for place, name in enumerate(value):
            if name in value[:place]:
                self.fault(f"{key}[{place}]", f"“{name}” stands twice.", "Name it once.")
        return tuple(value)

    def whole(self, key: str, *, least: int = 1) -> int | None:
        """The whole number of a key, or None when it is not written."""
        if not self.has(key):
            return None
        value = self.values[key]
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            self.fault(key, "This is not a row number.", f"Write a whole number from {least}, without quotation marks.")
            return None
        return value

    def wholes(self, key: str) -> tuple[int, ...]:
        """The list of row numbers of a key, each from 1."""
        if not self.has(key):
            return ()
        value = self.values[key]
        good = isinstance(value, list) and all(
            isinstance(each, int) and not isinstance(each, bool) and each > 0 for each in value
        )
        if not good:
            self.fault(key, "This is not a list of row numbers.", "Write for example [1], or [9, 10].")
            return ()
        return tuple(value)

    def amount(self, key: str) -> Decimal | None:
        """The positive number of a key, written as text so that it is exact, or None when it is not written."""
        if not self.has(key):
            return None
        value = self.values[key]
        if not isinstance(value, str) or not _PLAIN_NUMBER.fullmatch(value) or Decimal(value) <= 0:
            self.fault(key, "This is not a positive number in quotation marks.", 'Write for example "1000" or "0.01".')
            return None
        return Decimal(value)

    def flag(self, key: str) -> bool:
        """Whether the key is written as true."""
        if not self.has(key):
            return False
        if self.values[key] is not True:
            self.fault(key, "This is not true.", "Write true, or leave the key out.")
        return True

    def child(self, key: str) -> JsonObject | None:
        """The object of a key, or None when it is not written."""
        return JsonObject(self.values[key], self.at(key), self.faults) if self.has(key) else None

    def children(self, key: str, *, alone: bool = False) -> list[JsonObject]:
        """The objects in the list of a key; `alone` also takes one object without a list."""
        if not self.has(key):
            return []
        value = self.values[key]
        if alone and isinstance(value, Mapping):
            return [JsonObject(value, self.at(key), self.faults)]
        if not isinstance(value, list):
            self.fault(key, "This is not a list.", "Write [{…}, {…}].")
            return []
        return [JsonObject(each, f"{self.at(key)}[{place}]", self.faults) for place, each in enumerate(value)]

    def one_of(self, keys: tuple[str, ...], remedy: str) -> str:
        """The one key of `keys` that is written; none, or more than one, is a fault."""
        written = [key for key in keys if self.has(key)]
        if len(written) != 1:
            self.fault("", f"Exactly one of {', '.join(keys)} is needed here.", remedy)
        return written[0] if written else ""

    def close(self) -> None:
        """Fault every key that nobody asked for."""
        for key in self.values:
            if key not in self.known:
                like = nearest(key, self.known)
                known = ", ".join(sorted(self.known))
                self.fault(key, "This key is not known.", f"Did you mean {like}?" if like else f"Known here: {known}.")


def listed(objects: list[JsonObject], read: Callable[[JsonObject], Any]) -> tuple[Any, ...]:
    """Read each object and close it."""
    found = []
    for each in objects:
        found.append(read(each))
        each.close()
    return tuple(found)
