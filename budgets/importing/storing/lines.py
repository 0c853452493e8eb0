"""Budget lines that a file names: those that stand, and new ones level by level."""

from __future__ import annotations

from typing import Any

_FIND = """
    CREATE TEMP TABLE import_line ON COMMIT DROP AS
    SELECT named.agency, named.key, line.id AS line_id
    FROM (SELECT DISTINCT agency, key FROM import_row) named
    LEFT JOIN budgets_budgetline line
        ON line.agency_id = named.agency AND line.path_key = replace(named.key::text, '-', '');
    ANALYZE import_line;
"""
_MISSING = """
    CREATE TEMP TABLE import_new_line ON COMMIT DROP AS
    WITH split AS (
        SELECT agency, string_to_array(path, E'\\x1f') AS names
        FROM import_line JOIN import_path USING (key) WHERE line_id IS NULL
    ), above AS (
        SELECT DISTINCT agency, names[1:depth] AS names FROM split, generate_series(1, cardinality(names)) depth
    )
    SELECT agency, cardinality(names)::smallint AS depth, names[cardinality(names)] AS name,
        array_to_string(names, E'\\x1f') AS path, md5(array_to_string(names, E'\\x1f')) AS path_key,
        md5(array_to_string(trim_array(names, 1), E'\\x1f')) AS above_key
    FROM above
    WHERE NOT EXISTS (
        SELECT FROM budgets_budgetline line
        WHERE line.agency_id = above.agency AND line.path_key = md5(array_to_string(names, E'\\x1f'))
    );
    ANALYZE import_new_line;
"""
_COUNT = "SELECT count(*), coalesce(max(depth), 0) FROM import_new_line"
# The slug is ASCII, and the same for the same path in every installation.
_INSERT = """
    INSERT INTO budgets_budgetline (slug, agency_id, parent_id, name_en, name_th, lang, path_key, depth)
    SELECT 'line-' || left(encode(sha256(convert_to(agency.slug || E'\\x1f' || new.path, 'UTF8')), 'hex'), 20),
        new.agency, above.id, new.name, new.name, %(lang)s, new.path_key, new.depth
    FROM import_new_line new JOIN budgets_agency agency ON agency.id = new.agency
    LEFT JOIN budgets_budgetline above ON above.agency_id = new.agency AND above.path_key = new.above_key
    WHERE new.depth = %(depth)s
"""
_LINK = """
    UPDATE import_line SET line_id = line.id FROM budgets_budgetline line
    WHERE import_line.line_id IS NULL AND line.agency_id = import_line.agency
        AND line.path_key = replace(import_line.key::text, '-', '')
"""


def find_lines(cursor: Any) -> int:
    """Fill `import_line` and `import_new_line`; return how many lines would be new, those above them included."""
    cursor.execute(_FIND)
    cursor.execute(_MISSING)
    cursor.execute(_COUNT)
    return int(cursor.fetchone()[0])


def create_lines(cursor: Any, *, lang: str) -> None:
    """Store the new lines, the upper ones first, and point `import_line` at them."""
    cursor.execute(_COUNT)
    count, deepest = cursor.fetchone()
    if not count:
        return
    for depth in range(1, deepest + 1):
        cursor.execute(_INSERT, {"lang": lang, "depth": depth})
    cursor.execute(_LINK)
