"""A citation with its exact quote, as it is published. What the last check saw is not part of it."""

from __future__ import annotations

from claims.documents.parts import Json, text, text_or_none, uncertain_date
from claims.models.evidence import EvidenceCitation, EvidenceDocument
from claims.models.source import Source


def evidence_document(citation: EvidenceCitation, number: int, *, claim_slug: str | None) -> Json:
    """The EVIDENCE shape of docs/architecture.md."""
    return {
        "id": str(citation.public_id),
        "number": number,
        "stance": citation.stance,
        "quote": {
            "exact": citation.quote_exact,
            "prefix": citation.quote_prefix,
            "suffix": citation.quote_suffix,
            "lang": citation.quote_lang,
        },
        "translation": _translation(citation),
        "locator": text_or_none(citation, "locator"),
        "source": _source(citation.source) if citation.source else None,
        "document": _document(citation.document) if citation.document else None,
        "assertion": citation.assertion.number if citation.assertion else None,
        "response_id": str(citation.response.public_id) if citation.response else None,
        "claim_slug": claim_slug,
        "dossier_slug": citation.dossier.slug if citation.dossier else None,
    }


def _translation(citation: EvidenceCitation) -> Json | None:
    if not citation.translation:
        return None
    return {lang: "" if lang == citation.quote_lang else citation.translation for lang in ("en", "th")}


def _source(source: Source) -> Json:
    return {
        "id": str(source.public_id),
        "url": source.url,
        "title": source.title,
        "title_lang": source.title_lang,
        "publisher": text(source, "publisher"),
        "published_on": uncertain_date(source.published_earliest, source.published_latest),
        "lang": source.lang,
    }


def _document(document: EvidenceDocument) -> Json:
    return {"id": str(document.public_id), "title": text(document, "title"), "sha256": document.sha256}
