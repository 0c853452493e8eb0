"""Horizontal bars in rows: one bar a year, or several bars side by side under each year.

Rows lie, so that long names and Thai fit a phone. A row without an amount keeps its place and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .lettering import LEADING, clean, scale_word, short, tick_label, width, wrap, year_label
from .scales import Scale, hundredths, scale, units, written
from .shapes import Bar, Block, Row, Rows, Tick, Whisker, Word
from .values import WIDTH, Amount, Axis, Cell, Key, Line

BAR = 14
GAP = 10
BESIDE_AT_MOST = 92
MOST_EMPTY_YEARS = 2
_TICK_ROOM = 10
_VALUE_ROOM = 100
_LEAST_PLOT = 110


@dataclass(frozen=True, slots=True)
class Entry:
    """One row before it is drawn; without an amount there is no figure."""

    label: str
    amount: Amount | None


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one heading; `conflict` when they are different figures for one and the same thing."""

    heading: str
    entries: tuple[Entry, ...]
    conflict: bool = False


def bars(chart_id: str, title: str, axis: Axis, amounts: Mapping[int, Amount]) -> Rows:
    """One bar a year, the years in order; a year between without an amount stays empty, many such share one row."""
    section = Section("", tuple(_years(amounts, axis)))
    table = tuple(Line(entry.label, "", _cells(entry.amount)) for entry in section.entries)
    return _draw("bars", chart_id, title, axis, (section,), table)


def grouped(chart_id: str, title: str, axis: Axis, sections: Sequence[Section]) -> Rows:
    """Bars side by side under each heading: the phases of a year, or figures that contradict each other."""
    table = tuple(
        Line(clean(section.heading), clean(entry.label), _cells(entry.amount))
        for section in sections
        for entry in section.entries
    )
    return _draw("grouped", chart_id, title, axis, sections, table)


def _years(amounts: Mapping[int, Amount], axis: Axis) -> Iterator[Entry]:
    last: int | None = None
    for year in sorted(amounts):
        if last is not None:
            yield from (Entry(label, None) for label in _empty(last + 1, year - 1, axis))
        yield Entry(year_label(year, axis.lang), amounts[year])
        last = year


def _empty(first: int, last: int, axis: Axis) -> list[str]:
    if last - first < MOST_EMPTY_YEARS:
        return [year_label(year, axis.lang) for year in range(first, last + 1)]
    return [f"{year_label(first, axis.lang)}–{year_label(last, axis.lang)}"]


