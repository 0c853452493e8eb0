"""Figure checks: a check with its readings is one whole, written through its verb.

A check or reading that the file does not name was added by hand and stays. The figures of a reading are what its
formula computes with, so there are never more of them than the file has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from claims.authorship import Frozen
from claims.figure_checks.verbs import CheckRefused, write_check
from claims.models.assertion import Assertion
from claims.models.claim import Claim
from claims.models.figure_check import FigureCheck, Operand, Reading
from claims.seeding.loading.differences import Difference, Wanted, difference, differences
from claims.seeding.loading.session import Session, both
from claims.seeding.schema.checks import CheckEntry, OperandEntry, ReadingEntry

_Place = tuple[int, int]


@dataclass(frozen=True)
class _ReadingPlan:
    found: Difference[Reading]
    operands: list[Difference[Operand]]
    surplus: list[Operand]


@dataclass(frozen=True)
class _CheckPlan:
    entry: CheckEntry
    found: Difference[FigureCheck]
    readings: list[_ReadingPlan]

    @property
    def all(self) -> list[Difference[Any]]:
        """The check with all that hangs on it, as it is to become; a surplus figure makes its reading differ."""
        parts: list[Difference[Any]] = []
        for reading in self.readings:
            parts += [reading.found, *reading.operands]
        return [self.found, *parts]

    def save_parts(self) -> None:
        """Save readings and figures of the check, which stands by now."""
        for reading in self.readings:
            reading.found.row.figure_check = self.found.row
            if reading.found.differs:
                reading.found.save()
            for operand in reading.surplus:
                operand.delete()
            for one in reading.operands:
                one.row.reading = reading.found.row
                if one.differs:
                    one.save()


def load_checks(session: Session, entries: Sequence[CheckEntry]) -> None:
    """Write the checks that are new or differ; figures and lines stand by now."""
    assertions, standing = _read(session)
    for slug in dict.fromkeys(entry.claim for entry in entries):
        claim = session.claims[slug]
        plans = [_compare(session, entry, assertions, standing) for entry in entries if entry.claim == slug]
        for plan in plans:
            _note(session, plan)
        if session.may_change(claim, [one for plan in plans for one in plan.all]):
            _write(session, claim, [plan for plan in plans if any(one.differs for one in plan.all)])


def _read(session: Session) -> tuple[dict[_Place, Assertion], dict[_Place, FigureCheck]]:
    """All assertions of the dossier by (claim, number), and all checks by (assertion, number)."""
    parts = Assertion.objects.filter(claim__in=session.claims.values()).select_related("claim")
    checks = FigureCheck.objects.filter(assertion__in=parts).prefetch_related("readings__operands")
    return (
        {(part.claim_id, part.number): part for part in parts},
        {(check.assertion_id, check.number): check for check in checks},
    )


def _compare(
    session: Session, entry: CheckEntry, assertions: dict[_Place, Assertion], standing: dict[_Place, FigureCheck]
) -> _CheckPlan:
    assertion = assertions[session.claims[entry.claim].pk, entry.assertion]
    row = standing.get((assertion.pk, entry.number))
    claimed = entry.claimed
    values = {
        "assertion": assertion,
        "number": entry.number,
        "formula": entry.formula,
        "relation": entry.relation,
        "claimed_low": claimed.low,
        "claimed_high": claimed.high,
        "claimed_high_closed": claimed.high_closed,
        "claimed_unit": claimed.unit,
        "claimed_currency": claimed.currency,
        **both("claimed_words", claimed.words),
    }
    name = f"{entry.claim}/{entry.assertion}.{entry.number}"
    readings = {reading.number: reading for reading in row.readings.all()} if row else {}
    plans = [
        _compare_reading(session, part, f"{name}/reading {number}", number, readings.get(number))
        for number, part in enumerate(entry.readings, start=1)
    ]
    return _CheckPlan(entry, difference(FigureCheck, row, name, values), plans)


def _compare_reading(
    session: Session, entry: ReadingEntry, name: str, number: int, row: Reading | None
) -> _ReadingPlan:
    standing = {operand.position: operand for operand in row.operands.all()} if row else {}
    wanted = [
        Wanted(f"{name}/figure {position}", position, {"position": position, **_operand(session, part)})
        for position, part in enumerate(entry.figures, start=1)
    ]
    found = difference(Reading, row, name, {"number": number, **both("words", entry.words)})
    surplus = [operand for position, operand in standing.items() if position > len(wanted)]
    if surplus:
        found = Difference(found.name, found.row, found.values, (*found.fields, "figures"))
    return _ReadingPlan(found, differences(Operand, standing, wanted), surplus)


def _operand(session: Session, entry: OperandEntry) -> dict[str, Any]:
    wanted = entry.waits_for
    return {
        "figure": session.figures[entry.figure] if entry.figure else None,
        **both("missing", entry.missing),
        "line": session.lines[wanted.line] if wanted else None,
        "year": wanted.year if wanted else None,
        "basis": wanted.basis if wanted else "",
        "phase": wanted.phase if wanted else "",
    }


def _note(session: Session, plan: _CheckPlan) -> None:
    session.note("check", plan.found)
    for reading in plan.readings:
        session.note("reading", reading.found)
        for operand in reading.operands:
            session.note("operand", operand)


def _write(session: Session, claim: Claim, plans: Sequence[_CheckPlan]) -> None:
    for plan in plans:
        at = plan.entry.at
        try:
            write_check(check=plan.found.take(), save_parts=plan.save_parts, by=session.by, now=session.now)
        except Frozen as error:
            session.refuse(f"{error} Or write checks.yaml as “{claim}” stands.")
            return
        except CheckRefused as error:
            session.refuse(f"{at.file}:{at.line}: {plan.found.name}: {error}")
