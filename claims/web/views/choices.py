"""What the filters of the list of claims offer: the names of live editions, a bounded number of them."""

from __future__ import annotations

from django.db.models import JSONField, Value
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast, NullIf

from budgets.quantities.formatting import Lang
from claims.vocabulary import SubjectKind
from claims.web import reading
from claims.web.presentation.words import plain

MOST = 200
Choice = tuple[str, str]


def dossiers(lang: Lang, chosen: str) -> list[Choice]:
    """(slug, title) of dossiers; the chosen one is always among them."""
    return _named(SubjectKind.DOSSIER, "title", lang, chosen)


def people(lang: Lang, chosen: str) -> list[Choice]:
    """(slug, name) of people."""
    return _named(SubjectKind.PERSON, "name", lang, chosen)


def agencies(lang: Lang, chosen: str) -> list[Choice]:
    """(slug, name) of agencies."""
    return _named(SubjectKind.AGENCY, "name", lang, chosen)


def _named(kind: SubjectKind, key: str, lang: Lang, chosen: str) -> list[Choice]:
    body = Cast(NullIf("text__body", Value("")), JSONField())
    rows = reading.live_editions(kind).annotate(called=KeyTransform(key, body)).order_by(f"text__sort_key_{lang}")
    found = {slug: plain(name, lang) for slug, name in rows.values_list("slug", "called")[:MOST] if name}
    if chosen and chosen not in found:
        found[chosen] = chosen
    return list(found.items())
