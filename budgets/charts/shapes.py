"""The pieces of drawings: words, bars, ticks, and a whole chart of rows, as their templates take them."""

from __future__ import annotations

from dataclasses import dataclass

from .values import Key, Line


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of text: its anchor is "start", "middle" or "end"."""

    x: str
    y: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Whisker:
    """The range that rounding leaves open: a line from `start` to `end` with a stroke across both."""

    start: str
    end: str
    y: str
    top: str
    bottom: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `tip` says all of it in words."""

    x: str
    y: str
    width: str
    height: str
    texture: str
    whisker: Whisker | None
    value: Word | None
    tip: str


@dataclass(frozen=True, slots=True)
class Row:
    """A label in one or two lines, and its bar or the place (`gap`) where it says that there is no figure."""

    label: tuple[Word, ...]
    bar: Bar | None
    gap: Word


@dataclass(frozen=True, slots=True)
class Block:
    """The drawn rows of a section under its heading."""

    heading: Word | None
    conflict: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the plot; without room for it the label is ""."""

    x: str
    label: str
    zero: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """A drawn chart of bars with the table of its numbers. `kind` names its template; `id` is unique on its page."""

    kind: str
    id: str
    title: str
    width: int
    height: int
    bottom: int
    blocks: tuple[Block, ...]
    ticks: tuple[Tick, ...]
    tick_y: int
    unit: Word
    keys: tuple[Key, ...]
    table: tuple[Line, ...]
    ranges: bool
    conflict: bool

    @property
    def template(self) -> str:
        """Where it is drawn."""
        return f"parts/charts/{self.kind}.html"

    @property
    def first(self) -> str:
        """The heading or label of the first row, for the description."""
        return self.table[0].label if self.table else ""

    @property
    def last(self) -> str:
        """The heading or label of the last row."""
        return self.table[-1].label if self.table else ""
