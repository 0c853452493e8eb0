"""What every move of a revision does: lock, check the table and the person, write the decision, record it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import User

from claims.authorship import Conflicted, lock, refuse_interested, subject_of
from claims.documents.bundle import Bundle, build
from claims.models.review import ClaimReview, ReviewDecision
from claims.review.gates.rule import Fault
from claims.review.transitions import REVISE, Says, Transition
from claims.vocabulary import ReviewState
from ledger.recording import record


class NotAllowed(Exception):
    """A move was refused; carries one sentence per reason, and the faults behind them when rules are."""

    def __init__(self, reasons: Sequence[str], broken: Sequence[Fault] = ()) -> None:
        """Keep the sentences and the faults."""
        super().__init__(" ".join(reasons))
        self.reasons = list(reasons)
        self.faults = list(broken)


def lock_for(review: ClaimReview, transition: Transition, by: User, seen: str | None = None) -> ClaimReview:
    """Lock the claim and the review for a move, or raise `NotAllowed`: wrong state, wrong person, another text.

    `seen` is the content hash of the text that was before the person's eyes.
    """
    lock([subject_of(review.claim)])  # claim before review, as every edit does: no deadlock
    locked = ClaimReview.objects.select_for_update(of=("self",)).select_related("claim").get(pk=review.pk)
    refuse_impossible(locked, transition)
    refuse_person(locked, transition, by)
    if seen is not None and seen != locked.content_hash:
        raise NotAllowed(["Another text has been submitted since you opened this page: read it, then decide again."])
    return locked


def refuse_impossible(review: ClaimReview, transition: Transition) -> None:
    """Raise `NotAllowed`, with who moved it last and when, where the move does not start from where the review is."""
    if review.state in transition.sources and review.kind in transition.kinds:
        return
    state = ReviewState(review.state).label.lower()
    last = review.decisions.select_related("by").order_by("-pk").first()
    since = f" since {last.by.get_username()} moved it at {last.at:%Y-%m-%d %H:%M} UTC" if last else ""
    raise NotAllowed([f"“{transition.label}” is not possible: this revision is {state}{since}."])


def refuse_person(review: ClaimReview, transition: Transition, by: User) -> None:
    """Raise `NotAllowed` when the person's role, words in the text or interests forbid the move."""
    if not by.is_active or not by.groups.filter(name__in=transition.roles).exists():
        roles = " or ".join(sorted(transition.roles))
        raise NotAllowed([f"“{transition.label}” needs the role {roles}."])
    if transition.stranger:
        refuse_authors(review, by)
    try:
        refuse_interested(review.claim, by)
    except Conflicted as conflict:
        raise NotAllowed([str(conflict)]) from conflict


def refuse_authors(review: ClaimReview, by: User) -> None:
    """Raise `NotAllowed` when `by` wrote any of the revision."""
    if review.authors.filter(user=by).exists():
        raise NotAllowed(
            [f"{by.get_username()} wrote part of this revision: another person must judge it. Nobody publishes alone."]
        )


def unchanged_bundle(review: ClaimReview) -> Bundle:
    """Build the documents and raise `NotAllowed` when they are no longer those that were submitted."""
    bundle = build(review)
    if bundle.content_hash != review.content_hash:
        raise NotAllowed(
            ["The text has changed since it was submitted: take it back to draft, look at it and submit it again."]
        )
    return bundle


def lock_review(
    review: ClaimReview, transition: Transition, by: User, seen: str | None = None
) -> tuple[ClaimReview, Bundle]:
    """Lock a review and everything its text is made of, for a move that needs the approved text unchanged."""
    locked = lock_for(review, transition, by, seen)
    lock(build(locked).subjects)
    return locked, unchanged_bundle(locked)


def decide(
    review: ClaimReview,
    transition: Transition,
    *,
    by: User,
    now: datetime,
    reason: str = "",
    code: str = "",
    to: ReviewState | None = None,
) -> None:
    """Write the move to the append-only decisions, then carry it out; the caller records it in the ledger.

    In that order: the database moves a review only to where its newest decision says. `to` is for moves whose target
    is not in the table (the end of a hold).
    """
    reason = reason.strip()
    if transition.needs_reason and not reason:
        raise NotAllowed([_ASK[transition.says]])
    if transition.codes is not None and code not in transition.codes.values:
        raise NotAllowed([f"Choose a reason for “{transition.label}”."])
    before = review.state
    after = to or transition.target or ReviewState(before)
    ReviewDecision.objects.create(
        review=review,
        verb=transition.verb,
        from_state=before,
        to_state=after,
        by=by,
        at=now,
        reason=reason,
        reason_code=code,
        content_hash=review.content_hash,
    )
    review.state = after
    review.save()


def move(
    review: ClaimReview,
    transition: Transition,
    *,
    by: User,
    now: datetime,
    reason: str = "",
    code: str = "",
    to: ReviewState | None = None,
) -> None:
    """Decide and record: the last statement of a verb. Raises `NotAllowed` when words are missing."""
    decide(review, transition, by=by, now=now, reason=reason, code=code, to=to)
    record_move(review, transition.verb, by=by, reason=reason.strip(), code=code)


def record_move(review: ClaimReview, verb: str, *, by: User, reason: str = "", code: str = "") -> None:
    """Enter a move into the ledger."""
    review.refresh_from_db(fields=["public_id"])
    record(
        f"review.{PAST[verb]}",
        subject_kind="review",
        subject_id=str(review.public_id),
        refs={"claim": str(review.claim.public_id)},
        content={**actor(by), "content_hash": review.content_hash, "reason": reason, "code": code},
    )


def actor(by: User) -> dict[str, str]:
    """Return who acts, as the ledger keeps it."""
    return {"user": str(by.pk)}


_ASK = {
    Says.SOMETHING: "Say why, so that those who go on with it know what to do.",
    Says.IN_PUBLIC: "Say why in both languages: readers see it.",
}
PAST = {
    "triage": "triaged",
    "decline": "declined",
    "assign": "assigned",
    "reassign": "handed_over",
    "give_back": "given_back",
    "start": "started",
    "await_reply": "waits_for_reply",
    "resume": "resumed",
    "hold": "held",
    "release": "released",
    "submit": "submitted",
    "take_back": "taken_back",
    "rate": "rated",
    "disagree": "rated_otherwise",
    "clear_legal_risk": "legally_cleared",
    "approve": "approved",
    REVISE.verb: "opened",
}
