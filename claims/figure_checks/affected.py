"""Which readings rest on figures that something happened to."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import connection

# A reading rests on a figure in three ways: an operand names it, or one that it replaced; it stands beside an
# operand's figure with the same key; an operand waits for a figure of its key. One pass over all operands is cheaper
# than asking a million imported figures, each, who rests on them.
_AFFECTED = """
    WITH RECURSIVE chain (reading_id, figure_id) AS (
        SELECT reading_id, figure_id FROM claims_operand WHERE figure_id IS NOT NULL
        UNION
        SELECT chain.reading_id, figure.superseded_by_id
        FROM chain JOIN budgets_figure figure ON figure.id = chain.figure_id
        WHERE figure.superseded_by_id IS NOT NULL
    ), touched AS (
        SELECT figure.* FROM budgets_figure figure WHERE figure.public_id = ANY(%(figures)s)
        UNION ALL
        SELECT figure.* FROM budgets_figure figure
        JOIN budgets_budgetimport import ON import.id = figure.budget_import_id
        WHERE import.public_id = ANY(%(imports)s)
    )
    SELECT chain.reading_id FROM chain JOIN touched ON touched.id = chain.figure_id
    UNION
    SELECT chain.reading_id FROM chain JOIN budgets_figure mine ON mine.id = chain.figure_id
        JOIN touched ON touched.line_id = mine.line_id AND touched.phase = mine.phase
            AND touched.period_basis = mine.period_basis AND touched.unit = mine.unit
            AND touched.currency = mine.currency AND touched.nominal = mine.nominal
            AND touched.agency_id IS NOT DISTINCT FROM mine.agency_id
            AND touched.period_year IS NOT DISTINCT FROM mine.period_year
            AND touched.period_earliest IS NOT DISTINCT FROM mine.period_earliest
            AND touched.period_latest IS NOT DISTINCT FROM mine.period_latest
    UNION
    SELECT operand.reading_id FROM claims_operand operand
        JOIN touched ON touched.line_id = operand.line_id AND touched.period_year = operand.year
            AND touched.period_basis = operand.basis AND touched.phase = operand.phase
"""


def readings_resting_on(figures: Collection[UUID], imports: Collection[UUID] = ()) -> set[int]:
    """Return the keys of readings that rest on any of these figures, or on any figure of these imports; one query."""
    if not figures and not imports:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_AFFECTED, {"figures": list(figures), "imports": list(imports)})
        return {key for (key,) in cursor.fetchall()}
