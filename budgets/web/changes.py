"""The lines of an agency that changed most between two years of one document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Abs

from budgets.models.agency import Agency
from budgets.models.figure import Figure, FigureQuerySet
from budgets.vocabulary import Unit

from .explorer import MOST_ABOVE, Total, amounts, shown


@dataclass(frozen=True, slots=True)
class Years:
    """Two years (C.E., `before` the earlier) that one document gives in one phase, currency and kind of year."""

    import_id: int
    dataset: str
    phase: str
    currency: str
    basis: str
    before: int
    after: int

    @property
    def series(self) -> dict[str, Any]:
        """The filters that both years share."""
        return {
            "budget_import__dataset": self.dataset,
            "phase": self.phase,
            "currency": self.currency,
            "period_basis": self.basis,
            "unit": Unit.MONEY,
            "value__isnull": False,
        }


def comparable_years(
    totals: Sequence[Total], datasets: Mapping[int, str], *, year: int | None = None, phase: str = ""
) -> Years | None:
    """The newest year, or the given one, with the nearest earlier year of the same document; None when there is none.

    Where several documents or phases give both, the one with the most figures in the later year. `datasets` is by
    import; totals of an import that is not in it are left out.
    """
    known: dict[tuple[str, str, str, str], dict[int, Total]] = {}
    for total in totals:
        if total.import_id in datasets and phase in ("", total.phase):
            key = (datasets[total.import_id], total.phase, total.currency, total.basis)
            known.setdefault(key, {})[total.year] = total
    found = [
        (after.year, after.figures, after.import_id, key, max(earlier))
        for key, years in known.items()
        for after in years.values()
        if (year is None or after.year == year) and (earlier := [other for other in years if other < after.year])
    ]
    if not found:
        return None
    after_year, _, import_id, (dataset, its_phase, currency, basis), before = max(found)
    return Years(import_id, dataset, its_phase, currency, basis, before, after_year)


def most_changed(of: Agency, years: Years, most: int) -> list[tuple[Figure, Figure]]:
    """(before, after) of the lines whose amount changed most, the largest change first: two queries.

    A line counts only where no line above it (up to four steps) has an amount in both years.
    """
    first = _earlier(years).order_by("-id")
    found: QuerySet[Any] = _uppermost(of, years).annotate(
        earlier=Subquery(first.values("pk")[:1]), by=Abs(F("value") - Subquery(first.values("value")[:1]))
    )
    later = list(found.filter(by__gt=0).order_by("-by", "pk")[:most])
    before = amounts().in_bulk([figure.earlier for figure in later])
    return [(before[figure.earlier], figure) for figure in later]


def _earlier(years: Years) -> FigureQuerySet:
    """What the same document gives for the same line in the earlier year."""
    return shown().filter(line=OuterRef("line"), nominal=OuterRef("nominal"), period_year=years.before, **years.series)


def _uppermost(of: Agency, years: Years) -> QuerySet[Figure]:
    found: QuerySet[Figure] = amounts().filter(agency=of, period_year=years.after, **years.series)
    for steps in range(1, MOST_ABOVE + 1):
        line = OuterRef("line__" + "__".join(["parent"] * steps))
        above = shown().filter(Exists(_earlier(years)), agency=of, line=line, period_year=years.after, **years.series)
        found = found.filter(~Exists(above))
    return found
