"""Single values of a YAML file, read strictly: nothing is guessed, no float, no date out of a number. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from budgets.vocabulary import BilingualChoices

_TAG = "tag:yaml.org,2002:"
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*|[A-Z][0-9]{1,3}")
_DECIMAL = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,6})?")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,8}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Controls, halves of surrogate pairs (no database takes them), private use, unassigned; and what turns or hides text.
_UNREADABLE = {"Cc", "Cs", "Co", "Cn"}
_DISGUISES = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xE0000, 0xE0080), 0x200E, 0x200F, 0xFEFF}


class Unreadable(Exception):
    """A value is not what its field takes."""

    def __init__(self, problem: str, remedy: str) -> None:
        """Keep what is wrong and what to do."""
        super().__init__(problem)
        self.problem, self.remedy = problem, remedy


def is_name(value: str) -> bool:
    """Whether `value` can name an entry: an ASCII slug of at most 80 characters, or a figure key such as F10."""
    return len(value) <= 80 and _NAME.fullmatch(value) is not None


def text(node: yaml.ScalarNode) -> str:
    """Return a text, NFC and stripped; an unquoted number, date or yes/no is refused, as is disguised text."""
    _refuse_empty(node)
    kind = node.tag.removeprefix(_TAG)
    if kind != "str":
        raise Unreadable(
            f"“{node.value[:80]}” is read as {_A_KIND.get(kind, 'something else')}.", "Put it in quotation marks."
        )
    value = unicodedata.normalize("NFC", node.value).strip()
    if any(_is_invisible(letter) for letter in value):
        raise Unreadable(
            "contains control or direction characters, which readers cannot see.", "Paste it as plain text."
        )
    if not value:
        raise Unreadable("is empty.", "Write a text or leave the key out.")
    return value


def _is_invisible(letter: str) -> bool:
    return letter not in "\n\t" and (unicodedata.category(letter) in _UNREADABLE or ord(letter) in _DISGUISES)


def whole_number(node: yaml.ScalarNode) -> int:
    """Return a whole number written in plain digits, unquoted."""
    _refuse_empty(node)
    if node.tag != f"{_TAG}int" or not _WHOLE.fullmatch(node.value):
        raise Unreadable(f"“{node.value[:80]}” is not a whole number.", "Write digits only, without quotation marks.")
    return int(node.value)


def decimal(node: yaml.ScalarNode) -> Decimal:
    """Return an amount: quoted decimal digits, or a whole number; never a float."""
    _refuse_empty(node)
    if node.tag == f"{_TAG}float":
        raise Unreadable(f"“{node.value[:80]}” would be read as a float.", "Put the amount in quotation marks.")
    if node.tag not in (f"{_TAG}str", f"{_TAG}int") or not _DECIMAL.fullmatch(node.value):
        raise Unreadable(
            f"“{node.value[:80]}” is not an amount.",
            'Write base units in digits, no separators or words: "6610000000" or "1.5".',
        )
    return Decimal(node.value)


def yes_or_no(node: yaml.ScalarNode) -> bool:
    """Return true or false, written so."""
    _refuse_empty(node)
    if node.tag != f"{_TAG}bool" or node.value not in ("true", "false"):
        raise Unreadable(f"“{node.value[:80]}” is neither true nor false.", "Write true or false.")
    return bool(node.value == "true")


def iso_date(node: yaml.ScalarNode) -> date:
    """Return a date of the Christian era written as YYYY-MM-DD."""
    _refuse_empty(node)
    problem = f"“{node.value[:80]}” is not a date"
    if not _DATE.fullmatch(node.value):
        raise Unreadable(f"{problem}.", "Write it as YYYY-MM-DD, for example 2025-02-18.")
    try:
        value = date.fromisoformat(node.value)
    except ValueError as error:
        raise Unreadable(f"{problem} of the calendar.", "Check the month and the day.") from error
    if not 1800 <= value.year <= 2200:
        raise Unreadable(f"{problem} of our time.", "Write Christian-era years: B.E. 2568 is 2025.")
    return value


def code(node: yaml.ScalarNode, *, choices: type[BilingualChoices]) -> BilingualChoices:
    """Return the member of a closed list."""
    _refuse_empty(node)
    if node.value not in choices.values:
        raise Unreadable(f"“{node.value[:80]}” is not one of its codes.", f"Choose: {', '.join(choices.values)}.")
    return choices(node.value)


def day_problem(values: Mapping[str, Any]) -> str:
    """Say what is wrong with the parts of a date (`exact`, `earliest`, `latest`, `unknown`), or nothing."""
    if not values:
        return "says no date."
    if "unknown" in values:
        if values["unknown"] is False:
            return "says “unknown: false”, which is no date."
        return "says unknown and a date." if len(values) > 1 else ""
    if "exact" in values:
        return "says exact and an interval." if len(values) > 1 else ""
    earliest, latest = values.get("earliest"), values.get("latest")
    return "ends before it begins." if earliest and latest and earliest > latest else ""


_A_KIND = {
    "int": "a number",
    "float": "a number",
    "bool": "yes or no",
    "timestamp": "a date",
    "null": "nothing",
}


def _refuse_empty(node: yaml.ScalarNode) -> None:
    if node.tag == f"{_TAG}null":
        raise Unreadable("is empty.", "Write a value or leave the key out.")
