"""Verbs of what we note for ourselves: the log of contacts, and private notes. No document or export reads either."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from claims.authorship import refuse_interested
from claims.intake import sentences
from claims.models.claim import Claim
from claims.models.contact import Contact, PrivateNote
from ledger.recording import record


class ContactRefused(Exception):
    """A contact or a note cannot be stored; carries one sentence per fault."""

    def __init__(self, reasons: Sequence[str]) -> None:
        """Keep the sentences."""
        super().__init__(" ".join(reasons))
        self.reasons = list(reasons)


def log_contact(*, contact: Contact, by: User, now: datetime) -> Contact:
    """Store who spoke with whom about a claim; the row is unsaved. Raises `ContactRefused` or `Conflicted`."""
    with transaction.atomic():
        refuse_interested(contact.claim, by)
        contact.by, contact.at = by, now
        contact.summary = contact.summary.strip()
        _refuse_faults(contact)
        if contact.happened_at > now:
            raise ContactRefused(["It has not happened yet: log a contact once it has."])
        contact.save(force_insert=True)
        contact.refresh_from_db(fields=["public_id"])
        _record("contact.logged", "contact", str(contact.public_id), contact.claim, by)
    return contact


def write_note(*, note: PrivateNote, by: User, now: datetime) -> PrivateNote:
    """Store a note of ours on a claim; the row is unsaved. Raises `ContactRefused` or `Conflicted`."""
    with transaction.atomic():
        refuse_interested(note.claim, by)
        note.by, note.at, note.text = by, now, note.text.strip()
        _refuse_faults(note)
        note.save(force_insert=True)
        _record("private_note.written", "private_note", str(note.pk), note.claim, by)
    return note


def _refuse_faults(row: Contact | PrivateNote) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        raise ContactRefused(sentences(error)) from error


def _record(verb: str, kind: str, key: str, claim: Claim, by: User) -> None:
    """Who was spoken with and what was said are personal data: the ledger holds that there was something, no more."""
    refs = {"claim": str(claim.public_id)}
    record(verb, subject_kind=kind, subject_id=key, refs=refs, content={"user": str(by.pk)})
