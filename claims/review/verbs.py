"""What people do to a revision: describe it, submit it, take it back, sign off its legal risk, approve it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from claims.authorship import authors_since_edition, begin_edit, lock, subject_of
from claims.documents.bundle import Bundle, build
from claims.models.claim import Claim
from claims.models.review import ClaimReview, ReviewAuthor, ReviewDecision
from claims.review.authors import authors_of_rows
from claims.review.gates import LEGAL_SIGN_OFF, Fault, faults
from claims.review.transitions import APPROVE, CLEAR_LEGAL_RISK, SUBMIT, TAKE_BACK, Transition
from claims.vocabulary import EditionKind, Rating, ReviewState
from ledger.recording import record


class NotAllowed(Exception):
    """A move was refused; carries one sentence per reason, and the faults behind them when gates are."""

    def __init__(self, reasons: Sequence[str], broken: Sequence[Fault] = ()) -> None:
        """Keep the sentences and the faults."""
        super().__init__(" ".join(reasons))
        self.reasons = list(reasons)
        self.faults = list(broken)


def describe_revision(
    *,
    claim: Claim,
    kind: EditionKind,
    rating: Rating,
    reasons: tuple[str, str] = ("", ""),
    note: tuple[str, str] = ("", ""),
    by: User,
    now: datetime,
) -> ClaimReview:
    """Say what the next edition is: its kind, rating, reasons and note (English, Thai). Raises `Frozen`."""
    with transaction.atomic():
        review = begin_edit(claim, by=by, now=now)
        review.kind, review.rating = kind, rating
        review.reasons_en, review.reasons_th = reasons
        review.note_en, review.note_th = note
        review.save()
        record("review.described", subject_kind="review", subject_id=_public_id(review), content=_actor(by))
    return review


def submit(*, review: ClaimReview, by: User, now: datetime) -> ClaimReview:
    """Put a draft before a second person; freezes its content hash and its authors. Raises `NotAllowed`."""
    with transaction.atomic():
        review = _lock_for(review, SUBMIT, by)
        bundle = build(review)
        broken = [fault for fault in faults(review, bundle) if fault.code != LEGAL_SIGN_OFF.code]
        if broken:
            raise NotAllowed(sentences(broken), broken)
        authors = authors_since_edition(bundle.subjects) | authors_of_rows(review.claim, bundle) | {by.pk}
        ReviewAuthor.objects.bulk_create(
            (ReviewAuthor(review=review, user_id=pk) for pk in sorted(authors)), ignore_conflicts=True
        )
        review.content_hash, review.digests, review.submitted_by = bundle.content_hash, bundle.digests, by
        review.approved_hash, review.approved_by, review.legal_hash, review.legal_by = "", None, "", None
        _move(review, SUBMIT, by=by, now=now)
    return review


def take_back(*, review: ClaimReview, reason: str, by: User, now: datetime) -> ClaimReview:
    """Return a review to its drafters with a reason; approvals fall away. Raises `NotAllowed`."""
    with transaction.atomic():
        review = _lock_for(review, TAKE_BACK, by)
        if not reason.strip():
            raise NotAllowed(["Say why it goes back to draft, so that its authors know what to do."])
        review.approved_hash, review.approved_by, review.legal_hash, review.legal_by = "", None, "", None
        _move(review, TAKE_BACK, by=by, now=now, reason=reason)
    return review


def clear_legal_risk(
    *, review: ClaimReview, reason: str, by: User, now: datetime, seen: str | None = None
) -> ClaimReview:
    """Sign off the legal risk of the very text that was submitted. Raises `NotAllowed`.

    `seen` is the content hash of the text that was before the person's eyes, here and in `approve`.
    """
    with transaction.atomic():
        review = _lock_for(review, CLEAR_LEGAL_RISK, by, seen)
        refuse_authors(review, by)
        _unchanged_bundle(review)
        if not reason.strip():
            raise NotAllowed(["Say in a sentence why the legal risk is acceptable."])
        review.legal_hash, review.legal_by = review.content_hash, by
        _move(review, CLEAR_LEGAL_RISK, by=by, now=now, reason=reason)
    return review


def approve(*, review: ClaimReview, by: User, now: datetime, seen: str | None = None) -> ClaimReview:
    """Approve the text that was submitted, as somebody who wrote none of it. Raises `NotAllowed`."""
    with transaction.atomic():
        review = _lock_for(review, APPROVE, by, seen)
        refuse_authors(review, by)
        broken = faults(review, _unchanged_bundle(review))
        if broken:
            raise NotAllowed(sentences(broken), broken)
        review.approved_hash, review.approved_by = review.content_hash, by
        _move(review, APPROVE, by=by, now=now)
    return review


def lock_review(
    review: ClaimReview, transition: Transition, by: User, seen: str | None = None
) -> tuple[ClaimReview, Bundle]:
    """Lock a review and everything its text is made of, for a move that needs the approved text unchanged."""
    locked = _lock_for(review, transition, by, seen)
    lock(build(locked).subjects)
    return locked, _unchanged_bundle(locked)


def refuse_authors(review: ClaimReview, by: User) -> None:
    """Raise `NotAllowed` when `by` wrote any of the revision."""
    if review.authors.filter(user=by).exists():
        raise NotAllowed(
            [f"{by.get_username()} wrote part of this revision: another person must judge it. Nobody publishes alone."]
        )


def decide(review: ClaimReview, transition: Transition, *, by: User, now: datetime, reason: str = "") -> None:
    """Write the move to the append-only decisions and to the review; the caller records it in the ledger."""
    before = review.state
    review.state = transition.target
    review.save()
    ReviewDecision.objects.create(
        review=review,
        verb=transition.verb,
        from_state=before,
        to_state=transition.target,
        by=by,
        at=now,
        reason=reason,
        content_hash=review.content_hash,
    )


def sentences(broken: Sequence[Fault]) -> list[str]:
    """Return faults as English sentences that say where and what to do."""
    return [f"{fault.where}: {fault.message['en']}" if fault.where else fault.message["en"] for fault in broken]


def _move(review: ClaimReview, transition: Transition, *, by: User, now: datetime, reason: str = "") -> None:
    decide(review, transition, by=by, now=now, reason=reason)
    record(
        f"review.{_PAST[transition.verb]}",
        subject_kind="review",
        subject_id=_public_id(review),
        refs={"claim": str(review.claim.public_id)},
        content={**_actor(by), "content_hash": review.content_hash, "reason": reason},
    )


_PAST = {
    "submit": "submitted",
    "take_back": "taken_back",
    "clear_legal_risk": "legally_cleared",
    "approve": "approved",
}


def _lock_for(review: ClaimReview, transition: Transition, by: User, seen: str | None = None) -> ClaimReview:
    lock([subject_of(review.claim)])  # claim before review, as every edit does: no deadlock
    locked = ClaimReview.objects.select_for_update().select_related("claim").get(pk=review.pk)
    if locked.state not in transition.sources:
        state = ReviewState(locked.state).label.lower()
        raise NotAllowed([f"“{transition.label}” is not possible: this revision is {state}."])
    if not by.is_active or not by.groups.filter(name__in=transition.roles).exists():
        roles = " or ".join(sorted(transition.roles))
        raise NotAllowed([f"“{transition.label}” needs the role {roles}."])
    if seen is not None and seen != locked.content_hash:
        raise NotAllowed(["Another text has been submitted since you opened this page: read it, then decide again."])
    return locked


def _unchanged_bundle(review: ClaimReview) -> Bundle:
    bundle = build(review)
    if bundle.content_hash != review.content_hash:
        raise NotAllowed(
            ["The text has changed since it was submitted: take it back to draft, look at it and submit it again."]
        )
    return bundle


def _public_id(review: ClaimReview) -> str:
    review.refresh_from_db(fields=["public_id"])
    return str(review.public_id)


def _actor(by: User) -> dict[str, str]:
    return {"user": str(by.pk)}
