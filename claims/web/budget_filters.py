"""The filters of the budget explorer: what an address asks for, and what of it we understood."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.datastructures import MultiValueDict

from budgets.fiscal import BUDDHIST_OFFSET
from budgets.models.figure import FigureQuerySet
from budgets.quantities.formatting import Lang
from budgets.vocabulary import Phase
from budgets.web import explorer
from budgets.web.explorer import Wanted

from .filters import LONGEST_QUERY, refusal
from .paging import Order

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_YEAR = re.compile(r"[0-9]{4}\Z", re.ASCII)
_FIRST_BUDDHIST = 2400
ALL_YEARS = "all"

ORDERS: dict[str, Order] = {
    "largest": Order((("currency", False), ("value", True), ("id", True))),
    "smallest": Order((("currency", False), ("value", False), ("id", False))),
    "name": Order((("called", False), ("id", False))),
    "rise": Order((("currency", False), ("change", True), ("id", True))),
    "fall": Order((("currency", False), ("change", False), ("id", False))),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader chose. `year` is C.E.; None with `all_years` is every year, without it the newest."""

    q: str = ""
    agency: str = ""
    year: int | None = None
    all_years: bool = False
    phase: str = ""
    sort: str = "largest"
    refusals: tuple[str, ...] = ()

    @property
    def chosen(self) -> bool:
        """Whether anything narrows the list."""
        return any((self.q, self.agency, self.year, self.phase))

    @property
    def order(self) -> Order:
        """The order of the list."""
        return ORDERS[self.sort]

    def wanted(self, years: list[int], agency: str = "") -> Wanted:
        """The same for the queries; without a choice of years the newest of `years`."""
        newest = years[0] if years and not self.all_years else None
        return Wanted(self.q, agency or self.agency, self.year or newest, (self.phase,) if self.phase else ())

    @property
    def by_change(self) -> bool:
        """Whether the order compares every row with the year before."""
        return self.sort in ("rise", "fall")

    def placed(self, rows: FigureQuerySet, lang: Lang) -> QuerySet[Any]:
        """The rows that the order can place, with the columns that it needs."""
        if self.by_change:
            return explorer.with_changes(rows).filter(change__isnull=False)
        return explorer.with_names(rows, lang) if self.sort == "name" else rows

    def as_csv(self) -> str:
        """The query string of the same list as CSV."""
        chosen = {
            "q": self.q,
            "agency": self.agency,
            "year": ALL_YEARS if self.all_years else self.year,
            "phase": self.phase,
            "sort": self.sort,
        }
        return "?" + urlencode({name: value for name, value in chosen.items() if value} | {"format": "csv"})


def read_filters(query: MultiValueDict[str, str]) -> Filters:
    """The filters of an address. A value that cannot be meant is left out and named in `refusals`."""
    refusals: list[str] = []

    def take(name: str, fits: Callable[[str], object]) -> str:
        value = query.get(name, "").strip()
        if value and not fits(value):
            refusals.append(refusal(value))
            return ""
        return value

    year = take("year", lambda value: value == ALL_YEARS or _YEAR.match(value))
    return Filters(
        q=take("q", lambda value: len(value) <= LONGEST_QUERY and value.isprintable()),
        agency=take("agency", _SLUG.match),
        year=_year(year),
        all_years=year == ALL_YEARS,
        phase=take("phase", Phase.values.__contains__),
        sort=take("sort", ORDERS.__contains__) or "largest",
        refusals=tuple(refusals),
    )


def _year(text: str) -> int | None:
    """A year in either calendar as C.E.: nobody budgets for 2565 C.E. yet."""
    if not text or text == ALL_YEARS:
        return None
    number = int(text)
    return number - BUDDHIST_OFFSET if number >= _FIRST_BUDDHIST else number
