"""Which readings rest on figures that something happened to."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import connection

# A reading rests on a figure in three ways: an operand names it, or one that it replaced; it stands beside an
# operand's figure with the same key; an operand waits for a figure of its key. Every operand looks its figures up by
# index, which costs the same whether one figure was touched or a file brought a million. OFFSET 0 keeps the planner
# to that: right after an import it has no statistics, and would read all that the file brought, again and again.
_AFFECTED = """
    WITH RECURSIVE chain (reading_id, figure_id) AS (
        SELECT reading_id, figure_id FROM claims_operand WHERE figure_id IS NOT NULL
        UNION
        SELECT chain.reading_id, newer.id FROM chain CROSS JOIN LATERAL (
            SELECT superseded_by_id AS id FROM budgets_figure WHERE id = chain.figure_id OFFSET 0
        ) newer WHERE newer.id IS NOT NULL
    ), rests (reading_id, public_id, budget_import_id) AS (
        SELECT chain.reading_id, found.public_id, found.budget_import_id FROM chain CROSS JOIN LATERAL (
            SELECT * FROM budgets_figure WHERE id = chain.figure_id OFFSET 0
        ) found
        UNION ALL
        SELECT chain.reading_id, found.public_id, found.budget_import_id FROM chain CROSS JOIN LATERAL (
            SELECT * FROM budgets_figure WHERE id = chain.figure_id OFFSET 0
        ) mine CROSS JOIN LATERAL (
            SELECT * FROM budgets_figure beside WHERE beside.line_id = mine.line_id AND beside.phase = mine.phase
                AND beside.period_basis = mine.period_basis AND beside.unit = mine.unit
                AND beside.currency = mine.currency AND beside.nominal = mine.nominal
                AND beside.agency_id IS NOT DISTINCT FROM mine.agency_id
                AND beside.period_year IS NOT DISTINCT FROM mine.period_year
                AND beside.period_earliest IS NOT DISTINCT FROM mine.period_earliest
                AND beside.period_latest IS NOT DISTINCT FROM mine.period_latest
            OFFSET 0
        ) found
        UNION ALL
        SELECT operand.reading_id, found.public_id, found.budget_import_id
        FROM claims_operand operand CROSS JOIN LATERAL (
            SELECT * FROM budgets_figure wanted WHERE wanted.line_id = operand.line_id
                AND wanted.period_year = operand.year AND wanted.period_basis = operand.basis
                AND wanted.phase = operand.phase
            OFFSET 0
        ) found WHERE operand.line_id IS NOT NULL
    )
    SELECT DISTINCT reading_id FROM rests WHERE public_id = ANY(%(figures)s) OR budget_import_id IN (
        SELECT id FROM budgets_budgetimport WHERE public_id = ANY(%(imports)s)
    )
"""


def readings_resting_on(figures: Collection[UUID], imports: Collection[UUID] = ()) -> set[int]:
    """Return the keys of readings that rest on any of these figures, or on any figure of these imports; one query."""
    if not figures and not imports:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_AFFECTED, {"figures": list(figures), "imports": list(imports)})
        return {key for (key,) in cursor.fetchall()}
