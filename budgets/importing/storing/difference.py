"""What a file changes: its amounts against the standing figures of the same data set, in sets."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from budgets.importing.mapping.spec import Spec
from budgets.importing.report import ColumnSum

_STANDING = """
    CREATE TEMP TABLE import_standing ON COMMIT DROP AS
    SELECT f.id, f.budget_import_id, f.agency_id, f.line_id, f.phase, f.unit, f.currency, f.period_basis, f.period_year,
        f.period_earliest, f.period_latest, f.value, f.low, f.high, f.significant_digits
    FROM budgets_figure f JOIN budgets_budgetimport i ON i.id = f.budget_import_id
    WHERE i.dataset = %(dataset)s AND f.superseded_by_id IS NULL AND f.retracted_at IS NULL
"""
# Two unknown parts of a period are the same part. Equal by "=", because only that can be hashed: a line with a figure
# for each day would be compared day by day otherwise.
_SAME_PERIOD = """
    f.period_basis = p.basis AND coalesce(f.period_year, 0) = coalesce(p.year, 0)
    AND coalesce(f.period_earliest, '-infinity') = coalesce(p.earliest, '-infinity')
    AND coalesce(f.period_latest, '-infinity') = coalesce(p.latest, '-infinity')
"""
SAME_KEY = f"f.phase = s.phase AND f.unit = s.unit AND f.currency = s.currency AND {_SAME_PERIOD}"
_SAME_AMOUNT = """
    f.value = {0}.value AND f.low = coalesce({0}.low, {0}.value) AND f.high = coalesce({0}.high, {0}.value)
    AND f.significant_digits IS NOT DISTINCT FROM {0}.digits
"""
_COMPARE = f"""
    CREATE TEMP TABLE import_change ON COMMIT DROP AS
    SELECT r.line, r.measure, r.agency, r.series, r.period, r.value, coalesce(r.low, r.value) AS low,
        coalesce(r.high, r.value) AS high, r.digits, l.line_id, f.id AS old_id,
        ({_SAME_AMOUNT.format("r")}) AS same
    FROM import_row r JOIN import_line l USING (agency, key)
    JOIN import_period p ON p.no = r.period JOIN import_series s ON s.no = r.series
    LEFT JOIN import_standing f ON f.line_id = l.line_id AND {SAME_KEY}
"""  # noqa: S608 - no words of a file in it
# What a person took back or corrected stays so, while the file says what it said before.
_LEAVE = f"""
    UPDATE import_change c SET old_id = f.id, same = true
    FROM (
        SELECT f.* FROM budgets_figure f JOIN budgets_budgetimport i ON i.id = f.budget_import_id
        LEFT JOIN budgets_figure newer ON newer.id = f.superseded_by_id
        LEFT JOIN budgets_budgetimport its ON its.id = newer.budget_import_id
        WHERE i.dataset = %(dataset)s AND i.state = 'done'
            AND (f.retracted_at IS NOT NULL OR (newer.id IS NOT NULL AND its.dataset IS DISTINCT FROM i.dataset))
    ) f, import_period p, import_series s
    WHERE c.old_id IS NULL AND c.line_id = f.line_id AND p.no = c.period AND s.no = c.series
        AND {SAME_KEY} AND {_SAME_AMOUNT.format("c")}
"""  # noqa: S608 - as above
_RESTS_ON = """
    SELECT public_id::text FROM budgets_budgetimport WHERE id IN (
        SELECT f.budget_import_id FROM import_change c JOIN import_standing f ON f.id = c.old_id WHERE c.same
    ) ORDER BY id
"""
_COUNT = """
    SELECT count(*) FILTER (WHERE old_id IS NULL),
        count(*) FILTER (WHERE old_id IS NOT NULL AND NOT same), count(*) FILTER (WHERE same)
    FROM import_change
"""
# Only agencies and periods that the file has: other files of the data set bring the others.
_MISSING = f"""
    WITH covered AS (
        SELECT DISTINCT r.agency, p.basis, p.year, p.earliest, p.latest
        FROM import_row r JOIN import_period p ON p.no = r.period
    )
    SELECT count(p.agency), count(*) - count(p.agency)
    FROM import_standing f LEFT JOIN covered p ON p.agency = f.agency_id AND {_SAME_PERIOD}
    WHERE NOT EXISTS (SELECT FROM import_change c WHERE c.old_id = f.id)
"""  # noqa: S608 - as above
_SUMS = "SELECT measure, count(*), sum(value) FROM import_row GROUP BY measure ORDER BY measure"


@dataclass(frozen=True, slots=True)
class Difference:
    """Counts of amounts.

    `elsewhere` are standing figures of agencies or periods that the file does not have; `left` of the unchanged ones
    were retracted or corrected by a person; `rests_on` are the public ids of the imports that brought the others.
    """

    new: int
    changed: int
    unchanged: int
    missing: int
    elsewhere: int
    left: int
    rests_on: tuple[str, ...]


def compare(cursor: Any, *, dataset: str) -> Difference:
    """Fill `import_change` with a row per amount: `old_id` is the standing figure, null when there is none."""
    cursor.execute(_STANDING, {"dataset": dataset})
    cursor.execute("ANALYZE import_standing")
    cursor.execute(_COMPARE)
    cursor.execute("ANALYZE import_change")
    cursor.execute(_LEAVE, {"dataset": dataset})
    left = cursor.rowcount
    cursor.execute(_RESTS_ON)
    rests_on = tuple(each for (each,) in cursor.fetchall())
    cursor.execute(_COUNT)
    new, changed, unchanged = cursor.fetchone()
    cursor.execute(_MISSING)
    missing, elsewhere = cursor.fetchone()
    return Difference(new, changed, unchanged, missing, elsewhere, left, rests_on)


def column_sums(cursor: Any, spec: Spec) -> tuple[ColumnSum, ...]:
    """Return what the amounts that are taken add up to, by their column."""
    cursor.execute(_SUMS)
    found = {measure: (count, total) for measure, count, total in cursor.fetchall()}
    sums = []
    for place, measure in enumerate(spec.measures):
        count, total = found.get(place, (0, Decimal(0)))
        sums.append(ColumnSum(measure.column, measure.unit, measure.currency, count, total))
    return tuple(sums)
