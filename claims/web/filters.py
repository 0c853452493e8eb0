"""The filters of the list of claims: what an address asks for, and what of it we understood."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext

from budgets.quantities.formatting import Lang
from claims.models.public_status import PublicStatus
from claims.vocabulary import Coverage, Rating

from .paging import Order
from .presentation.responses import coverage_label
from .presentation.words import label

LONGEST_QUERY = 100
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_AFTER_THE_NUMBERED = 32_767

ORDERS: dict[str, Order] = {
    "newest": Order((("published_at", True), ("claim_public_id", True))),
    "oldest": Order((("published_at", False), ("claim_public_id", False))),
    "number": Order((("dossier_slug", False), ("place", False), ("claim_public_id", False))),
}
RESPONSE_CODES = (*(str(code) for code in Coverage.values), "none")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader chose; "" is no choice. `refusals` are sentences about values that we did not understand."""

    dossier: str = ""
    rating: str = ""
    response: str = ""
    speaker: str = ""
    agency: str = ""
    q: str = ""
    sort: str = "newest"
    refusals: tuple[str, ...] = ()

    @property
    def chosen(self) -> bool:
        """Whether anything narrows the list."""
        return any((self.dossier, self.rating, self.response, self.speaker, self.agency, self.q))

    @property
    def order(self) -> Order:
        """The order of the list."""
        return ORDERS[self.sort]


def read_filters(query: MultiValueDict[str, str]) -> Filters:
    """The filters of an address. A value that cannot be meant is left out and named in `refusals`."""
    refusals: list[str] = []

    def take(name: str, fits: Callable[[str], object]) -> str:
        value = query.get(name, "").strip()
        if value and not fits(value):
            refusals.append(refusal(value))
            return ""
        return value

    return Filters(
        dossier=take("dossier", _SLUG.match),
        rating=take("rating", Rating.values.__contains__),
        response=take("response", RESPONSE_CODES.__contains__),
        speaker=take("speaker", _SLUG.match),
        agency=take("agency", _SLUG.match),
        q=take("q", lambda value: len(value) <= LONGEST_QUERY and value.isprintable()),
        sort=take("sort", ORDERS.__contains__) or "newest",
        refusals=tuple(refusals),
    )


def narrowed(rows: QuerySet[PublicStatus], filters: Filters) -> QuerySet[PublicStatus]:
    """The published claims that fit every chosen filter."""
    exact = {
        "dossier_slug": filters.dossier,
        "rating": filters.rating,
        "statements_code": filters.response,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if filters.speaker:
        rows = rows.filter(claimant_slugs__contains=[filters.speaker])
    if filters.agency:
        rows = rows.filter(agency_slugs__contains=[filters.agency])
    if filters.q:
        # A hidden heading must not be found by its words.
        words = Q(heading_en__icontains=filters.q) | Q(heading_th__icontains=filters.q)
        rows = rows.filter(words).exclude(edition__text__body="")
    return rows.annotate(place=Coalesce("number", _AFTER_THE_NUMBERED))


def rating_choices(lang: Lang) -> list[tuple[str, str]]:
    """Every rating with its label."""
    return [(code, label(Rating, code, lang)) for code in Rating.values]


def response_choices(lang: Lang) -> list[tuple[str, str]]:
    """Every strongest coverage with its label."""
    return [(code, coverage_label(code, lang)) for code in RESPONSE_CODES]


def refusal(value: str) -> str:
    """The sentence about a value that we did not understand."""
    shown = "".join(character for character in value[:40] if character.isprintable())
    return gettext("“%(value)s” is not a value of this list; the filter was left out.") % {"value": shown}
