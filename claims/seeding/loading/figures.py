"""Budget lines, figures, and who gives each figure where.

A figure is never edited: when the file has another amount, a new figure supersedes the standing one under the same
slug with a number behind it, and its attribution moves on.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from budgets.figures import FigureRefused, record_figure, supersede_figure
from budgets.models.budget_line import BudgetLine
from budgets.models.figure import Figure
from budgets.vocabulary import PeriodBasis
from claims.authorship import Frozen
from claims.intake import revise_claim, write_subject
from claims.models.assertion import Assertion
from claims.models.claim import Claim
from claims.models.dossier import Dossier
from claims.models.figure_attribution import FigureAttribution
from claims.seeding.intervals import rounding_interval
from claims.seeding.loading.differences import Difference, difference
from claims.seeding.loading.session import Session, both, by_slug
from claims.seeding.schema.money import FigureEntry, LineEntry


def load_lines(session: Session, entries: Sequence[LineEntry]) -> None:
    """Bring the budget lines in."""
    standing = by_slug(BudgetLine, [entry.key for entry in entries])
    for entry in entries:
        values = {"agency": session.agencies[entry.agency], **both("name", entry.name)}
        found = difference(BudgetLine, standing.get(entry.key), entry.key, values)
        session.note("budget line", found)
        session.lines[entry.key] = found.row
        if found.is_new:
            found.row.slug = entry.key
        session.write_shared(found)


def load_figures(session: Session, entries: Sequence[FigureEntry]) -> None:
    """Record the figures, then join those of each claim and of the dossier to who says so."""
    for entry in entries:
        try:
            session.figures[entry.key] = _figure(session, entry)
        except FigureRefused as error:
            session.refuse(f"{entry.at.file}:{entry.at.line}: {entry.key}: {error}")
    session.stop_if_refused()
    for slug in dict.fromkeys(entry.claim for entry in entries):
        group = [entry for entry in entries if entry.claim == slug]
        subject = session.claims[slug] if slug else session.dossier
        try:
            _attribute(session, subject, group)
        except Frozen as error:
            session.refuse(f"{error} Or write figures.yaml as it stands.")


def _figure(session: Session, entry: FigureEntry) -> Figure:
    standing, versions = _newest(entry.slug)
    found = difference(Figure, standing, entry.slug, figure_values(session, entry))
    session.note("figure", found)
    if standing is None:
        return record_figure(by=session.by, now=session.now, slug=entry.slug, **found.values)
    if not found.fields:
        return standing
    claims = list(Claim.objects.filter(figures__figure=standing).distinct().order_by("pk"))
    dossiers = list(Dossier.objects.filter(figures__figure=standing).distinct().order_by("pk"))
    if not session.may_change_all([*claims, *dossiers], [found]):
        return standing
    slug = f"{entry.slug}-{versions + 1}"
    return supersede_figure(figure=standing, by=session.by, now=session.now, slug=slug, **found.values)


def _newest(slug: str) -> tuple[Figure | None, int]:
    """Return the figure that stands under a slug after all that superseded it, and how many there have been."""
    figure = Figure.objects.filter(slug=slug).first()
    versions = 0
    while figure is not None:
        versions += 1
        if figure.superseded_by is None:
            return figure, versions
        figure = figure.superseded_by
    return None, 0


def figure_values(session: Session, entry: FigureEntry) -> dict[str, Any]:
    """Return the columns of a figure; the interval is the written one or what rounds to the value."""
    period = entry.period
    return {
        **both("label", entry.label),
        "agency": session.agencies[entry.agency] if entry.agency else None,
        "line": session.lines[entry.line] if entry.line else None,
        "value": entry.value,
        **_interval(entry),
        **both("words", entry.words),
        "unit": entry.unit,
        "currency": entry.currency,
        "currency_written": entry.currency_written,
        "exactness": entry.exactness,
        "significant_digits": entry.significant_digits,
        **both("period_words", period.words if period else None),
        "period_basis": period.basis if period else PeriodBasis.YEAR_UNKNOWN,
        "period_year": period.year if period else None,
        "period_earliest": period.earliest if period else None,
        "period_latest": period.latest if period else None,
        "phase": entry.phase,
        "provenance": entry.provenance,
    }


def _interval(entry: FigureEntry) -> dict[str, Decimal | bool | None]:
    if entry.interval is not None:
        return {
            "low": entry.interval.low,
            "high": entry.interval.high,
            "low_closed": entry.interval.low_closed,
            "high_closed": entry.interval.high_closed,
        }
    rounded = (
        rounding_interval(entry.value, entry.significant_digits)
        if entry.value is not None and entry.significant_digits
        else None
    )
    if rounded is None:
        return {"low": entry.value, "high": entry.value, "low_closed": True, "high_closed": True}
    return {"low": rounded.low, "high": rounded.high, "low_closed": True, "high_closed": False}


def _attribute(session: Session, subject: Claim | Dossier, entries: Sequence[FigureEntry]) -> None:
    standing = {_root(one.figure): one for one in subject.figures.select_related("figure")}
    numbers = {part.number: part for part in subject.assertions.all()} if isinstance(subject, Claim) else {}
    found = []
    for position, entry in enumerate(entries, start=1):
        values = _attribution(session, entry, session.figures[entry.key], numbers, position)
        one = difference(FigureAttribution, standing.get(entry.slug), f"{subject.slug}/{entry.key}", values)
        session.note("attribution", one)
        found.append(one)
    if session.may_change(subject, found):
        _write(session, subject, found)


def _root(figure: Figure) -> str:
    """Return the slug under which the file knows a figure: that of the first in its chain."""
    earlier = figure.supersedes.first()
    return figure.slug if earlier is None else _root(earlier)


def _attribution(
    session: Session, entry: FigureEntry, figure: Figure, numbers: dict[int, Assertion], position: int
) -> dict[str, Any]:
    said_by = entry.said_by
    return {
        "figure": figure,
        "assertion": numbers[entry.assertion] if entry.assertion else None,
        "citation": session.citations[entry.citation] if entry.citation else None,
        "position": position,
        "basis": said_by.basis,
        "said_by": session.people[said_by.person] if said_by.person else None,
        **both("said_by_words", said_by.words),
    }


def _write(session: Session, subject: Claim | Dossier, found: list[Difference[FigureAttribution]]) -> None:
    def save() -> None:
        for one in found:
            if isinstance(subject, Claim):
                one.row.claim = subject
            else:
                one.row.dossier = subject
        session.save_all(found)

    if isinstance(subject, Claim):
        revise_claim(claim=subject, save=save, by=session.by, now=session.now)
    else:
        write_subject(subject=subject, save=save, by=session.by, now=session.now)
