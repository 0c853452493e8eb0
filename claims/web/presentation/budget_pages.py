"""The pages of the budget explorer: what there is, an agency, a line over the years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from budgets.charts.lettering import year_label
from budgets.charts.rows import Entry, Section, bars, grouped
from budgets.charts.shapes import Rows
from budgets.charts.share import Part, Share, share
from budgets.charts.values import Amount, Axis
from budgets.models.budget_import import BudgetImport
from budgets.models.budget_line import BudgetLine
from budgets.models.figure import Figure
from budgets.quantities import formatting
from budgets.quantities.formatting import Lang
from budgets.vocabulary import PeriodBasis, Phase, Provenance, Unit
from budgets.web.explorer import Total, contradictions

from . import amounts
from .amounts import Change, Row, Source, difference, drawn, plain_name, row, series, source, title, years_before
from .charts import amount as of_claim
from .dates import year_text
from .figures import FigureView
from .words import Link, label

Drawn = tuple[int, str, Amount]


@dataclass(frozen=True, slots=True)
class TotalRow:
    """What one document gives for a year and phase, with the change from the year before in the same document."""

    year: str
    basis: str
    phase: str
    amount: str
    change: Change | None
    figures: int
    source: Source
    provenance: str
    provenance_label: str


@dataclass(frozen=True, slots=True)
class Document:
    """A published import: what it is, and how many figures it brought."""

    source: Source
    provenance: str
    provenance_label: str
    figures: int


@dataclass(frozen=True, slots=True)
class LinePage:
    """A budget line: its names, where it belongs, and everything known of it."""

    slug: str
    name: str
    plain: str
    other_name: str
    agency: Link
    above: tuple[Link, ...]
    rows: tuple[Row, ...]
    claimed: tuple[FigureView, ...]
    chart: Rows | None
    parts: Share | None
    parts_year: str
    differs: bool
    nominal: bool


def listed(figures: Sequence[Any], lang: Lang, differing: set[int]) -> tuple[Row, ...]:
    """Rows of the explorer's list, whose figures carry `before`."""
    return tuple(row(figure, lang, before=figure.before, differs=figure.pk in differing) for figure in figures)


def total_rows(totals: Iterable[Total], imports: Mapping[int, BudgetImport], lang: Lang) -> tuple[TotalRow, ...]:
    """Totals in words; those of an import that is not given are left out."""
    kept = [total for total in totals if total.import_id in imports]
    known = {_key(total, imports): total for total in kept}
    return tuple(_total_row(total, known, imports, lang) for total in kept)


def _key(total: Total, imports: Mapping[int, BudgetImport], back: int = 0) -> tuple[object, ...]:
    dataset = imports[total.import_id].dataset
    return (dataset, total.year - back, total.phase, total.currency, total.basis)


def _total_row(
    total: Total, known: Mapping[tuple[object, ...], Total], imports: Mapping[int, BudgetImport], lang: Lang
) -> TotalRow:
    made, before = imports[total.import_id], known.get(_key(total, imports, 1))
    changed = None
    if before is not None:
        by, note = total.amount - before.amount, ""
        if before.figures != total.figures:
            n = before.figures
            note = ngettext("from %(n)s figure the year before", "from %(n)s figures the year before", n) % {"n": n}
        changed = difference(by, before.amount, _money(abs(by), total.currency, lang), note=note)
    return TotalRow(
        year=year_text(total.year, lang),
        basis=label(PeriodBasis, total.basis, lang),
        phase=label(Phase, total.phase, lang),
        amount=_money(total.amount, total.currency, lang),
        change=changed,
        figures=total.figures,
        source=source(made, lang),
        provenance=made.provenance,
        provenance_label=label(Provenance, made.provenance, lang),
    )


def documents(imports: Sequence[BudgetImport], lang: Lang) -> tuple[Document, ...]:
    """Published imports, as the list names them."""
    return tuple(
        Document(
            source(made, lang),
            made.provenance,
            label(Provenance, made.provenance, lang),
            figures_in(made),
        )
        for made in imports
    )


def figures_in(made: BudgetImport) -> int:
    """How many amounts an import took from its file."""
    return int(made.report.get("amounts", 0))


def totals_chart(
    chart_id: str, heading: str, totals: Sequence[Total], imports: Mapping[int, BudgetImport], lang: Lang
) -> Rows | None:
    """Totals over the years, of the currency with the most of them; None for a single year of a single document."""
    currencies = [total.currency for total in totals if total.import_id in imports]
    if len(currencies) < 2:
        return None
    currency = max(sorted(set(currencies)), key=currencies.count)
    kept = [total for total in totals if total.currency == currency and total.import_id in imports]
    drawn_totals = [(total.year, total.phase, _of_total(total, imports, lang)) for total in kept]
    return _chart(chart_id, heading, Axis(Unit.MONEY, currency, lang), drawn_totals, lang, comparable=False)


def _of_total(total: Total, imports: Mapping[int, BudgetImport], lang: Lang) -> Amount:
    made = imports[total.import_id]
    who = label(Provenance, made.provenance, lang)
    text = _money(total.amount, total.currency, lang)
    return Amount(total.amount.normalize(), text, made.provenance, who, source=title(made, lang))


