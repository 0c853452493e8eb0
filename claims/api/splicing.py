"""Answers are put together from JSON texts as they were published, without reading and writing them again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NewType

JsonText = NewType("JsonText", str)
"""Text that is one complete JSON value."""


def text(value: Any) -> JsonText:
    """A Python value as compact JSON. Raises TypeError for what JSON has no word for."""
    return JsonText(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def members(**values: JsonText) -> JsonText:
    """An object from its members' texts."""
    return JsonText("{" + ",".join(f'"{name}":{value}' for name, value in values.items()) + "}")


def array(values: Iterable[str]) -> JsonText:
    """An array from its elements' texts."""
    return JsonText("[" + ",".join(values) + "]")


def extended(published: str, **values: JsonText) -> JsonText:
    """A published object, which is not empty, with more members behind its own."""
    more = "".join(f',"{name}":{value}' for name, value in values.items())
    return JsonText(f"{published.rstrip()[:-1]}{more}}}")


def without(value: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """An object without some of its members."""
    return {name: member for name, member in value.items() if name not in names}
