"""What the fields of a Fiscal Data Package 1 say about columns, by their `columnType`. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from budgets.importing.mapping.package_model import Found, measure, stated_period
from budgets.importing.reading.package_files import objects

_AGENCY = ("administrative-classification",)
_LINE = ("functional-classification", "economic-classification", "activity", "fin-source", "geo", "budget-line-label")
_CODE_ENDINGS = ("code", "id")

_Field = Mapping[str, Any]


def columns_of_fields(descriptor: Mapping[str, Any], resource: Mapping[str, Any]) -> Found:
    """The columns by the types of a resource's fields; fields without one are left out.

    Constants and the columns that amounts are spread over (`extraFields`, `normalize`) give currency, phase and year.
    """
    schema = resource.get("schema")
    schema = schema if isinstance(schema, dict) else {}
    fields, extra = objects(schema.get("fields")), objects(schema.get("extraFields"))
    found = Found(period=_period(fields, extra) or stated_period(descriptor))
    found.agency = _named(fields, _AGENCY)
    found.line = _named(fields, _LINE)
    for each in fields:
        if _type(each) == "value" or isinstance(each.get("normalize"), dict):
            found.measures.append(_measure(each, extra))
    phased = [str(each.get("name")) for each in fields if _type(each).startswith("phase")]
    if phased:
        found.notes.append(
            f"The phase stands in the column “{phased[0]}”: map one phase at a time and skip the others."
        )
    return found


def _type(each: _Field) -> str:
    return str(each.get("columnType") or "")


def _named(fields: Sequence[_Field], kinds: Sequence[str]) -> list[str]:
    """The columns of some types in their order; codes are left out where the same type has a label."""
    typed = [(_type(each), str(each.get("name"))) for each in fields if _type(each).split(":")[0] in kinds]
    labels = {kind.rpartition(":")[0] for kind, _ in typed if kind.endswith(":label")}
    return [name for kind, name in typed if not (_is_code(kind) and _stem(kind) in labels)]


def _is_code(kind: str) -> bool:
    return any(part in _CODE_ENDINGS for part in kind.split(":")[1:])


def _stem(kind: str) -> str:
    parts = kind.split(":")
    place = next(place for place, part in enumerate(parts) if part in _CODE_ENDINGS)
    return ":".join(parts[:place])


def _period(fields: Sequence[_Field], extra: Sequence[_Field]) -> dict[str, Any]:
    for each in (*_dated(fields), *_dated(extra)):
        fiscal = "fiscal" in _type(each)
        basis = "fiscal_year" if fiscal else "year_unknown"
        if each.get("constant") is not None:
            return {"fixed": str(each["constant"]), "calendar": "auto", "basis": basis}
        if each in fields:
            return {"column": str(each.get("name")), "calendar": "auto", "basis": basis}
    return {}


def _dated(fields: Sequence[_Field]) -> list[_Field]:
    """Fields of a date, the fiscal year before all others."""
    dated = [each for each in fields if _type(each).split(":")[0] == "date"]
    return sorted(dated, key=lambda each: _type(each) != "date:fiscal-year")


def _measure(each: _Field, extra: Sequence[_Field]) -> dict[str, Any]:
    kinds = {str(more.get("name")): _type(more) for more in extra}
    said: dict[str, Any] = {_type(more): more["constant"] for more in extra if more.get("constant") is not None}
    spread = each.get("normalize")
    if isinstance(spread, dict):
        said |= {kinds.get(str(name), str(name)): value for name, value in spread.items()}
    year = next(
        (value for kind, value in said.items() if kind == "date:fiscal-year" and isinstance(spread, dict)), None
    )
    period = {"fixed": str(year), "calendar": "auto", "basis": "fiscal_year"} if year else None
    return measure(
        str(each.get("name")),
        phase=_starting(said, "phase"),
        currency=each.get("currency") or _starting(said, "value-currency"),
        scale=each.get("factor") or _starting(said, "value-factor"),
        decimal_mark=each.get("decimalChar"),
        period=period,
    )


def _starting(said: Mapping[str, Any], kind: str) -> Any:
    return next((value for key, value in said.items() if key.split(":")[0] == kind), None)
