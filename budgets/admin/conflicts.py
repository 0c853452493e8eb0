"""Figures that answer the same question differently, side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from budgets.models.figure import KEY, Figure
from budgets.quantities.formatting import quantity
from budgets.vocabulary import Phase, Unit

PER_PAGE = 50
MOST_PAGES = 200
MOST_BESIDE = 10  # figures of one key that are shown
# Keys of rows, not the names that Django would join in to sort by.
_ORDER = ("agency_id", "line_id", *KEY[2:])
_PATIENCE = "SELECT set_config('statement_timeout', '30s', true), set_config('work_mem', '64MB', true)"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the figures: its key, its amount in words, where it comes from."""

    pk: int
    amount: str
    source: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """One question and its answers. `may_agree`: one amount can be all of them, rounded."""

    agency: str
    line: str
    period: str
    phase: str
    sides: Sequence[Side]
    more: int
    may_agree: bool


def conflicts(page: int) -> tuple[list[Conflict], bool]:
    """Return a page (from 1) of conflicts among standing figures, and whether another follows. Two queries."""
    start = (page - 1) * PER_PAGE
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_PATIENCE)  # every figure is looked at
        keys = list(Figure.objects.standing().conflicts().order_by(*_ORDER)[start : start + PER_PAGE + 1])
        shown = keys[:PER_PAGE]
        found = _figures(shown)
    return [_conflict(found[_key(row)]) for row in shown if found[_key(row)]], len(keys) > PER_PAGE


def _figures(rows: Sequence[dict[str, Any]]) -> dict[tuple[Any, ...], list[Figure]]:
    """The figures of each key, by the key."""
    grouped: dict[tuple[Any, ...], list[Figure]] = defaultdict(list)
    lines = {row["line"] for row in rows}
    wanted = Q()
    for row in rows:
        wanted |= Q(**{name if row[name] is not None else f"{name}__isnull": _asked(row[name]) for name in KEY})
    if not rows:
        return grouped
    standing = Figure.objects.standing().filter(line__in=lines, value__isnull=False).filter(wanted)
    for figure in standing.select_related("agency", "line", "budget_import").order_by("pk"):
        grouped[tuple(_stored(figure, name) for name in KEY)].append(figure)
    return grouped


def _asked(value: Any) -> Any:
    return True if value is None else value


def _key(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in KEY)


def _stored(figure: Figure, name: str) -> Any:
    return getattr(figure, f"{name}_id" if name in ("agency", "line") else name)


def _conflict(figures: Sequence[Figure]) -> Conflict:
    first = figures[0]
    return Conflict(
        agency=str(first.agency or "—"),
        line=str(first.line),
        period=_period(first),
        phase=str(Phase(first.phase).label),
        sides=[_side(figure) for figure in figures[:MOST_BESIDE]],
        more=max(len(figures) - MOST_BESIDE, 0),
        may_agree=max(each.low for each in figures) < min(each.high for each in figures),
    )


def _period(figure: Figure) -> str:
    if figure.period_year is not None:
        return str(figure.period_year)
    if figure.period_earliest is None and figure.period_latest is None:
        return "—"
    return f"{figure.period_earliest or '…'} – {figure.period_latest or '…'}"


def _side(figure: Figure) -> Side:
    value = figure.value
    amount = "" if value is None else quantity(value, Unit(figure.unit), figure.currency or None, "en")
    brought = figure.budget_import
    source = str(figure.slug) if brought is None else f"{brought.dataset}, line {figure.source_line:,}"
    return Side(figure.pk, amount, source)


class ShowsConflicts(admin.ModelAdmin):  # type: ignore[type-arg] # not subscriptable at run time
    """Adds the list of conflicts to the pages of figures."""

    def get_urls(self) -> list[URLPattern]:
        """Put it beside the list of figures."""
        view = self.admin_site.admin_view(self.conflicts_view)
        return [path("conflicts/", view, name="budgets_figure_conflicts"), *super().get_urls()]

    def conflicts_view(self, request: HttpRequest) -> HttpResponse:
        """Show one page of conflicts to whoever may see figures."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        typed = request.GET.get("page", "1")
        number = min(int(typed), MOST_PAGES) if typed.isdecimal() and typed.isascii() and len(typed) < 6 else 1
        number = max(number, 1)
        found, follows = conflicts(number)
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Figures that answer the same question differently",
            "conflicts": found,
            "number": number,
            "earlier": number - 1,
            "later": number + 1 if follows and number < MOST_PAGES else None,
        }
        return TemplateResponse(request, "admin/budgets/figure/conflicts.html", context)
