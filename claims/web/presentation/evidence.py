"""Evidence: the exact quote, where it stands, and what the last check of its source saw."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote as percent_encode

from budgets.quantities.formatting import Lang
from claims.vocabulary import CitationStance, Outcome, QuoteState

from .dates import When, moment, when
from .words import OTHER, Doc, label, say

_LONG_QUOTE = 300
_CLOSING = tuple(".,;:!?…”’)")


@dataclass(frozen=True, slots=True)
class Health:
    """What the last check of a source saw; `checked` is None before the first one."""

    state: str
    label: str
    outcome: str
    checked: When | None
    http_status: int | None
    moved_to: str


@dataclass(frozen=True, slots=True)
class Archived:
    """The words as they stand in the version of the source that we keep, with a little on either side."""

    before: str
    quote: str
    after: str
    taken: When


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One citation of a source or an uploaded document."""

    id: str
    number: int
    stance: str
    stance_label: str
    prefix: str
    exact: str
    suffix: str
    quote_lang: str
    translation: str
    locator: str
    title: str
    title_lang: str
    publisher: str
    published: When | None
    source_key: str
    page_url: str
    url: str
    source_lang: str
    sha256: str
    assertion: int | None
    health: Health | None
    archived: Archived | None

    @property
    def gap(self) -> str:
        """The space between a quote and the text after it; none before punctuation."""
        return "" if self.suffix[:1] in _CLOSING else " "


def evidence_view(item: Doc, panel: Mapping[str, Doc], lang: Lang) -> EvidenceView:
    """An EVIDENCE object with the living panel of its source, keyed by evidence id; an old edition has no panel."""
    source, document, quote = item["source"], item["document"], item["quote"]
    return EvidenceView(
        id=item["id"],
        number=item["number"],
        stance=item["stance"],
        stance_label=label(CitationStance, item["stance"], lang),
        prefix=quote["prefix"] or "",
        exact=quote["exact"],
        suffix=quote["suffix"] or "",
        quote_lang=quote["lang"],
        translation=_translation(item["translation"], quote["lang"], lang),
        locator=say(item["locator"], lang),
        title=source["title"] if source else say(document["title"], lang) if document else "",
        title_lang=source["title_lang"] if source else lang,
        publisher=say(source["publisher"], lang) if source else "",
        published=when(source["published_on"], lang) if source else None,
        source_key=(source or document or item)["id"],
        page_url=_web(source["url"]) if source else "",
        url=text_fragment(source["url"], quote) if source else "",
        source_lang=source["lang"] if source else "",
        sha256=document["sha256"] if document else "",
        assertion=item["assertion"],
        health=_health(panel[item["id"]], lang) if item["id"] in panel else None,
        archived=_archived(panel.get(item["id"], {}).get("archived"), lang),
    )


def evidence_views(items: Iterable[Doc], sources: Iterable[Doc], lang: Lang) -> tuple[EvidenceView, ...]:
    """Every citation of a document with its panel."""
    panel = {source["evidence_id"]: source for source in sources}
    return tuple(evidence_view(item, panel, lang) for item in items)


@dataclass(frozen=True, slots=True)
class SourceView:
    """One source or document with the quotes taken from it; what the last check saw is the same for all of them."""

    first: EvidenceView
    items: tuple[EvidenceView, ...]


def by_source(items: Iterable[EvidenceView]) -> tuple[SourceView, ...]:
    """Citations grouped by where they stand, in the order in which the sources first appear."""
    groups: dict[str, list[EvidenceView]] = {}
    for item in items:
        groups.setdefault(item.source_key, []).append(item)
    return tuple(SourceView(group[0], tuple(group)) for group in groups.values())


def text_fragment(url: str, quote: Doc) -> str:
    """The address with a text fragment, so that a browser opens the page at the quote.

    `#:~:text=prefix-,start,end,-suffix`; a long quote is given by its first and last words. `-`, `&` and `,` are
    percent-encoded inside each part, since they separate the parts. Thai has no spaces between words: there the ends
    of a long quote are cut at its spaces, and a quote without spaces stays whole.
    """
    if not _web(url):
        return ""
    exact = " ".join(quote["exact"].split())
    parts = [_encode(part) for part in _ends(exact)]
    if prefix := " ".join((quote["prefix"] or "").split()):
        parts.insert(0, _encode(prefix) + "-")
    if suffix := " ".join((quote["suffix"] or "").split()):
        parts.append("-" + _encode(suffix))
    base, mark, anchor = url.partition("#")
    return f"{base}#{anchor if mark else ''}:~:text={','.join(parts)}"


def _web(url: str) -> str:
    """The address when a browser may follow it, else ""."""
    return url if url.startswith(("http://", "https://")) else ""


def _ends(exact: str) -> tuple[str, ...]:
    words = exact.split(" ")
    if len(exact) <= _LONG_QUOTE or len(words) < 10:
        return (exact,)
    return (" ".join(words[:5]), " ".join(words[-5:]))


def _encode(text: str) -> str:
    return re.sub("-", "%2D", percent_encode(text, safe=""))


def _translation(text: Doc | None, quote_lang: str, lang: Lang) -> str:
    """Our translation of a quote, only where the quote is in the other language."""
    if not text or quote_lang == lang:
        return ""
    return str(text.get(lang) or "") if quote_lang == OTHER[lang] else ""


def _health(source: Doc, lang: Lang) -> Health:
    checked = source["checked_at"]
    moved = source["final_url"] or ""
    return Health(
        state=source["quote_state"],
        label=label(QuoteState, source["quote_state"], lang),
        outcome=label(Outcome, source["outcome"], lang),
        checked=moment(datetime.fromisoformat(checked), lang) if checked else None,
        http_status=source["http_status"],
        moved_to=_web(moved) if source["outcome"] == Outcome.REDIRECTED else "",
    )


def _archived(kept: Doc | None, lang: Lang) -> Archived | None:
    """Nothing where no version is kept, or where its main text does not hold the words."""
    if not kept or not kept["quote"]:
        return None
    taken = moment(datetime.fromisoformat(kept["taken_at"]), lang)
    return Archived(kept["before"], kept["quote"], kept["after"], taken)
