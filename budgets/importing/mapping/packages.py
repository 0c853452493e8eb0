"""A column mapping proposed from what a Fiscal Data Package says about its columns. Pure; a person looks at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from budgets.importing.mapping.package_columns import columns_of_fields
from budgets.importing.mapping.package_model import Found, columns_of_model
from budgets.importing.reading.layout import STANDARD, Layout
from budgets.importing.reading.package_files import find_resource, open_package, read_descriptor

__all__ = ["Proposal", "propose"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mapping in the JSON form of a spec, and sentences on what a person has to look at."""

    mapping: dict[str, Any]
    notes: list[str] = field(default_factory=list)


def propose(path: Path, resource: str | None = None) -> Proposal:
    """Propose a mapping for a resource (the first, unless named) of the package at `path` (its datapackage.json).

    Understands `model` and `mapping` with measures and dimensions, and fields with `columnType`. Columns that the file
    lacks stay in the mapping and are noted, for a package often names them differently. Raises Unreadable.
    """
    descriptor = read_descriptor(path)
    chosen = find_resource(path, descriptor, resource)
    found = columns_of_model(descriptor, chosen.described) or columns_of_fields(descriptor, chosen.described)
    with open_package(path, Layout("package", sheet=resource), STANDARD) as table:
        header = table.header
    layout: dict[str, Any] = {"format": "package"}
    if resource:
        layout["sheet"] = resource
    mapping: dict[str, Any] = {
        "layout": layout,
        "agency": {"columns": found.agency} if found.agency else {"given": True},
        "line": {"columns": found.line},
        "period": found.period,
        "measures": _distinct(found.measures),
        "duplicates": "add_up" if descriptor.get("granularity") == "transactional" else "refuse",
        "unknown_agency": "refuse",
        "lang": "en",
    }
    return Proposal(mapping, [*found.notes, *_missing(found), *_header_notes(found, header, chosen.file.name)])


def _distinct(measures: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Measures of the same phase and period would give the same figures: their columns tell them apart."""
    keys = [(each["phase"], str(each.get("period"))) for each in measures]
    return [
        {**each, "line": each["column"]} if keys.count(key) > 1 else dict(each)
        for each, key in zip(measures, keys, strict=True)
    ]


def _missing(found: Found) -> list[str]:
    sentences = []
    if not found.measures:
        sentences.append("The package names no column of amounts: add the measures.")
    if not found.line:
        sentences.append("The package does not say what the money is for: choose the columns of the line.")
    if not found.agency:
        sentences.append("The package does not say whose money it is: name the agency at the import.")
    if found.period.get("given"):
        sentences.append("The package does not say which period it is about: name it at the import.")
    if any(not each["currency"] for each in found.measures):
        sentences.append("The package names no currency: write it into the mapping.")
    return sentences


def _header_notes(found: Found, header: Sequence[str], file: str) -> list[str]:
    named = found.columns()
    lacking = [column for column in named if column not in header]
    unused = [column for column in header if column not in named]
    sentences = []
    if lacking:
        sentences.append(f"{file} lacks {_listed(lacking)}, which the package names: choose other columns.")
    if unused:
        sentences.append(f"The mapping makes no use of {_listed(unused)}.")
    return sentences


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
