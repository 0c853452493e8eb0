"""Verbs for claims that turned out to be one, or two, or in the wrong order: merge, replace, split, renumber."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max

from claims.authorship import begin_edit, lock, newest_edition, subject_of
from claims.intake import register_claim
from claims.models.appearance import Appearance
from claims.models.assertion import Assertion
from claims.models.claim import Claim, Claimant
from claims.models.desk import ReviewComment
from claims.models.dossier import Dossier
from claims.models.evidence import EvidenceCitation
from claims.models.figure_attribution import FigureAttribution
from claims.models.response import ResponseCoverage
from claims.models.review import ClaimReview
from claims.review.moving import NotAllowed
from claims.review.routing import decline, revise
from claims.review.verbs import describe_revision
from claims.vocabulary import DeclineReason, EditionKind, Rating, ReviewState, RevisionReason
from ledger.recording import record

_OF_ASSERTIONS = (EvidenceCitation, FigureAttribution, ResponseCoverage, ReviewComment)
_COPIED = ("kind", "where_en", "where_th", "said_earliest", "said_latest", "is_first", "is_captured", "source")


def merge(*, claim: Claim, into: Claim, by: User, now: datetime) -> Claim:
    """Move what an unpublished claim holds into another one and decline it as a duplicate; return the other.

    Assertions come with their quotes, checks, figures, answers and comments; quotes, appearances and claimants of the
    claim come along, requests and contacts stay where they were made. Only a reviewer or editor who wrote none of
    `claim` merges it. Raises `NotAllowed` or `Frozen`.
    """
    with transaction.atomic():
        _lock_two(claim, into)
        if newest_edition(subject_of(claim)):
            raise NotAllowed([f"“{claim}” is public: open its replacement instead, so that its address leads on."])
        decline(review=_newest(claim), code=DeclineReason.DUPLICATE, reason=_merged_into(into), by=by, now=now)
        begin_edit(into, by=by, now=now)
        _move_assertions(claim.assertions.order_by("number"), into)
        _move_rest(claim, into)
        _record("claim.merged", claim, by, into=into)
    return into


def replace(*, claim: Claim, by_claim: Claim, note: tuple[str, str], by: User, now: datetime) -> ClaimReview:
    """Open the revision of a public claim that says another public one takes its place; readers see the note.

    `note` is (English, Thai). It goes through two persons like every edition. Raises `NotAllowed` or `Frozen`.
    """
    with transaction.atomic():
        _lock_two(claim, by_claim)
        for each in (claim, by_claim):
            if not newest_edition(subject_of(each)):
                raise NotAllowed([f"“{each}” is not public: only a public claim replaces a public one."])
        if not all(text.strip() for text in note):
            raise NotAllowed(["Say in both languages why the other claim takes its place: readers see it."])
        last = _newest(claim)
        if not ReviewState(last.state).is_open:
            last = revise(claim=claim, code=RevisionReason.MERGED, reason=note[0], by=by, now=now)
        return describe_revision(
            claim=claim,
            kind=EditionKind.SUPERSESSION,
            rating=Rating(last.rating),
            reasons=(last.reasons_en, last.reasons_th),
            note=note,
            code=RevisionReason.MERGED,
            superseded_by=by_claim,
            by=by,
            now=now,
        )


def split(*, claim: Claim, assertions: Sequence[Assertion], new: Claim, by: User, now: datetime) -> Claim:
    """Move assertions of a claim into `new`, an unsaved draft, and return it; both revisions are opened.

    They take their quotes, checks, figures, answers and comments along and are numbered from 1; who said it, where, and
    whose money it is about are copied. Raises `NotAllowed`, `Frozen` or `IntakeRefused`.
    """
    with transaction.atomic():
        begin_edit(claim, by=by, now=now)
        chosen = list(claim.assertions.filter(pk__in=[each.pk for each in assertions]).order_by("number"))
        if not chosen or len(chosen) != len(assertions):
            raise NotAllowed([f"Choose assertions of “{claim}”: they make the new claim."])
        if claim.assertions.count() == len(chosen):
            raise NotAllowed([f"Leave at least one assertion with “{claim}”."])

        def parts() -> None:
            _copy_around(claim, new)
            _move_assertions(chosen, new)

        new.dossier = new.dossier or claim.dossier
        register_claim(claim=new, save_parts=parts, by=by, now=now)
        _record("claim.split", claim, by, into=new)
    return new


def renumber(*, dossier: Dossier, numbers: Mapping[Claim, int | None], by: User, now: datetime) -> list[Claim]:
    """Give claims of a dossier new numbers at once (None: registered beside it); return those that changed.

    Two claims may swap. A public one gets a revision, as its page shows the number. Raises `NotAllowed` or `Frozen`.
    """
    with transaction.atomic():
        lock([subject_of(dossier), *map(subject_of, numbers)])
        standing = {claim.pk: claim for claim in dossier.claims.order_by("pk")}
        if not {claim.pk for claim in numbers} <= set(standing):
            raise NotAllowed([f"Only claims of “{dossier}” are numbered in it."])
        after = {pk: claim.number for pk, claim in standing.items()} | {c.pk: number for c, number in numbers.items()}
        given = [number for number in after.values() if number is not None]
        if len(set(given)) < len(given) or any(number < 1 for number in given):
            raise NotAllowed(["Two claims cannot have one number, and numbers begin at 1."])
        changed = [claim for claim in standing.values() if after[claim.pk] != claim.number]
        for claim in changed:
            begin_edit(claim, by=by, now=now)
            claim.number = after[claim.pk]
            claim.save(update_fields=["number"])  # the constraint is deferred: both of a swap may pass through it
        if changed:
            listed = [{"claim": str(claim.public_id), "number": str(claim.number or "")} for claim in changed]
            record(
                "dossier.renumbered",
                subject_kind="dossier",
                subject_id=dossier.public_id,
                content={"user": str(by.pk), "numbers": listed},
            )
    return changed


def _lock_two(claim: Claim, other: Claim) -> None:
    if claim.pk == other.pk:
        raise NotAllowed(["Choose another claim than this one."])
    lock([subject_of(claim), subject_of(other)])


def _newest(claim: Claim) -> ClaimReview:
    return ClaimReview.objects.filter(claim=claim).latest("number")


def _merged_into(claim: Claim) -> tuple[str, str]:
    """What readers are told; a draft's heading is not for them."""
    if newest_edition(subject_of(claim)):
        return f"Merged into “{claim.heading_en}”.", f"รวมกับรายการ “{claim.heading_th}” แล้ว"
    return "It is the same as another claim that we are looking at.", "เป็นเรื่องเดียวกับอีกรายการที่เรากำลังตรวจสอบ"


