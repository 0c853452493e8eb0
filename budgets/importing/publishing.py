"""Letting readers see an import: another person than the one who imported it."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from budgets.importing.jobs import ImportRefused
from budgets.models.budget_import import BudgetImport
from budgets.vocabulary import ImportState
from ledger.recording import record


def publish_import(*, budget_import: BudgetImport, by: User, now: datetime) -> BudgetImport:
    """Let readers see the figures of an import, and return it; raise ImportRefused with every reason against it."""
    with transaction.atomic():
        stored = BudgetImport.objects.select_for_update().get(pk=budget_import.pk)
        reasons = _reasons_against(stored, by)
        if reasons:
            raise ImportRefused(reasons)
        stored.published_by, stored.published_at = by, now
        stored.save(update_fields=["published_by", "published_at"])
        record(
            "import.published",
            subject_kind="import",
            subject_id=stored.public_id,
            refs={"import": str(stored.public_id)},
            content={"dataset": stored.dataset, "file": stored.file_digest, "user": str(by.pk)},
        )
    return stored


def _reasons_against(stored: BudgetImport, by: User) -> list[str]:
    reasons = []
    if not by.has_perm("budgets.publish_budgetimport"):
        reasons.append("Reviewers and editors let readers see an import: ask one of them.")
    if stored.imported_by_id == by.pk:
        reasons.append("You imported this file: another person lets readers see it.")
    if stored.published_at is not None:
        reasons.append(f"Readers see this import since {stored.published_at:%Y-%m-%d}.")
    if stored.dry_run or stored.state != ImportState.DONE:
        label = ImportState(stored.state).label
        reasons.append(f"This import is “{label}”: import the file before readers see it.")
    elif not stored.figures.exists():
        reasons.append("This import brought no figure: there is nothing to see.")
    return reasons
