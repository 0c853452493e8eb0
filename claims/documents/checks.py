"""Figure checks of an assertion, as they are published: the newest finding of every reading."""

from __future__ import annotations

from collections.abc import Iterable

from budgets.vocabulary import Result
from claims.documents.parts import Json, decimal_string, text, text_or_none
from claims.models.figure_check import FigureCheck, Finding, Reading


def check_document(check: FigureCheck) -> Json:
    """The CHECK shape of docs/architecture.md; `check` comes from `read_claim`."""
    readings = [_reading(reading) for reading in check.readings.all()]
    return {
        "id": str(check.public_id),
        "number": check.number,
        "formula": check.formula,
        "relation": check.relation,
        "claimed": {
            "words": text(check, "claimed_words"),
            "low": decimal_string(check.claimed_low),
            "high": decimal_string(check.claimed_high),
            "high_closed": check.claimed_high_closed,
            "unit": check.claimed_unit,
            "currency": check.claimed_currency or None,
        },
        "result": overall(reading["finding"]["result"] if reading["finding"] else None for reading in readings),
        "readings": readings,
    }


def overall(results: Iterable[str | None]) -> str:
    """What several readings of one sentence amount to: their common result, else undetermined; None has no finding."""
    found = set(results)
    common = found.pop() if len(found) == 1 else None
    return common or Result.UNDETERMINED.value


def _reading(reading: Reading) -> Json:
    newest: list[Finding] = reading.newest  # type: ignore[attr-defined] # a prefetch of read_claim
    return {
        "id": str(reading.public_id),
        "number": reading.number,
        "words": text_or_none(reading, "words"),
        "finding": newest[0].body if newest else None,
    }
