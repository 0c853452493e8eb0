"""Verbs of figure checks: people write them; figures that change run them again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from budgets.vocabulary import Formula
from claims.authorship import begin_edit, lock, subject_of
from claims.figure_checks import claimed
from claims.figure_checks.affected import readings_resting_on
from claims.figure_checks.arity import refusal
from claims.figure_checks.computing import compute
from claims.flags import open_flag
from claims.intake import Save, sentences
from claims.models.claim import Claim
from claims.models.figure_check import FigureCheck, Finding, Reading
from claims.models.public_status import PublicStatus
from claims.vocabulary import FindingCause, FlagCode
from ledger.recording import record


class CheckRefused(Exception):
    """A check cannot be stored; carries one sentence per fault."""

    def __init__(self, reasons: list[str]) -> None:
        """Keep the sentences."""
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def write_check(*, check: FigureCheck, save_parts: Save = lambda: None, by: User, now: datetime) -> FigureCheck:
    """Store a new or changed check with its readings and compute it; `save_parts` stores readings and operands.

    Raises `CheckRefused` with every fault and `Frozen` while others judge the claim.
    """
    with transaction.atomic():
        claim = check.assertion.claim
        begin_edit(claim, by=by, now=now)
        try:
            check.full_clean()
            check.save()
            check.refresh_from_db(fields=["public_id"])
            save_parts()
        except ValidationError as error:
            raise CheckRefused(sentences(error)) from error
        readings = list(check.readings.all())
        _refuse_gaps(check, readings)
        # Before computing: whoever records a figure waits for the log's head from here on, so that its entry comes
        # after this check is visible. Otherwise a figure could slip in between, and nobody would run the check again.
        record(
            "figure_check.written",
            subject_kind="figure_check",
            subject_id=check.public_id,
            refs={"claim": str(claim.public_id)},
            content={"formula": check.formula, "user": str(by.pk)},
        )
        compute(readings, cause=FindingCause.EDIT, now=now)
    return check


def remove_check(*, check: FigureCheck, by: User, now: datetime) -> None:
    """Take a check out of the draft; editions keep what they showed. Raises `Frozen`."""
    with transaction.atomic():
        claim = check.assertion.claim
        begin_edit(claim, by=by, now=now)
        public_id = check.public_id
        check.delete()
        record(
            "figure_check.removed",
            subject_kind="figure_check",
            subject_id=public_id,
            refs={"claim": str(claim.public_id)},
            content={"user": str(by.pk)},
        )


def recheck_for_figures(*, figures: Collection[UUID], imports: Collection[UUID] = (), now: datetime) -> list[Claim]:
    """Compute again what rests on these figures; flag the claims whose findings changed, and return them.

    Nothing published changes: the status of a flagged claim says that a re-check is due.
    """
    with transaction.atomic():
        resting = readings_resting_on(figures, imports)
        claims = Claim.objects.filter(assertions__checks__readings__in=resting).distinct().order_by("pk")
        lock([subject_of(claim) for claim in claims])
        before = dict(Finding.objects.filter(reading__in=resting).current().values_list("reading_id", "result"))
        stored = compute(list(Reading.objects.filter(pk__in=resting)), cause=FindingCause.FIGURES, now=now)
        changed = _by_claim(stored)
        for claim, findings in changed.items():
            detail = {"changes": [_change(finding, before.get(finding.reading_id)) for finding in findings]}
            open_flag(code=FlagCode.FINDING_CHANGED, claim=claim, detail=detail, now=now)
        PublicStatus.objects.filter(claim__in=changed).update(status_due_at=now)
        for claim, findings in changed.items():
            record(
                "claim.findings_changed",
                subject_kind="claim",
                subject_id=claim.public_id,
                content={"readings": [str(finding.reading.public_id) for finding in findings]},
            )
    return list(changed)


def _refuse_gaps(check: FigureCheck, readings: list[Reading]) -> None:
    wrong = claimed.faults(number=check.number, unit=check.claimed_unit, currency=check.claimed_currency)
    refusals = list(wrong)
    if not readings:
        raise CheckRefused([*refusals, "Add a reading: even a sentence with one meaning needs one, without words."])
    if len(readings) > 1 and any(not reading.words_en for reading in readings):
        raise CheckRefused(["With several readings each needs words, so that readers can tell them apart."])
    formula = Formula(check.formula)
    gaps = ((reading.number, _gap(check, formula, reading)) for reading in readings)
    refusals += [f"Reading {number}: {gap}" for number, gap in gaps if gap]
    if formula is Formula.VALUE and check.claimed_low is not None:
        refusals.append("A value is compared as its first figure has it: leave both ends of what is claimed empty.")
    if refusals:
        raise CheckRefused(refusals)


def _gap(check: FigureCheck, formula: Formula, reading: Reading) -> str:
    operands = list(reading.operands.select_related("figure"))
    figures = [operand.figure for operand in operands if operand.figure is not None]
    if formula is Formula.VALUE and operands and operands[0].figure_id is None:
        return "Name the figure of the assertion first, then what it is held against."
    if len({figure.pk for figure in figures}) < len(figures):
        return "Choose different figures."
    units = {figure.unit for figure in figures}
    return refusal(formula, len(operands)) or claimed.unit_refusal(formula, check.claimed_unit, units)


def _change(finding: Finding, before: str | None) -> dict[str, Any]:
    """What a person should know of a changed finding: where it stands, what it was and what it is."""
    check = finding.reading.figure_check
    return {
        "assertion": check.assertion.number,
        "check": check.pk,
        "number": check.number,
        "reading": finding.reading.number,
        "was": before,
        "now": finding.result,
        "sum": finding.body["sum"]["en"],
        "why": finding.body["why"]["en"],
    }


def _by_claim(findings: list[Finding]) -> dict[Claim, list[Finding]]:
    grouped: dict[Claim, list[Finding]] = {}
    for finding in findings:
        grouped.setdefault(finding.reading.figure_check.assertion.claim, []).append(finding)
    return grouped
