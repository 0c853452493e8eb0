"""Verbs that take claims, and the people, agencies and dossiers around them, into the drafts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from budgets.models.agency import Agency
from claims.authorship import begin_edit, note_edits, subject_of
from claims.models.claim import Claim
from claims.models.dossier import Dossier
from claims.models.people import Person
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


def refuse_faults(row: Claim | Dossier | Person | Agency) -> None:
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
