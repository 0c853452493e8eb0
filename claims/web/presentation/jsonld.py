"""schema.org markup of a claim's page. A claim without a rating is a Claim alone, never a ClaimReview."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from budgets.quantities.formatting import Lang

from .words import Doc, plain

_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def claim_markup(document: Doc, *, origin: str, url: str, lang: Lang) -> dict[str, Any]:
    """The Claim: only its heading is used as text, because summaries may carry a rumour. `url` is the page's own."""
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "Claim",
            "@id": f"{origin}/api/v1/claims/{document['slug']}/",
            "url": url,
            "name": plain(document["heading"], lang),
            "inLanguage": lang,
            "author": [_author(item, lang, origin) for item in document["claimants"]],
            "datePublished": _first_said(document),
            "appearance": _appearances(document),
            "about": [
                {"@type": "Organization", "name": plain(agency["name"], lang)} for agency in document["agencies"]
            ],
        }
    )


def script(data: Mapping[str, Any]) -> SafeString:
    """JSON that is safe inside `<script>`: nothing in it can end the element or a line."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character, escape in _UNSAFE.items():
        text = text.replace(character, escape)
    return mark_safe(text)  # noqa: S308 every character that HTML could read is escaped above


def _author(item: Doc, lang: Lang, origin: str) -> dict[str, Any]:
    person = item["person"]
    return _filled(
        {
            "@type": "Person",
            "name": plain(person["name"], lang),
            "jobTitle": plain(item["office"], lang),
            "affiliation": {"@type": "Organization", "name": party} if (party := _party(item, lang)) else None,
            "url": f"{origin}/{lang}/people/{person['slug']}/",
        }
    )


def _party(item: Doc, lang: Lang) -> str:
    return plain(item["party"]["name"], lang) if item["party"] else ""


def _first_said(document: Doc) -> str | None:
    """The day it was first said, only when that is one exact day."""
    dates = [item["date"] for item in document["appearances"] if item["first"]]
    return dates[0]["earliest"] if dates and dates[0]["precision"] == "exact" else None


def _appearances(document: Doc) -> list[dict[str, Any]]:
    """The sources that show it was said, each once."""
    sources = {
        item["source"]["url"]: item["source"]
        for item in document["evidence"]
        if item["stance"] == "attests" and item["source"]
    }
    return [
        _filled(
            {
                "@type": "CreativeWork",
                "url": url,
                "name": source["title"],
                "inLanguage": source["lang"],
                "datePublished": source["published_on"]["earliest"]
                if source["published_on"] and source["published_on"]["precision"] == "exact"
                else None,
                "publisher": {"@type": "Organization", "name": plain(source["publisher"], "en")},
            }
        )
        for url, source in sources.items()
    ]


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, "", [])}
