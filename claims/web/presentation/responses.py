"""What those responsible said, and what came of our own request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from budgets.quantities.formatting import Lang
from claims.vocabulary import Coverage, RequestState, ResponseKind, Stance

from .dates import When, day, iso_day, statement_date
from .words import Doc, Link, label, person_link, say


@dataclass(frozen=True, slots=True)
class Covered:
    """What one statement says about one assertion."""

    assertion: int
    code: str
    coverage: str
    stance: str
    note: str


@dataclass(frozen=True, slots=True)
class ResponseView:
    """One statement: who, when, what, and what it says about the claim."""

    id: str
    slug: str
    label: str
    kind: str
    speaker: Link | None
    office: str
    agency: Link | None
    date: When
    short_date: When
    text: str
    note: str
    quote: str
    quote_lang: str
    code: str
    coverage: str
    stance: str
    coverage_note: str
    by_assertion: tuple[Covered, ...]
    evidence_id: str | None

    @property
    def mentions(self) -> bool:
        """Whether the statement says anything about the claim; otherwise it has no stance on it either."""
        return self.code not in (Coverage.NOT_MENTIONED, Coverage.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class RequestView:
    """Our own request: the code is a member of RequestState; dates are None until there are any."""

    code: str
    label: str
    asked_on: When | None
    due_on: When | None
    answered_on: When | None

    @property
    def sent(self) -> bool:
        """Whether we have asked anything at all."""
        return self.code != RequestState.NONE_SOUGHT


def response_view(response: Doc, lang: Lang) -> ResponseView:
    """A RESPONSE object of a claim or of a dossier (there without coverage), in one language."""
    coverage = response.get("coverage") or ()
    whole = [item for item in coverage if item["assertion"] is None]
    quote = response["quote"]
    return ResponseView(
        id=response["id"],
        slug=response["slug"],
        label=say(response["label"], lang),
        kind=label(ResponseKind, response["kind"], lang),
        speaker=person_link(response["speaker"], lang),
        office=say(response["office"], lang),
        agency=person_link(response["for_agency"], lang),
        date=statement_date(response["date"], lang),
        short_date=statement_date(response["date"], lang, short=True),
        text=say(response["text"], lang),
        note=say(response["note"], lang),
        quote=quote["exact"] if quote else "",
        quote_lang=quote["lang"] if quote else "",
        code=response.get("strongest") or "",
        coverage=label(Coverage, response.get("strongest"), lang),
        stance=label(Stance, response.get("stance"), lang),
        coverage_note=" ".join(say(item["note"], lang) for item in whole if item["note"]),
        by_assertion=_by_assertion(coverage, lang),
        evidence_id=response["evidence_id"],
    )


def _by_assertion(coverage: Iterable[Doc], lang: Lang) -> tuple[Covered, ...]:
    return tuple(
        Covered(
            item["assertion"],
            item["coverage"],
            label(Coverage, item["coverage"], lang),
            label(Stance, item["stance"], lang),
            say(item["note"], lang),
        )
        for item in coverage
        if item["assertion"] is not None
    )


def request_view(request: Doc, lang: Lang) -> RequestView:
    """The request of a claim's document or status body."""
    return RequestView(
        request["code"],
        label(RequestState, request["code"], lang),
        *(iso_day(request[key], lang) for key in ("asked_on", "due_on", "answered_on")),
    )


def coverage_label(code: str, lang: Lang) -> str:
    """The strongest coverage of a claim; "none" when no statement is recorded."""
    return gettext("No statement recorded") if code == "none" else label(Coverage, code, lang)


def as_of(reported: str | None, searched: date | None, lang: Lang) -> str:
    """The sentence that dates what we know of statements; nobody is called silent without it."""
    if searched:
        return gettext("Last looked for a reply: %(date)s") % {"date": day(searched, lang)}
    if report := iso_day(reported, lang):
        sentence = gettext("As reported on %(date)s; later statements have not been looked for yet")
        return sentence % {"date": report.text}
    return gettext("Later statements have not been looked for yet")


def as_reported(reported: str | None, lang: Lang) -> str:
    """The same for an edition that is no longer followed: only the day of the report it rests on."""
    report = iso_day(reported, lang)
    return gettext("As reported on %(date)s") % {"date": report.text} if report else ""
