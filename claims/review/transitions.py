"""The one table of moves of a review: who may make them, from where to where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from claims.vocabulary import ReviewState


class Role(StrEnum):
    """Groups of people; what each may do to the nouns is in `roles.py`."""

    CONTRIBUTOR = "contributor"  # drafts
    REVIEWER = "reviewer"  # drafts and judges the drafts of others
    EDITOR = "editor"  # the same, publishes and answers for legal risk
    AUDITOR = "auditor"  # reads everything, changes nothing
    OPERATIONS = "operations"  # keeps the machines; no editorial rights


@dataclass(frozen=True, slots=True)
class Transition:
    """One move. `verb` is the word on the button, `roles` are those who may make it."""

    verb: str
    label: str
    sources: frozenset[ReviewState]
    target: ReviewState
    roles: frozenset[Role]


_WRITERS = frozenset({Role.CONTRIBUTOR, Role.REVIEWER, Role.EDITOR})

SUBMIT = Transition("submit", "Submit for review", frozenset({ReviewState.DRAFTED}), ReviewState.IN_REVIEW, _WRITERS)
TAKE_BACK = Transition(
    "take_back",
    "Take back to draft",
    frozenset({ReviewState.IN_REVIEW, ReviewState.APPROVED}),
    ReviewState.DRAFTED,
    _WRITERS,
)
CLEAR_LEGAL_RISK = Transition(
    "clear_legal_risk",
    "Sign off legal risk",
    frozenset({ReviewState.IN_REVIEW}),
    ReviewState.IN_REVIEW,
    frozenset({Role.EDITOR}),
)
APPROVE = Transition(
    "approve",
    "Approve",
    frozenset({ReviewState.IN_REVIEW}),
    ReviewState.APPROVED,
    frozenset({Role.REVIEWER, Role.EDITOR}),
)
PUBLISH = Transition(
    "publish", "Publish", frozenset({ReviewState.APPROVED}), ReviewState.PUBLISHED, frozenset({Role.EDITOR})
)

TRANSITIONS = (SUBMIT, TAKE_BACK, CLEAR_LEGAL_RISK, APPROVE, PUBLISH)


def possible_from(state: str) -> list[Transition]:
    """Return the moves that a review in `state` allows, in the order of the work."""
    return [transition for transition in TRANSITIONS if state in transition.sources]
