"""Whatever happens to figures, exactly the claims are flagged that rest on them, as another program sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgets.figures import record_figure, retract_figure, supersede_figure
from budgets.models.budget_line import BudgetLine
from budgets.models.figure import Figure
from budgets.vocabulary import Formula, PeriodBasis, Phase, Provenance
from claims.figure_checks.following import follow_figures
from claims.models.claim import Claim
from claims.models.flag import Flag
from tests.factories.cast import Cast
from tests.factories.claims import NOW, draft_claim
from tests.factories.figures import Lacking, amount, make_check, make_line

LATER = NOW + timedelta(days=1)
YEARS = (2023, 2024)
PHASES = (Phase.DISBURSED, Phase.APPROVED)
OFFICIAL = (Provenance.OFFICIAL_DOCUMENT, Provenance.OFFICIAL_STATEMENT)
PROVENANCES = (*OFFICIAL, Provenance.CLAIMANT)


@dataclass(frozen=True)
class Fact:
    """A figure as the other program knows it; `line` -1 is unknown."""

    line: int
    year: int
    phase: Phase
    provenance: Provenance
    value: int

    @property
    def key(self) -> tuple[int, int, Phase]:
        return self.line, self.year, self.phase


Wanted = tuple[int, int, Phase]
Names = int  # the number of a figure
Parts = list[list[Names | Wanted | None]]


@dataclass
class Oracle:
    """Knows what rests on what without a database: figures by number, chains, and readings by claim."""

    facts: dict[int, Fact] = field(default_factory=dict)
    next: dict[int, int] = field(default_factory=dict)
    retracted: set[int] = field(default_factory=set)
    readings: list[tuple[int, list[Names | Wanted | None]]] = field(default_factory=list)

    def standing(self) -> list[int]:
        return [number for number in sorted(self.facts) if number not in self.next and number not in self.retracted]

    def rests(self, operand: Names | Wanted | None) -> set[int]:
        if operand is None:
            return set()
        if isinstance(operand, int):
            while operand in self.next:
                operand = self.next[operand]
            return {operand} if operand in self.retracted else {operand, *self.beside(operand)}
        answers = [number for number in self.standing() if self.answers(number, operand)]
        if len({self.facts[number].value for number in answers}) > 1:
            return set(answers)
        return {answers[0], *self.beside(answers[0])} if answers else set()

    def answers(self, number: int, wanted: Wanted) -> bool:
        return self.facts[number].key == wanted and self.facts[number].provenance in OFFICIAL

    def beside(self, number: int) -> list[int]:
        mine = self.facts[number]
        others = [] if mine.line < 0 else [one for one in self.standing() if self.facts[one].key == mine.key]
        return [one for one in others if self.facts[one].value != mine.value]

    def claims_resting_on(self, touched: set[int]) -> set[int]:
        return {
            claim for claim, operands in self.readings if any(touched & self.rests(operand) for operand in operands)
        }


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    return Fact(
        line=draw(st.integers(-1, 2)),
        year=draw(st.sampled_from(YEARS)),
        phase=draw(st.sampled_from(PHASES)),
        provenance=draw(st.sampled_from(PROVENANCES)),
        value=draw(st.integers(1, 3)),
    )


OPERANDS = st.one_of(
    st.integers(0, 5),
    st.tuples(st.integers(0, 2), st.sampled_from(YEARS), st.sampled_from(PHASES)),
    st.none(),
)
# No reading computes with one figure twice.
PAIRS = st.tuples(OPERANDS, OPERANDS).filter(lambda pair: pair[0] != pair[1] or not isinstance(pair[0], int)).map(list)
CHECKS = st.lists(
    st.tuples(st.integers(0, 3), st.lists(PAIRS, min_size=1, max_size=3)),
    min_size=1,
    max_size=5,
)
EDITS = st.lists(
    st.tuples(st.sampled_from(["record", "supersede", "supersede here", "retract"]), st.integers(0, 9), facts()),
    min_size=1,
    max_size=6,
)


@dataclass(frozen=True)
class World:
    """The same graph in the database, made and edited through the verbs."""

    cast: Cast
    lines: list[BudgetLine]
    claims: list[Claim]
    oracle: Oracle
    rows: dict[int, Figure]

    def fields(self, fact: Fact) -> dict[str, Any]:
        line = self.lines[fact.line] if fact.line >= 0 else None
        return amount(fact.value, line=line, year=fact.year, phase=fact.phase, provenance=fact.provenance)

    def record(self, fact: Fact) -> int:
        return self.keep(fact, record_figure(by=self.cast.contributor, now=LATER, **self.fields(fact)))

    def supersede(self, old: int, fact: Fact) -> int:
        figure = self.rows[old]
        new = self.keep(fact, supersede_figure(figure=figure, by=self.cast.contributor, now=LATER, **self.fields(fact)))
        self.oracle.next[old] = new
        return new

    def retract(self, old: int) -> None:
        retract_figure(figure=self.rows[old], reason="A misprint.", by=self.cast.contributor, now=LATER)
        self.oracle.retracted.add(old)

    def keep(self, fact: Fact, figure: Figure) -> int:
        number = len(self.rows)
        self.rows[number], self.oracle.facts[number] = figure, fact
        return number

    def check(self, claim: int, parts: Parts) -> None:
        readings = [[self.operand(part) for part in operands] for operands in parts]
        make_check(self.claims[claim], *readings, by=self.cast.contributor, formula=Formula.RATIO)
        self.oracle.readings += [(claim, operands) for operands in parts]

    def operand(self, part: Names | Wanted | None) -> Figure | Lacking:
        if isinstance(part, int):
            return self.rows[part]
        if part is None:
            return Lacking()
        line, year, phase = part
        return Lacking(line=self.lines[line], year=year, basis=PeriodBasis.FISCAL_YEAR, phase=phase)

    def choose(self, which: int) -> int | None:
        standing = self.oracle.standing()
        return standing[which % len(standing)] if standing else None

    def edit(self, edit: str, old: int | None, fact: Fact) -> set[int]:
        """Do one edit to a standing figure, if there is any; return the new figure."""
        if edit == "record" or old is None:
            return {self.record(fact)}
        if edit == "retract":
            self.retract(old)
            return set()
        mine = self.oracle.facts[old]
        if fact.value == mine.value:
            fact = replace(fact, value=mine.value + 3)  # else nobody could tell that anything happened
        here: dict[str, Any] = (
            {"line": mine.line, "year": mine.year, "phase": mine.phase} if edit == "supersede here" else {}
        )
        return {self.supersede(old, replace(fact, **here))}

    def flagged(self) -> set[int]:
        """The claims that following flags now; their flags are closed again."""
        follow_figures(now=LATER)
        flags = Flag.objects.open()
        numbers = {self.claims.index(flag.claim) for flag in flags if flag.claim}
        flags.update(closed_at=LATER)
        return numbers


@pytest.fixture
def empty(cast: Cast) -> Callable[[], World]:
    whole = make_line()
    lines = [whole, make_line(whole), make_line(whole)]
    claims = [draft_claim(by=cast.contributor) for _ in range(4)]
    return lambda: World(cast, lines, claims, Oracle(), {})


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(known=st.lists(facts(), min_size=6, max_size=6), checks=CHECKS, edits=EDITS)
def test_the_flagged_claims_are_those_that_rest_on_what_was_edited(
    empty: Callable[[], World],
    known: list[Fact],
    checks: list[tuple[int, Parts]],
    edits: list[tuple[str, int, Fact]],
) -> None:
    with transaction.atomic():
        world = empty()
        for fact in known:
            world.record(fact)
        for claim, parts in checks:
            world.check(claim, parts)
        assert world.flagged() == set()  # what a check has been computed with is no news
        for edit, which, fact in edits:
            old = world.choose(which)
            touched = set() if edit == "record" or old is None else {old}
            resting = world.oracle.claims_resting_on(touched)
            touched |= world.edit(edit, old, fact)
            assert world.flagged() == resting | world.oracle.claims_resting_on(touched)
        transaction.set_rollback(True)


def test_superseded_chains_are_followed_to_their_end(empty: Callable[[], World]) -> None:
    world = empty()
    fact = Fact(line=0, year=2024, phase=Phase.DISBURSED, provenance=Provenance.CLAIMANT, value=1)
    old = world.record(fact)
    other = world.record(replace(fact, year=2023))
    world.check(0, [[old, other]])
    world.check(1, [[other, None]])
    assert world.flagged() == set()
    for value in (2, 3, 4):
        old = world.supersede(old, replace(fact, value=value))
        assert world.flagged() == {0}
    world.retract(old)
    assert world.flagged() == {0}
    world.record(replace(fact, value=9))  # of the retracted figure's key, on which nothing rests any more
    assert world.flagged() == set()
