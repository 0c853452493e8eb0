"""What a chart is made of, and the table of the same numbers that stands beside it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from budgets.quantities.formatting import Lang
from budgets.vocabulary import Provenance, Unit

WIDTH = 320


@dataclass(frozen=True, slots=True)
class Axis:
    """What all the numbers of a chart count, and the language of the page."""

    unit: Unit
    currency: str | None
    lang: Lang


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of a chart with the words for it: `text` is the whole amount, `range` what its rounding leaves open.

    `low` and `high` are the ends of that range; both None for an exact number. `provenance` gives the bar its
    texture, `who` says it in words, `source` names the document. Raises ValueError for a number without an end, or one
    outside its own range.
    """

    value: Decimal
    text: str
    provenance: str = Provenance.OFFICIAL_DOCUMENT
    who: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    range: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn."""
        bottom, top = self.ends
        if not (self.value.is_finite() and bottom.is_finite() and top.is_finite()):
            raise ValueError(f"a chart draws numbers that end, not {self.value} in {bottom} to {top}")
        if not bottom <= self.value <= top:
            raise ValueError(f"{self.value} lies outside its own range, {bottom} to {top}")

    @property
    def ends(self) -> tuple[Decimal, Decimal]:
        """The lowest and the highest number it can stand for."""
        return (
            self.value if self.low is None else self.low,
            self.value if self.high is None else self.high,
        )

    @property
    def rounded(self) -> bool:
        """Whether it can stand for more than one number."""
        bottom, top = self.ends
        return bottom < top


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of the table; without a text there is no figure."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: what it is of, and its fields."""

    label: str
    note: str
    cells: tuple[Cell, ...]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of the legend: a texture and what it stands for."""

    texture: str
    label: str
