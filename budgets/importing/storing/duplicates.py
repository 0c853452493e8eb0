"""Amounts of one file that answer the same question: refused, added up, or numbered, as the mapping says."""

from __future__ import annotations

from typing import Any

from budgets.importing.mapping.spec import Spec
from budgets.importing.mapping.tally import Tally
from budgets.importing.report import MOST_KEPT, RefusedRow

SAME = "Another row gives the same agency, line, period and phase: correct it, or let the mapping add or number them."
TOO_LARGE = "Rows that give the same add up to more than 18 digits: is this column an amount?"

_FIND = """
    CREATE TEMP TABLE import_twice ON COMMIT DROP AS
    SELECT agency, key, series, period FROM import_row GROUP BY agency, key, series, period HAVING count(*) > 1
"""
_COUNT = "SELECT count(*) FROM import_row JOIN import_twice USING (agency, key, series, period)"
_SHOW = """
    SELECT line, measure FROM import_row JOIN import_twice USING (agency, key, series, period)
    ORDER BY line, measure LIMIT %s
"""
_DELETE = """
    DELETE FROM import_row r USING import_twice t
    WHERE (r.agency, r.key, r.series, r.period) = (t.agency, t.key, t.series, t.period)
"""
# An exact amount among rounded ones adds nothing to their width; the sum has the digits of the coarsest part.
_ADD_UP = """
    WITH taken AS (
        DELETE FROM import_row r USING import_twice t
        WHERE (r.agency, r.key, r.series, r.period) = (t.agency, t.key, t.series, t.period)
        RETURNING r.*
    )
    INSERT INTO import_row (line, measure, series, agency, period, key, value, low, high, digits)
    SELECT min(line), min(measure), series, agency, period, key, sum(value),
        CASE WHEN count(digits) > 0 THEN sum(coalesce(low, value)) END,
        CASE WHEN count(digits) > 0 THEN sum(coalesce(high, value)) END, min(digits)
    FROM taken GROUP BY agency, key, series, period
"""
_LARGE = """
    DELETE FROM import_row
    WHERE abs(value) >= 1e18 OR abs(coalesce(low, value)) >= 1e18 OR abs(coalesce(high, value)) >= 1e18
    RETURNING line, measure
"""
_NUMBER = """
    WITH numbered AS (
        SELECT r.ctid AS place, p.path,
            row_number() OVER (PARTITION BY agency, key, series, period ORDER BY line, measure) AS often
        FROM import_row r JOIN import_twice USING (agency, key, series, period) JOIN import_path p USING (key)
    ), named AS (
        -- A name has at most 500 characters, with its number.
        SELECT place, regexp_replace(path, '[^' || E'\\x1f' || ']*$', '')
            || left(substring(path FROM '[^' || E'\\x1f' || ']*$'), 490) || ' (' || often || ')' AS path
        FROM numbered WHERE often > 1
    )
    UPDATE import_row r SET path = named.path, key = md5(named.path)::uuid FROM named WHERE r.ctid = named.place
"""
_PATHS = """
    INSERT INTO import_path
    SELECT DISTINCT ON (key) key, path FROM import_row
    WHERE path IS NOT NULL AND NOT EXISTS (SELECT FROM import_path p WHERE p.key = import_row.key)
"""


def settle_duplicates(cursor: Any, spec: Spec, tally: Tally) -> None:
    """Settle what the mapping says about them; what it refuses is counted, and taken out of `import_row`."""
    cursor.execute(_FIND)
    if spec.duplicates == "add_up":
        cursor.execute(_ADD_UP)
        cursor.execute(_LARGE)
        rows = [RefusedRow(line, spec.measures[measure].column, TOO_LARGE) for line, measure in cursor.fetchall()]
        if rows:
            tally.add(TOO_LARGE, len(rows), rows)
        return
    if spec.duplicates == "number":
        cursor.execute(_NUMBER)
        cursor.execute(_PATHS)
        cursor.execute("DROP TABLE import_twice")
        # The file may hold the numbered name already.
        cursor.execute(_FIND)
    _refuse(cursor, spec, tally)


def _refuse(cursor: Any, spec: Spec, tally: Tally) -> None:
    cursor.execute(_COUNT)
    (count,) = cursor.fetchone()
    if not count:
        return
    cursor.execute(_SHOW, [MOST_KEPT])
    rows = [RefusedRow(line, spec.measures[measure].column, SAME) for line, measure in cursor.fetchall()]
    tally.add(SAME, count, rows)
    cursor.execute(_DELETE)
