"""Queues of claims: each state of the work, and what calls for a person again after it was published."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import DateTimeField, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from claims.desk.queue import Kind, Rows, Viewer, waiting
from claims.models.claim import Claim, Claimant
from claims.models.hiding import Hiding
from claims.models.interest import Interest
from claims.models.public_status import PublicStatus
from claims.models.rating import IndependentRating
from claims.models.review import ClaimReview, DraftEdit, ReviewAuthor, ReviewDecision
from claims.review.transitions import TRANSITIONS
from claims.vocabulary import PublicState, ReviewState, SubjectKind

SEARCH_AGAIN = timedelta(days=30)
"""After so long a page says that nobody has looked for later statements."""
_FORM = "claims_claim_change"


def roles_for(*verbs: str) -> frozenset[str]:
    """Return the roles that may make any of the moves."""
    return frozenset(str(role) for move in TRANSITIONS if move.verb in verbs for role in move.roles)


def _reviews(rows: Rows, since: object = None, note: object = "") -> Rows:
    """Revisions, waiting since they came into their state."""
    came = ReviewDecision.objects.filter(review=OuterRef("pk"), to_state=OuterRef("state"))
    came = came.exclude(from_state=F("to_state")).order_by("-pk")
    return waiting(
        rows,
        key="claim_id",
        text="claim__heading_en",
        since=since or Coalesce(Subquery(came.values("at")[:1]), F("opened_at")),
        note=note,
        review="public_id",
    )


def _in(*states: ReviewState) -> Rows:
    return ClaimReview.objects.filter(state__in=[state.value for state in states])


def _taken_in(viewer: Viewer) -> Rows:
    return _reviews(_in(ReviewState.INTAKE))


def _to_assign(viewer: Viewer) -> Rows:
    return _reviews(_in(ReviewState.TRIAGED))


def _assigned_to_me(viewer: Viewer) -> Rows:
    return _reviews(_in(ReviewState.ASSIGNED).filter(assigned_to=viewer.user))


def _my_drafts(viewer: Viewer) -> Rows:
    mine = DraftEdit.objects.filter(
        subject_kind=SubjectKind.CLAIM,
        subject_id=OuterRef("claim__public_id"),
        user=viewer.user,
        at__gte=OuterRef("opened_at"),
    )
    written = Q(assigned_to=viewer.user) | (Q(assigned_to__isnull=True) & Q(Exists(mine)))
    return _reviews(_in(ReviewState.DRAFTED, ReviewState.UNDER_REVISION).filter(written))


def _awaiting_reply(viewer: Viewer) -> Rows:
    return _reviews(_in(ReviewState.AWAITING_REPLY))


def for_my_judgement(rows: Rows, user: int) -> Rows:
    """Leave out what the person wrote, has a conflict of interest about, or has rated already."""
    wrote = ReviewAuthor.objects.filter(review=OuterRef("pk"), user=user)
    rated = IndependentRating.objects.filter(review=OuterRef("pk"), content_hash=OuterRef("content_hash"), by=user)
    ties = Interest.objects.standing().filter(user=user)
    people, agencies = ties.values("person"), ties.values("agency")
    said = Claimant.objects.filter(claim=OuterRef("claim")).filter(Q(person__in=people) | Q(party__in=agencies))
    about = Claim.agencies.through.objects.filter(claim=OuterRef("claim"), agency__in=agencies)
    return rows.filter(~Exists(wrote), ~Exists(rated), ~Exists(said), ~Exists(about))


def _to_review(viewer: Viewer) -> Rows:
    return _reviews(for_my_judgement(_in(ReviewState.IN_REVIEW), viewer.user))


def _third_person(viewer: Viewer) -> Rows:
    return _reviews(for_my_judgement(_in(ReviewState.SECOND_REVIEW), viewer.user))


def _to_publish(viewer: Viewer) -> Rows:
    free = Q(embargo_until__isnull=True) | Q(embargo_until__lte=viewer.now)
    return _reviews(_in(ReviewState.APPROVED).filter(free))


def _embargoed(viewer: Viewer) -> Rows:
    return _reviews(_in(ReviewState.APPROVED).filter(embargo_until__gt=viewer.now))


def _under_revision(viewer: Viewer) -> Rows:
    return _reviews(_in(ReviewState.UNDER_REVISION), note="reason_code")


def _holds_ended(viewer: Viewer) -> Rows:
    return _reviews(_in(ReviewState.ON_HOLD).filter(held_until__lte=viewer.today), since="held_until")


def _hidden(viewer: Viewer) -> Rows:
    rows = Hiding.objects.filter(lifted_at__isnull=True, confirmed_at__isnull=True).exclude(by=viewer.user)
    return waiting(rows, key="claim_id", text="claim__heading_en", since="at", note="reason_en")


def _revisit(viewer: Viewer) -> Rows:
    rows = Claim.objects.filter(revisit_on__lte=viewer.today)
    return waiting(rows, text="heading_en", since="revisit_on", note="revisit_reason")


def _search_again(viewer: Viewer) -> Rows:
    """Published longer ago than that as well: a page says so only then."""
    before = viewer.now - SEARCH_AGAIN
    searched = Coalesce(Cast("last_searched_on", DateTimeField()), F("published_at"))
    rows = PublicStatus.objects.filter(
        Q(last_searched_on__isnull=True) | Q(last_searched_on__lt=timezone.localdate(before)),
        published_at__lt=before,
        state=PublicState.LIVE,
    )
    return waiting(rows, key="claim_id", text="heading_en", since=searched)


_WRITERS = roles_for("submit")

DRAFTING = (
    Kind(
        "taken_in", "Taken in", "Nothing was taken in that nobody has looked at.", ClaimReview, _taken_in,
        roles_for("triage"), claim="claim", offers=("triage",),
    ),
    Kind(
        "to_assign", "To be assigned", "Every claim to be checked is somebody's.", ClaimReview, _to_assign,
        roles_for("assign"), claim="claim", offers=("assign",),
    ),
    Kind(
        "assigned_to_me", "Assigned to me", "Nothing is assigned to you that you have not begun.", ClaimReview,
        _assigned_to_me, roles_for("start"), claim="claim", offers=("start",),
    ),
    Kind(
        "my_drafts", "My drafts", "You have no draft.", ClaimReview, _my_drafts, _WRITERS, page=_FORM, claim="claim",
    ),
    Kind(
        "awaiting_reply", "Awaiting a reply", "No draft waits for a reply.", ClaimReview, _awaiting_reply, _WRITERS,
        claim="claim",
    ),
    Kind(
        "under_revision", "Under revision", "No published claim is being revised.", ClaimReview, _under_revision,
        _WRITERS, claim="claim",
    ),
    Kind(
        "holds_ended", "Holds that ended", "No hold has ended.", ClaimReview, _holds_ended, roles_for("release"),
        claim="claim", offers=("release",),
    ),
)  # fmt: skip
JUDGING = (
    Kind(
        "to_review", "Awaiting my review", "Nothing waits for your review.", ClaimReview, _to_review,
        roles_for("approve"), claim="claim",
    ),
    Kind(
        "third_person", "Awaiting a third person", "No rating is disputed.", ClaimReview, _third_person,
        roles_for("approve"), claim="claim",
    ),
    Kind(
        "to_publish", "Approved, to publish", "Nothing waits to be published.", ClaimReview, _to_publish,
        roles_for("publish"), claim="claim",
    ),
    Kind(
        "embargoed", "Approved, under embargo", "Nothing approved is under embargo.", ClaimReview, _embargoed,
        roles_for("publish"), claim="claim",
    ),
    Kind(
        "hidden", "Hidden, to be confirmed", "Nothing was hidden that a second person has not looked at.", Claim,
        _hidden, roles_for("publish"), claim="claim",
    ),
)  # fmt: skip
AFTERWARDS = (
    Kind(
        "revisit", "To look at again", "No date to look again has come.", Claim, _revisit, _WRITERS, page=_FORM,
        claim="pk",
    ),
    Kind(
        "search_again", "No search for statements for 30 days",
        "For every public claim somebody looked for statements in the last 30 days.", PublicStatus, _search_again,
        _WRITERS, claim="claim",
    ),
)  # fmt: skip