def _chart(
    chart_id: str, heading: str, axis: Axis, found: Sequence[Drawn], lang: Lang, *, comparable: bool = True
) -> Rows | None:
    """(year, phase, amount) as bars when each year has one amount, else side by side under each year."""
    years = sorted({year for year, _, _ in found})
    if len(found) < 2:
        return None
    if len(years) == len(found) and len({phase for _, phase, _ in found}) == 1:
        return bars(chart_id, heading, axis, {year: amount for year, _, amount in found})
    sections = [_section(year, [one for one in found if one[0] == year], lang, comparable=comparable) for year in years]
    return grouped(chart_id, heading, axis, sections)


def _section(year: int, found: Sequence[Drawn], lang: Lang, *, comparable: bool) -> Section:
    """One year: named by phase, and by document where a phase has several; of these, different amounts contradict.

    Totals are not `comparable`: two documents may not hold the same lines.
    """
    phases: dict[str, list[Amount]] = {}
    for _, phase, amount in sorted(found, key=lambda one: one[1]):
        phases.setdefault(phase, []).append(amount)
    entries = tuple(
        Entry(
            " · ".join([label(Phase, phase, lang), *([amount.source or amount.who] if len(same) > 1 else [])]), amount
        )
        for phase, same in phases.items()
        for amount in same
    )
    differ = any(len({amount.value for amount in same}) > 1 for same in phases.values())
    return Section(year_label(year, lang), entries, comparable and differ)


def line_page(
    line: BudgetLine, figures: Sequence[Figure], claimed: Sequence[FigureView], parts: Sequence[Figure], lang: Lang
) -> LinePage:
    """A line with its shown figures, the figures of published claims about it, and its parts in one year."""
    before = years_before(figures)
    known = {str(figure.public_id) for figure in figures}
    claimed = [view for view in claimed if view.id not in known]
    contradicted = contradictions(figures)
    shown = tuple(_row(figure, before.get(figure.pk), lang, figure.pk in contradicted) for figure in figures)
    name, other = plain_name(line, lang), plain_name(line, "th" if lang == "en" else "en")
    return LinePage(
        slug=line.slug,
        name=amounts.called(line, lang),
        plain=name,
        other_name="" if line.lang or other == name else other,
        agency=Link(amounts.called(line.agency, lang), line.agency.slug),
        above=_above(line, lang),
        rows=shown,
        claimed=tuple(claimed),
        chart=line_chart(name, figures, claimed, lang),
        parts=_parts(line, figures, parts, lang),
        parts_year=_year_of(parts, lang),
        differs=bool(contradicted),
        nominal=all(figure.nominal for figure in figures),
    )


def _row(figure: Figure, before: Figure | None, lang: Lang, differs: bool) -> Row:
    if before is None:
        return row(figure, lang, before=None, differs=differs)
    return row(figure, lang, before=before.value, rounded=before.low < before.high, differs=differs)


def _above(line: BudgetLine, lang: Lang) -> tuple[Link, ...]:
    found: list[Link] = []
    parent = line.parent
    while parent is not None and len(found) < 3:
        found.append(Link(amounts.called(parent, lang), parent.slug))
        parent = parent.parent if len(found) < 3 else None
    return tuple(reversed(found))


def line_chart(name: str, figures: Sequence[Figure], claimed: Sequence[FigureView], lang: Lang) -> Rows | None:
    """Money over the years, from documents and from claims, of the currency that most of the figures have."""
    money = [figure for figure in figures if figure.unit == Unit.MONEY and figure.period_year]
    said = [view for view in claimed if view.is_money and view.value is not None and view.year]
    currencies = [figure.currency for figure in money] + [view.currency or "" for view in said]
    if not currencies:
        return None
    currency = max(sorted(set(currencies)), key=currencies.count)
    found: list[Drawn] = [
        (figure.period_year or 0, figure.phase, drawn(figure, lang)) for figure in money if figure.currency == currency
    ]
    found += [(view.year or 0, view.phase_code, of_claim(view)) for view in said if view.currency == currency]
    return _chart("chart-line", name, Axis(Unit.MONEY, currency, lang), found, lang)


def _parts(line: BudgetLine, figures: Sequence[Figure], parts: Sequence[Figure], lang: Lang) -> Share | None:
    if not parts:
        return None
    first = parts[0]
    own = [
        figure.value
        for figure in figures
        if series(figure) == series(first) and figure.period_year == first.period_year and figure.value is not None
    ]
    same = [part for part in parts if part.currency == first.currency]
    cut = [
        Part(plain_name(part.line, lang), drawn(part, lang), reverse("web:budget-line", args=[part.line.slug]))
        for part in same
        if part.line
    ]
    return share("chart-parts", plain_name(line, lang), cut, gettext("Everything else"), own[0] if own else None)


def _year_of(parts: Sequence[Figure], lang: Lang) -> str:
    year = parts[0].period_year if parts else None
    return year_text(year, lang) if year else ""


def _money(value: Decimal, currency: str, lang: Lang) -> str:
    return formatting.quantity(value.normalize(), Unit.MONEY, currency or None, lang)