def _cells(amount: Amount | None) -> tuple[Cell, ...]:
    if amount is None:
        return (Cell(""), Cell(""))
    return (Cell(clean(amount.text), clean(amount.range)), Cell(clean(amount.who), clean(amount.source)))


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where the bars lie: `left` to `left + length`, measured on `scale`, counted in `size`."""

    left: int
    length: int
    beside: bool
    scale: Scale
    size: Decimal
    unit: str


def _draw(
    kind: str, chart_id: str, title: str, axis: Axis, sections: Sequence[Section], table: tuple[Line, ...]
) -> Rows:
    entries = [entry for section in sections for entry in section.entries]
    amounts = [entry.amount for entry in entries if entry.amount is not None]
    plot = _plot([entry.label for entry in entries], amounts, axis)
    top, blocks = 0, []
    for section in sections:
        block, top = _block(section, plot, top)
        blocks.append(block)
    bottom = max(top - GAP // 2, BAR)
    return Rows(
        kind=kind,
        id=chart_id,
        title=clean(title),
        width=WIDTH,
        height=bottom + 2 * LEADING + 6,
        bottom=bottom,
        blocks=tuple(blocks),
        ticks=tuple(_ticks(plot)),
        tick_y=bottom + LEADING - 2,
        unit=Word(str(WIDTH), str(bottom + 2 * LEADING), "end", plot.unit),
        keys=keys(amounts),
        table=table,
        ranges=any(amount.rounded for amount in amounts),
        conflict=any(section.conflict for section in sections),
    )


def keys(amounts: Iterable[Amount]) -> tuple[Key, ...]:
    """The legend: each texture once, in the order in which it is met."""
    return tuple({amount.provenance: Key(amount.provenance, clean(amount.who)) for amount in amounts}.values())


def _plot(labels: Sequence[str], amounts: Sequence[Amount], axis: Axis) -> _Plot:
    ends = [end for amount in amounts for end in amount.ends]
    size, unit = scale_word(max((abs(end) for end in ends), default=Decimal(0)), axis)
    widest = max((width(label) for label in labels), default=0)
    before, after = _rooms(amounts, size)
    beside = widest <= BESIDE_AT_MOST and WIDTH - widest - before - after >= _LEAST_PLOT
    left = (widest + 8 if beside else 5) + before
    length = WIDTH - 2 - after - left
    return _Plot(left, length, beside, _fitting_scale(ends, size, length), size, unit)


def _rooms(amounts: Sequence[Amount], size: Decimal) -> tuple[int, int]:
    """What the numbers beside the bars need to the left of the plot and to the right of it."""
    before = after = 0
    for amount in amounts:
        room = width(short(amount.value, size)) + 6
        if room <= _VALUE_ROOM and amount.value < 0:
            before = max(before, room)
        elif room <= _VALUE_ROOM:
            after = max(after, room)
    return before, after


def _fitting_scale(ends: Sequence[Decimal], size: Decimal, length: int) -> Scale:
    """The finest scale of at most five steps whose labels stand side by side."""
    for most in (5, 4, 3, 2):
        found = scale(ends, most)
        widest = max(width(tick_label(tick, size)) for tick in found.ticks)
        if (widest + _TICK_ROOM) * (len(found.ticks) - 1) <= length:
            return found
    return scale(ends, 1)


def _ticks(plot: _Plot) -> Iterator[Tick]:
    """The ticks in order; the label of zero comes first, any other only where it does not touch its neighbours."""
    taken: list[tuple[int, int]] = []
    labels: dict[Decimal, str] = {}
    for tick in sorted(plot.scale.ticks, key=abs):
        text = tick_label(tick, plot.size)
        half = (width(text) + 1) // 2
        middle = int(plot.scale.place(tick, plot.left, plot.length))
        span = (middle - half, middle + half)
        free = all(span[1] + 4 <= start or end + 4 <= span[0] for start, end in taken)
        fits = span[0] >= 0 and span[1] <= WIDTH
        labels[tick] = text if (free and fits) or tick == 0 else ""
        if labels[tick]:
            taken.append(span)
    for tick in plot.scale.ticks:
        yield Tick(units(plot.scale.place(tick, plot.left, plot.length)), labels[tick], tick == 0)


def _block(section: Section, plot: _Plot, top: int) -> tuple[Block, int]:
    heading = None
    if section.heading:
        shown = wrap(section.heading, WIDTH - 4, 1)
        heading = Word("0", str(top + LEADING - 4), "start", shown[0] if shown else "")
        top += LEADING + 4
    rows = []
    for entry in section.entries:
        row, top = _row(section, entry, plot, top)
        rows.append(row)
    return Block(heading, section.conflict, tuple(rows)), top + (GAP // 2 if section.heading else 0)


def _row(section: Section, entry: Entry, plot: _Plot, top: int) -> tuple[Row, int]:
    if plot.beside:
        label: tuple[Word, ...] = (Word("0", str(top + BAR - 2), "start", clean(entry.label)),)
    else:
        lines = wrap(entry.label, WIDTH - 4)
        label = tuple(Word("0", str(top + LEADING * n + LEADING - 5), "start", line) for n, line in enumerate(lines))
        top += LEADING * len(lines) + 1
    zero = units(plot.scale.place(Decimal(0), plot.left, plot.length) + 4)
    bar = _bar(section, entry, entry.amount, plot, top) if entry.amount is not None else None
    return Row(label, bar, Word(zero, str(top + BAR - 2), "start", "")), top + BAR + GAP


def _bar(section: Section, entry: Entry, amount: Amount, plot: _Plot, top: int) -> Bar:
    def at(value: Decimal) -> int:
        return hundredths(plot.scale.place(value, plot.left, plot.length))

    start, end = sorted((at(Decimal(0)), at(amount.value)))
    low, high = (at(value) for value in amount.ends)
    whisker = None
    if amount.rounded:
        middle = top + BAR // 2
        whisker = Whisker(written(low), written(high), str(middle), str(middle - 4), str(middle + 4))
    return Bar(
        written(start),
        str(top),
        written(end - start),
        str(BAR),
        amount.provenance,
        whisker,
        _value(amount, plot, top, min(start, low), max(end, high)),
        tip(" ".join(part for part in (section.heading, entry.label) if part), amount),
    )


def _value(amount: Amount, plot: _Plot, top: int, start: int, end: int) -> Word | None:
    text, y = short(amount.value, plot.size), str(top + BAR - 2)
    if width(text) + 6 > _VALUE_ROOM:
        return None
    if amount.value < 0:
        return Word(written(start - 400), y, "end", text)
    return Word(written(end + 400), y, "start", text)


def tip(label: str, amount: Amount) -> str:
    """All that a bar says, in words: "2023: 6.61 billion baht · from … to … · Official document"."""
    parts = (amount.text, amount.range, amount.who, amount.source)
    return clean(f"{label}: " + " · ".join(part for part in parts if part))
