"""Where another data set says something else about the same: shown, never settled by a machine."""

from __future__ import annotations

from typing import Any

from budgets.importing.report import MOST_KEPT, ConflictRow
from budgets.importing.storing.difference import SAME_KEY

_OTHERS = """
    SELECT EXISTS (
        SELECT FROM budgets_figure f LEFT JOIN budgets_budgetimport i ON i.id = f.budget_import_id
        WHERE f.line_id IS NOT NULL AND i.dataset IS DISTINCT FROM %(dataset)s
            AND f.superseded_by_id IS NULL AND f.retracted_at IS NULL
    )
"""
# Amounts contradict each other when no number can be both. Sums of agencies come into the same column, so it must hold
# more digits than a figure has.
_LINES = f"""
    CREATE TEMP TABLE import_conflict ON COMMIT DROP AS
    SELECT r.line, a.name_th AS agency, line.name_th AS name, p.year, p.earliest, p.latest, s.phase, s.currency,
        r.value AS ours, f.value::numeric AS theirs, coalesce(i.dataset, f.slug) AS dataset
    FROM import_row r JOIN import_line l USING (agency, key)
    JOIN import_period p ON p.no = r.period JOIN import_series s ON s.no = r.series
    JOIN budgets_figure f ON f.line_id = l.line_id AND {SAME_KEY}
    JOIN budgets_budgetline line ON line.id = l.line_id JOIN budgets_agency a ON a.id = r.agency
    LEFT JOIN budgets_budgetimport i ON i.id = f.budget_import_id
    WHERE f.superseded_by_id IS NULL AND f.retracted_at IS NULL AND i.dataset IS DISTINCT FROM %(dataset)s
        AND f.value IS NOT NULL AND f.nominal
        AND (f.high < coalesce(r.low, r.value) OR f.low > coalesce(r.high, r.value)
            OR (f.high = coalesce(r.low, r.value) AND NOT f.high_closed)
            OR (f.low = r.high AND r.digits IS NOT NULL))
"""  # noqa: S608 - no words of a file in it
# Two readings of one document (same title, or same address) must agree on what each agency gets in all.
_AGENCIES = """
    INSERT INTO import_conflict
    WITH ours AS (
        SELECT r.agency, p.no AS period, s.no AS series, sum(r.value) AS value,
            sum(coalesce(r.low, r.value)) AS low, sum(coalesce(r.high, r.value)) AS high
        FROM import_row r JOIN import_period p ON p.no = r.period JOIN import_series s ON s.no = r.series
        GROUP BY 1, 2, 3
    ), theirs AS (
        SELECT f.agency_id, f.phase, f.unit, f.currency, f.period_basis, f.period_year, f.period_earliest,
            f.period_latest, i.dataset, sum(f.value) AS value, sum(f.low) AS low, sum(f.high) AS high
        FROM budgets_figure f JOIN budgets_budgetimport i ON i.id = f.budget_import_id
        WHERE i.dataset <> %(dataset)s AND f.superseded_by_id IS NULL AND f.retracted_at IS NULL
            AND ((i.title_en = %(title)s) OR (i.source_url <> '' AND i.source_url = %(address)s))
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
    )
    SELECT 0, a.name_th, '', p.year, p.earliest, p.latest, s.phase, s.currency, ours.value, f.value, f.dataset
    FROM ours JOIN import_period p ON p.no = ours.period JOIN import_series s ON s.no = ours.series
    JOIN budgets_agency a ON a.id = ours.agency
    JOIN theirs f ON f.agency_id = ours.agency AND {same_key}
    WHERE f.high < ours.low OR f.low > ours.high OR (f.value <> ours.value AND (f.high = ours.low OR f.low = ours.high))
""".replace("{same_key}", SAME_KEY)
_SHOW = """
    SELECT agency, name, year, earliest, latest, phase, currency, ours, theirs, dataset, count(*) OVER ()
    FROM import_conflict ORDER BY line, agency, year, dataset LIMIT %s
"""


def find_conflicts(cursor: Any, *, dataset: str, title: str, address: str) -> tuple[int, tuple[ConflictRow, ...]]:
    """Return how many conflicts there are with standing figures outside the data set, and the first of them.

    Those of whole agencies come first. Amounts are in base units.
    """
    cursor.execute(_OTHERS, {"dataset": dataset})
    if not cursor.fetchone()[0]:
        return 0, ()
    cursor.execute(_LINES, {"dataset": dataset})
    cursor.execute(_AGENCIES, {"dataset": dataset, "title": title, "address": address})
    cursor.execute(_SHOW, [MOST_KEPT])
    rows = cursor.fetchall()
    return (rows[0][-1] if rows else 0), tuple(_row(*row[:-1]) for row in rows)


def _row(
    agency: str, name: str, year: Any, earliest: Any, latest: Any, phase: str, currency: str, ours: Any, theirs: Any,
    dataset: str,
) -> ConflictRow:  # fmt: skip
    period = str(year) if year is not None else f"{earliest} – {latest}"
    return ConflictRow(agency, name, period, phase, currency, ours, theirs, dataset)
