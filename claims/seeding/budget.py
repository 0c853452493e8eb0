"""A first budget to explore, for development: one demo account imports it, another publishes it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.contrib.auth.models import User

from budgets.importing.mapping.mapping_writing import write_mapping
from budgets.importing.publishing import publish_import
from budgets.importing.run import import_budget
from budgets.models.agency import Jurisdiction
from budgets.models.budget_import import BudgetImport
from budgets.models.mapping import ColumnMapping
from budgets.vocabulary import Provenance

NAME = "sso-bill-2565"
_FOLDER = Path(__file__).parent / "budgets"


def show_first_budget(*, importer: User, publisher: User, clock: Callable[[], datetime]) -> bool:
    """Import and publish the Office's lines of the bill unless its mapping stands already; return whether it did."""
    if ColumnMapping.objects.filter(name=NAME).exists():
        return False
    mapping = ColumnMapping(
        name=NAME,
        title_en="Annual budget bill of fiscal year 2022 (B.E. 2565), Ministry of Labour",
        title_th="ร่างพระราชบัญญัติงบประมาณรายจ่ายประจำปีงบประมาณ พ.ศ. 2565 กระทรวงแรงงาน",
        jurisdiction=Jurisdiction.objects.get(code="TH"),
        provenance=Provenance.OFFICIAL_DOCUMENT,
        spec=json.loads((_FOLDER / f"{NAME}.json").read_text(encoding="utf-8")),
    )
    write_mapping(mapping=mapping, save_parts=lambda: None, by=importer, now=clock())
    import_budget(path=_FOLDER / f"{NAME}.csv", mapping=mapping, by=importer, now=clock())
    publish_import(budget_import=BudgetImport.objects.get(dataset=NAME), by=publisher, now=clock())
    return True
