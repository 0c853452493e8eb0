"""Query parameters: one declaration reads the value, refuses what cannot be meant, and documents it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict

from budgets.vocabulary import BilingualChoices
from claims.api.problems import BAD_QUERY, Fault, Problem, in_query
from claims.api.wording import Both

Schema = dict[str, Any]
Query = Mapping[str, Any]

DEFAULT_LIMIT = 100
MOST_ROWS = 500
LONGEST_SEARCH = 100
SLUG = r"[A-Za-z0-9_-]{1,80}"
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})\Z", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", re.ASCII | re.IGNORECASE)


class Unreadable(ValueError):
    """A value that cannot be meant; carries what would be."""

    def __init__(self, expected: Both) -> None:
        super().__init__(expected.en)
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Parameter:
    """A query parameter. `many` ones may be repeated or hold a comma list; they are read as a list."""

    name: str
    read: Callable[[str], Any]
    schema: Schema
    about: Both
    many: bool = False
    most: int = 20
    example: str = ""
    default: Any = field(default=None)


_TWICE = Both("`{name}` is given twice; once is enough.", "ส่ง `{name}` มาซ้ำ โปรดส่งเพียงครั้งเดียว")
_UNKNOWN = Both(
    "There is no parameter `{name}` here. Known: {known}.",
    "ไม่มีพารามิเตอร์ `{name}` ที่นี่ ที่ใช้ได้คือ {known}",
)
_NONE_KNOWN = Both("There is no parameter `{name}` here.", "ไม่มีพารามิเตอร์ `{name}` ที่นี่")
_EXPECTED = Both("`{name}` cannot be “{value}”: {expected}", "`{name}` เป็น “{value}” ไม่ได้ {expected}")
_TOO_LONG = Both("`{name}` has more than {most} values.", "`{name}` มีค่าเกิน {most} ค่า")


def read_query(given: QueryDict, known: Iterable[Parameter]) -> dict[str, Any]:
    """Every known parameter by name, absent ones at their default. Raises Problem with all faults at once."""
    by_name = {parameter.name: parameter for parameter in known}
    faults = [Fault(_unknown(name, by_name), in_query(name[:100])) for name in given if name not in by_name]
    values: dict[str, Any] = {}
    for name, parameter in by_name.items():
        try:
            values[name] = _value(parameter, given.getlist(name))
        except Unreadable as error:
            faults.append(Fault(error.expected, in_query(name)))
    if faults:
        detail = faults[0].detail if len(faults) == 1 else None
        raise Problem(BAD_QUERY, detail, faults[:20])
    return values


def _unknown(name: str, known: Mapping[str, Parameter]) -> Both:
    if not known:
        return _NONE_KNOWN.within(name=name)
    names = ", ".join(f"`{other}`" for other in known)
    filled = _UNKNOWN.within(name=name, known="{known}")
    return Both(filled.en.replace("{known}", names), filled.th.replace("{known}", names))


def _value(parameter: Parameter, given: list[str]) -> Any:
    if not given:
        return parameter.default
    if not parameter.many:
        if len(given) > 1:
            raise Unreadable(_TWICE.within(name=parameter.name))
        return _read(parameter, given[0])
    texts = [text for group in given for text in group.split(",")]
    if len(texts) > parameter.most:
        raise Unreadable(_TOO_LONG.within(name=parameter.name, most=parameter.most))
    return [_read(parameter, text) for text in texts]


def _read(parameter: Parameter, text: str) -> Any:
    try:
        return parameter.read(text)
    except Unreadable as error:
        said = _EXPECTED.within(name=parameter.name, value=text, expected="{expected}")
        expected = error.expected
        raise Unreadable(
            Both(said.en.replace("{expected}", expected.en), said.th.replace("{expected}", expected.th))
        ) from None


# Kinds of parameters --------------------------------------------------------------------------------------------------


def slug_or_id(name: str, about: Both, *, example: str = "") -> Parameter:
    """A slug, or the id of the same thing: read as UUID when it looks like one, else as str."""
    expected = Both("a slug or an id is needed", "ต้องเป็น slug หรือ id")

    def read(text: str) -> str | UUID:
        if _UUID.match(text):
            return UUID(text)
        if not re.fullmatch(SLUG, text, re.ASCII):
            raise Unreadable(expected)
        return text

    return Parameter(name, read, {"type": "string", "pattern": f"^{SLUG}$"}, about, example=example)


def code(name: str, choices: type[BilingualChoices], about: Both, *, also: tuple[str, ...] = ()) -> Parameter:
    """Any of some codes of a closed list."""
    codes = [str(value) for value in choices.values] + list(also)
    expected = Both(f"one of {', '.join(codes)} is needed", f"ต้องเป็นค่าใดค่าหนึ่งใน {', '.join(codes)}")

    def read(text: str) -> str:
        if text not in codes:
            raise Unreadable(expected)
        return text

    return Parameter(name, read, {"type": "string", "enum": codes}, about, many=True)


def one_of(name: str, values: tuple[str, ...], about: Both, *, default: str) -> Parameter:
    """Exactly one of a few words."""
    expected = Both(f"one of {', '.join(values)} is needed", f"ต้องเป็นค่าใดค่าหนึ่งใน {', '.join(values)}")

    def read(text: str) -> str:
        if text not in values:
            raise Unreadable(expected)
        return text

    schema = {"type": "string", "enum": list(values), "default": default}
    return Parameter(name, read, schema, about, default=default)


def boolean(name: str, about: Both) -> Parameter:
    """`true` or `false`, false when absent."""
    words = {"true": True, "false": False}

    def read(text: str) -> bool:
        if text not in words:
            raise Unreadable(Both("true or false is needed", "ต้องเป็น true หรือ false"))
        return words[text]

    return Parameter(name, read, {"type": "boolean", "default": False}, about, default=False)


def whole_number(name: str, about: Both, *, least: int, most: int, default: int | None = None) -> Parameter:
    """A whole number within bounds."""
    expected = Both(f"a whole number from {least} to {most} is needed", f"ต้องเป็นจำนวนเต็มตั้งแต่ {least} ถึง {most}")

    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,10}", text, re.ASCII) or not least <= int(text) <= most:
            raise Unreadable(expected)
        return int(text)

    schema: Schema = {"type": "integer", "minimum": least, "maximum": most}
    if default is not None:
        schema["default"] = default
    return Parameter(name, read, schema, about, default=default)


def instant(name: str, about: Both, *, example: str = "") -> Parameter:
    """An RFC 3339 instant with its zone, read as UTC."""
    expected = Both(
        "an instant such as 2025-02-18T00:00:00Z is needed (a + in an address is written %2B)",
        "ต้องเป็นเวลา เช่น 2025-02-18T00:00:00Z (เครื่องหมาย + ในที่อยู่ต้องเขียนเป็น %2B)",
    )

    def read(text: str) -> datetime:
        if not _INSTANT.match(text):
            raise Unreadable(expected)
        try:
            return datetime.fromisoformat(text.upper()).astimezone(UTC)
        except (ValueError, OverflowError):
            raise Unreadable(expected) from None

    return Parameter(name, read, {"type": "string", "format": "date-time"}, about, example=example)


def identifiers(name: str, about: Both, *, most: int) -> Parameter:
    """Ids, a comma list or repeated."""

    def read(text: str) -> UUID:
        if not _UUID.match(text):
            raise Unreadable(Both("an id (a UUID) is needed", "ต้องเป็น id (UUID)"))
        return UUID(text)

    return Parameter(name, read, {"type": "string", "format": "uuid"}, about, many=True, most=most)


def words(name: str, about: Both) -> Parameter:
    """Words to look for."""
    expected = Both(
        f"1 to {LONGEST_SEARCH} characters without control characters are needed",
        f"ต้องมี 1 ถึง {LONGEST_SEARCH} ตัวอักษร และไม่มีอักขระควบคุม",
    )
    pattern = re.compile(rf"[^\x00-\x1f\x7f]{{1,{LONGEST_SEARCH}}}")

    def read(text: str) -> str:
        if not pattern.fullmatch(text):
            raise Unreadable(expected)
        return text

    schema = {"type": "string", "minLength": 1, "maxLength": LONGEST_SEARCH, "pattern": r"^[^\x00-\x1f\x7f]+$"}
    return Parameter(name, read, schema, about)


LIMIT = whole_number(
    "limit",
    Both(
        f"How many entries at most; {DEFAULT_LIMIT} when absent.",
        f"จำนวนรายการสูงสุดต่อหน้า หากไม่ระบุคือ {DEFAULT_LIMIT}",
    ),
    least=1,
    most=MOST_ROWS,
    default=DEFAULT_LIMIT,
)
CURSOR = Parameter(
    "cursor",
    str,
    {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[A-Za-z0-9_-]+$"},
    Both(
        "Where to go on: from `next` or `cursor` of the previous answer, unchanged. Other strings are refused.",
        "จุดที่จะอ่านต่อ นำมาจาก `next` หรือ `cursor` ของคำตอบก่อนหน้าโดยไม่แก้ไข ค่าอื่นใช้ไม่ได้",
    ),
)
