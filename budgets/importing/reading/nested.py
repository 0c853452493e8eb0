"""JSON as a table: lists within lists become rows, every level above gives its values to each of them. Pure."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from budgets.importing.reading import encodings
from budgets.importing.reading.layout import Layout, Limits, SourceRow, Table, Unreadable

MOST_SUGGESTED = 20
LINE_SUFFIXES = (".ndjson", ".jsonl")

Record = dict[str, str | None]


@dataclass(slots=True)
class _Notes:
    """What was left out on the way, each once."""

    lists: set[str] = field(default_factory=set)
    empty: int = 0

    def sentences(self, records: str) -> list[str]:
        """Sentences for people."""
        found: list[str] = []
        if self.lists:
            found.append(f"Lists beside the rows were left out: {', '.join(sorted(self.lists))}.")
        if self.empty:
            found.append(f"{self.empty:,} objects have no entry in “{records}” and give no row.")
        return found


@contextmanager
def open_nested(path: Path, layout: Layout, limits: Limits) -> Iterator[Table]:
    """Open a JSON file, or one with an object on each line (NDJSON), as a table.

    `layout.records` leads to the innermost list; each of its objects is a row, numbered from 1. Columns are called by
    their full path ("groupedByArea.plans.total"), those of the levels above included. Numbers keep the text in which
    they are written. Raises Unreadable.
    """
    found = encodings.decide(path, layout.encoding)
    records = layout.records or ""
    if _is_lines(path, found.codec, limits):
        left_out = _Notes()
        header = list(
            dict.fromkeys(itertools.chain.from_iterable(_lines(path, found.codec, limits, records, left_out)))
        )
        rows = _lines(path, found.codec, limits, records, _Notes())
    else:
        value = _loaded(_text(path, found.codec, limits))
        left_out = _Notes()
        header = list(dict.fromkeys(itertools.chain.from_iterable(_records(value, records, limits, left_out))))
        rows = _records(value, records, limits, _Notes())
    if not header:
        raise Unreadable("There is no record with a value in the file.")
    if len(header) > limits.columns:
        raise Unreadable(f"The records have {len(header):,} different names, more than {limits.columns:,}.")
    yield Table(header, _rows(rows, header, layout), [found.note, *left_out.sentences(records)])


def _rows(records: Iterator[Record], header: Sequence[str], layout: Layout) -> Iterator[SourceRow]:
    first, last = layout.first_row or 1, layout.last_row
    for number, record in enumerate(records, 1):
        if last is not None and number > last:
            return
        if number >= first:
            yield SourceRow(number, [record.get(name) for name in header])


def _text(path: Path, codec: str, limits: Limits) -> str:
    if path.stat().st_size > limits.json_bytes:
        raise Unreadable(
            f"A JSON file may have {limits.json_bytes:,} bytes; write one object on each line (NDJSON) or make it CSV."
        )
    try:
        return path.read_text(encoding=codec)
    except UnicodeError:
        line = encodings.bad_line(path, codec)
        raise Unreadable(f"Line {line:,} has a byte that {codec} does not know; save the file as UTF-8.") from None


def _is_lines(path: Path, codec: str, limits: Limits) -> bool:
    if path.suffix.casefold() in LINE_SUFFIXES:
        return True
    try:
        with path.open(encoding=codec) as file:
            first, second = file.readline(limits.json_bytes), file.readline(limits.json_bytes)
    except UnicodeError:
        return False
    return second.lstrip().startswith("{") and first.lstrip().startswith("{") and first.rstrip().endswith("}")


def _lines(path: Path, codec: str, limits: Limits, records: str, left_out: _Notes) -> Iterator[Record]:
    try:
        with path.open(encoding=codec) as file:
            for number, line in enumerate(iter(lambda: file.readline(limits.json_bytes), ""), 1):
                if line.strip():
                    yield from _records(_loaded(line, number), records, limits, left_out)
    except UnicodeError:
        wrong = encodings.bad_line(path, codec)
        raise Unreadable(f"Line {wrong:,} has a byte that {codec} does not know; save the file as UTF-8.") from None


def _loaded(text: str, line: int | None = None) -> Any:
    try:
        return json.loads(text, parse_float=str, parse_int=str, parse_constant=_no_number, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        place = f"line {line or error.lineno:,}, letter {error.colno:,}"
        raise Unreadable(f"This is no JSON: {error.msg} at {place}.") from None
    except RecursionError:
        raise Unreadable("The JSON is nested too deeply to be a table.") from None


def _no_number(word: str) -> Any:
    raise Unreadable(f"The JSON has {word} where a number should stand: write null for what has no number.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for name, often in Counter(name for name, _ in pairs).items() if often > 1)
        raise Unreadable(f"An object of the JSON has two values for “{twice}”; one of them would be lost.")
    return found


def _records(value: Any, records: str, limits: Limits, left_out: _Notes) -> Iterator[Record]:
    steps = [step for step in records.split(".") if step]
    if isinstance(value, dict) and not steps and (known := record_paths(value)):
        return iter([_flat(value, "", limits, left_out, 0)]) if _is_flat(value) else _unnamed(known)
    return _walk(value, steps, "", {}, limits, left_out)


def _unnamed(known: Sequence[str]) -> Iterator[Record]:
    raise Unreadable(f"Say which list of the JSON holds the rows: {', '.join(known)}; set it as the path of records.")


def _is_flat(value: Mapping[str, Any]) -> bool:
    return not any(isinstance(each, (list, dict)) for each in value.values())


def record_paths(value: Any) -> list[str]:
    """The paths of a JSON value that lead to lists of objects, the outer ones first, at most `MOST_SUGGESTED`."""
    found: list[str] = []
    open_ends: list[tuple[str, Any]] = [("", value)]
    while open_ends and len(found) < MOST_SUGGESTED:
        path, here = open_ends.pop(0)
        if isinstance(here, list):
            here = next((each for each in here if isinstance(each, dict)), None)
            if here is not None and path:
                found.append(path)
        if isinstance(here, dict):
            open_ends += [(f"{path}.{name}" if path else name, each) for name, each in here.items()]
    return found


def _walk(
    value: Any, steps: Sequence[str], path: str, above: Record, limits: Limits, left_out: _Notes
) -> Iterator[Record]:
    """The records below a value: `above` is what the levels over it say."""
    if isinstance(value, list):
        left_out.empty += not value
        for each in value:
            yield from _walk(each, steps, path, above, limits, left_out)
        return
    if not isinstance(value, dict):
        if steps:
            raise Unreadable(f"“{path or 'The JSON'}” is no object, so “{steps[0]}” cannot be looked up in it.")
        yield above | {path or "value": _scalar(value)}
        return
    here = above | _flat(value, path, limits, left_out, 0, but=steps[0] if steps else None)
    if not steps:
        yield here
        return
    inner = f"{path}.{steps[0]}" if path else steps[0]
    if steps[0] not in value:
        raise Unreadable(f"There is no “{inner}” in the JSON; there are {', '.join(sorted(value)[:MOST_SUGGESTED])}.")
    below = value[steps[0]]
    if below is None:
        left_out.empty += 1
    else:
        yield from _walk(below, steps[1:], inner, here, limits, left_out)


def _flat(
    value: Mapping[str, Any], path: str, limits: Limits, left_out: _Notes, depth: int, but: str | None = None
) -> Record:
    if depth > limits.json_depth:
        raise Unreadable(f"The JSON is nested deeper than {limits.json_depth} levels at “{path}”.")
    found: Record = {}
    for name, each in value.items():
        full = f"{path}.{name}" if path else name
        if name == but:
            continue
        if isinstance(each, dict):
            found |= _flat(each, full, limits, left_out, depth + 1)
        elif isinstance(each, list):
            left_out.lists.add(full)
        else:
            found[full] = _scalar(each)
    return found


def _scalar(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return "true" if value else "false"
