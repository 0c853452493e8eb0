"""What we do not check, one line each."""

from __future__ import annotations

from dataclasses import dataclass

from budgets.quantities.formatting import Lang
from claims.models.declined import Declined
from claims.vocabulary import DeclineReason

from .dates import When, bangkok_day
from .words import label, say


@dataclass(frozen=True, slots=True)
class DeclinedLine:
    """One declined claim; `heading` is "" where it would name a private person."""

    heading: str
    code_label: str
    reason: str
    declined: When


def declined_line(row: Declined, lang: Lang) -> DeclinedLine:
    """A declined claim as readers see it: what was declined to protect somebody is not repeated here."""
    heading = {"en": row.heading_en, "th": row.heading_th}
    return DeclinedLine(
        "" if row.code == DeclineReason.PRIVATE else say(heading, lang),
        label(DeclineReason, row.code, lang),
        say({"en": row.reason_en, "th": row.reason_th}, lang),
        bangkok_day(row.declined_at, lang),
    )
