"""What the pages of people and agencies share: the live editions that name them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.datastructures import MultiValueDict

from budgets.quantities.formatting import Lang
from claims.models.edition import Edition
from claims.vocabulary import ItemKind, SubjectKind
from claims.web import paging, reading
from claims.web.presentation.cards import Card, card, heading
from claims.web.presentation.figures import FigureView
from claims.web.presentation.people import Statement, figures_once, statements
from claims.web.presentation.words import Link

NAMES_PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Named:
    """What published claims say about a person or an agency."""

    claims: tuple[Card, ...]
    statements: tuple[Statement, ...]
    figures: tuple[tuple[Card | None, FigureView], ...]


def by_name(kind: SubjectKind, lang: Lang, query: MultiValueDict[str, str]) -> tuple[paging.Page[Edition], list[str]]:
    """Live editions in the dictionary order of their names in a language, a hundred to a page."""
    order = paging.Order((("place", False), ("public_id", False)))
    rows = reading.live_editions(kind).annotate(place=F(f"text__sort_key_{lang}"))
    return paging.page_or_start(rows, order, query, size=NAMES_PER_PAGE)


def named(subject: UUID, lang: Lang) -> Named:
    """Claims that name a subject as speaker or agency, its statements and the figures about it: two queries."""
    items = reading.items_naming(subject)
    rows = reading.by_slugs(slug for _, slug, _ in items)
    links = {slug: Link(heading(row, lang), slug) for slug, row in rows.items()}
    own = [slug for kind, slug, _ in items if kind == ItemKind.CLAIM]
    found: list[tuple[dict[str, Any], Link]] = [
        (body, links[slug])
        for kind, slug, body in items
        if kind == ItemKind.RESPONSE and _speaks(body, subject) and slug in links
    ]
    figures = [body for kind, _, body in items if kind == ItemKind.FIGURE]
    cards = {slug: card(row, lang) for slug, row in rows.items()}
    return Named(
        tuple(cards[slug] for slug in dict.fromkeys(own) if slug in cards),
        statements(found, lang),
        tuple((cards.get(figure.claim_slug or ""), figure) for figure in figures_once(figures, lang)),
    )


def _speaks(response: dict[str, Any], subject: UUID) -> bool:
    agency = response["for_agency"]
    return str(subject) in (response["speaker"]["id"], agency["id"] if agency else "")
