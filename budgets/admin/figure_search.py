"""Finding figures by words among a million of them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from budgets.models.budget_line import BudgetLine
from budgets.models.figure import Figure

MOST_LINES = 2_000
MOST_WORDS = 12
_OWN = ("slug", "label_en", "label_th", "words_en", "words_th")
_OF_LINES = ("name_en", "name_th")


def searched(figures: QuerySet[Figure], typed: str) -> QuerySet[Figure]:
    """Figures that hold every word: their own texts when people recorded them, the names of their line when imported.

    The lines are found first, at most `MOST_LINES`: by their keys the figures come out of an index.
    """
    words = typed.replace("\0", "").split()[:MOST_WORDS]
    if not words:
        return figures
    named = Q(slug__in=words) | _all(words, _OF_LINES)
    lines = BudgetLine.objects.filter(named).order_by().values_list("pk", flat=True)[:MOST_LINES]
    return figures.filter(Q(line__in=list(lines)) | (Q(budget_import__isnull=True) & _all(words, _OWN)))


def _all(words: Sequence[str], names: Sequence[str]) -> Q:
    """Every word in one of the columns."""
    wanted = Q()
    for word in words:
        found = Q()
        for name in names:
            found |= Q(**{f"{name}__icontains": word})
        wanted &= found
    return wanted
