"""Charts of the amounts of a claim: one for every label that has amounts of at least two years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from budgets.charts.lettering import year_label
from budgets.charts.rows import Entry, Section, bars, grouped
from budgets.charts.shapes import Rows
from budgets.charts.values import Amount, Axis
from budgets.quantities.formatting import Lang
from budgets.vocabulary import Unit

from .figures import FigureView

Years = Mapping[int, Sequence[FigureView]]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with its template; `basis` is the kind of year when it is the same for all, else ""."""

    drawing: Rows
    basis: str

    @property
    def template(self) -> str:
        """Where it is drawn."""
        return self.drawing.template


def charts(figures: Iterable[FigureView], lang: Lang) -> tuple[Chart, ...]:
    """A chart for every label and currency with amounts of at least two years; two amounts of one year stay two."""
    groups: dict[tuple[str, str | None], dict[int, list[FigureView]]] = {}
    for figure in figures:
        if figure.year is not None and figure.is_money and figure.value is not None:
            years = groups.setdefault((figure.label, figure.currency), {})
            years.setdefault(figure.year, []).append(figure)
    return tuple(_chart(*key, years, lang) for key, years in groups.items() if len(years) > 1)


def amount(figure: FigureView) -> Amount:
    """A figure with a value as a chart takes it. Raises ValueError for one given in words."""
    if figure.value is None:
        raise ValueError(f"“{figure.label}” has no number to draw")
    return Amount(
        figure.value, figure.amount, figure.provenance, figure.provenance_label, figure.low, figure.high, figure.range
    )


def unmarked(text: str) -> str:
    """A text for a drawing: without the markup that names the language of a text still to be translated."""
    return unescape(strip_tags(text)) if isinstance(text, SafeString) else text


def _chart(label: str, currency: str | None, years: Years, lang: Lang) -> Chart:
    axis = Axis(Unit.MONEY, currency, lang)
    first = years[min(years)][0]
    chart_id, label = f"chart-{first.slug or first.id}", unmarked(label)
    bases = {figure.basis for found in years.values() for figure in found}
    if all(len(found) == 1 for found in years.values()):
        drawing = bars(chart_id, label, axis, {year: amount(found[0]) for year, found in years.items()})
    else:
        drawing = grouped(chart_id, label, axis, [_section(year, years[year], lang) for year in sorted(years)])
    return Chart(drawing, bases.pop() if len(bases) == 1 else "")


def _section(year: int, found: Sequence[FigureView], lang: Lang) -> Section:
    """The figures of one year. Of one phase they contradict each other, unless they are equal."""
    phases = len({figure.phase for figure in found})
    names = [figure.phase if phases > 1 else unmarked(figure.said_by) or figure.provenance_label for figure in found]
    entries = tuple(Entry(name, amount(figure)) for name, figure in zip(names, found, strict=True))
    return Section(year_label(year, lang), entries, phases == 1 and len({figure.value for figure in found}) > 1)
