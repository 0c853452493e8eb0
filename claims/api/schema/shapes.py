"""A few words to write JSON Schema with."""

from __future__ import annotations

from typing import Any

from budgets.vocabulary import BilingualChoices

Schema = dict[str, Any]


def ref(name: str) -> Schema:
    """A component."""
    return {"$ref": f"#/components/schemas/{name}"}


def record(about: str = "", **members: Schema) -> Schema:
    """An object all of whose members are always there. Others may be added later, so it is not closed."""
    schema: Schema = {"type": "object", "properties": members, "required": list(members)}
    return {"description": about, **schema} if about else schema


def growing(schema: Schema, **members: Schema) -> Schema:
    """An object with members that came later: documents from before do not have them."""
    return {**schema, "properties": schema["properties"] | members}


def array(of: Schema, about: str = "") -> Schema:
    """A list."""
    return {"type": "array", "items": of} | ({"description": about} if about else {})


def string(about: str = "", **more: Any) -> Schema:
    """Text."""
    return {"type": "string", **more} | ({"description": about} if about else {})


def day(about: str = "") -> Schema:
    """A date, `YYYY-MM-DD`."""
    return string(about, format="date")


def instant(about: str = "") -> Schema:
    """A time in UTC."""
    return string(about, format="date-time")


def uuid(about: str = "") -> Schema:
    """An id."""
    return string(about, format="uuid")


def slug(about: str = "") -> Schema:
    """The readable part of an address."""
    return string(about, pattern="^[A-Za-z0-9_-]+$")


def link(about: str = "") -> Schema:
    """An absolute URL."""
    return string(about, format="uri")


def decimal(about: str = "") -> Schema:
    """A number as a decimal string, so that no float touches it."""
    return string(about, pattern=r"^-?[0-9]+(\.[0-9]+)?$")


def count(about: str = "", least: int = 0) -> Schema:
    """A whole number."""
    return {"type": "integer", "minimum": least} | ({"description": about} if about else {})


def boolean(about: str = "") -> Schema:
    """True or false."""
    return {"type": "boolean"} | ({"description": about} if about else {})


def nullable(schema: Schema) -> Schema:
    """The same, or null."""
    if "type" not in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    return {**schema, "type": [schema["type"], "null"]}


def codes(choices: type[BilingualChoices], about: str, **also: dict[str, str]) -> Schema:
    """A closed list with what readers see for each code (`x-labels`)."""
    labels = {choice.value: choice.both for choice in choices} | also
    return {"type": "string", "description": about, "enum": list(labels), "x-labels": labels}
