"""Compute readings and keep what came out: a new finding only when it differs from the newest one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from budgets import arithmetic
from budgets.arithmetic import Claimed, Missing
from budgets.arithmetic.numbers import decimal
from budgets.intervals import Interval
from budgets.models.figure import Figure
from budgets.quantities.formatting import Lang, quantity
from budgets.vocabulary import Formula, Provenance, Relation, Unit
from claims.figure_checks.operands import Resolved, resolve
from claims.models.figure_check import FigureCheck, Finding, Reading
from claims.vocabulary import FindingCause
from ledger.merkle import canonical

Json = dict[str, Any]


def compute(readings: Sequence[Reading], *, cause: FindingCause, now: datetime) -> list[Finding]:
    """Compute readings and store each finding that differs from the reading's newest; return those stored.

    A constant number of queries for any number of readings. The caller holds the locks of their claims.
    """
    pks = [reading.pk for reading in readings]
    complete = list(
        Reading.objects.filter(pk__in=pks)
        .select_related("figure_check__assertion__claim")
        .prefetch_related("operands__figure", "figure_check__assertion__claim__claimants__person")
    )
    resolved = resolve(complete)
    newest = dict(Finding.objects.filter(reading__in=pks).current().values_list("reading_id", "digest"))
    fresh = []
    for reading in complete:
        body = finding_body(reading.figure_check, resolved[reading.pk])
        digest = sha256(canonical(body)).hexdigest()
        if newest.get(reading.pk) != digest:
            fresh.append(
                Finding(reading=reading, result=body["result"], cause=cause, body=body, digest=digest, computed_at=now)
            )
    return Finding.objects.bulk_create(fresh)


def finding_body(check: FigureCheck, operands: Sequence[Resolved]) -> Json:
    """One finding as documents show it: the shape of docs/figure-checks.md, numbers as decimal strings."""
    speakers = frozenset(str(claimant.person.public_id) for claimant in check.assertion.claim.claimants.all())
    terms = [operand.term for operand in operands]
    found = arithmetic.check(Formula(check.formula), terms, _claimed(check, operands), speakers=speakers)
    return {
        "result": found.result.value,
        "reason": found.reason.value if found.reason else None,
        "value": _string(found.value),
        **_interval(found.interval),
        "unit": found.unit,
        "currency": found.currency,
        "deviation": _string(found.deviation),
        "implied": _implied(found),
        "sum": found.sum,
        "why": found.why,
        "notes": [*found.notes, *_said_of(operands)],
        "mismatches": [{"aspect": each.aspect, "words": each.words} for each in found.mismatches],
        "own_figures": found.own_figures,
        "mixed": found.mixed,
        "thresholds": found.thresholds.as_json(),
        "formula_version": found.formula_version,
        "operands": [_operand(operand) for operand in operands],
    }


def _claimed(check: FigureCheck, operands: Sequence[Resolved]) -> Claimed:
    """What the assertion says comes out; of a value without an own number, the first figure itself."""
    words = {"en": check.claimed_words_en, "th": check.claimed_words_th}
    relation, value = Relation(check.relation), None
    if check.claimed_low is not None and check.claimed_high is not None:
        closed = check.claimed_high_closed
        interval: Interval | None = Interval.between(check.claimed_low, check.claimed_high, high_closed=closed)
        if check.claimed_unit == Unit.MONEY and check.claimed_low == check.claimed_high:
            value = check.claimed_low  # an amount printed to its last digit; only words such as “doubled” are tolerant
    else:
        first = operands[0].figure if operands and not isinstance(operands[0].term, Missing) else None
        interval = _interval_of(first) if first else None
        value = first.value if first else None
    return Claimed(relation, interval, check.claimed_unit, check.claimed_currency or None, words, value)


def _interval_of(figure: Figure) -> Interval:
    return Interval.between(figure.low, figure.high, low_closed=figure.low_closed, high_closed=figure.high_closed)


def _interval(interval: Interval | None) -> Json:
    if interval is None:
        return {"low": None, "high": None, "low_closed": None, "high_closed": None}
    return {
        "low": _string(decimal(interval.low)),
        "high": _string(decimal(interval.high)),
        "low_closed": interval.low_closed,
        "high_closed": interval.high_closed,
    }


def _implied(found: arithmetic.Finding) -> Json | None:
    if found.implied is None:
        return None
    return {**_interval(found.implied), "unit": found.implied_unit, "currency": found.implied_currency}


def _operand(operand: Resolved) -> Json:
    figure = operand.figure
    if isinstance(operand.term, Missing):
        return {"figure": None, "missing": operand.term.reason}
    assert figure is not None  # noqa: S101 - an amount always comes from a figure
    return {"figure": figure_ref(figure), "missing": None}


def figure_ref(figure: Figure) -> Json:
    """A figure as a finding names it, with where it comes from when a file brought it."""
    origin = figure.budget_import
    return {
        "id": str(figure.public_id),
        "slug": figure.slug,
        "label": {"en": figure.label_en, "th": figure.label_th},
        "value": _string(figure.value),
        "low": _string(figure.low),
        "high": _string(figure.high),
        "unit": figure.unit,
        "currency": figure.currency or None,
        "year": figure.period_year,
        "basis": figure.period_basis,
        "phase": figure.phase,
        "provenance": figure.provenance,
        "line": line_ref(figure),
        "source": {
            "title": {"en": origin.title_en, "th": origin.title_th},
            "url": origin.source_url or None,
            "line": figure.source_line,
        }
        if origin
        else None,
    }


def line_ref(figure: Figure) -> Json | None:
    """The line that a figure is of, as documents name it."""
    line = figure.line
    if line is None:
        return None
    return {"id": str(line.public_id), "slug": line.slug, "name": {"en": line.name_en, "th": line.name_th}}


def _said_of(operands: Sequence[Resolved]) -> list[dict[str, str]]:
    """What must be said of the figures one by one, beside what the arithmetic says of them together."""
    notes = [note for operand in operands for note in (_beside(operand), _unwritten(operand))]
    return [note for note in notes if note is not None]


def _unwritten(operand: Resolved) -> dict[str, str] | None:
    figure = operand.figure
    if figure is None or isinstance(operand.term, Missing) or figure.currency_written or not figure.currency:
        return None
    return {
        "en": f"The source of “{figure.label_en}” names no currency; reading it as {figure.currency} is ours.",
        "th": f"ต้นทางของ “{figure.label_th}” ไม่ได้ระบุสกุลเงิน การอ่านเป็น {figure.currency} เป็นของตามรอย",
    }


def _beside(operand: Resolved) -> dict[str, str] | None:
    if not operand.beside:
        return None
    english = "; ".join(_said(figure, "en") for figure in operand.beside)
    thai = "; ".join(_said(figure, "th") for figure in operand.beside)
    return {
        "en": f"Another figure for the same line, period and phase says otherwise: {english}.",
        "th": f"มีตัวเลขอื่นของรายการ งวด และขั้นเดียวกันที่ไม่ตรงกัน: {thai}",
    }


def _said(figure: Figure, lang: Lang) -> str:
    words = {"en": figure.words_en, "th": figure.words_th}[lang]
    if figure.value is not None:
        words = quantity(figure.value, Unit(figure.unit), figure.currency or None, lang)
    return f"{words} ({Provenance(figure.provenance).both[lang]})"


def _string(number: Decimal | None) -> str | None:
    """A plain decimal string without trailing zeros; `normalize` would round what is longer than its context."""
    if number is None:
        return None
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
