"""What one load carries along: who loads, the clock, the report, the refusals and the rows by their keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Model

from budgets.models.agency import Agency, Jurisdiction
from budgets.models.budget_line import BudgetLine
from budgets.models.figure import Figure
from claims.authorship import newest_edition, subject_of
from claims.intake import IntakeRefused, sentences, subjects_showing, write_shared
from claims.models.claim import Claim
from claims.models.dossier import Dossier
from claims.models.evidence import EvidenceCitation
from claims.models.people import Office, Person
from claims.models.response import OfficialResponse
from claims.models.source import Source
from claims.outbound.policy import Policy
from claims.seeding.loading.differences import Difference, Row
from claims.seeding.loading.report import Report
from claims.seeding.schema.base import Text


class LoadRefused(Exception):
    """The folder is sound, but the drafts cannot take it; carries one sentence per reason that says what to do."""

    def __init__(self, reasons: Sequence[str]) -> None:
        """Keep the sentences, each once, in order."""
        self.reasons = list(dict.fromkeys(reasons))
        super().__init__("\n".join(self.reasons))


@dataclass
class Session:
    """State of one load; the dictionaries lead from the keys of the files to rows."""

    by: User
    now: datetime
    policy: Policy
    report: Report = field(default_factory=Report)
    refusals: list[str] = field(default_factory=list)
    agencies: dict[str, Agency] = field(default_factory=dict)
    offices: dict[str, Office] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    lines: dict[str, BudgetLine] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    citations: dict[str, EvidenceCitation] = field(default_factory=dict)
    jurisdiction: Jurisdiction = field(default_factory=Jurisdiction)
    dossier: Dossier = field(default_factory=Dossier)

    def note(self, noun: str, found: Difference[Any]) -> None:
        """Report one compared row."""
        if found.is_new:
            self.report.note(noun, found.name, "created")
        elif found.fields:
            self.report.note(noun, found.name, "changed", found.fields)
        else:
            self.report.note(noun, found.name, "unchanged")

    def save_all(self, found: Iterable[Difference[Row]]) -> list[Row]:
        """Save the rows that differ and return all of them, in order."""
        return [one.save() if one.differs else one.row for one in found]

    def may_change(self, row: Claim | Dossier | Person | Agency, found: Iterable[Difference[Any]]) -> bool:
        """Whether a standing subject may take the file's words; notes a refusal when it has been published."""
        fields = [f"{one.name}: {', '.join(one.fields) or 'new'}" for one in found if one.differs]
        if not fields:
            return False
        if row.pk is None or newest_edition(subject_of(row)) == 0:
            return True
        self.refuse(
            f"“{row}” has been published, and the file differs from it ({'; '.join(fields)}). "
            "Published text changes only by a new edition: revise it in the admin, or write the file as it stands."
        )
        return False

    def owns(self, found: Difference[Claim] | Difference[OfficialResponse]) -> bool:
        """Whether a row is new or stands in this dossier; notes a refusal when another dossier has its slug."""
        if "dossier" not in found.fields:
            return True
        other = found.row.dossier.slug if found.row.dossier else "no dossier"
        self.refuse(f"“{found.name}” stands already, in {other}: give this one another slug.")
        return False

    def may_change_all(
        self, rows: Iterable[Claim | Dossier | Person | Agency], found: Sequence[Difference[Any]]
    ) -> bool:
        """As `may_change`, for every one of several subjects; notes all refusals, not the first only."""
        allowed = [self.may_change(row, found) for row in rows]
        return all(allowed) and any(one.differs for one in found)

    def write_shared(self, found: Difference[Office] | Difference[BudgetLine] | Difference[Source]) -> None:
        """Store an office, budget line or source when it differs; notes a refusal when published pages show it."""
        if not found.differs:
            return
        shown = [] if found.is_new else subjects_showing(found.row)
        if any(newest_edition(subject) for subject in shown):
            self.refuse(
                f"“{found.row}” stands on pages that have been published, and the file differs from it "
                f"({', '.join(found.fields)}). Change it in the admin and publish again what names it, or write the "
                "file as it stands."
            )
            return
        try:
            write_shared(row=found.take(), by=self.by, now=self.now)
        except IntakeRefused as error:
            self.refuse(f"{found.name}: {error} Mend it in the file.")

    def refuse(self, reason: str) -> None:
        """Note why the load will be refused; it goes on to find the other reasons."""
        self.refusals.append(reason)

    def refuse_invalid(self, name: str, error: ValidationError) -> None:
        """Note what a model refuses in a row."""
        for sentence in sentences(error):
            self.refuse(f"{name}: {sentence} Mend it in the file.")

    def stop_if_refused(self) -> None:
        """Raise `LoadRefused` before rows are missed by what comes next."""
        if self.refusals:
            raise LoadRefused(self.refusals)


def both(name: str, text: Text | None) -> dict[str, str]:
    """Return a text as the two columns of a model; empty when it is not written."""
    return {f"{name}_en": text.en if text else "", f"{name}_th": text.th if text else ""}


def by_slug(model: type[Row], slugs: Iterable[str]) -> dict[str, Row]:
    """Read the standing rows of a model with a slug, in one query."""
    found: dict[str, Row] = {}
    for row in model._default_manager.filter(slug__in=list(slugs)):
        found[_slug(row)] = row
    return found


def _slug(row: Model) -> str:
    return str(row.slug)  # type: ignore[attr-defined]  # only models with a slug come here
