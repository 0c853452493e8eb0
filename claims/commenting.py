"""Verbs of the remarks that people leave for each other on a claim, until somebody resolves them."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from claims.authorship import refuse_interested
from claims.models.assertion import Assertion
from claims.models.claim import Claim
from claims.models.desk import ReviewComment
from ledger.recording import record

LONGEST = 4_000


class CommentRefused(Exception):
    """A remark cannot be stored or resolved; carries one sentence."""


def comment(*, claim: Claim, text: str, assertion: Assertion | None = None, by: User, now: datetime) -> ReviewComment:
    """Store a remark on a claim, or on one assertion of it. Raises `CommentRefused` or `Conflicted`."""
    words = text.strip()
    if not words:
        raise CommentRefused("Write what should be looked at.")
    if len(words) > LONGEST:
        raise CommentRefused(f"A comment has at most {LONGEST:,} characters; this one has {len(words):,}.")
    if assertion is not None and assertion.claim_id != claim.pk:
        raise CommentRefused("This assertion belongs to another claim.")
    with transaction.atomic():
        refuse_interested(claim, by)
        made = ReviewComment.objects.create(claim=claim, assertion=assertion, text=words, by=by, at=now)
        _record("comment.made", made, by)
    return made


def resolve(*, comment: ReviewComment, by: User, now: datetime) -> ReviewComment:
    """Say that a remark is dealt with; raises `CommentRefused` when somebody has said so already, or `Conflicted`."""
    with transaction.atomic():
        locked = ReviewComment.objects.select_for_update(of=("self",)).select_related("claim").get(pk=comment.pk)
        refuse_interested(locked.claim, by)
        if locked.resolved_at is not None:
            raise CommentRefused(f"This comment was resolved at {locked.resolved_at:%Y-%m-%d %H:%M} UTC already.")
        locked.resolved_by, locked.resolved_at = by, now
        locked.save(update_fields=["resolved_by", "resolved_at"])
        _record("comment.resolved", locked, by)
    return locked


def _record(verb: str, made: ReviewComment, by: User) -> None:
    """What was said stays out of the ledger."""
    record(
        verb,
        subject_kind="comment",
        subject_id=str(made.pk),
        refs={"claim": str(made.claim.public_id)},
        content={"user": str(by.pk)},
    )
