"""Small bar charts of amounts over the years: tables whose last column is drawn, so that they read without it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from budgets.quantities.formatting import Lang
from budgets.vocabulary import Provenance

from .dates import year_text
from .figures import FigureView

LONGEST_PERCENT = 98
MOST_YEARS = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One year; `percent` is the length of its bar, 0 without a figure."""

    label: str
    amount: str
    percent: int
    provenance: str
    provenance_label: str

    @property
    def solid(self) -> bool:
        """Whether the amount is from an official document; every other bar is hatched."""
        return self.provenance == Provenance.OFFICIAL_DOCUMENT


@dataclass(frozen=True, slots=True)
class Chart:
    """Amounts with one label and unit, in the order of their years; years between without a figure stay empty.

    `basis` is the kind of year when it is the same for all.
    """

    slug: str
    title: str
    bars: tuple[Bar, ...]
    basis: str

    @property
    def hatched(self) -> bool:
        """Whether any amount is from anything but an official document."""
        return any(bar.amount and not bar.solid for bar in self.bars)


def charts(figures: Iterable[FigureView], lang: Lang) -> tuple[Chart, ...]:
    """A chart for every label with amounts of at least two years."""
    groups: dict[str, dict[int, FigureView]] = {}
    for figure in figures:
        if figure.year is not None and figure.is_money and figure.value is not None and figure.value > 0:
            groups.setdefault(figure.label, {})[figure.year] = figure
    return tuple(_chart(label, group, lang) for label, group in groups.items() if len(group) > 1)


def _chart(label: str, group: dict[int, FigureView], lang: Lang) -> Chart:
    years = range(min(group), max(group) + 1)
    shown = list(years) if len(years) <= MOST_YEARS else sorted(group)
    largest = max(figure.value or Decimal(0) for figure in group.values())
    bars = tuple(_bar(year_text(year, lang), group.get(year), largest) for year in shown)
    bases = {figure.basis for figure in group.values()}
    return Chart(next(iter(group.values())).slug, label, bars, bases.pop() if len(bases) == 1 else "")


def _bar(label: str, figure: FigureView | None, largest: Decimal) -> Bar:
    if figure is None or figure.value is None:
        return Bar(label, "", 0, "", "")
    percent = int((figure.value / largest * LONGEST_PERCENT).to_integral_value())
    return Bar(label, figure.amount, percent, figure.provenance, figure.provenance_label)
