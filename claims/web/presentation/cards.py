"""One claim in a list: heading, who said it, rating and the strongest answer, each in words."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.utils.translation import gettext

from budgets.quantities.formatting import Lang
from claims.models.public_status import PublicStatus
from claims.vocabulary import PublicState, Rating, RequestState, Stance

from .dates import When, bangkok_day
from .responses import coverage_label
from .words import Link, label, person_link, say


@dataclass(frozen=True, slots=True)
class Card:
    """A claim in a list. Nothing but its heading is quoted, so no rumour can stand here."""

    slug: str
    number: int | None
    heading: str
    speakers: tuple[Link, ...]
    rating: str
    rating_label: str
    state: str
    state_label: str
    coverage: str
    coverage_label: str
    stance_label: str
    request_label: str
    statements: int
    published: When
    updated: When


def heading(status: PublicStatus, lang: Lang) -> str:
    """What a list calls a claim; a withheld one only by that (`withheld` is annotated by the queries of lists)."""
    if getattr(status, "withheld", False):
        return gettext("Text withheld, with the reason")
    return say({"en": status.heading_en, "th": status.heading_th}, lang)


def card(status: PublicStatus, lang: Lang) -> Card:
    """The card of a published claim, from its status row alone."""
    speakers = json.loads(status.card).get("claimants", ())
    return Card(
        slug=status.slug,
        number=status.number,
        heading=heading(status, lang),
        speakers=tuple(link for person in speakers if (link := person_link(person, lang))),
        rating=status.rating,
        rating_label=label(Rating, status.rating, lang),
        state=status.state,
        state_label=label(PublicState, status.state, lang),
        coverage=status.statements_code,
        coverage_label=coverage_label(status.statements_code, lang),
        stance_label=label(Stance, status.stance, lang) if status.statements_code != "none" else "",
        request_label=label(RequestState, status.request_code, lang),
        statements=status.statements_count,
        published=bangkok_day(status.published_at, lang, short=True),
        updated=bangkok_day(status.content_updated_at, lang, short=True),
    )
