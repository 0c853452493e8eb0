"""How well the reader finds what was marked by hand: `python -m tests.budgets.quantities.scoring FILE`."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from budgets.quantities.quantity import YEAR, Quantity
from budgets.quantities.reading import read

CORPUS = Path(__file__).parent / "corpus"
SECONDARY = ("year", "calendar", "fiscal", "hedge")
Reader = Callable[[str], Iterable[Quantity]]
Marked = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """A text of the corpus with what was marked in it."""

    text: str
    quantities: tuple[Marked, ...]
    lookalikes: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Key:
    """What has to be the same for two quantities to match."""

    start: int
    end: int
    value: Fraction | None
    low: Fraction
    high: Fraction
    unit: str
    currency: str | None


@dataclass(slots=True)
class Score:
    """Counts of a file: per unit what was marked, found and both; misses for a person to read."""

    marked: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    both: Counter[str] = field(default_factory=Counter)
    agreed: Counter[str] = field(default_factory=Counter)
    compared: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def precision(self, unit: str | None = None) -> Fraction:
        """The part of what was found that is right; 1 where nothing was found."""
        return _part(self.both, self.found, unit)

    def recall(self, unit: str | None = None) -> Fraction:
        """The part of what was marked that was found; 1 where nothing was marked."""
        return _part(self.both, self.marked, unit)


def load(path: Path) -> list[Line]:
    """The lines of a corpus file."""
    return [_line(json.loads(row)) for row in path.read_text(encoding="utf-8").splitlines()]


def score(lines: Iterable[Line], reader: Reader = read) -> Score:
    """Compare the reader with the marks, text by text."""
    total = Score()
    for line in lines:
        marked = {_marked_key(each): each for each in line.quantities}
        found = {_found_key(each): each for each in reader(line.text)}
        total.marked.update(_kind(key.unit) for key in marked)
        total.found.update(_kind(key.unit) for key in found)
        for key in marked.keys() & found.keys():
            total.both[_kind(key.unit)] += 1
            _compare(total, line.text, marked[key], found[key])
        total.misses += [f"not found  {_shown(line.text, key)}" for key in marked if key not in found]
        total.misses += [f"not marked {_shown(line.text, key)}" for key in found if key not in marked]
    return total


def _line(row: Mapping[str, Any]) -> Line:
    lookalikes = tuple((each["start"], each["end"]) for each in row["lookalikes"])
    return Line(row["text"], tuple(row["quantities"]), lookalikes)


def _marked_key(each: Marked) -> Key:
    value = None if each["value"] is None else Fraction(each["value"])
    ends = Fraction(each["low"]), Fraction(each["high"])
    return Key(each["start"], each["end"], value, *ends, each["unit"], each["currency"])


def _found_key(each: Quantity) -> Key:
    value = None if each.value is None else Fraction(each.value)
    return Key(each.start, each.end, value, each.interval.low, each.interval.high, each.unit, each.currency)


def _compare(total: Score, text: str, marked: Marked, found: Quantity) -> None:
    for name in SECONDARY:
        if name == "year" and marked["unit"] == YEAR:
            continue
        total.compared[name] += 1
        said = getattr(found, name)
        if marked[name] == (str(said) if name == "year" and said is not None else said):
            total.agreed[name] += 1
        else:
            differs = f"{name}: marked {marked[name]!r}, found {said!r}"
            total.misses.append(f"{differs} at {found.text!r} in {text!r}")


def _kind(unit: str) -> str:
    known = ("money", "percent", "percentage_point", "ratio", "stars", "year")
    return unit if unit in known else "counted"


def _part(some: Counter[str], whole: Counter[str], unit: str | None) -> Fraction:
    numerator = some.total() if unit is None else some[unit]
    denominator = whole.total() if unit is None else whole[unit]
    return Fraction(numerator, denominator) if denominator else Fraction(1)


def _shown(text: str, key: Key) -> str:
    value = "-" if key.value is None else _decimal(key.value)
    span = f"{text[key.start : key.end]!r} ({key.start}-{key.end})"
    return f"{span} {value} [{_decimal(key.low)}, {_decimal(key.high)}] {key.unit} {key.currency or ''} in {text!r}"


def _decimal(number: Fraction) -> str:
    return format(Decimal(number.numerator) / Decimal(number.denominator), "f")


def _percent(part: Fraction) -> str:
    return f"{_decimal(round(part * 100, 2))} %"


def report(total: Score) -> str:
    """Precision and recall, overall and per unit; agreement on what is not scored; then every miss."""
    lines = [f"{'unit':18}{'marked':>8}{'found':>8}  precision  recall"]
    for unit in (None, *sorted(total.marked | total.found)):
        marked = total.marked.total() if unit is None else total.marked[unit]
        found = total.found.total() if unit is None else total.found[unit]
        rates = f"{_percent(total.precision(unit)):>9}  {_percent(total.recall(unit))}"
        lines.append(f"{unit or 'all':18}{marked:>8}{found:>8}  {rates}")
    lines += [f"{name:18}{total.agreed[name]} of {total.compared[name]} agree" for name in SECONDARY]
    return "\n".join([*lines, "", *total.misses])


if __name__ == "__main__":
    sys.stdout.write(report(score(load(Path(sys.argv[1])))) + "\n")
