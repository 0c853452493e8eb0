"""What money is for."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import connection, models
from django.db.models.functions import Upper

from budgets.models.agency import Agency
from budgets.models.columns import public_id, slug

_LINEAGE = """
    WITH RECURSIVE lineage (line_id, above_id, steps) AS (
        SELECT id, parent_id, 1 FROM budgets_budgetline WHERE id = ANY(%s) AND parent_id IS NOT NULL
        UNION ALL
        SELECT lineage.line_id, above.parent_id, steps + 1
        FROM lineage JOIN budgets_budgetline above ON above.id = lineage.above_id
        WHERE above.parent_id IS NOT NULL AND steps < 32
    )
    SELECT line_id, above_id FROM lineage ORDER BY line_id, steps
"""


def lineages(lines: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Return for each line's key the keys of the lines above it, nearest first; one query."""
    found: dict[int, list[int]] = {line: [] for line in lines}
    with connection.cursor() as cursor:
        cursor.execute(_LINEAGE, [list(found)])
        for line, above in cursor.fetchall():
            found[line].append(above)
    return {line: tuple(above) for line, above in found.items()}


class BudgetLine(models.Model):
    """One purpose of an agency's money, comparable over years.

    `path_key` is what an import knows a line by: the MD5 (hex) of its path of names below the agency, joined by U+001F.
    `lang` says that both names hold the words of one language, because a document gave no other.
    """

    public_id = public_id()
    slug = slug()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="budget_lines")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    name_en = models.CharField(max_length=500)
    name_th = models.CharField(max_length=500)
    lang = models.CharField(
        max_length=8, blank=True, db_default="", help_text="Empty: each name is in its own language."
    )
    path_key = models.CharField(max_length=32, null=True, editable=False)  # noqa: DJ001 - lines made by hand have none
    depth = models.PositiveSmallIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        ordering = ["agency", "name_en"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")),
                name="budget_line_not_its_own_parent",
            ),
            models.UniqueConstraint(fields=["agency", "path_key"], name="budget_line_path_once"),
        ]
        indexes = [
            GinIndex(OpClass(Upper("name_en"), name="gin_trgm_ops"), name="budget_line_en_trgm"),
            GinIndex(OpClass(Upper("name_th"), name="gin_trgm_ops"), name="budget_line_th_trgm"),
        ]

    def __str__(self) -> str:
        return self.name_en
