"""What people do to a revision: describe it, submit it, take it back, sign off its legal risk, approve it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from claims.authorship import authors_since_edition, begin_edit
from claims.documents.bundle import build
from claims.models.claim import Claim
from claims.models.review import ClaimReview, ReviewAuthor
from claims.models.waiver import Waiver
from claims.review.authors import authors_of_rows
from claims.review.gates import Fault, Level, faults
from claims.review.moving import NotAllowed, actor, lock_for, move, unchanged_bundle
from claims.review.rating import refuse_unrated
from claims.review.transitions import APPROVE, CLEAR_LEGAL_RISK, SUBMIT, TAKE_BACK
from claims.vocabulary import EditionKind, Rating, RevisionReason
from ledger.recording import record


def describe_revision(
    *,
    claim: Claim,
    kind: EditionKind,
    rating: Rating,
    reasons: tuple[str, str] = ("", ""),
    note: tuple[str, str] = ("", ""),
    code: RevisionReason | None = None,
    pending_language: str = "",
    superseded_by: Claim | None = None,
    embargo_until: datetime | None = None,
    by: User,
    now: datetime,
) -> ClaimReview:
    """Say what the next edition is: its kind, rating, reasons and note (English, Thai). Raises `Frozen`.

    `code` is why a published claim was opened again (None: as it was), `pending_language` what an urgent correction
    does without for now, `superseded_by` the claim that takes this one's place, `embargo_until` before when nobody can
    publish it.
    """
    with transaction.atomic():
        review = begin_edit(claim, by=by, now=now)
        review.kind, review.rating = kind, rating
        review.pending_language, review.superseded_by = pending_language, superseded_by
        review.embargo_until = embargo_until
        if code is not None:
            review.reason_code = code
        review.reasons_en, review.reasons_th = reasons
        review.note_en, review.note_th = note
        review.save()
        review.refresh_from_db(fields=["public_id"])
        record("review.described", subject_kind="review", subject_id=review.public_id, content=actor(by))
    return review


def submit(*, review: ClaimReview, by: User, now: datetime) -> ClaimReview:
    """Put a draft before a second person; freezes its content hash and its authors. Raises `NotAllowed`."""
    with transaction.atomic():
        review = lock_for(review, SUBMIT, by)
        bundle = build(review)
        broken = [fault for fault in faults(review, bundle, now=now) if fault.level != Level.JUDGED.value]
        if broken:
            raise NotAllowed(sentences(broken), broken)
        authors = authors_since_edition(bundle.subjects) | authors_of_rows(review.claim, bundle) | {by.pk}
        ReviewAuthor.objects.bulk_create(
            (ReviewAuthor(review=review, user_id=pk) for pk in sorted(authors)), ignore_conflicts=True
        )
        review.content_hash, review.digests, review.submitted_by = bundle.content_hash, bundle.digests, by
        review.approved_hash, review.approved_by, review.legal_hash, review.legal_by = "", None, "", None
        move(review, SUBMIT, by=by, now=now)
    return review


def take_back(*, review: ClaimReview, reason: str, by: User, now: datetime) -> ClaimReview:
    """Return a review to its drafters with a reason; approvals fall away. Raises `NotAllowed`."""
    with transaction.atomic():
        review = lock_for(review, TAKE_BACK, by)
        review.approved_hash, review.approved_by, review.legal_hash, review.legal_by = "", None, "", None
        move(review, TAKE_BACK, by=by, now=now, reason=reason)
    return review


def clear_legal_risk(
    *, review: ClaimReview, reason: str, by: User, now: datetime, seen: str | None = None
) -> ClaimReview:
    """Sign off the legal risk of the very text that was submitted. Raises `NotAllowed`.

    `seen` is the content hash of the text that was before the person's eyes, here and in `approve`.
    """
    with transaction.atomic():
        review = lock_for(review, CLEAR_LEGAL_RISK, by, seen)
        unchanged_bundle(review)
        review.legal_hash, review.legal_by = review.content_hash, by
        move(review, CLEAR_LEGAL_RISK, by=by, now=now, reason=reason)
    return review


def approve(*, review: ClaimReview, by: User, now: datetime, seen: str | None = None) -> ClaimReview:
    """Approve the text that was submitted, as somebody who wrote none of it. Raises `NotAllowed`."""
    with transaction.atomic():
        review = lock_for(review, APPROVE, by, seen)
        if Waiver.objects.standing().filter(claim=review.claim, by=by).exists():
            raise NotAllowed(["You set a rule aside for this claim: another person must approve it."])
        refuse_unrated(review, by)
        broken = faults(review, unchanged_bundle(review), now=now)
        if broken:
            raise NotAllowed(sentences(broken), broken)
        review.approved_hash, review.approved_by = review.content_hash, by
        move(review, APPROVE, by=by, now=now)
    return review


def sentences(broken: Sequence[Fault]) -> list[str]:
    """Return faults as English sentences that say where and what to do."""
    return [f"{fault.where}: {fault.message['en']}" if fault.where else fault.message["en"] for fault in broken]
