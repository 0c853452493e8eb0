"""The one table of moves of a revision: who may make them, from where to where, and what must be said.

The database holds every move to the same pairs (migration `0008_workflow`); a test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, StrEnum

from claims.vocabulary import (
    WRITABLE,
    DeclineReason,
    EditionKind,
    ReviewState,
    RevisionReason,
)


class Role(StrEnum):
    """Groups of people; what each may do to the nouns is in `roles.py`."""

    CONTRIBUTOR = "contributor"  # drafts
    REVIEWER = "reviewer"  # drafts and judges the drafts of others
    EDITOR = "editor"  # the same, publishes and answers for legal risk
    AUDITOR = "auditor"  # reads everything, changes nothing
    OPERATIONS = "operations"  # keeps the machines; no editorial rights


class Says(Enum):
    """Whether a move needs words."""

    NOTHING = 0
    SOMETHING = 1  # why, for the people who go on with it
    IN_PUBLIC = 2  # why, in both languages


@dataclass(frozen=True, slots=True)
class Transition:
    """One move. `verb` is the word in addresses and decisions, `label` the one on the button.

    `target` None: the state stays. `stranger`: whoever makes it wrote none of the revision. `kinds`: the editions that
    it is for. `codes` are the reasons to choose from.
    """

    verb: str
    label: str
    sources: frozenset[ReviewState]
    target: ReviewState | None
    roles: frozenset[Role]
    says: Says = Says.NOTHING
    stranger: bool = False
    kinds: frozenset[EditionKind] = frozenset(EditionKind)
    codes: type[RevisionReason | DeclineReason] | None = None

    @property
    def needs_reason(self) -> bool:
        """Whether the person must say why."""
        return self.says is not Says.NOTHING

    def pairs(self) -> Iterator[tuple[ReviewState, ReviewState]]:
        """Yield (from, to) for each source."""
        for source in self.sources:
            yield source, self.target or source


def _states(*states: ReviewState) -> frozenset[ReviewState]:
    return frozenset(states)


_S = ReviewState
_WRITERS = frozenset({Role.CONTRIBUTOR, Role.REVIEWER, Role.EDITOR})
_JUDGES = frozenset({Role.REVIEWER, Role.EDITOR})
_EDITORS = frozenset({Role.EDITOR})
_JUDGED = _states(_S.IN_REVIEW, _S.SECOND_REVIEW)
_DRAFTS = _states(_S.DRAFTED, _S.AWAITING_REPLY, _S.UNDER_REVISION)
_ORDINARY = frozenset({EditionKind.INITIAL, EditionKind.UPDATE, EditionKind.CORRECTION})

TRIAGE = Transition("triage", "Take it on", _states(_S.INTAKE), _S.TRIAGED, _JUDGES)
DECLINE = Transition(
    "decline",
    "Decline",
    _states(_S.INTAKE, _S.TRIAGED, _S.ASSIGNED, _S.DRAFTED),
    _S.DECLINED,
    _JUDGES,
    says=Says.IN_PUBLIC,
    stranger=True,
    kinds=frozenset({EditionKind.INITIAL}),
    codes=DeclineReason,
)
ASSIGN = Transition("assign", "Assign", _states(_S.TRIAGED, _S.ASSIGNED), _S.ASSIGNED, _WRITERS)
REASSIGN = Transition("reassign", "Hand over", _DRAFTS, None, _WRITERS)
GIVE_BACK = Transition("give_back", "Give back", _states(_S.ASSIGNED), _S.TRIAGED, _WRITERS, says=Says.SOMETHING)
START = Transition("start", "Start drafting", _states(_S.ASSIGNED), _S.DRAFTED, _WRITERS)
AWAIT_REPLY = Transition(
    "await_reply", "Wait for the reply", _states(_S.DRAFTED, _S.UNDER_REVISION), _S.AWAITING_REPLY, _WRITERS
)
RESUME = Transition("resume", "Go on drafting", _states(_S.AWAITING_REPLY), _S.DRAFTED, _WRITERS)
HOLD = Transition("hold", "Put on hold", WRITABLE, _S.ON_HOLD, _WRITERS, says=Says.SOMETHING)
RELEASE = Transition("release", "End the hold", _states(_S.ON_HOLD), None, _WRITERS)
SUBMIT = Transition("submit", "Submit for review", _DRAFTS, _S.IN_REVIEW, _WRITERS)
TAKE_BACK = Transition(
    "take_back", "Take back to draft", _JUDGED | {_S.APPROVED}, _S.DRAFTED, _WRITERS, says=Says.SOMETHING
)
RATE = Transition("rate", "Rate it yourself", _JUDGED, None, _JUDGES, says=Says.SOMETHING, stranger=True)
DISAGREE = Transition(
    "disagree",
    "Rate it otherwise",
    _states(_S.IN_REVIEW),
    _S.SECOND_REVIEW,
    _JUDGES,
    says=Says.SOMETHING,
    stranger=True,
)
CLEAR_LEGAL_RISK = Transition(
    "clear_legal_risk", "Sign off legal risk", _JUDGED, None, _EDITORS, says=Says.SOMETHING, stranger=True
)
APPROVE = Transition("approve", "Approve", _JUDGED, _S.APPROVED, _JUDGES, stranger=True)
PUBLISH = Transition("publish", "Publish", _states(_S.APPROVED), _S.PUBLISHED, _EDITORS, kinds=_ORDINARY)
RETRACT = Transition(
    "retract",
    "Publish the retraction",
    _states(_S.APPROVED),
    _S.RETRACTED,
    _EDITORS,
    kinds=frozenset({EditionKind.RETRACTION}),
)
SUPERSEDE = Transition(
    "supersede",
    "Publish the replacement",
    _states(_S.APPROVED),
    _S.SUPERSEDED,
    _EDITORS,
    kinds=frozenset({EditionKind.SUPERSESSION}),
)
# The next revision is a row of its own, which begins where the last one ended.
REVISE = Transition(
    "revise",
    "Open a revision",
    _states(_S.PUBLISHED, _S.RETRACTED, _S.SUPERSEDED),
    _S.UNDER_REVISION,
    _WRITERS,
    says=Says.SOMETHING,
    codes=RevisionReason,
)

# In the order of the work; `RATE` turns into `DISAGREE` by what was rated, nobody chooses it.
TRANSITIONS = (
    *(TRIAGE, ASSIGN, START, GIVE_BACK, REASSIGN, AWAIT_REPLY, RESUME, SUBMIT),
    *(RATE, DISAGREE, CLEAR_LEGAL_RISK, APPROVE, PUBLISH, RETRACT, SUPERSEDE, REVISE),
    *(TAKE_BACK, HOLD, RELEASE, DECLINE),
)
BY_VERB = {transition.verb: transition for transition in TRANSITIONS}


def possible_from(state: str, kind: str = EditionKind.INITIAL) -> list[Transition]:
    """Return the moves that a person can choose for a revision of `kind` in `state`, in the order of the work."""
    return [
        transition
        for transition in TRANSITIONS
        if state in transition.sources and kind in transition.kinds and transition is not DISAGREE
    ]


def allowed_pairs() -> set[tuple[str, str]]:
    """Return every (from, to) that some move makes, as the database knows them; a new row begins at ''."""
    pairs = {(str(before), str(after)) for transition in TRANSITIONS for before, after in transition.pairs()}
    pairs |= {(str(_S.ON_HOLD), str(state)) for state in WRITABLE}
    pairs.discard((str(_S.ON_HOLD), str(_S.ON_HOLD)))
    return pairs | {("", str(_S.INTAKE)), ("", str(_S.DRAFTED))}
