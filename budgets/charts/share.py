"""A whole and its parts: one bar cut into lengths, each with a texture of its own, and a list that names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from budgets.quantities import formatting

from .lettering import LEADING, clean, width, wrap
from .scales import hundredths, written
from .shapes import Word
from .values import WIDTH, Amount, Cell, Line

BAR = 34
MOST_PARTS = 6
TEXTURES = ("part-1", "part-2", "part-3", "part-4", "part-5", "part-6")
REST = "rest"
_SWATCH = 14
_PERCENT_ROOM = 60
_TOP = 20


@dataclass(frozen=True, slots=True)
class Part:
    """One part before it is drawn; with a `url` its name in the table leads there."""

    label: str
    amount: Amount
    url: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A length of the bar; `percent` stands above it where there is room, else it is None."""

    x: str
    width: str
    texture: str
    percent: Word | None
    tip: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the list below the bar: its swatch at `y`, its name, and its share at the right."""

    y: int
    texture: str
    label: tuple[Word, ...]
    percent: Word


@dataclass(frozen=True, slots=True)
class Share:
    """A drawn whole. `drawn` is False when the parts are not parts of one whole: a negative one, or nothing at all.

    `exceeds` tells that they add up to more than the whole that is stated; nothing is drawn then either.
    """

    id: str
    title: str
    width: int
    height: int
    bar_y: int
    bar_height: int
    pieces: tuple[Piece, ...]
    entries: tuple[Entry, ...]
    table: tuple[Line, ...]
    drawn: bool
    exceeds: bool
    kind: str = "share"


def share(chart_id: str, title: str, parts: Sequence[Part], rest: str, whole: Decimal | None = None) -> Share:
    """The parts, largest first, as shares of `whole` (of their sum, without one).

    From the seventh on they are drawn together under the name `rest`; so is what the parts leave of the whole. The
    table names every part.
    """
    ordered = sorted(parts, key=lambda part: part.amount.value, reverse=True)
    total = sum((Fraction(part.amount.value) for part in parts), Fraction(0))
    of = total if whole is None else Fraction(whole)
    drawable = of > 0 and total <= of and all(part.amount.value >= 0 for part in parts)
    lines = tuple(_line(part, of if drawable else None) for part in ordered)
    pieces, entries, height = _drawn(ordered, of, rest) if drawable else ((), (), 0)
    return Share(
        chart_id,
        clean(title),
        WIDTH,
        height,
        _TOP,
        BAR,
        pieces,
        entries,
        lines,
        drawable,
        whole is not None and total > of,
    )


def percent(fraction: Fraction) -> str:
    """A share to a tenth of a percent: "12.5%"; "< 0.1%" where that reads as nothing, "> 99.9%" for not quite all."""
    tenths = Decimal(round(fraction * 1000)).scaleb(-1).quantize(Decimal("0.1"), ROUND_HALF_EVEN)
    if tenths == 0 and fraction > 0:
        return "< 0.1%"
    if tenths == 100 and fraction < 1:
        return "> 99.9%"
    return f"{formatting.plain(tenths)}%"


def _line(part: Part, of: Fraction | None) -> Line:
    amount = part.amount
    cells = (Cell(clean(amount.text), clean(amount.range)), Cell(percent(Fraction(amount.value) / of) if of else ""))
    return Line(clean(part.label), clean(amount.who), cells, part.url)


def _drawn(ordered: Sequence[Part], of: Fraction, rest: str) -> tuple[tuple[Piece, ...], tuple[Entry, ...], int]:
    few = len(ordered) <= MOST_PARTS
    named = ordered if few else ordered[: MOST_PARTS - 1]
    shown = [
        (part.label, Fraction(part.amount.value), texture, part.amount.text)
        for part, texture in zip(named, TEXTURES, strict=False)
    ]
    left = of - sum((value for _, value, _, _ in shown), Fraction(0))
    if left:
        shown.append((rest, left, REST, ""))
    pieces, entries, start, y = [], [], Fraction(0), _TOP + BAR + 14
    for label, value, texture, text in shown:
        pieces.append(_piece(label, start / of, (start + value) / of, texture, text))
        entry = _entry(label, value / of, texture, y)
        entries.append(entry)
        start, y = start + value, y + LEADING * max(1, len(entry.label)) + 8
    return tuple(pieces), tuple(entries), y


def _piece(label: str, start: Fraction, end: Fraction, texture: str, text: str) -> Piece:
    left, right = hundredths(start * (WIDTH - 2) + 1), hundredths(end * (WIDTH - 2) + 1)
    words = percent(end - start)
    above = None
    if (width(words) + 4) * 100 <= right - left:
        above = Word(written((left + right) // 2), str(_TOP - 6), "middle", words)
    tip = clean(f"{label}: " + " · ".join(part for part in (text, words) if part))
    return Piece(written(left), written(right - left), texture, above, tip)


def _entry(label: str, part: Fraction, texture: str, y: int) -> Entry:
    lines = wrap(label, WIDTH - _SWATCH - 10 - _PERCENT_ROOM)
    words = tuple(
        Word(str(_SWATCH + 8), str(y + LEADING * number + _SWATCH - 2), "start", line)
        for number, line in enumerate(lines)
    )
    return Entry(y, texture, words, Word(str(WIDTH), str(y + _SWATCH - 2), "end", percent(part)))
