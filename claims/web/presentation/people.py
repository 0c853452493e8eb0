"""Pages of people and agencies: who they are, and what of theirs is published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from budgets.quantities.formatting import Lang
from budgets.vocabulary import AgencyKind

from .dates import NOT_GIVEN, when
from .figures import FigureView, figure_views
from .responses import ResponseView, response_view
from .words import Doc, Link, label, person_link, plain, say, translation_pending


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office held for a time; both dates may be unknown."""

    office: str
    agency: Link | None
    dates: str
    note: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with the claims whose editions hold it."""

    response: ResponseView
    claims: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """A person: names in two scripts, offices, statements."""

    slug: str
    name: str
    title: str
    pending: bool
    other_names: tuple[tuple[str, str], ...]
    note: str
    tenures: tuple[Tenure, ...]


@dataclass(frozen=True, slots=True)
class AgencyPage:
    """An agency: names, kind, where it belongs."""

    slug: str
    name: str
    title: str
    pending: bool
    other_name: str
    abbreviation: str
    kind: str
    parent: Link | None
    note: str


def person_page(document: Doc, lang: Lang) -> PersonPage:
    """A person's edition in one language; the name in the other script comes first among the other names."""
    name = document["name"]
    others = [(text, code) for code, text in name.items() if code != lang and text]
    others += [(alias["name"], alias["lang"]) for alias in document["aliases"]]
    shown = plain(name, lang)
    return PersonPage(
        document["slug"],
        say(name, lang),
        shown,
        translation_pending(name, lang),
        tuple(dict.fromkeys((text, code) for text, code in others if text != shown)),
        say(document["note"], lang),
        tuple(_tenure(item, lang) for item in document["tenures"]),
    )


def agency_page(document: Doc, lang: Lang) -> AgencyPage:
    """An agency's edition in one language."""
    name = document["name"]
    return AgencyPage(
        document["slug"],
        say(name, lang),
        plain(name, lang),
        translation_pending(name, lang),
        str(name.get("th" if lang == "en" else "en") or ""),
        say(document["abbreviation"], lang),
        label(AgencyKind, document["kind"], lang),
        person_link(document["parent"], lang),
        say(document["note"], lang),
    )


def statements(responses: Sequence[tuple[Doc, Link]], lang: Lang) -> tuple[Statement, ...]:
    """Each statement once, with every claim it stands under; the first of the same id is shown."""
    claims: dict[str, list[Link]] = {}
    first: dict[str, Doc] = {}
    for response, claim in responses:
        first.setdefault(response["id"], response)
        claims.setdefault(response["id"], []).append(claim)
    return tuple(Statement(response_view(item, lang), tuple(claims[key])) for key, item in first.items())


def figures_once(figures: Sequence[Doc], lang: Lang) -> tuple[FigureView, ...]:
    """Each figure once, in the order found."""
    return figure_views({figure["id"]: figure for figure in reversed(figures)}.values(), lang)[::-1]


def _tenure(item: Doc, lang: Lang) -> Tenure:
    start, end = (when(item[key], lang).text for key in ("start", "end"))
    unknown = NOT_GIVEN[lang]
    if start == unknown and end == unknown:
        dates = gettext("Dates not known to us")
    elif end == unknown:
        dates = gettext("from %(start)s") % {"start": start}
    elif start == unknown:
        dates = gettext("until %(end)s") % {"end": end}
    else:
        dates = gettext("from %(start)s to %(end)s") % {"start": start, "end": end}
    return Tenure(say(item["office"], lang), person_link(item["agency"], lang), dates, say(item["note"], lang))
