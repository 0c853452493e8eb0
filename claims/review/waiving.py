"""Setting a rule aside in public, and taking that back."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from claims.authorship import Conflicted, open_for_change
from claims.models.claim import Claim
from claims.models.waiver import Waiver
from claims.review.gates.table import BY_CODE
from claims.review.moving import NotAllowed, actor
from claims.review.transitions import Role
from ledger.recording import record

_LEAST = 15


def waive(*, claim: Claim, rule: str, reason: tuple[str, str], by: User, now: datetime) -> Waiver:
    """Set a rule aside for a claim, as an editor, with the reason that readers see (English, Thai).

    It is part of what a second person judges, who must be another one than the editor. Raises `NotAllowed` or `Frozen`.
    """
    gate = BY_CODE.get(rule)
    with transaction.atomic():
        if gate is None or not gate.waivable:
            raise NotAllowed([f"The rule “{rule}” cannot be set aside."])
        _refuse_other_than_editor(by)
        if any(len(text.strip()) < _LEAST for text in reason):
            raise NotAllowed(["Give the reason in both languages, as a sentence: readers see it."])
        try:
            open_for_change(claim, by=by, now=now)
        except Conflicted as conflict:
            raise NotAllowed([str(conflict)]) from conflict
        if Waiver.objects.standing().filter(claim=claim, rule=rule).exists():
            raise NotAllowed(["It is set aside already: take that back before you give another reason."])
        waiver = Waiver.objects.create(
            claim=claim, rule=rule, reason_en=reason[0].strip(), reason_th=reason[1].strip(), by=by, at=now
        )
        _record("waived", waiver, by)
    return waiver


def withdraw_waiver(*, waiver: Waiver, by: User, now: datetime) -> Waiver:
    """Let a rule hold again. Raises `NotAllowed` or `Frozen`."""
    with transaction.atomic():
        waiver = Waiver.objects.select_for_update(of=("self",)).select_related("claim").get(pk=waiver.pk)
        _refuse_other_than_editor(by)
        if waiver.withdrawn_at is not None:
            raise NotAllowed(["It was taken back already."])
        open_for_change(waiver.claim, by=by, now=now)
        waiver.withdrawn_by, waiver.withdrawn_at = by, now
        waiver.save(update_fields=["withdrawn_by", "withdrawn_at"])
        _record("holds_again", waiver, by)
    return waiver


def _refuse_other_than_editor(by: User) -> None:
    if not by.is_active or not by.groups.filter(name=Role.EDITOR).exists():
        raise NotAllowed(["An editor sets a rule aside, nobody else."])


def _record(what: str, waiver: Waiver, by: User) -> None:
    content = {**actor(by), "reason_en": waiver.reason_en, "reason_th": waiver.reason_th}
    refs = {"rule": waiver.rule}
    record(f"rule.{what}", subject_kind="claim", subject_id=waiver.claim.public_id, refs=refs, content=content)
