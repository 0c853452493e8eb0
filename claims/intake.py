"""Verbs that take claims, and the people, agencies and dossiers around them, into the drafts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, Q

from budgets.models.agency import Agency
from budgets.models.budget_line import BudgetLine
from claims.authorship import Subject, begin_edit, note_edits, subject_of
from claims.models.claim import Claim
from claims.models.dossier import Dossier
from claims.models.evidence import EvidenceDocument
from claims.models.people import Office, Person
from claims.models.source import Source
from ledger.recording import record

Save = Callable[[], None]


class IntakeRefused(Exception):
    """A draft cannot be stored; carries one sentence per fault."""

    def __init__(self, reasons: list[str]) -> None:
        """Keep the sentences."""
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def register_claim(*, claim: Claim, save_parts: Save = lambda: None, by: User, now: datetime) -> Claim:
    """Store a new claim with its parts and open its first revision.

    `claim` is unsaved; `save_parts` stores claimants, assertions and the like once the claim has its key.
    Raises `IntakeRefused` with every fault of the claim itself.
    """
    with transaction.atomic():
        claim.registered_at = now
        refuse_faults(claim)
        claim.save(force_insert=True)
        claim.refresh_from_db(fields=["public_id"])
        begin_edit(claim, by=by, now=now)
        save_parts()
        record("claim.registered", subject_kind="claim", subject_id=claim.public_id, content=_actor(by))
    return claim


def revise_claim(*, claim: Claim, save: Save, by: User, now: datetime) -> Claim:
    """Change a claim's draft through `save`; raises `Frozen` while others judge it."""
    with transaction.atomic():
        begin_edit(claim, by=by, now=now)
        save()
        record("claim.revised", subject_kind="claim", subject_id=claim.public_id, content=_actor(by))
    return claim


def write_subject(
    *, subject: Dossier | Person | Agency, save: Save = lambda: None, by: User, now: datetime
) -> Dossier | Person | Agency:
    """Store a new or changed dossier, person or agency; `save` stores what hangs on it.

    Raises `IntakeRefused` with every fault.
    """
    with transaction.atomic():
        is_new = subject.pk is None
        if not is_new:
            note_edits([subject_of(subject)], by=by, now=now)
        refuse_faults(subject)
        subject.save()
        subject.refresh_from_db(fields=["public_id"])
        if is_new:
            note_edits([subject_of(subject)], by=by, now=now)
        save()
        kind = subject_of(subject).kind
        record(
            f"{kind}.registered" if is_new else f"{kind}.revised",
            subject_kind=kind,
            subject_id=subject.public_id,
            content=_actor(by),
        )
    return subject


def write_shared(
    *, row: Office | BudgetLine | Source | EvidenceDocument, save: Save = lambda: None, by: User, now: datetime
) -> None:
    """Store a new or changed row whose words stand in the texts of others, as an edit of each of them.

    Whoever renames an office has written in every claim that names it, and cannot approve that claim.
    Raises `IntakeRefused` with every fault.
    """
    with transaction.atomic():
        is_new = row.pk is None
        if not is_new:
            note_edits(subjects_showing(row), by=by, now=now)
        refuse_faults(row)
        row.save()
        save()
        kind = _SHARED[type(row)]
        record(
            f"{kind}.{'registered' if is_new else 'revised'}",
            subject_kind=kind,
            subject_id=_public_id(row),
            content=_actor(by),
        )


_SHARED: dict[type[Model], str] = {
    Office: "office",
    BudgetLine: "budget_line",
    Source: "source",
    EvidenceDocument: "document",
}


def _public_id(row: Office | BudgetLine | Source | EvidenceDocument) -> str:
    if isinstance(row, Office):
        return str(row.slug)
    row.refresh_from_db(fields=["public_id"])
    return str(row.public_id)


def subjects_showing(row: Office | BudgetLine | Source | EvidenceDocument) -> set[Subject]:
    """Return every claim, dossier and person whose document shows words of `row`."""
    claims, dossiers, people = Claim.objects.none(), Dossier.objects.none(), Person.objects.none()
    if isinstance(row, Office):
        claims = Claim.objects.filter(Q(claimants__office=row) | Q(coverage__response__office=row))
        dossiers, people = Dossier.objects.filter(responses__office=row), Person.objects.filter(tenures__office=row)
    elif isinstance(row, BudgetLine):
        claims = Claim.objects.filter(figures__figure__line=row)
        dossiers = Dossier.objects.filter(figures__figure__line=row)
    else:
        cited = {"source": row} if isinstance(row, Source) else {"document": row}
        inside = {f"citations__{key}": value for key, value in cited.items()}
        across = {f"coverage__response__citations__{key}": value for key, value in cited.items()}
        around = {f"responses__citations__{key}": value for key, value in cited.items()}
        claims = Claim.objects.filter(Q(**inside) | Q(**across))
        dossiers = Dossier.objects.filter(Q(**inside) | Q(**around))
    return {subject_of(found) for rows in (claims, dossiers, people) for found in rows.distinct()}


def refuse_faults(row: Model) -> None:
    """Raise `IntakeRefused` with one sentence per fault that the model sees in `row`."""
    try:
        row.full_clean()
    except ValidationError as error:
        raise IntakeRefused(sentences(error)) from error


def sentences(error: ValidationError) -> list[str]:
    """Return a validation error as one sentence per fault, each led by its field."""
    return [
        message if field == "__all__" else f"{field}: {message}"
        for field, messages in error.message_dict.items()
        for message in messages
    ]


def _actor(by: User) -> dict[str, str]:
    return {"user": str(by.pk)}
