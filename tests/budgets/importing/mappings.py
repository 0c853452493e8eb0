"""Mappings and files for the tests of imports."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User

from budgets.importing.report import Report
from budgets.importing.run import import_budget
from budgets.models.mapping import ColumnMapping
from tests.budgets.importing.test_spec import raw
from tests.factories.nouns import JurisdictionFactory

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 3, 3, 0, tzinfo=UTC)
HEADER = "Ministry,Plan,Item,Year,Amount\n"
MONEY = {
    "column": "Amount", "phase": "proposed", "unit": "money", "currency": "THB", "smallest": "1", "decimal_mark": ".",
}  # fmt: skip
ROWS = "กระทรวง ก,แผน 1,ข้อ 1,2565,100\nกระทรวง ก,แผน 1,ข้อ 2,2565,200\nกระทรวง ข,แผน 1,ข้อ 1,2566,300\n"


def make_mapping(name: str = "bill", aliases: dict[tuple[str, str], str] | None = None, **spec: Any) -> ColumnMapping:
    """A stored mapping that creates agencies."""
    changes = {"measures": [MONEY], "unknown_agency": "create", "lang": "th"} | spec
    mapping = ColumnMapping.objects.create(
        name=name, title_en=f"Bill {name}", title_th=f"ร่าง {name}", jurisdiction=JurisdictionFactory.create(),
        spec=raw(**changes), changed_at=NOW,
    )  # fmt: skip
    for (target, written), meant in (aliases or {}).items():
        mapping.aliases.create(target=target, written=written, meant=meant)
    return mapping


def written(folder: Path, rows: str, name: str = "bill.csv") -> Path:
    """A file of those rows."""
    path = folder / name
    path.write_text(HEADER + rows, encoding="utf-8")
    return path


def imported(path: Path, mapping: ColumnMapping, by: User, **options: Any) -> Report:
    """An import at `NOW`."""
    return import_budget(path=path, mapping=mapping, by=by, **{"now": NOW, **options})
