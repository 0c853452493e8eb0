"""A Fiscal Data Package on disk: datapackage.json, and the CSV file of one of its resources beside it. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from budgets.importing.reading.layout import Layout, Limits, Table, Unreadable
from budgets.importing.reading.separated import open_separated

LARGEST_DESCRIPTOR = 4 << 20
_SHOWN = 200

_UNWRITABLE = re.compile("[\\ud800-\\udfff\\0]")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,20}:")


@dataclass(frozen=True, slots=True)
class Resource:
    """One table of a package: its name, its file, how the package says that it is written, and its description."""

    name: str
    file: Path
    layout: Layout
    described: Mapping[str, Any]


@contextmanager
def open_package(path: Path, layout: Layout, limits: Limits) -> Iterator[Table]:
    """Open the CSV file of a package; `path` is its datapackage.json.

    `layout.sheet` names the resource, else the first one is read. Encoding and separator are those of the layout, else
    those of the package, else found out. Raises Unreadable.
    """
    resource = find_resource(path, read_descriptor(path), layout.sheet)
    said = resource.layout
    written = replace(
        layout,
        format="csv",
        encoding=layout.encoding or said.encoding,
        separator=layout.separator or said.separator,
        header_rows=layout.header_rows if said.header_rows else (),
    )
    if resource.file.stat().st_size > limits.file_bytes:
        raise Unreadable(f"The file {resource.file.name} has more than {limits.file_bytes:,} bytes; split it.")
    with open_separated(resource.file, written, limits) as table:
        table.notes.insert(0, f"Resource “{resource.name}” of the package, in {resource.file.name}.")
        yield table


def read_descriptor(path: Path) -> dict[str, Any]:
    """The object of a datapackage.json. Numbers are texts. Raises Unreadable."""
    if path.stat().st_size > LARGEST_DESCRIPTOR:
        raise Unreadable(f"The description of the package has more than {LARGEST_DESCRIPTOR:,} bytes.")
    try:
        found = json.loads(path.read_bytes(), parse_float=str, parse_int=str)
    except UnicodeError:
        raise Unreadable(f"{path.name} is not written in UTF-8; save it again.") from None
    except json.JSONDecodeError as error:
        raise Unreadable(f"{path.name} is no JSON: {error.msg} at line {error.lineno:,}.") from None
    except RecursionError:
        raise Unreadable(f"{path.name} is nested too deeply.") from None
    if any(_UNWRITABLE.search(text) for text in _texts(found)):
        raise Unreadable(f"{path.name} has half a character or a zero byte in it, which no text has; write it again.")
    if not isinstance(found, dict) or not objects(found.get("resources")):
        raise Unreadable(f"{path.name} describes no data package: it lists no resources.")
    return found


def _texts(value: object) -> Iterator[str]:
    """Every text of a JSON value, names included."""
    left = [value]
    while left:
        here = left.pop()
        if isinstance(here, str):
            yield here
        elif isinstance(here, dict):
            left += [*here, *here.values()]
        elif isinstance(here, list):
            left += here


def find_resource(path: Path, descriptor: Mapping[str, Any], name: str | None) -> Resource:
    """The resource of that name, or the first; its file must lie beside or below datapackage.json.

    Raises Unreadable for an unknown name, data that is not one CSV file, and a path that leads out of the folder.
    """
    resources = objects(descriptor.get("resources"))
    chosen = next((each for each in resources if each.get("name") == name), None) if name else resources[0]
    if chosen is None:
        names = ", ".join(f"“{each.get('name')}”" for each in resources)
        raise Unreadable(f"The package has no resource “{name}”; it has {names}.")
    written = chosen.get("path")
    if isinstance(written, list) and len(written) == 1:
        written = written[0]
    if not isinstance(written, str) or not written.strip():
        raise Unreadable(f"The resource “{chosen.get('name')}” is not one file; join its parts into one CSV file.")
    if str(chosen.get("format") or "csv").casefold() not in ("csv", "tsv") or chosen.get("compression"):
        raise Unreadable(f"The resource “{chosen.get('name')}” is no plain CSV file; unpack it and save it as CSV.")
    return Resource(str(chosen.get("name") or written), _inside(path.parent, written), _layout(chosen), chosen)


def _inside(folder: Path, written: str) -> Path:
    pure, shown = PurePosixPath(written), f"{written[:_SHOWN]}…" if len(written) > _SHOWN else written
    if pure.is_absolute() or ".." in pure.parts or "\\" in written or "\0" in written or _ADDRESS.match(written):
        raise Unreadable(f"“{shown}” does not lie in the folder of the package; put the file beside datapackage.json.")
    file = folder / pure
    try:
        inside, there = file.resolve().is_relative_to(folder.resolve()), file.is_file()
    except (OSError, ValueError):
        raise Unreadable(f"“{shown}” is no path of a file; put the file beside datapackage.json.") from None
    if not inside:
        raise Unreadable(f"“{shown}” leads out of the folder of the package; put the file itself there.")
    if not there:
        raise Unreadable(f"The package has its data in “{shown}”, which is not there; put the file there.")
    return file


def _layout(resource: Mapping[str, Any]) -> Layout:
    dialect = resource.get("dialect")
    dialect = dialect if isinstance(dialect, dict) else {}
    separator = dialect.get("delimiter")
    encoding = resource.get("encoding")
    return Layout(
        "csv",
        encoding=encoding if isinstance(encoding, str) and encoding.casefold() not in ("", "utf-8", "utf8") else None,
        separator=separator if isinstance(separator, str) and len(separator) == 1 else None,
        header_rows=() if dialect.get("header") is False else (1,),
    )


def objects(value: object) -> list[dict[str, Any]]:
    """The objects among the entries of a JSON list; none for what is no list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def named_objects(value: object) -> dict[str, dict[str, Any]]:
    """The objects of a JSON object by their keys; none for what is no object."""
    return {key: each for key, each in value.items() if isinstance(each, dict)} if isinstance(value, dict) else {}
