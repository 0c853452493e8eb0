"""The budget explorer: what there is, an agency, a line over the years; each as a page and as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from budgets.models.agency import Agency
from budgets.quantities.formatting import Lang
from budgets.vocabulary import Phase
from budgets.web import explorer
from budgets.web.explorer import Choices
from claims.web import budget_filters, paging, reading
from claims.web.budget_choices import remembered
from claims.web.budget_filters import Filters
from claims.web.line_reading import named_by_claims
from claims.web.presentation import budget_pages, budget_sheets
from claims.web.presentation.amounts import called, plain_name, row
from claims.web.presentation.cards import card
from claims.web.presentation.dates import year_text
from claims.web.presentation.figures import figure_views
from claims.web.presentation.words import Link, label
from claims.web.rendering import page_language, respond
from claims.web.spreadsheets import spreadsheet, wants_csv

ROWS_PER_PAGE = 50
# Comparing every figure with the year before takes longer than a reader waits.
MOST_COMPARED = 200_000


@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """What is published, and the lines that fit a search."""
    lang, filters, imports = page_language(), budget_filters.read_filters(request.GET), explorer.imports()
    chosen = remembered(imports)
    if wants_csv(request):
        return _sheet("budget-lines", filters, chosen.years)
    figures = sum(budget_pages.figures_in(made) for made in imports)
    if filters.by_change and figures > MOST_COMPARED and not (filters.q or filters.agency):
        sentence = gettext("There are too many figures to put them in this order: choose an agency or search first.")
        filters = replace(filters, sort="largest", refusals=(*filters.refusals, sentence))
    context = {
        **_list(request, filters, chosen, lang),
        "documents": budget_pages.documents(imports, lang),
        "agencies": _links(explorer.agencies(chosen, lang), lang),
    }
    return respond(request, "budgets/index.html", context, section="budgets")


@require_safe
def agency(request: HttpRequest, slug: str) -> HttpResponseBase:
    """An agency's totals over the years, its lines, and where its sources contradict each other."""
    lang, found = page_language(), explorer.agency(slug)
    if found is None:
        raise Http404
    filters, chosen = budget_filters.read_filters(request.GET), explorer.choices(slug)
    if wants_csv(request):
        return _sheet(f"budget-{slug}", filters, chosen.years, slug)
    imports = {made.pk: made for made in explorer.imports()}
    totals = explorer.totals(found)
    name = plain_name(found, lang)
    context = {
        **_list(request, filters, chosen, lang, slug),
        "agency": found,
        "name": called(found, lang),
        "plain": name,
        "parent": Link(called(found.parent, lang), found.parent.slug) if found.parent else None,
        "under": _links(explorer.under(found, lang), lang),
        "totals": budget_pages.total_rows(totals, imports, lang),
        "chart": budget_pages.totals_chart("chart-totals", name, totals, imports, lang),
        "conflicts": [row(figure, lang, before=None, differs=True) for figure in explorer.conflicts(found.pk)],
    }
    return respond(request, "budgets/agency.html", context, section="budgets")


@require_safe
def line(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A line over the years, its parts, and the published claims that rest on it."""
    lang, found = page_language(), explorer.line(slug)
    if found is None:
        raise Http404
    figures = explorer.figures_of(found)
    named, parts = named_by_claims(found.public_id), explorer.parts_of(found)
    if not (figures or named.claims or parts):
        raise Http404
    if wants_csv(request):
        rows = budget_sheets.rows([*figures, *parts])
        return spreadsheet(f"budget-{slug}", budget_sheets.HEADS, rows, budget_sheets.NUMBERS)
    claims = reading.by_slugs(named.claims) if named.claims else {}
    context = {
        "line": budget_pages.line_page(found, figures, figure_views(named.figures, lang), parts, lang),
        "cards": [card(claims[claim], lang) for claim in named.claims if claim in claims],
        "csv": "?format=csv",
    }
    return respond(request, "budgets/line.html", context, section="budgets")


def _list(request: HttpRequest, filters: Filters, chosen: Choices, lang: Lang, agency: str = "") -> dict[str, Any]:
    """A page of lines with their amounts: three queries."""
    wanted = filters.wanted(chosen.years, agency)
    found = filters.placed(explorer.rows(wanted), lang)
    page, damaged = paging.page_or_start(found, filters.order, request.GET, size=ROWS_PER_PAGE)
    figures = explorer.whole(page.rows) if page.rows else []
    differing = explorer.contradicted(figures) if figures else set()
    return {
        "rows": budget_pages.listed(figures, lang, differing),
        "page": page,
        "filters": filters,
        "refusals": [*filters.refusals, *damaged],
        "years": [(year, year_text(year, lang)) for year in chosen.years],
        "phases": [(code, label(Phase, code, lang)) for code in chosen.phases],
        "year": wanted.year,
        "year_label": year_text(wanted.year, lang) if wanted.year else "",
        "csv": filters.as_csv(),
        "nothing": not chosen.phases,
    }


def _sheet(name: str, filters: Filters, years: list[int], agency: str = "") -> StreamingHttpResponse:
    """The whole list in the order in which the figures came in."""
    found = explorer.everything(explorer.rows(filters.wanted(years, agency)))
    kept = (figure for figure in found if figure.change is not None or not filters.by_change)
    return spreadsheet(name, budget_sheets.HEADS, budget_sheets.rows(kept), budget_sheets.NUMBERS)


def _links(agencies: Sequence[Agency], lang: Lang) -> list[Link]:
    return [Link(called(agency, lang), agency.slug) for agency in agencies]
