"""A dossier's page, with the answer matrix: every claim × every statement, at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from budgets.quantities.formatting import Lang
from claims.models.edition import Edition
from claims.models.public_status import PublicStatus
from claims.vocabulary import Coverage, EditionKind, PublicState, Rating, Stance

from .axes import Axis, dossier_axes
from .cards import Card, card
from .dates import When, bangkok_day, iso_day, when
from .evidence import SourceView, by_source, evidence_views
from .figures import FigureView, figure_views
from .responses import ResponseView, as_of, response_view
from .words import Doc, Link, label, person_link, plain, say, translation_pending

# (slug of the claim, public id of the response) -> the RESPONSE object of that claim's live edition
Cells = Mapping[tuple[str, str], Doc]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one statement says about one claim; `code` is "" when the claim's edition does not hold the statement."""

    response: ResponseView
    code: str
    coverage: str
    stance: str
    note: str


@dataclass(frozen=True, slots=True)
class Row:
    """One claim of the matrix."""

    claim: Card
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The answer matrix; `stance` is the one stance of all cells, or "" when they differ and each shows its own."""

    columns: tuple[ResponseView, ...]
    rows: tuple[Row, ...]
    totals: tuple[tuple[str, str, int], ...]
    stance: str


@dataclass(frozen=True, slots=True)
class DossierPage:
    """Everything a dossier's page shows, in one language."""

    slug: str
    title: str
    plain_title: str
    pending: bool
    summary: str
    notes: tuple[str, ...]
    period: When
    reported_on: When | None
    as_of: str
    claimants: tuple[Link, ...]
    agencies: tuple[Link, ...]
    axes: tuple[Axis, ...]
    matrix: Matrix
    beside: tuple[Card, ...]
    figures: tuple[FigureView, ...]
    claim_figures: tuple[tuple[Card, tuple[FigureView, ...]], ...]
    sources: tuple[SourceView, ...]
    events: tuple[tuple[When, str], ...]
    edition_number: int
    edition_kind: str
    edition_kind_label: str
    edition_note: str
    published: When
    digest: str


def dossier_page(
    document: Doc,
    edition: Edition,
    statuses: Sequence[PublicStatus],
    cells: Cells,
    figures: Mapping[str, Sequence[Doc]],
    lang: Lang,
) -> DossierPage:
    """The page of a dossier's live edition.

    `statuses` are all its claims, numbered ones first and in order; `figures` maps a claim's slug to its figures.
    """
    numbered = [status for status in statuses if status.number is not None]
    beside = [status for status in statuses if status.number is None]
    stated = [*document["figures"], *(figure for status in statuses for figure in figures.get(status.slug, ()))]
    provenances = [figure["provenance"] for figure in stated]
    reported = document["as_reported_on"]
    return DossierPage(
        slug=document["slug"],
        title=say(document["title"], lang),
        plain_title=plain(document["title"], lang),
        pending=translation_pending(document["title"], lang),
        summary=say(document["summary"], lang),
        notes=tuple(say(note, lang) for note in document["notes"]),
        period=when(document["period"], lang),
        reported_on=iso_day(reported, lang),
        as_of=as_of(reported, _oldest_search(standing(numbered)), lang),
        claimants=_links(document["claimants"], lang),
        agencies=_links(document["agencies"], lang),
        axes=dossier_axes(standing(numbered), len(document["responses"]), provenances, reported, lang),
        matrix=matrix(numbered, document["responses"], cells, lang),
        beside=tuple(card(status, lang) for status in beside),
        figures=figure_views(document["figures"], lang),
        claim_figures=tuple(
            (card(status, lang), figure_views(figures[status.slug], lang))
            for status in statuses
            if figures.get(status.slug)
        ),
        sources=by_source(evidence_views(document["evidence"], (), lang)),
        events=tuple((when(item["date"], lang), say(item["text"], lang)) for item in document["events"]),
        edition_number=edition.number,
        edition_kind=edition.kind,
        edition_kind_label=label(EditionKind, edition.kind, lang),
        edition_note=say({"en": edition.note_en, "th": edition.note_th}, lang),
        published=bangkok_day(edition.published_at, lang),
        digest=edition.digest,
    )


def matrix(statuses: Sequence[PublicStatus], responses: Sequence[Doc], cells: Cells, lang: Lang) -> Matrix:
    """Rows are claims, columns statements in the dossier's order; a missing cell stays empty and is never guessed."""
    columns = tuple(response_view(response, lang) for response in responses)
    rows = tuple(
        Row(card(status, lang), tuple(_cell(column, cells.get((status.slug, column.id)), lang) for column in columns))
        for status in statuses
    )
    found = [cell for row in rows for cell in row.cells if cell.code]
    counted = Counter(cell.code for cell in found)
    stances = {cell.stance for cell in found}
    return Matrix(
        columns,
        rows,
        tuple((code, label(Coverage, code, lang), counted[code]) for code in Coverage.values if counted[code]),
        stances.pop() if len(stances) == 1 else "",
    )


@dataclass(frozen=True, slots=True)
class DossierLine:
    """A dossier in a list."""

    slug: str
    title: str
    summary: str
    period: When
    claims: int
    not_yet_rated: int
    updated: When


def dossier_line(document: Doc, edition: Edition, statuses: Sequence[PublicStatus], lang: Lang) -> DossierLine:
    """A dossier in a list, with the number of its own claims (those outside its numbering are not counted)."""
    own = standing([status for status in statuses if status.number is not None])
    return DossierLine(
        document["slug"],
        say(document["title"], lang),
        say(document["summary"], lang),
        when(document["period"], lang),
        len(own),
        sum(status.rating == Rating.NOT_YET_RATED for status in own),
        bangkok_day(edition.published_at, lang),
    )


def _cell(column: ResponseView, response: Doc | None, lang: Lang) -> Cell:
    if response is None:
        return Cell(column, "", "", "", "")
    notes = [say(item["note"], lang) for item in response["coverage"] if item["note"]]
    whole = [say(item["note"], lang) for item in response["coverage"] if item["note"] and item["assertion"] is None]
    return Cell(
        column,
        response["strongest"],
        label(Coverage, response["strongest"], lang),
        label(Stance, response["stance"], lang),
        (whole or notes or [""])[0],
    )


def standing(statuses: Sequence[PublicStatus]) -> list[PublicStatus]:
    """Those that are not retracted: a retracted claim keeps its row and counts for nothing."""
    return [status for status in statuses if status.state != PublicState.RETRACTED]


def _links(people: Sequence[Doc], lang: Lang) -> tuple[Link, ...]:
    return tuple(link for person in people if (link := person_link(person, lang)))


def _oldest_search(statuses: Sequence[PublicStatus]) -> date | None:
    """The oldest of the days on which each claim's statements were looked for; None while one was never looked for."""
    searched = [status.last_searched_on for status in statuses if status.last_searched_on]
    return min(searched) if searched and len(searched) == len(statuses) else None
