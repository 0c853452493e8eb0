"""What a claim says and whom it names, from its newest edition or the draft, compared with a text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from claims.drift.comparing import compare
from claims.drift.difference import Difference, Known
from claims.drift.passages import Lang, language_of
from claims.drift.titles import roles_in
from claims.models.claim import Claim
from claims.models.edition import EditionText
from claims.models.people import Person
from claims.vocabulary import CitationStance, SubjectKind

Json = dict[str, Any]
Both = dict[str, str]


def drift_of(claim: Claim, text: str) -> list[Difference]:
    """The differences between `text` and the claim as published, or its draft; each with a sentence in English.

    The claim is read in the language of the text. A dozen queries at most, whatever the length of the text.
    """
    return compare(text_of(claim, language_of(text)), text, names_of(claim))


def text_of(claim: Claim, lang: Lang) -> str:
    """The claim's own words in a language, a passage a line: assertions, the claimed, the summary, heading, quotes.

    Where a passage is missing in that language, the other one's stands in.
    """
    published = (
        EditionText.objects.filter(edition__subject_kind=SubjectKind.CLAIM, edition__subject_id=claim.public_id)
        .exclude(body="")
        .order_by("-edition__number")
        .first()
    )
    parts = _of_edition(json.loads(published.body), lang) if published else _of_draft(claim, lang)
    return "\n".join(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))


def names_of(claim: Claim) -> list[Known]:
    """Everybody and everything that the claim and the statements on it name, with all spellings. Four queries."""
    people = Person.objects.filter(claimed__claim=claim) | Person.objects.filter(responses__coverage__claim=claim)
    known = [_person(person) for person in people.distinct().prefetch_related("aliases", "tenures__office")]
    agencies = [claimant.party for claimant in claim.claimants.select_related("party") if claimant.party]
    agencies += claim.agencies.all()
    for agency in agencies:
        names = agency.name_en, agency.name_th, agency.abbreviation_en, agency.abbreviation_th
        known.append(Known(is_person=False, names=tuple(name for name in names if name)))
    return known


def _of_edition(body: Json, lang: Lang) -> Iterator[str]:
    for assertion in body["assertions"]:
        yield _said(assertion["text"], lang)
    yield _said(body["minute"]["claimed"], lang)
    yield _said(body["summary"], lang)
    yield _said(body["heading"], lang)
    for evidence in body["evidence"]:
        quote = evidence["quote"]
        if evidence["stance"] == CitationStance.ATTESTS and evidence["response_id"] is None and quote["lang"] == lang:
            yield quote["exact"]


def _of_draft(claim: Claim, lang: Lang) -> Iterator[str]:
    for assertion in claim.assertions.all():
        yield _said({"en": assertion.text_en, "th": assertion.text_th}, lang)
    yield _said({"en": claim.claimed_en, "th": claim.claimed_th}, lang)
    yield _said({"en": claim.summary_en, "th": claim.summary_th}, lang)
    yield _said({"en": claim.heading_en, "th": claim.heading_th}, lang)
    for citation in claim.citations.filter(stance=CitationStance.ATTESTS, quote_lang=lang):
        yield citation.quote_exact


def _said(both: Both, lang: Lang) -> str:
    return both[lang] or both["en" if lang == "th" else "th"]


def _person(person: Person) -> Known:
    names = [person.name_en, person.name_th, *(alias.name for alias in person.aliases.all())]
    titles = [title for tenure in person.tenures.all() for title in (tenure.office.title_en, tenure.office.title_th)]
    roles = frozenset(role.code for title in titles for role in roles_in(title))
    return Known(is_person=True, names=tuple(name for name in names if name), roles=roles)
