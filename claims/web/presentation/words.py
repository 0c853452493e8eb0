"""Texts and labels in the language of a page, with the other language marked where it has to stand in.

A stored text is `{"en": str, "th": str}`; either side may be empty while a translation is pending.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html

from budgets.quantities.formatting import Lang
from budgets.vocabulary import BilingualChoices

Doc = Mapping[str, Any]

OTHER: dict[Lang, Lang] = {"en": "th", "th": "en"}


@dataclass(frozen=True, slots=True)
class Link:
    """A named thing with a page of its own."""

    text: str
    slug: str


def say(text: Doc | None, lang: Lang) -> str:
    """The text in a language; the other language inside `<span lang>` when this one is empty; "" when both are."""
    if not text:
        return ""
    if wanted := text.get(lang):
        return str(wanted)
    if spare := text.get(OTHER[lang]):
        return format_html('<span lang="{}">{}</span>', OTHER[lang], spare)
    return ""


def plain(text: Doc | None, lang: Lang) -> str:
    """The same without markup, for titles, attributes and data."""
    return str(text.get(lang) or text.get(OTHER[lang]) or "") if text else ""


def translation_pending(text: Doc, lang: Lang) -> bool:
    """Whether a text exists, but not yet in this language."""
    return not text.get(lang) and bool(text.get(OTHER[lang]))


def label(choices: type[BilingualChoices], code: str | None, lang: Lang) -> str:
    """What readers see for a code; a code that the list does not know stands as it is."""
    if not code:
        return ""
    if code not in choices.values:
        return code
    member = choices(code)
    return member.th if lang == "th" else str(member.label)


def person_link(person: Doc | None, lang: Lang) -> Link | None:
    """A person or agency reference as a link; its own page is named by the slug."""
    return Link(say(person["name"], lang), person["slug"]) if person else None
