"""How a revision finds its people: triaged, declined, assigned, waiting for a reply, on hold, opened again."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.authorship import authors_since_edition, lock, note_edits, refuse_interested, subject_of
from claims.authorship import open_revision as store_revision
from claims.models.asking import RequestLetter
from claims.models.claim import Claim
from claims.models.declined import Declined
from claims.models.response import ResponseRequest
from claims.models.review import ClaimReview
from claims.review.moving import NotAllowed, lock_for, move, record_move, refuse_impossible, refuse_person
from claims.review.transitions import (
    ASSIGN,
    AWAIT_REPLY,
    DECLINE,
    GIVE_BACK,
    HOLD,
    REASSIGN,
    RELEASE,
    RESUME,
    REVISE,
    START,
    TRIAGE,
    Role,
)
from claims.vocabulary import DeclineReason, ReviewState, RevisionReason


def triage(*, review: ClaimReview, by: User, now: datetime) -> ClaimReview:
    """Take a claim on that was taken in. Raises `NotAllowed`, as every verb here does."""
    with transaction.atomic():
        review = lock_for(review, TRIAGE, by)
        move(review, TRIAGE, by=by, now=now)
    return review


def decline(
    *, review: ClaimReview, code: DeclineReason, reason: tuple[str, str], by: User, now: datetime
) -> ClaimReview:
    """Say in public (English, Thai) why a claim is not checked; only somebody who wrote none of it, and for good."""
    with transaction.atomic():
        review = lock_for(review, DECLINE, by)
        _refuse_its_writer(review, by)
        if not all(text.strip() for text in reason):
            raise NotAllowed(["Say why in both languages: readers see it."])
        claim = review.claim
        move(review, DECLINE, by=by, now=now, reason=reason[0], code=code)
        Declined.objects.create(
            claim=claim,
            heading_en=claim.heading_en,
            heading_th=claim.heading_th,
            code=code,
            reason_en=reason[0].strip(),
            reason_th=reason[1].strip(),
            by=by,
            declined_at=now,
        )
    return review


def assign(*, review: ClaimReview, to: User, by: User, now: datetime) -> ClaimReview:
    """Give a revision to somebody who may draft it; a contributor takes it for themselves only."""
    with transaction.atomic():
        lock([subject_of(review.claim)])
        review.refresh_from_db(fields=["state"])
        transition = ASSIGN if review.state in ASSIGN.sources else REASSIGN
        review = lock_for(review, transition, by)
        if to != by and not by.groups.filter(name__in=[Role.REVIEWER, Role.EDITOR]).exists():
            raise NotAllowed(["A contributor takes work for themselves; a reviewer or an editor assigns it to others."])
        refuse_person(review, transition, to)
        if review.assigned_to_id == to.pk:
            raise NotAllowed([f"{to.get_username()} has it already."])
        review.assigned_to = to
        move(review, transition, by=by, now=now, reason=to.get_username())
    return review


def take_up(*, review: ClaimReview, by: User, now: datetime) -> ClaimReview:
    """Take a revision for oneself."""
    return assign(review=review, to=by, by=by, now=now)


def give_back(*, review: ClaimReview, reason: str, by: User, now: datetime) -> ClaimReview:
    """Let go of a claim that nobody has begun."""
    with transaction.atomic():
        review = lock_for(review, GIVE_BACK, by)
        review.assigned_to = None
        move(review, GIVE_BACK, by=by, now=now, reason=reason)
    return review


def start(*, review: ClaimReview, by: User, now: datetime) -> ClaimReview:
    """Begin to draft what one was assigned; an editor may begin anything."""
    with transaction.atomic():
        review = lock_for(review, START, by)
        if review.assigned_to_id != by.pk and not by.groups.filter(name=Role.EDITOR).exists():
            raise NotAllowed([f"It is assigned to {review.assigned_to}: take it over first."])
        move(review, START, by=by, now=now)
    return review


def await_reply(*, review: ClaimReview, by: User, now: datetime) -> ClaimReview:
    """Set a draft aside until an office that was asked answers."""
    with transaction.atomic():
        review = lock_for(review, AWAIT_REPLY, by)
        asked = ResponseRequest.objects.filter(claim=review.claim).exists()
        if not asked and not RequestLetter.objects.filter(claim=review.claim, send_due_at__isnull=False).exists():
            raise NotAllowed(["Ask an office first: no request was delivered and no letter is on its way."])
        move(review, AWAIT_REPLY, by=by, now=now)
    return review


def resume(*, review: ClaimReview, by: User, now: datetime) -> ClaimReview:
    """Go on with a draft that waited."""
    with transaction.atomic():
        review = lock_for(review, RESUME, by)
        move(review, RESUME, by=by, now=now)
    return review


def hold(*, review: ClaimReview, until: date, reason: str, by: User, now: datetime) -> ClaimReview:
    """Put a draft on hold until the end of a day; then the desk asks for it. No machine ends a hold."""
    with transaction.atomic():
        review = lock_for(review, HOLD, by)
        if until <= timezone.localdate(now):
            raise NotAllowed(["A hold ends on a day to come."])
        review.held_from, review.held_until = review.state, until
        move(review, HOLD, by=by, now=now, reason=reason)
    return review


def release(*, review: ClaimReview, by: User, now: datetime) -> ClaimReview:
    """End a hold: the revision goes on from where it was."""
    with transaction.atomic():
        review = lock_for(review, RELEASE, by)
        back = ReviewState(review.held_from)
        review.held_from, review.held_until = "", None
        move(review, RELEASE, by=by, now=now, to=back)
    return review


def revise(*, claim: Claim, code: RevisionReason, reason: str, by: User, now: datetime) -> ClaimReview:
    """Open the next revision of a published claim, with the reason. Raises `Conflicted` too."""
    with transaction.atomic():
        lock([subject_of(claim)])
        refuse_interested(claim, by)
        last = ClaimReview.objects.filter(claim=claim).order_by("-number").first()
        if last is None:
            raise NotAllowed(["It was never drafted."])
        refuse_impossible(last, REVISE)
        refuse_person(last, REVISE, by)
        if not reason.strip():
            raise NotAllowed(["Say why it is opened again."])
        note_edits([subject_of(claim)], by=by, now=now)
        review = store_revision(claim, last=last, by=by, now=now, code=code, reason=reason.strip())
        record_move(review, REVISE.verb, by=by, reason=reason.strip(), code=code)
    return review


def _refuse_its_writer(review: ClaimReview, by: User) -> None:
    """Before submission the authors are in the edits, not yet in the revision."""
    if by.pk in authors_since_edition([subject_of(review.claim)]):
        raise NotAllowed([f"{by.get_username()} wrote part of it: another person must decline it."])
