"""The lines of an agency that changed most between two years, drawn from one year to the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from budgets.charts.lettering import year_label
from budgets.charts.slope import Pair, Slope, slope
from budgets.charts.values import Axis
from budgets.models.budget_import import BudgetImport
from budgets.models.figure import Figure
from budgets.quantities.formatting import Lang
from budgets.vocabulary import PeriodBasis, Phase, Unit
from budgets.web.changes import Years

from .amounts import drawn, plain_name, title
from .dates import year_text
from .words import label


@dataclass(frozen=True, slots=True)
class Changes:
    """Two years that can be compared; without a chart no line has different amounts in them."""

    before: str
    after: str
    basis: str
    phase: str
    document: str
    chart: Slope | None


def changes(
    chart_id: str, years: Years, pairs: Sequence[tuple[Figure, Figure]], made: BudgetImport, lang: Lang
) -> Changes:
    """The pairs (before, after) in words and as a drawing; `made` is the document that both years stand in."""
    before, after = year_text(years.before, lang), year_text(years.after, lang)
    heading = gettext("Lines that changed most from %(before)s to %(after)s") % {"before": before, "after": after}
    periods = (year_label(years.before, lang), year_label(years.after, lang))
    axis = Axis(Unit.MONEY, years.currency or None, lang)
    lines = [Pair(name, drawn(old, lang), drawn(new, lang)) for name, (old, new) in _named(pairs, lang)]
    return Changes(
        before=before,
        after=after,
        basis=label(PeriodBasis, years.basis, lang),
        phase=label(Phase, years.phase, lang),
        document=title(made, lang),
        chart=slope(chart_id, heading, axis, periods, lines) if lines else None,
    )


def _named(pairs: Sequence[tuple[Figure, Figure]], lang: Lang) -> list[tuple[str, tuple[Figure, Figure]]]:
    """The name of each line; where two share one, with the line above."""
    names = Counter(plain_name(after.line, lang) for _, after in pairs if after.line)
    found = []
    for before, after in pairs:
        name = plain_name(after.line, lang) if after.line else ""
        if names[name] > 1 and after.line and after.line.parent:
            name = f"{name} ({plain_name(after.line.parent, lang)})"
        found.append((name, (before, after)))
    return found
