"""What is tracked, as data. The triggers themselves stand in a migration; a test holds the two to each other.

A new column of a tracked noun is tracked by itself. A new noun needs a line here, and in its migration one call of the
database's `claims_track`. Tables that only machines write are not tracked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model


@dataclass(frozen=True, slots=True)
class Tracked:
    """A noun: its model, the field that names a row to people, and the columns that only machines write.

    A `name` that is a foreign key stands for the name of what it points at; empty: its rows have none.
    """

    label: str
    name: str
    machine: tuple[str, ...] = ()

    @property
    def model(self) -> type[Model]:
        """The model's class."""
        return apps.get_model(self.label)

    @property
    def table(self) -> str:
        """The table's name."""
        return self.model._meta.db_table

    @property
    def columns(self) -> Mapping[str, Field[Any, Any]]:
        """The columns that people write, with their fields."""
        left_out = {"id", "public_id", *self.machine}
        return {column: field for column, field in _columns(self.label).items() if column not in left_out}


@cache
def _columns(label: str) -> dict[str, Field[Any, Any]]:
    return {field.column: field for field in apps.get_model(label)._meta.concrete_fields}


_CHECKING = (
    *("host", "health", "failures", "failing_since", "quiet", "interval_seconds", "next_check_at", "lease_token"),
    *("lease_until", "attempts", "last_outcome", "last_status", "last_checked_at", "last_final_url"),
    *("accepted_snapshot_id", "etag", "last_modified", "checks_made", "restless"),
)

# Parts of a claim's own page.
OF_CLAIM = (
    Tracked("claims.Claim", "heading_en"),
    Tracked("claims.Claim_agencies", "agency"),
    Tracked("claims.Claimant", "person"),
    Tracked("claims.Appearance", "where_en"),
    Tracked("claims.Assertion", "text_en"),
    Tracked("claims.EvidenceCitation", "quote_exact", ("quote_state", "quote_state_at", "quote_found")),
    Tracked("claims.FigureAttribution", "figure"),
    Tracked("claims.FigureCheck", "claimed_words_en"),
    Tracked("claims.Reading", "words_en"),
    Tracked("claims.Operand", "figure"),
    Tracked("claims.ResponseRequest", "office"),
    Tracked("claims.OfficialResponse", "label_en"),
    Tracked("claims.ResponseCoverage", "response"),
    Tracked("claims.StatementSearch", "words"),
    Tracked("claims.Event", "text_en"),
    Tracked("claims.ClaimReview", "number", ("content_hash", "digests", "approved_hash", "legal_hash")),
)
ELSEWHERE = (
    Tracked("claims.Source", "title", _CHECKING),
    Tracked("claims.EvidenceDocument", "title_en", ("sha256", "size")),
    Tracked("claims.Dossier", "title_en"),
    Tracked("claims.Dossier_agencies", "agency"),
    Tracked("claims.DossierNote", "text_en"),
    Tracked("claims.Person", "name_en"),
    Tracked("claims.PersonAlias", "name"),
    Tracked("claims.Office", "title_en"),
    Tracked("claims.Tenure", "office"),
    Tracked("budgets.Jurisdiction", "name_en"),
    Tracked("budgets.Agency", "name_en"),
    Tracked("budgets.FiscalYear", "year"),
    # Rows that an import brought are left out: it is one decision, and stands in the ledger.
    Tracked("budgets.BudgetLine", "name_en", ("depth",)),
    Tracked("budgets.Figure", "label_en"),
    Tracked("budgets.ColumnMapping", "title_en", ("changed_at",)),
    Tracked("budgets.MappingAlias", "written"),
)
TRACKED = (*OF_CLAIM, *ELSEWHERE)

# What tracked rows point at and what is not tracked itself.
_OTHER_NAMES = {"auth.User": "username", "budgets.BudgetImport": "file_name"}


@cache
def by_table() -> Mapping[str, Tracked]:
    """The tracked nouns by the names of their tables."""
    return {tracked.table: tracked for tracked in TRACKED}


@cache
def name_path(label: str) -> str:
    """The query path from a row to its name; empty when rows of the model have none."""
    names = {tracked.label: tracked.name for tracked in TRACKED} | _OTHER_NAMES
    name = names.get(label, "")
    field = apps.get_model(label)._meta.get_field(name) if name else None
    if isinstance(field, ForeignKey):
        return f"{name}__{name_path(field.related_model._meta.label)}"
    return name
