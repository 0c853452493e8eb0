"""Figures of published imports as pages show them: the amount, its change, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from django.utils.html import format_html

from budgets.charts.values import Amount
from budgets.models.agency import Agency
from budgets.models.budget_import import BudgetImport
from budgets.models.budget_line import BudgetLine
from budgets.models.figure import Figure
from budgets.quantities import formatting
from budgets.quantities.formatting import Lang
from budgets.vocabulary import PeriodBasis, Phase, Provenance, Unit

from .dates import When, bangkok_day, year_text
from .words import Link, label

Series = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure stands: the document, its address, the file we read and the line in it."""

    title: str
    url: str
    file: str
    line: int | None
    dataset: str
    published: When | None


@dataclass(frozen=True, slots=True)
class Change:
    """From one year to the next: with its sign, and in percent where that means something; "≈" when rounded."""

    amount: str
    percent: str
    direction: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `differs` when another source gives a different amount for the same thing."""

    id: int
    line: Link | None
    above: str
    agency: Link | None
    year: int | None
    year_label: str
    basis: str
    phase: str
    amount: str
    range: str
    provenance: str
    provenance_label: str
    source: Source
    before: str
    change: Change | None
    differs: bool


def called(thing: Agency | BudgetLine, lang: Lang) -> str:
    """A name in the language of the page, marked where the document has it in another language only."""
    name: str = thing.name_th if lang == "th" else thing.name_en
    return format_html('<span lang="{}">{}</span>', thing.lang, name) if thing.lang not in ("", lang) else name


def plain_name(thing: Agency | BudgetLine, lang: Lang) -> str:
    """The same without markup."""
    return str(thing.name_th if lang == "th" else thing.name_en)


def title(made: BudgetImport, lang: Lang) -> str:
    """The document that an import was read from."""
    return str(made.title_th if lang == "th" else made.title_en)


def source(made: BudgetImport, lang: Lang, line: int | None = None) -> Source:
    """Where the figures of an import stand."""
    published = bangkok_day(made.published_at, lang, short=True) if made.published_at else None
    return Source(title(made, lang), made.source_url, made.file_name, line, made.dataset, published)


def worded(value: Decimal, figure: Figure, lang: Lang) -> str:
    """A number in the unit of a figure."""
    return formatting.quantity(value.normalize(), Unit(figure.unit), figure.currency or None, lang)


def row(figure: Figure, lang: Lang, *, before: Decimal | None, rounded: bool = False, differs: bool = False) -> Row:
    """A figure with its line, agency and import fetched; `before` is its amount of the year before.

    Raises ValueError for a figure without a number.
    """
    if figure.value is None or figure.budget_import is None:
        raise ValueError(f"figure {figure.pk} has no number or no import")
    return Row(
        id=figure.pk,
        line=Link(called(figure.line, lang), figure.line.slug) if figure.line else None,
        above=called(figure.line.parent, lang) if figure.line and figure.line.parent else "",
        agency=Link(called(figure.agency, lang), figure.agency.slug) if figure.agency else None,
        year=figure.period_year,
        year_label=year_text(figure.period_year, lang) if figure.period_year else "",
        basis=label(PeriodBasis, figure.period_basis, lang),
        phase=label(Phase, figure.phase, lang),
        amount=worded(figure.value, figure, lang),
        range=range_of(figure, lang),
        provenance=figure.provenance,
        provenance_label=label(Provenance, figure.provenance, lang),
        source=source(figure.budget_import, lang, figure.source_line),
        before=worded(before, figure, lang) if before is not None else "",
        change=None if before is None else change(figure, before, lang, rounded=rounded or figure.low < figure.high),
        differs=differs,
    )


def range_of(figure: Figure, lang: Lang) -> str:
    """What the rounding of a figure leaves open; "" for an exact one."""
    if figure.low == figure.high:
        return ""
    closed = (figure.low_closed, figure.high_closed)
    unit, currency = Unit(figure.unit), figure.currency or None
    return formatting.interval(figure.low.normalize(), figure.high.normalize(), closed, unit, currency, lang)


def change(figure: Figure, before: Decimal, lang: Lang, *, rounded: bool) -> Change:
    """The change to a figure from an amount before it."""
    value = figure.value or Decimal(0)
    return difference(value - before, before, worded(abs(value - before), figure, lang), rounded=rounded)


def difference(by: Decimal, before: Decimal, words: str, *, rounded: bool = False, note: str = "") -> Change:
    """A change `by` something, whose size is in `words`, from `before`; no percentage of nothing or of a debt."""
    about = "≈ " if rounded else ""
    sign = "+" if by > 0 else "−" if by < 0 else "±"
    percent = ""
    if before > 0:
        tenths = Decimal(round(Fraction(by) / Fraction(before) * 1000)).scaleb(-1)
        size = formatting.plain(abs(tenths).quantize(Decimal("0.1"), ROUND_HALF_EVEN))
        percent = f"{about}{sign}{size}%" if tenths or not by else f"{sign}< 0.1%"
    return Change(f"{about}{sign}{words}", percent, "up" if by > 0 else "down" if by < 0 else "same", note)


def series(figure: Figure) -> Series:
    """What may be compared over years without more ado: one document, phase, unit and kind of year."""
    made = figure.budget_import
    dataset = made.dataset if made else ""
    return (dataset, figure.phase, figure.unit, figure.currency, figure.nominal, figure.period_basis)


def years_before(figures: Iterable[Figure]) -> Mapping[int, Figure]:
    """For each figure's key the figure of the year before in its series, when there is exactly one."""
    found: dict[tuple[Series, int], list[Figure]] = {}
    kept = list(figures)
    for figure in kept:
        if figure.period_year is not None:
            found.setdefault((series(figure), figure.period_year), []).append(figure)
    earlier = {
        figure.pk: found.get((series(figure), figure.period_year - 1), []) for figure in kept if figure.period_year
    }
    return {key: before[0] for key, before in earlier.items() if len(before) == 1}


def drawn(figure: Figure, lang: Lang) -> Amount:
    """A figure with a number as a chart takes it."""
    made, rounded = figure.budget_import, figure.low < figure.high
    return Amount(
        figure.value or Decimal(0),
        worded(figure.value or Decimal(0), figure, lang),
        figure.provenance,
        label(Provenance, figure.provenance, lang),
        figure.low if rounded else None,
        figure.high if rounded else None,
        range_of(figure, lang),
        title(made, lang) if made else "",
    )
