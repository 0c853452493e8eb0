"""A claim's page, made of its edition and, for the live one, its public status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from budgets.quantities.formatting import Lang
from budgets.vocabulary import Provenance
from claims.models.edition import Edition
from claims.models.public_status import PublicStatus
from claims.vocabulary import AppearanceKind, AssertionKind, EditionKind, Rating

from .axes import Axis, claim_axes, rating_sentence
from .charts import Chart, charts
from .checks import CheckView, check_views, checked_provenances
from .dates import When, bangkok_day, iso_day, when
from .evidence import SourceView, by_source, evidence_views
from .figures import FigureView, figure_views
from .responses import RequestView, ResponseView, as_of, as_reported, request_view, response_view
from .words import Doc, Link, label, person_link, plain, say, translation_pending


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said it, and what readers should know of them."""

    person: Link
    office: str
    party: Link | None
    interests: str


@dataclass(frozen=True, slots=True)
class Appearance:
    """Where and when it was said; `captured` tells whether we hold a copy."""

    kind: str
    where: str
    date: When
    first: bool
    captured: bool
    note: str


@dataclass(frozen=True, slots=True)
class AssertionView:
    """One checkable part with its figures and what was computed of them; a rumour is kept out of search snippets."""

    id: str
    number: int
    kind: str
    kind_label: str
    text: str
    hedge: str
    figures: tuple[FigureView, ...]
    checks: tuple[CheckView, ...]

    @property
    def is_rumour(self) -> bool:
        """Whether the speaker said that others say it."""
        return self.kind == AssertionKind.RUMOUR


@dataclass(frozen=True, slots=True)
class EditionLine:
    """One line of the publication history."""

    number: int
    kind: str
    kind_label: str
    note: str
    published: When
    rating: str
    digest: str


@dataclass(frozen=True, slots=True)
class Minute:
    """The claim in one minute: four answers."""

    claimed: str
    said: str
    known: str
    not_known: str


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """Everything a claim's page shows, in one language."""

    slug: str
    number: int | None
    dossier: Link | None
    dossier_size: int | None
    heading: str
    title: str
    pending: bool
    speakers: tuple[Speaker, ...]
    agencies: tuple[Link, ...]
    appearances: tuple[Appearance, ...]
    reported_on: When | None
    rating: str
    rating_label: str
    rating_sentence: str
    rating_reasons: str
    summary: str
    minute: Minute
    as_of: str
    as_reported: str
    responses: tuple[ResponseView, ...]
    request: RequestView | None
    assertions: tuple[AssertionView, ...]
    loose_figures: tuple[FigureView, ...]
    charts: tuple[Chart, ...]
    own_figures_only: bool
    recheck_due: When | None
    would_settle: str
    sources: tuple[SourceView, ...]
    events: tuple[tuple[When, str], ...]
    axes: tuple[Axis, ...]
    history: tuple[EditionLine, ...]
    state: str
    rumours: frozenset[int]

    @property
    def has_rumour(self) -> bool:
        """Whether the speaker spoke of rumours, so that texts of this page stay out of search snippets."""
        return bool(self.rumours)


