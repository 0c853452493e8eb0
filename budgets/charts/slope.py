"""Two periods side by side, a line from one to the other for each thing; the names stand at the right end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .lettering import LEADING, clean, scale_word, short, width, wrap
from .rows import tip
from .scales import Scale, scale, units
from .shapes import Word
from .values import WIDTH, Amount, Axis, Cell, Line

MARKERS = ("disc", "ring", "square", "frame", "diamond", "cross")
_TOP = 30
_LEAST_HEIGHT = 140
_NAME_ROOM = 128
_LABEL_ROOM = 84


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing in two periods before it is drawn; None is a period without a figure."""

    label: str
    before: Amount | None
    after: Amount | None


@dataclass(frozen=True, slots=True)
class End:
    """One end of a line: its marker, and what it says in words."""

    x: str
    y: str
    marker: str
    tip: str


@dataclass(frozen=True, slots=True)
class Course:
    """A line with its ends and their words; without both ends there is no line. `number` is the place in `MARKERS`."""

    number: int
    before: End | None
    after: End | None
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Base:
    """The line of a tick across both periods; only zero is labelled."""

    y: str
    zero: bool


@dataclass(frozen=True, slots=True)
class Slope:
    """A drawn comparison of two periods with the table of its numbers."""

    id: str
    title: str
    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    periods: tuple[str, str]
    courses: tuple[Course, ...]
    bases: tuple[Base, ...]
    zero: Word
    unit: Word
    table: tuple[Line, ...]
    kind: str = "slope"


def slope(chart_id: str, title: str, axis: Axis, periods: tuple[str, str], pairs: Sequence[Pair]) -> Slope:
    """The pairs on one scale, which holds zero. Raises ValueError for more pairs than there are markers."""
    if len(pairs) > len(MARKERS):
        raise ValueError(f"a slope holds {len(MARKERS)} lines at most, not {len(pairs)}: choose the largest")
    amounts = [amount for pair in pairs for amount in (pair.before, pair.after) if amount is not None]
    size, unit = scale_word(max((abs(amount.value) for amount in amounts), default=Decimal(0)), axis)
    names = [(_number(pair.after, size), *wrap(pair.label, _NAME_ROOM)) for pair in pairs]
    left = max((width(_number(pair.before, size)) for pair in pairs), default=0)
    left = min(max(left, width("0")), _LABEL_ROOM) + 14
    right = WIDTH - _NAME_ROOM - 12
    height = max(_LEAST_HEIGHT, sum(len(lines) for lines in names) * LEADING, len(pairs) * LEADING)
    measure = _Measure(scale((amount.value for amount in amounts), 5), left, right, _TOP + height, height, size)
    return Slope(
        id=chart_id,
        title=clean(title),
        width=WIDTH,
        height=_TOP + height + 2 * LEADING,
        left=left,
        right=right,
        top=_TOP,
        bottom=_TOP + height,
        periods=(clean(periods[0]), clean(periods[1])),
        courses=tuple(_courses(pairs, names, periods, measure)),
        bases=tuple(Base(units(measure.at(tick)), tick == 0) for tick in measure.scale.ticks),
        zero=Word(str((left + right) // 2), units(measure.at(Decimal(0)) + LEADING - 4), "middle", "0"),
        unit=Word(str(WIDTH), str(_TOP + height + 2 * LEADING - 6), "end", unit),
        table=tuple(Line(clean(pair.label), "", (_cell(pair.before), _cell(pair.after))) for pair in pairs),
    )


@dataclass(frozen=True, slots=True)
class _Measure:
    scale: Scale
    left: int
    right: int
    bottom: int
    height: int
    size: Decimal

    def at(self, value: Decimal) -> Fraction:
        """Down the drawing."""
        return self.scale.place(value, self.bottom, -self.height)


def _courses(
    pairs: Sequence[Pair], names: Sequence[tuple[str, ...]], periods: tuple[str, str], measure: _Measure
) -> Iterator[Course]:
    numbers = [_number(pair.before, measure.size) for pair in pairs]
    lefts = _spread([_height(pair.before, measure) for pair in pairs], [LEADING] * len(pairs), measure)
    rights = _spread(
        [_height(pair.after or pair.before, measure) for pair in pairs],
        [len(lines) * LEADING for lines in names],
        measure,
    )
    for number, pair in enumerate(pairs):
        before, after = (
            _end(pair, amount, period, MARKERS[number], x, measure)
            for amount, period, x in (
                (pair.before, periods[0], measure.left),
                (pair.after, periods[1], measure.right),
            )
        )
        words = [
            Word(str(measure.right + 12), units(rights[number] + LEADING * line + LEADING - 5), "start", text)
            for line, text in enumerate(names[number])
            if text
        ]
        if numbers[number]:
            at = units(lefts[number] + LEADING - 5)
            words.append(Word(str(measure.left - 10), at, "end", numbers[number]))
        yield Course(number + 1, before, after, tuple(words))


def _number(amount: Amount | None, size: Decimal) -> str:
    text = short(amount.value, size) if amount else ""
    return text if width(text) <= _LABEL_ROOM else ""


def _height(amount: Amount | None, measure: _Measure) -> Fraction:
    return measure.at(amount.value if amount else Decimal(0))


def _spread(wanted: Sequence[Fraction], sizes: Sequence[int], measure: _Measure) -> list[Fraction]:
    """The tops of labels centred on their points as near as may be, none over another and none below the drawing."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    tops = [Fraction(0)] * len(wanted)
    free = Fraction(_TOP - LEADING // 2)
    for index in order:
        tops[index] = max(free, wanted[index] - LEADING // 2)
        free = tops[index] + sizes[index]
    floor = Fraction(measure.bottom + LEADING)
    for index in reversed(order):
        tops[index] = min(tops[index], floor - sizes[index])
        floor = tops[index]
    return tops


def _end(pair: Pair, amount: Amount | None, period: str, marker: str, x: int, measure: _Measure) -> End | None:
    if amount is None:
        return None
    return End(str(x), units(measure.at(amount.value)), marker, tip(f"{pair.label}, {period}", amount))


def _cell(amount: Amount | None) -> Cell:
    if amount is None:
        return Cell("")
    return Cell(clean(amount.text), clean(" · ".join(part for part in (amount.range, amount.who) if part)))
