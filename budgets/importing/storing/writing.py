"""The figures of an import into their table, in chunks: the checks of foreign keys then never queue up in memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

CHUNK = 50_000

_CHOOSE = """
    CREATE TEMP TABLE import_write ON COMMIT DROP AS
    SELECT row_number() OVER (ORDER BY line, measure)::integer AS no, line, agency, line_id, series, period, value,
        low, high, digits, old_id, nextval(pg_get_serial_sequence('budgets_figure', 'id')) AS new_id
    FROM import_change WHERE old_id IS NULL OR NOT same
"""
_SIZE = "SELECT count(*) FROM import_write"
_INDEX = "CREATE UNIQUE INDEX ON import_write (no); ANALYZE import_write;"
_INSERT = """
    INSERT INTO budgets_figure (
        id, label_en, label_th, agency_id, line_id, value, low, high, low_closed, high_closed, words_en, words_th,
        unit, currency, currency_written, exactness, significant_digits, period_words_en, period_words_th,
        period_basis, period_year, period_earliest, period_latest, phase, provenance, nominal, retraction_reason,
        recorded_at, budget_import_id, source_line
    )
    SELECT w.new_id, line.name_en, line.name_th, w.agency, w.line_id, w.value, w.low, w.high, true, w.digits IS NULL,
        '', '', s.unit, s.currency, true, CASE WHEN w.digits IS NULL THEN 'exact' ELSE 'significant_figures' END,
        w.digits, '', '', p.basis, p.year, p.earliest, p.latest, s.phase, %(provenance)s, true, '',
        %(now)s, %(budget_import)s, w.line
    FROM import_write w JOIN budgets_budgetline line ON line.id = w.line_id
    JOIN import_period p ON p.no = w.period JOIN import_series s ON s.no = w.series
    WHERE w.no > %(after)s AND w.no <= %(upto)s
"""
_SUPERSEDE = """
    UPDATE budgets_figure SET superseded_by_id = w.new_id FROM import_write w
    WHERE budgets_figure.id = w.old_id AND w.no > %(after)s AND w.no <= %(upto)s
"""


@contextmanager
def checked_at_once(cursor: Any) -> Iterator[None]:
    """Check foreign keys after each statement; the checks of the ledger, which come last, wait for the commit again."""
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    yield
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def write_figures(cursor: Any, *, budget_import: int, provenance: str, now: datetime) -> None:
    """Store what `import_change` calls new or changed; each changed amount supersedes the one that stood.

    Call it in `checked_at_once`.
    """
    cursor.execute(_CHOOSE)
    cursor.execute(_INDEX)
    cursor.execute(_SIZE)
    (size,) = cursor.fetchone()
    values = {"provenance": provenance, "now": now, "budget_import": budget_import}
    stored = 0
    for after in range(0, size, CHUNK):
        bounds = {"after": after, "upto": after + CHUNK}
        cursor.execute(_INSERT, values | bounds)
        stored += cursor.rowcount
        cursor.execute(_SUPERSEDE, bounds)
    if stored != size:
        raise RuntimeError(f"{size:,} figures were to be stored, and {stored:,} have a line")
