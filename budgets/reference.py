"""The verb of plain reference rows: jurisdictions and fiscal years."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from budgets.models.agency import Jurisdiction
from budgets.models.fiscal_year import FiscalYear
from ledger.recording import record


class ReferenceRefused(Exception):
    """The row cannot be stored; carries one sentence per fault."""

    def __init__(self, reasons: list[str]) -> None:
        """Keep the sentences."""
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def write_reference(*, row: Jurisdiction | FiscalYear, by: User) -> None:
    """Store a new or changed row; raise `ReferenceRefused` with every fault."""
    with transaction.atomic():
        verb = "registered" if row.pk is None else "revised"
        try:
            row.full_clean()
        except ValidationError as error:
            raise ReferenceRefused(error.messages) from error
        row.save()
        kind = str(row._meta.model_name)
        record(f"{kind}.{verb}", subject_kind=kind, subject_id=str(row.pk), content={"user": str(by.pk)})
