"""Who wrote what since the newest edition, so that nobody approves their own words.

Every verb and every admin form that changes a text passes through here first: it takes the subject's lock, so
that an edit and a publication of the same subject follow each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Max, Model

from budgets.models.agency import Agency
from claims.models.claim import Claim
from claims.models.dossier import Dossier
from claims.models.edition import Edition
from claims.models.interest import Interest
from claims.models.people import Person
from claims.models.review import ClaimReview, DraftEdit, ReviewDecision
from claims.vocabulary import EditionKind, ReviewState, SubjectKind

_MODELS: dict[SubjectKind, type[Claim | Dossier | Person | Agency]] = {
    SubjectKind.CLAIM: Claim,
    SubjectKind.DOSSIER: Dossier,
    SubjectKind.PERSON: Person,
    SubjectKind.AGENCY: Agency,
}


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """What an edition can be of."""

    kind: SubjectKind
    id: UUID


class Frozen(Exception):
    """The text is before other people or approved; carries one sentence that says what to do."""


class Conflicted(Frozen):
    """The person has declared an interest in the claim; carries one sentence."""


class EditedMeanwhile(Exception):
    """Somebody else has saved the subject since its form was opened; carries one sentence that says who and when."""


def subject_of(row: Model) -> Subject:
    """Return the subject that a claim, dossier, person or agency is."""
    for kind, model in _MODELS.items():
        if isinstance(row, model):
            return Subject(kind, row.public_id)
    raise TypeError(f"{type(row).__name__} is not a subject of editions")


def lock(subjects: Iterable[Subject]) -> None:
    """Lock the subjects' rows in one order for everyone, so that two writers wait instead of deadlocking."""
    for subject in sorted(set(subjects)):
        rows = _MODELS[subject.kind].objects.order_by("pk").select_for_update()
        list(rows.filter(public_id=subject.id).values_list("pk"))


def newest_edition(subject: Subject) -> int:
    """Return the number of the subject's newest edition, 0 before the first."""
    editions = Edition.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
    return int(editions.aggregate(newest=Max("number"))["newest"] or 0)


def note_edits(subjects: Iterable[Subject], *, by: User, now: datetime) -> None:
    """Remember that `by` is about to write in the subjects."""
    wanted = sorted(set(subjects))
    lock(wanted)
    DraftEdit.objects.bulk_create(
        DraftEdit(
            subject_kind=subject.kind,
            subject_id=subject.id,
            user=by,
            after_edition=newest_edition(subject),
            at=now,
        )
        for subject in wanted
    )


def last_edit(subject: Subject) -> int:
    """Return the key of the newest edit of a subject, 0 when there is none: what a form was opened on."""
    edits = DraftEdit.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
    return int(edits.aggregate(newest=Max("pk"))["newest"] or 0)


def refuse_overwriting(subject: Subject, *, opened_on: int, by: User) -> None:
    """Raise `EditedMeanwhile` when somebody else has written since edit `opened_on`.

    The caller holds the subject's lock, so nobody can slip in between this look and the write.
    """
    edits = DraftEdit.objects.filter(subject_kind=subject.kind, subject_id=subject.id, pk__gt=opened_on)
    other = edits.exclude(user=by).select_related("user").order_by("-pk").first()
    if other is not None:
        raise EditedMeanwhile(
            f"{other.user.get_username()} saved this at {other.at:%Y-%m-%d %H:%M} UTC, after you opened it. "
            "Nothing of yours is stored yet: compare with the stored text in another tab. Saving again replaces it."
        )


def authors_since_edition(subjects: Iterable[Subject]) -> set[int]:
    """Return the keys of all users who wrote in any of the subjects since its newest edition."""
    authors: set[int] = set()
    for subject in set(subjects):
        edits = DraftEdit.objects.filter(
            subject_kind=subject.kind, subject_id=subject.id, after_edition__gte=newest_edition(subject)
        )
        authors.update(edits.values_list("user_id", flat=True))
    return authors


def begin_edit(claim: Claim, *, by: User, now: datetime, first: ReviewState = ReviewState.DRAFTED) -> ClaimReview:
    """Take the claim's lock for writing, open a revision when none is open, and remember the author.

    `first` is where a claim's first revision begins: `intake` for what was picked from a text.
    Raises `Frozen` while the claim is before a second person (what they judge must not move), on hold or declined, and
    `Conflicted` when `by` has declared an interest in it.
    """
    refuse_interested(claim, by)
    note_edits([subject_of(claim)], by=by, now=now)
    return _open_draft(claim, by=by, now=now, first=first)


def open_for_change(claim: Claim, *, by: User, now: datetime) -> ClaimReview:
    """The same for what is no text of the claim, such as a waiver: its author is not an author of the claim."""
    refuse_interested(claim, by)
    lock([subject_of(claim)])
    return _open_draft(claim, by=by, now=now, first=ReviewState.DRAFTED)


def _open_draft(claim: Claim, *, by: User, now: datetime, first: ReviewState) -> ClaimReview:
    review = ClaimReview.objects.filter(claim=claim).order_by("-number").first()
    if review is None or review.state in (ReviewState.PUBLISHED, ReviewState.RETRACTED, ReviewState.SUPERSEDED):
        return open_revision(claim, last=review, by=by, now=now, first=first)
    if not ReviewState(review.state).is_writable:
        raise Frozen(f"“{claim}” is {ReviewState(review.state).label.lower()}: {_THAW[ReviewState(review.state)]}")
    return review


def refuse_interested(claim: Claim, by: User) -> None:
    """Raise `Conflicted` when `by` has declared a tie to somebody whom the claim is by or about."""
    tie = Interest.objects.standing().filter(user=by).in_claim(claim).select_related("person", "agency").first()
    if tie is not None:
        raise Conflicted(
            f"{by.get_username()} has declared an interest in “{tie.person or tie.agency}”: "
            f"others must work on “{claim}”."
        )


def open_revision(
    claim: Claim,
    *,
    last: ClaimReview | None,
    by: User,
    now: datetime,
    code: str = "",
    reason: str = "",
    first: ReviewState = ReviewState.DRAFTED,
) -> ClaimReview:
    """Store the claim's next revision and the decision that opened it; `last` is the newest so far, which is final.

    The caller holds the claim's lock. The first one begins at `first`, a later one with the rating of the last.
    """
    state = ReviewState.UNDER_REVISION if last else first
    review = ClaimReview(claim=claim, number=1, state=state, reason_code=code, opened_at=now)
    if last is not None:
        review.number = last.number + 1
        review.kind = EditionKind.UPDATE if newest_edition(subject_of(claim)) else EditionKind.INITIAL
        review.rating, review.reasons_en, review.reasons_th = last.rating, last.reasons_en, last.reasons_th
    review.save(force_insert=True)
    ReviewDecision.objects.create(
        review=review,
        verb="revise" if last else _FIRST[first],
        from_state=last.state if last else "",
        to_state=state,
        by=by,
        at=now,
        reason=reason,
        reason_code=code,
    )
    return review


_FIRST = {ReviewState.DRAFTED: "draft", ReviewState.INTAKE: "take_in"}
_THAW = {
    ReviewState.IN_REVIEW: "take it back to draft before changing its text.",
    ReviewState.SECOND_REVIEW: "take it back to draft before changing its text.",
    ReviewState.APPROVED: "take it back to draft before changing its text.",
    ReviewState.ON_HOLD: "end the hold before changing its text.",
    ReviewState.DECLINED: "we do not check it. Register it again if that has changed.",
}
