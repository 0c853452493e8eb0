"""A figure check: are the figures comparable, what do they give, and does the claim agree with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from budgets.arithmetic import reasons, sums
from budgets.arithmetic.cases import Case
from budgets.arithmetic.comparability import mismatches
from budgets.arithmetic.formulas import Computed, NoMeaningError, compute, solve
from budgets.arithmetic.numbers import decimal
from budgets.arithmetic.operands import Amount, Claimed, Finding, Mismatch, Operand, Thresholds, Words
from budgets.arithmetic.placement import OVERLAP
from budgets.arithmetic.verdicts import verdict
from budgets.intervals import Interval
from budgets.vocabulary import Formula, Reason, Relation, Result

_PLACES = 6
_DEFAULT = Thresholds()


def check(
    formula: Formula,
    operands: Sequence[Operand],
    claimed: Claimed,
    *,
    speakers: frozenset[str],
    thresholds: Thresholds = _DEFAULT,
) -> Finding:
    """Compute a formula over figures and hold the result against what the claim says.

    The order of the operands: value (the claimed figure, another one to compare it with, if any); difference, growth
    and compound growth (later, earlier); ratio (numerator, denominator); share (part, whole); sum (two or more).
    `speakers` are the ids of those who make the claim. Raises ValueError for a wrong number of operands.
    """
    case = Case(formula, tuple(operands), claimed, thresholds)
    _refuse_wrong_count(formula, len(operands))
    found = mismatches(formula, case.amounts)
    unlike = case.unlike_the_claim()
    if unlike is not None and not any(each.aspect == "unit" for each in found):
        found.append(unlike)
    return _concluded(case, _blank(case, speakers), found)


def overall(findings: Sequence[Finding]) -> Result:
    """What several readings of one sentence amount to: their common result, else undetermined."""
    results = {finding.result for finding in findings}
    return results.pop() if len(results) == 1 else Result.UNDETERMINED


def _refuse_wrong_count(formula: Formula, count: int) -> None:
    least, most = {Formula.VALUE: (1, 2), Formula.SUM: (2, count)}.get(formula, (2, 2))
    if not least <= count <= most:
        wanted = "at least 2" if formula is Formula.SUM else "1 or 2" if formula is Formula.VALUE else "2"
        raise ValueError(f"{formula.label} needs {wanted} operands and got {count}; add or remove some")


def _blank(case: Case, speakers: frozenset[str]) -> Finding:
    """A finding that has found nothing yet."""
    amounts = case.amounts
    own = bool(amounts) and all(each.said_by is not None and each.said_by in speakers for each in amounts)
    mixed = len({each.provenance for each in amounts}) > 1
    return Finding(
        result=Result.UNDETERMINED,
        reason=None,
        value=None,
        interval=None,
        unit=case.unit,
        currency=case.currency,
        deviation=None,
        implied=None,
        sum=sums.not_computed(case),
        why={},
        own_figures=own,
        mixed=mixed,
        thresholds=case.thresholds,
        notes=reasons.notes(case, own_figures=own, mixed=mixed),
    )


def _concluded(case: Case, blank: Finding, found: Sequence[Mismatch]) -> Finding:
    if case.missing:
        return _with_missing(case, blank, found)
    if len(case.operands) == 1:
        return replace(blank, reason=Reason.NOTHING_TO_COMPARE, why=reasons.nothing_to_compare())
    if found:
        added = any(each.aspect == OVERLAP for each in found)
        reason = Reason.MAY_OVERLAP if added else Reason.NOT_COMPARABLE
        why = reasons.not_comparable(found, added=added)
        return replace(blank, reason=reason, why=why, mismatches=tuple(found))
    try:
        computed = _computed(case)
    except ZeroDivisionError:
        return replace(blank, reason=Reason.DIVISION_BY_ZERO, why=reasons.no_result(Reason.DIVISION_BY_ZERO))
    except NoMeaningError:
        return replace(blank, reason=Reason.UNDEFINED, why=reasons.no_result(Reason.UNDEFINED))
    return _with_result(case, blank, computed)


def _computed(case: Case) -> Computed:
    values = [each.value for each in case.amounts]
    intervals = [each.interval for each in case.amounts]
    return compute(case.formula, values, intervals, case.years).times(case.factor)


def _with_result(case: Case, blank: Finding, computed: Computed) -> Finding:
    deviation = _deviation(case, computed)
    finding = replace(
        blank,
        value=None if computed.value is None else decimal(computed.value, _PLACES),
        interval=computed.interval.rounded_outward(_PLACES),
        sum=sums.written_out(case, computed, deviation),
    )
    if case.bounds is None:
        why = reasons.nothing_claimed(case, computed)
        return replace(finding, reason=Reason.NOTHING_CLAIMED, why=why)
    result = verdict(case.claimed.relation, computed, case.bounds)
    return replace(
        finding,
        result=result,
        reason=Reason.WITHIN_ROUNDING if result is Result.UNDETERMINED else None,
        deviation=None if deviation is None else decimal(deviation, _PLACES),
        why=reasons.judged(case, result, computed, deviation),
        notes=blank.notes + (() if reasons.counts_as_said(case, result, deviation) else reasons.tolerance(case)),
    )


def _deviation(case: Case, computed: Computed) -> Fraction | None:
    said = case.said_value
    if computed.value is None or not said:
        return None
    return (computed.value - said) / abs(said) * 100


def _with_missing(case: Case, blank: Finding, found: Sequence[Mismatch]) -> Finding:
    finding = replace(
        blank, reason=Reason.MISSING_FIGURE, mismatches=tuple(found), notes=_with_mismatches(blank, found)
    )
    solved = None if found else _solved(case)
    if solved is None:
        return replace(finding, why=reasons.missing_figure(case, None))
    value, implied = solved
    figure = case.amounts[0]
    words = reasons.implied_words(case, value, implied)
    return replace(
        finding,
        implied=implied.rounded_outward(_PLACES),
        implied_unit=figure.unit,
        implied_currency=figure.currency,
        sum=sums.with_implied(case, words, sums.claimed_words(case)),
        why=reasons.missing_figure(case, words),
    )


def _with_mismatches(blank: Finding, found: Sequence[Mismatch]) -> tuple[Words, ...]:
    if not found:
        return blank.notes
    added = any(each.aspect == OVERLAP for each in found)
    return (reasons.not_comparable(found, added=added), *blank.notes)


def _solved(case: Case) -> tuple[Fraction | None, Interval] | None:
    """What the one missing figure would have to be: from the printed numbers, and with all that rounding allows."""
    said = case.claimed.interval
    if case.claimed.relation is not Relation.EQUALS or (said is None and case.formula is not Formula.VALUE):
        return None
    if not case.amounts:
        return None
    intervals = [each.interval if isinstance(each, Amount) else None for each in case.operands]
    return None if intervals.count(None) != 1 else _solution(case, intervals)


def _solution(case: Case, intervals: list[Interval | None]) -> tuple[Fraction | None, Interval] | None:
    one = Interval.point(Fraction(1, case.factor))
    said = case.claimed.interval or Interval.point(0)
    implied = solve(case.formula, intervals, said * one)
    if implied is None:
        return None
    printed: list[Decimal | None] = [each.value for each in case.amounts]
    number = case.said_value if case.formula is not Formula.VALUE else Fraction(0)
    if number is None or None in printed:
        return None, implied
    values = iter(Interval.point(each) for each in printed if each is not None)
    points = [None if each is None else next(values) for each in intervals]
    solved = solve(case.formula, points, Interval.point(number) * one)
    return (solved.low if solved is not None else None), implied
