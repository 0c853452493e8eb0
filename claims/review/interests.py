"""Declaring what ties one of us to an actor, and the end of such a tie."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from claims.intake import sentences
from claims.models.interest import Interest
from claims.review.moving import NotAllowed, actor
from claims.review.transitions import Role
from ledger.recording import record


def declare_interest(*, interest: Interest, by: User, now: datetime) -> Interest:
    """Store a tie: one's own, or another person's as an editor. Raises `NotAllowed`."""
    with transaction.atomic():
        _refuse_stranger(interest, by)
        interest.declared_by, interest.declared_at = by, now
        try:
            interest.full_clean()
        except ValidationError as error:
            raise NotAllowed(sentences(error)) from error
        interest.save(force_insert=True)
        _record("declared", interest, by)
    return interest


def end_interest(*, interest: Interest, on: date, by: User, now: datetime) -> Interest:
    """Say that a tie has ended. Nobody ends their own: a tie that comes and goes with the work keeps nobody off.

    Raises `NotAllowed`.
    """
    with transaction.atomic():
        interest = Interest.objects.select_for_update(of=("self",)).select_related("user").get(pk=interest.pk)
        if interest.user == by or not by.groups.filter(name=Role.EDITOR).exists():
            raise NotAllowed(["An editor ends a declared interest, and nobody their own."])
        if interest.ended_on is not None:
            raise NotAllowed([f"It ended on {interest.ended_on} already."])
        if on > now.date():
            raise NotAllowed(["It can only have ended today or before."])
        interest.ended_on = on
        interest.save(update_fields=["ended_on"])
        _record("ended", interest, by)
    return interest


def _refuse_stranger(interest: Interest, by: User) -> None:
    if not by.is_active or (interest.user != by and not by.groups.filter(name=Role.EDITOR).exists()):
        raise NotAllowed(["You declare your own interests; an editor may declare those of others."])


def _record(what: str, interest: Interest, by: User) -> None:
    content = {**actor(by), "of": str(interest.user_id)}
    record(f"interest.{what}", subject_kind="interest", subject_id=str(interest.pk), content=content)
