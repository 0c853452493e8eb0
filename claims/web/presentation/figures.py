"""One figure as a page shows it: the amount, what it is of, when, how exact, and who says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from budgets.fiscal import fiscal_year
from budgets.quantities import formatting
from budgets.quantities.formatting import Lang
from budgets.vocabulary import PeriodBasis, Phase, Provenance, Unit

from .dates import day, year_text
from .words import Doc, Link, label, person_link, say


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure in words; `range` is "" unless the amount is a rounded one. An imported figure has its id for a slug."""

    id: str
    slug: str
    label: str
    amount: str
    range: str
    digits: int | None
    exactness: str
    currency_unwritten: bool
    period: str
    fiscal_days: str
    basis: str
    phase: str
    phase_code: str
    phase_stated: bool
    provenance: str
    provenance_label: str
    said_by: str
    speaker: Link | None
    agency: Link | None
    line: Link | None
    assertion: int | None
    evidence_id: str | None
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    is_money: bool
    currency: str | None
    year: int | None
    claim_slug: str | None


def figure_view(figure: Doc, lang: Lang) -> FigureView:
    """A FIGURE object of a document, in one language."""
    unit, currency, period = Unit(figure["unit"]), figure["currency"], figure["period"]
    value = _decimal(figure["value"])
    amount = formatting.quantity(value, unit, currency, lang) if value is not None else say(figure["words"], lang)
    return FigureView(
        id=figure["id"],
        slug=figure["slug"] or figure["id"],
        label=say(figure["label"], lang),
        amount=amount or _interval(figure, lang),
        range=_interval(figure, lang) if amount else "",
        digits=figure["exactness"]["digits"],
        exactness=figure["exactness"]["kind"],
        currency_unwritten=bool(currency) and not figure["currency_written"],
        period=_period(period, lang),
        fiscal_days=_fiscal_days(period, lang),
        basis=label(PeriodBasis, period["basis"], lang) if _has_years(figure) else "",
        phase=label(Phase, figure["phase"], lang),
        phase_code=figure["phase"],
        phase_stated=figure["phase"] != Phase.UNSTATED,
        provenance=figure["provenance"],
        provenance_label=label(Provenance, figure["provenance"], lang),
        said_by=say(figure["said_by"]["words"], lang),
        speaker=person_link(figure["said_by"]["person"], lang),
        agency=person_link(figure["agency"], lang),
        line=_line(figure["line"], lang),
        assertion=figure["assertion"],
        evidence_id=figure["evidence_id"],
        value=value,
        low=_decimal(figure["low"]),
        high=_decimal(figure["high"]),
        is_money=unit is Unit.MONEY,
        currency=currency,
        year=period["year"],
        claim_slug=figure["claim_slug"],
    )


def _line(line: Doc | None, lang: Lang) -> Link | None:
    """The page of a budget line; editions from before lines had pages hold its name alone."""
    return person_link(line, lang) if line and "slug" in line else None


def figure_views(figures: Iterable[Doc], lang: Lang) -> tuple[FigureView, ...]:
    """Every figure of a document in its order."""
    return tuple(figure_view(figure, lang) for figure in figures)


def provenances(figures: Iterable[Doc]) -> frozenset[str]:
    """The codes of everyone who stands behind some figures."""
    return frozenset(figure["provenance"] for figure in figures)


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None else None


def _has_years(figure: Doc) -> bool:
    """Counts of people and seats have no budget year; money and its shares do, also when nobody says which."""
    money = figure["unit"] in (Unit.MONEY, Unit.RATIO, Unit.YEARS)
    return money or figure["period"]["basis"] != PeriodBasis.YEAR_UNKNOWN


def _interval(figure: Doc, lang: Lang) -> str:
    low, high = _decimal(figure["low"]), _decimal(figure["high"])
    if low is None or high is None or low == high:
        return ""
    closed = (figure["low_closed"], figure["high_closed"])
    return formatting.interval(low, high, closed, Unit(figure["unit"]), figure["currency"], lang)


def _period(period: Doc, lang: Lang) -> str:
    if period["words"]:
        return say(period["words"], lang)
    if period["year"] is None:
        return ""
    return year_text(period["year"], lang)


def _fiscal_days(period: Doc, lang: Lang) -> str:
    """The days of a fiscal year, spelled out: its name alone does not tell a reader when it began."""
    if period["basis"] != PeriodBasis.FISCAL_YEAR or period["year"] is None:
        return ""
    year = fiscal_year(period["year"])
    joint = " – " if lang == "th" else " to "
    return f"{day(year.start, lang)}{joint}{day(year.end, lang)}"
