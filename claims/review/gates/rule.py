"""What a rule before publishing is, and what can be said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from claims.review.gates.facts import Facts


class Level(Enum):
    """What a broken rule stops."""

    MUST = "must"  # nothing is submitted, approved or published
    JUDGED = "judged"  # the same, but the second person meets it: it stops the approval, not the submission
    SHOULD = "should"  # shown, and stops nothing


def _always(facts: Facts) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is missing: the rule's code, and what to do, in both languages."""

    code: str
    message: dict[str, str]
    where: str = ""
    level: str = Level.MUST.value


@dataclass(frozen=True, slots=True)
class Gate:
    """A rule: what to do where it is broken, and what holds where it is met, in both languages.

    `finds` returns the places where it is broken; `applies` says whether the revision has anything that it is about.
    `waivable`: an editor may set it aside with a public reason. `serves`: the commitments that it expresses, explained
    in docs/standards.md (`IFCN 1` to `IFCN 5`, `EFCSN`).
    """

    code: str
    en: str
    th: str
    met_en: str
    met_th: str
    finds: Callable[[Facts], Iterable[str]]
    applies: Callable[[Facts], bool] = _always
    level: Level = Level.MUST
    waivable: bool = False
    serves: tuple[str, ...] = ()
