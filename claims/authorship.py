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
from claims.models.people import Person
from claims.models.review import ClaimReview, DraftEdit
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


def begin_edit(claim: Claim, *, by: User, now: datetime) -> ClaimReview:
    """Take the claim's lock for writing, open a revision when none is open, and remember the author.

    Raises `Frozen` while the claim is before a second person: what they judge must not move.
    """
    subject = subject_of(claim)
    note_edits([subject], by=by, now=now)
    review = ClaimReview.objects.filter(claim=claim).exclude(state=ReviewState.PUBLISHED).first()
    if review is None:
        return _open_revision(claim, newest_edition(subject), now)
    if review.state != ReviewState.DRAFTED:
        raise Frozen(
            f"“{claim}” is {ReviewState(review.state).label.lower()}: take it back to draft before changing its text."
        )
    return review


def _open_revision(claim: Claim, editions: int, now: datetime) -> ClaimReview:
    last = ClaimReview.objects.filter(claim=claim).order_by("-number").first()
    review = ClaimReview(
        claim=claim,
        number=last.number + 1 if last else 1,
        kind=EditionKind.UPDATE if editions else EditionKind.INITIAL,
        opened_at=now,
    )
    if last is not None:
        review.rating, review.reasons_en, review.reasons_th = last.rating, last.reasons_en, last.reasons_th
    review.save(force_insert=True)
    return review
