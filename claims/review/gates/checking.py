"""Asking every rule: what stands between a revision and its publication, and the whole list with what is met."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from claims.documents.bundle import Bundle
from claims.models.review import ClaimReview
from claims.review.gates.facts import Facts, Waived, read_facts
from claims.review.gates.rule import Fault, Gate, Level
from claims.review.gates.table import GATES

READERS_ZONE = ZoneInfo("Asia/Bangkok")


@dataclass(frozen=True, slots=True)
class Ruling:
    """One rule and what was found: places where it is broken (none: it is met), and the waiver where there is one."""

    gate: Gate
    places: tuple[str, ...]
    waived: Waived | None

    @property
    def stands_in_the_way(self) -> bool:
        """Whether the revision cannot be published as it is."""
        return bool(self.places) and self.waived is None and self.gate.level is not Level.SHOULD

    def text(self, lang: str) -> str:
        """What to do, or what holds, in `en` or `th`."""
        gate = self.gate
        both = (gate.en, gate.th) if self.places else (gate.met_en, gate.met_th)
        return both[lang == "th"]


def checklist(review: ClaimReview, bundle: Bundle, *, now: datetime) -> list[Ruling]:
    """Ask every rule that is about something in the revision, in the order of the table: two queries for all."""
    facts = read_facts(review, bundle, now.astimezone(READERS_ZONE).date())
    return [_ask(gate, facts) for gate in GATES if gate.applies(facts)]


def faults(review: ClaimReview, bundle: Bundle, *, now: datetime) -> list[Fault]:
    """Return everything that stands between the revision and its publication."""
    return faults_of(checklist(review, bundle, now=now))


def faults_of(rulings: list[Ruling]) -> list[Fault]:
    """Return the faults in a checklist."""
    return [
        Fault(ruling.gate.code, {"en": ruling.gate.en, "th": ruling.gate.th}, place, ruling.gate.level.value)
        for ruling in rulings
        if ruling.stands_in_the_way
        for place in ruling.places
    ]


def _ask(gate: Gate, facts: Facts) -> Ruling:
    return Ruling(gate, tuple(gate.finds(facts)), facts.waived.get(gate.code) if gate.waivable else None)