def _move_assertions(assertions: Iterable[Assertion], claim: Claim) -> None:
    """Give assertions with all that hangs on them to a claim, numbered after those that it has."""
    last = claim.assertions.aggregate(last=Max("number"))["last"] or 0
    for number, assertion in enumerate(list(assertions), last + 1):
        assertion.claim, assertion.number = claim, number
        assertion.save(update_fields=["claim", "number"])
        for model in _OF_ASSERTIONS:
            model.objects.filter(assertion=assertion).update(claim=claim)


def _move_rest(claim: Claim, into: Claim) -> None:
    """What belongs to the claim as a whole; answers that the other claim has already stay behind."""
    claim.citations.update(claim=into)
    claim.figures.update(claim=into)
    claim.events.update(claim=into)
    has_first = into.appearances.filter(is_first=True).exists()
    claim.appearances.update(claim=into, **({"is_first": False} if has_first else {}))
    answered = into.coverage.filter(assertion__isnull=True).values("response")
    claim.coverage.exclude(response__in=list(answered.values_list("response", flat=True))).update(claim=into)
    _copy_claimants(claim, into)


def _copy_around(claim: Claim, new: Claim) -> None:
    _copy_claimants(claim, new)
    new.agencies.set(claim.agencies.all())
    for appearance in claim.appearances.all():
        Appearance.objects.create(claim=new, **{name: getattr(appearance, name) for name in _COPIED})


def _copy_claimants(claim: Claim, into: Claim) -> None:
    """Those who are not yet named there, after those who are."""
    there = set(into.claimants.values_list("person", flat=True))
    last = into.claimants.aggregate(last=Max("position"))["last"] or 0
    missing = [claimant for claimant in claim.claimants.all() if claimant.person_id not in there]
    for position, claimant in enumerate(missing, last + 1):
        Claimant.objects.create(
            claim=into,
            person_id=claimant.person_id,
            office_id=claimant.office_id,
            party_id=claimant.party_id,
            position=position,
            interests_en=claimant.interests_en,
            interests_th=claimant.interests_th,
        )


def _record(verb: str, claim: Claim, by: User, *, into: Claim) -> None:
    record(
        verb,
        subject_kind="claim",
        subject_id=claim.public_id,
        refs={"into": str(into.public_id)},
        content={"user": str(by.pk)},
    )
