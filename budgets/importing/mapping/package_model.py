"""What the `model` (or `mapping`) of a Fiscal Data Package 0.3 says about columns. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from budgets.importing.reading.package_files import named_objects, objects

PHASES = {
    "proposed": "proposed",
    "proposal": "proposed",
    "draft": "proposed",
    "approved": "approved",
    "plan": "approved",
    "planned": "approved",
    "adjusted": "adjusted",
    "modified": "adjusted",
    "revised": "adjusted",
    "committed": "committed",
    "executed": "disbursed",
    "actual": "disbursed",
    "paid": "disbursed",
}
_PAYING = ("administrator", "payor", "payer", "administrative-classification", "administrative")
_WHAT_FOR = ("classification", "activity", "program", "functional", "economic", "fund")
_NAMES = ("label", "title", "name")


@dataclass(slots=True)
class Found:
    """Columns by what they say; `period` and `measures` are in the JSON form of a spec."""

    agency: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    period: dict[str, Any] = field(default_factory=dict)
    measures: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def columns(self) -> list[str]:
        """Every column that is named, each once."""
        dated = [self.period["column"]] if "column" in self.period else []
        return list(dict.fromkeys([*(each["column"] for each in self.measures), *self.agency, *self.line, *dated]))


def measure(column: str, **said: Any) -> dict[str, Any]:
    """A measure in the JSON form of a spec. `said`: phase, currency, scale, decimal_mark, period, as far as known."""
    return {
        "column": column,
        "phase": PHASES.get(str(said.get("phase") or "").casefold(), "unstated"),
        "currency": str(said.get("currency") or "").upper(),
        "unit": "money",
        "scale": str(said.get("scale") or "1"),
        "smallest": None,
        "decimal_mark": said.get("decimal_mark") or ".",
        **({"period": said["period"]} if said.get("period") else {}),
    }


def stated_period(descriptor: Mapping[str, Any]) -> dict[str, Any]:
    """The period that holds for the whole package, from its `fiscalPeriod`; `given` when it states none."""
    stated = descriptor.get("fiscalPeriod")
    stated = stated if isinstance(stated, dict) else {}
    try:
        start, end = date.fromisoformat(str(stated.get("start"))), date.fromisoformat(str(stated.get("end")))
    except ValueError:
        return {"given": True, "basis": "year_unknown"}
    whole = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    if whole:
        fixed = str(start.year) if start.year == end.year else f"{start.year}/{end.year}"
        return {"fixed": fixed, "calendar": "CE", "basis": "calendar_year"}
    if (end - start).days <= 366:
        return {"fixed": str(end.year), "calendar": "CE", "basis": "fiscal_year"}
    return {"fixed": f"{start.year}/{end.year}", "calendar": "CE", "basis": "year_unknown"}


def columns_of_model(descriptor: Mapping[str, Any], resource: Mapping[str, Any]) -> Found | None:
    """The columns by the package's measures and dimensions; None when it has neither."""
    model = descriptor.get("model") or descriptor.get("mapping")
    if not isinstance(model, dict):
        return None
    measures, dimensions = named_objects(model.get("measures")), named_objects(model.get("dimensions"))
    if not measures and not dimensions:
        return None
    found = Found()
    for each in measures.values():
        source, decimal = str(each.get("source") or ""), _decimal_mark(resource, each)
        said = {"phase": each.get("phase"), "currency": each.get("currency"), "scale": each.get("factor")}
        found.measures.append(measure(source, decimal_mark=decimal, **said))
    _period(dimensions, resource, found)
    found.period = found.period or stated_period(descriptor)
    _agency_and_line(dimensions, descriptor, resource, found)
    return found


def _decimal_mark(resource: Mapping[str, Any], measured: Mapping[str, Any]) -> str:
    schema = resource.get("schema")
    fields = objects(schema.get("fields")) if isinstance(schema, dict) else []
    of_field = next((each.get("decimalChar") for each in fields if each.get("name") == measured.get("source")), None)
    return str(measured.get("decimalChar") or of_field or ".")


def _period(dimensions: Mapping[str, Mapping[str, Any]], resource: Mapping[str, Any], found: Found) -> None:
    dated = [name for name in dimensions if _is_period(name, dimensions[name])]
    columns = [column for name in dated for column in _sources(dimensions[name], resource)]
    if not columns:
        return
    # A payment belongs to the day on which it was made, not to the one on which it was entered.
    chosen = next((column for column in columns if _speaks_of(column, ("execut", "paid", "year"))), columns[0])
    basis = "fiscal_year" if "fiscal" in chosen.casefold() else "year_unknown"
    found.period = {"column": chosen, "calendar": "auto", "basis": basis}
    if len(columns) > 1:
        found.notes.append(f"The package has {len(columns)} columns of dates; “{chosen}” was taken as the period.")


def _is_period(name: str, dimension: Mapping[str, Any]) -> bool:
    return dimension.get("dimensionType") == "datetime" or (not dimension.get("dimensionType") and name == "date")


def _agency_and_line(
    dimensions: Mapping[str, Mapping[str, Any]],
    descriptor: Mapping[str, Any],
    resource: Mapping[str, Any],
    found: Found,
) -> None:
    payments = descriptor.get("granularity") == "transactional"
    for name, dimension in dimensions.items():
        if _is_period(name, dimension):
            continue
        columns = _sources(dimension, resource)
        if name.casefold() in _PAYING:
            found.agency += columns
        elif not payments or _speaks_of(f"{name} {dimension.get('dimensionType') or ''}", _WHAT_FOR):
            found.line += _unused(name, columns, found)


def _unused(name: str, columns: Iterable[str], found: Found) -> list[str]:
    taken = set(found.columns())
    fresh = []
    for column in columns:
        if column in taken:
            found.notes.append(f"The package takes its dimension “{name}” from “{column}”, which says something else.")
        else:
            fresh.append(column)
    return fresh


def _speaks_of(text: str, words: Iterable[str]) -> bool:
    return any(word in text.casefold() for word in words)


def _sources(dimension: Mapping[str, Any], resource: Mapping[str, Any]) -> list[str]:
    """The columns of a dimension: names rather than codes, and the column that points to another resource."""
    attributes = named_objects(dimension.get("attributes"))
    foreign = [
        str(each["resource"])
        for each in attributes.values()
        if each.get("resource") not in (None, resource.get("name"))
    ]
    if foreign:
        return _keys_into(foreign[0], resource)
    labelled = {each.get("labelfor") for each in attributes.values()}
    kept = {key: each for key, each in attributes.items() if key not in labelled and key != "description"} or attributes
    named = {key: each for key, each in kept.items() if key in _NAMES}
    chosen = named if named and "id" in kept else kept
    return list(dict.fromkeys(str(each["source"]) for each in chosen.values() if each.get("source")))


def _keys_into(other: str, resource: Mapping[str, Any]) -> list[str]:
    schema = resource.get("schema")
    keys = objects(resource.get("foreignKeys")) + objects(
        schema.get("foreignKeys") if isinstance(schema, dict) else None
    )
    found: list[Any] = []
    for each in keys:
        reference, fields = each.get("reference"), each.get("fields")
        if isinstance(reference, dict) and reference.get("resource") == other:
            found += fields if isinstance(fields, list) else [fields]
    return [str(name) for name in found if name]
