"""The emergency brake: one editor hides a public claim at once, and another person confirms or lifts it."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from claims.authorship import lock, subject_of
from claims.models.claim import Claim
from claims.models.hiding import Hiding
from claims.publication.sight import LONGEST_REASON, both_reasons, locked_status, refuse_others, tell
from claims.publication.verbs import state_of
from claims.review.moving import NotAllowed, actor
from claims.review.transitions import Role
from claims.vocabulary import PublicState
from ledger.recording import record

HIDERS = frozenset({Role.EDITOR})
SECOND_PERSONS = frozenset({Role.EDITOR, Role.REVIEWER})


def hide(*, claim: Claim, reason: tuple[str, str], by: User, now: datetime) -> Hiding:
    """Take a public claim out of sight now, with the reason in English and Thai that readers see in its place.

    Raises `NotAllowed`.
    """
    with transaction.atomic():
        lock([subject_of(claim)])
        refuse_others(claim, by, HIDERS)
        en, th = both_reasons(reason)
        status = locked_status(claim)
        if claim.hidings.filter(lifted_at__isnull=True).exists():
            raise NotAllowed(["It is hidden already."])
        hiding = Hiding.objects.create(claim=claim, reason_en=en, reason_th=th, by=by, at=now)
        status.state = PublicState.HIDDEN
        status.notices = status.notices | {"hidden": {"reason": {"en": en, "th": th}, "at": now.isoformat()}}
        tell(status, now=now)
        _record("hidden", hiding, by, reason=en)
    return hiding


def confirm_hiding(*, hiding: Hiding, by: User, now: datetime) -> Hiding:
    """Agree, as another person, that the claim stays hidden. Raises `NotAllowed`."""
    with transaction.atomic():
        hiding = _locked(hiding, by)
        if hiding.confirmed_at is not None:
            raise NotAllowed(["It was confirmed already."])
        hiding.confirmed_by, hiding.confirmed_at = by, now
        hiding.save(update_fields=["confirmed_by", "confirmed_at"])
        _record("hiding_confirmed", hiding, by)
    return hiding


def lift_hiding(*, hiding: Hiding, note: str, by: User, now: datetime) -> Hiding:
    """Show the claim again, as its newest edition says, and say why. Raises `NotAllowed`."""
    with transaction.atomic():
        hiding = _locked(hiding, by)
        note = note.strip()
        if not note or len(note) > LONGEST_REASON:
            raise NotAllowed([f"Say why it is shown again, in {LONGEST_REASON} characters at most."])
        hiding.lifted_by, hiding.lifted_at, hiding.lifting_note = by, now, note
        hiding.save(update_fields=["lifted_by", "lifted_at", "lifting_note"])
        status = locked_status(hiding.claim)
        status.state = state_of(status.edition)
        status.notices = {name: notice for name, notice in status.notices.items() if name != "hidden"}
        tell(status, now=now)
        _record("hiding_lifted", hiding, by, reason=note)
    return hiding


def _locked(hiding: Hiding, by: User) -> Hiding:
    lock([subject_of(hiding.claim)])  # claim first, as publication does: no deadlock
    locked = Hiding.objects.select_for_update(of=("self",)).select_related("claim").get(pk=hiding.pk)
    refuse_others(locked.claim, by, SECOND_PERSONS)
    if locked.by_id == by.pk:
        raise NotAllowed(["You hid it: another person confirms or lifts it."])
    if locked.lifted_at is not None:
        raise NotAllowed(["It was lifted already."])
    return locked


def _record(verb: str, hiding: Hiding, by: User, **said: str) -> None:
    hiding.refresh_from_db(fields=["public_id"])
    record(
        f"claim.{verb}",
        subject_kind="claim",
        subject_id=hiding.claim.public_id,
        refs={"hiding": str(hiding.public_id)},
        content={**actor(by), **said},
    )
