"""Words in a drawing: how wide they are, where they may break, and short numbers beside bars and ticks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from budgets.fiscal import buddhist_year
from budgets.quantities import formatting
from budgets.quantities.formatting import Lang
from budgets.vocabulary import Unit

from .values import Axis

SIZE = 13
LEADING = 18

_NARROW = frozenset(" .,:;!|'’()iljtfI-")
_MARKS = frozenset(("Mn", "Me"))
_UNFIT = frozenset(("Cc", "Cs"))
_STAYS_BEHIND = frozenset("ะาำๅๆฯ")
_GOES_AHEAD = frozenset("เแโใไ")
_SCALES = tuple(Decimal(10) ** power for power in (12, 9, 6, 3))
_SCALED_FROM = Decimal(10) ** 6


def year_label(year: int, lang: Lang) -> str:
    """A year of the Common Era as the page counts it: 2025, or 2568 in Thai."""
    return str(buddhist_year(year) if lang == "th" else year)


def clean(text: str) -> str:
    """The text on one line; each character that XML cannot hold becomes U+FFFD."""
    return "".join("\ufffd" if _unfit(letter) else letter for letter in " ".join(text.split()))


def _unfit(letter: str) -> bool:
    return unicodedata.category(letter) in _UNFIT or letter in "\ufffe\uffff"


def width(text: str) -> int:
    """About how many units wide a text of the usual size is; rather too many than too few."""
    return (sum(_thousandths(letter) for letter in text) * SIZE + 999) // 1000


def _thousandths(letter: str) -> int:
    if unicodedata.category(letter) in _MARKS:
        return 0
    if letter in _NARROW:
        return 340
    if letter.isdigit():
        return 600
    if unicodedata.east_asian_width(letter) in "WF":
        return 1050
    return 740 if letter.isupper() or letter in "mwMW—%≈" else 610


def wrap(text: str, room: int, most: int = 2) -> tuple[str, ...]:
    """A text in lines at most `room` units wide; when `most` lines do not hold it, the last one ends in “…”."""
    lines: list[str] = []
    rest = clean(text)
    while rest and len(lines) < most:
        if width(rest) <= room:
            return (*lines, rest)
        last = len(lines) == most - 1
        head = _fitting(rest, room - (width("…") if last else 0))
        lines.append(f"{head.rstrip()}…" if last else head.rstrip())
        rest = rest[len(head) :].lstrip()
    return tuple(lines)


def _fitting(text: str, room: int) -> str:
    """The longest beginning that fits, ending before a space where there is one; at least one character.

    Thai has no spaces between words. There a line ends before a leading vowel, which begins a syllable, if that leaves
    it half full.
    """
    end = space = syllable = 0
    for place in _breaks(text):
        if width(text[:place]) > room:
            break
        end = place
        if place < len(text) and text[place] == " ":
            space = place
        elif place < len(text) and text[place] in _GOES_AHEAD:
            syllable = place
    return text[: space or (syllable if syllable * 2 >= end else end) or next(_breaks(text))]


def _breaks(text: str) -> Iterator[int]:
    for place in range(1, len(text) + 1):
        if place == len(text) or not (_clings(text[place]) or text[place - 1] in _GOES_AHEAD):
            yield place


def _clings(letter: str) -> bool:
    return unicodedata.category(letter) in _MARKS or letter in _STAYS_BEHIND


def scale_word(largest: Decimal, axis: Axis) -> tuple[Decimal, str]:
    """The size that numbers up to `largest` are counted in, and its name: (10⁹, "billion baht"), (1, "stars").

    A size counts when the language of the page has a word for it; plain numbers stay below a million.
    """
    for size in _SCALES:
        if axis.unit is Unit.MONEY and largest >= size and largest >= _SCALED_FROM:
            name = _name(size, axis)
            if name is not None:
                return size, name
    return Decimal(1), _name(Decimal(1), axis) or ""


def _name(size: Decimal, axis: Axis) -> str | None:
    text = formatting.quantity(2 * size, axis.unit, axis.currency, axis.lang)
    rest = text.removeprefix("2")
    return None if rest == text or rest[:1].isdigit() or rest[:1] in (",", ".") else rest.strip()


def short(value: Decimal, size: Decimal) -> str:
    """A number counted in `size`, to about three figures: "6.61", "965"; "≈ 6.61" when that is not all of it."""
    with localcontext() as exact:
        exact.prec = 60
        counted = value / size
        places = max(0, 2 - counted.adjusted()) if counted else 0
        rounded = counted.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)
        sign = "−" if rounded < 0 else ""
        text = f"{sign}{formatting.plain(abs(rounded))}"
        return text if rounded * size == value else f"≈ {text}"


def tick_label(value: Decimal, size: Decimal) -> str:
    """A tick counted in `size`, whole: "2,000", "−0.5"."""
    with localcontext() as exact:
        exact.prec = 60
        return f"{'−' if value < 0 else ''}{formatting.plain(abs(value) / size)}"