def claim_page(document: Doc, status: PublicStatus | None, lang: Lang) -> ClaimPage:
    """The page of an edition; without a status it is shown as it was frozen: no axes, no source health, no history."""
    figures = figure_views(document["figures"], lang)
    provenances = [figure.provenance for figure in figures]
    computed_with = checked_provenances(document["assertions"])
    reported, rating = document["as_reported_on"], status.rating if status else document["rating"]["code"]
    return ClaimPage(
        slug=document["slug"],
        number=document["number"],
        dossier=_dossier(document["dossier"], lang),
        dossier_size=document["dossier"]["size"] if document["dossier"] else None,
        heading=say(document["heading"], lang),
        title=plain(document["heading"], lang),
        pending=translation_pending(document["heading"], lang),
        speakers=tuple(_speaker(item, lang) for item in document["claimants"]),
        agencies=tuple(link for item in document["agencies"] if (link := person_link(item, lang))),
        appearances=tuple(_appearance(item, lang) for item in document["appearances"]),
        reported_on=iso_day(reported, lang),
        rating=rating,
        rating_label=label(Rating, rating, lang),
        rating_sentence=rating_sentence(rating),
        rating_reasons=say(document["rating"]["reasons"], lang),
        summary=say(document["summary"], lang),
        minute=Minute(*(say(document["minute"][key], lang) for key in ("claimed", "said", "known", "not_known"))),
        as_of=as_of(reported, status.last_searched_on, lang) if status else as_reported(reported, lang),
        as_reported=as_reported(reported, lang),
        responses=tuple(response_view(item, lang) for item in document["responses"]),
        request=request_view(_request(status), lang) if status else None,
        assertions=_assertions(document["assertions"], figures, lang),
        loose_figures=_loose(document["assertions"], figures),
        charts=charts(figures, lang),
        own_figures_only=computed_with.union(provenances) == {Provenance.CLAIMANT},
        recheck_due=_recheck_due(status, lang),
        would_settle=say(document["would_settle"], lang),
        sources=by_source(evidence_views(document["evidence"], status.sources if status else (), lang)),
        events=tuple((when(item["date"], lang), say(item["text"], lang)) for item in document["events"]),
        axes=claim_axes(status, provenances, reported, lang, computed_with) if status else (),
        history=tuple(_line(item, lang) for item in status.history) if status else (),
        state=status.state if status else "",
        rumours=frozenset(item["number"] for item in document["assertions"] if item["kind"] == AssertionKind.RUMOUR),
    )


def _request(status: PublicStatus) -> dict[str, str | None]:
    days = {key: getattr(status, key) for key in ("asked_on", "due_on", "answered_on")}
    return {"code": status.request_code, **{key: value.isoformat() if value else None for key, value in days.items()}}


def _recheck_due(status: PublicStatus | None, lang: Lang) -> When | None:
    """Since when figures are no longer those of the edition; a frozen page knows nothing of today."""
    return bangkok_day(status.recheck_due_since, lang) if status and status.recheck_due_since else None


def _dossier(dossier: Doc | None, lang: Lang) -> Link | None:
    return Link(say(dossier["title"], lang), dossier["slug"]) if dossier else None


def _speaker(item: Doc, lang: Lang) -> Speaker:
    person = item["person"]
    return Speaker(
        Link(say(person["name"], lang), person["slug"]),
        say(item["office"], lang),
        person_link(item["party"], lang),
        say(item["interests"], lang),
    )


def _appearance(item: Doc, lang: Lang) -> Appearance:
    return Appearance(
        label(AppearanceKind, item["kind"], lang),
        say(item["where"], lang),
        when(item["date"], lang),
        item["first"],
        item["captured"],
        say(item["note"], lang),
    )


def _assertions(items: Sequence[Doc], figures: Sequence[FigureView], lang: Lang) -> tuple[AssertionView, ...]:
    anchors = {figure.id: f"figure-{figure.slug}" for figure in figures}
    return tuple(
        AssertionView(
            item["id"],
            item["number"],
            item["kind"],
            label(AssertionKind, item["kind"], lang),
            say(item["text"], lang),
            say(item["hedge"], lang),
            tuple(figure for figure in figures if figure.assertion == item["number"]),
            check_views(item.get("checks", ()), anchors, lang),
        )
        for item in items
    )


def _loose(items: Sequence[Doc], figures: Sequence[FigureView]) -> tuple[FigureView, ...]:
    numbers = {item["number"] for item in items}
    return tuple(figure for figure in figures if figure.assertion not in numbers)


def own_line(edition: Edition, lang: Lang) -> EditionLine:
    """An edition about itself; it has no rating here, since its document may be withheld."""
    return EditionLine(
        edition.number,
        edition.kind,
        label(EditionKind, edition.kind, lang),
        say({"en": edition.note_en, "th": edition.note_th}, lang),
        bangkok_day(edition.published_at, lang),
        "",
        edition.digest,
    )


def _line(item: Mapping[str, Any], lang: Lang) -> EditionLine:
    return EditionLine(
        item["number"],
        item["kind"],
        label(EditionKind, item["kind"], lang),
        say(item["note"], lang),
        bangkok_day(datetime.fromisoformat(item["published_at"]), lang),
        label(Rating, item["rating"], lang),
        item["digest"],
    )
