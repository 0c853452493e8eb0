"""Rules about the words: complete, in both languages with the same numbers, attributed, and visible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from claims.candidates.unwritten import is_unwritten
from claims.documents.parts import Json
from claims.review.characters import document_faults, texts_of
from claims.review.gates.equality import differing
from claims.review.gates.facts import Facts
from claims.vocabulary import AssertionKind

# Words by which a heading says that somebody says it.
_SAYS_EN = (
    *(" say", "says", "said", "claim", "asks", "asked", "call", "tells", "told", "warn", "accus", "argue"),
    *("according", "question", "allege", "report"),
)
_SAYS_TH = ("กล่าว", "ระบุ", "ว่า", "อ้าง", "ถาม", "เตือน", "ชี้", "เผย", "แถลง", "ตั้งข้อสังเกต", "ตาม")


def half_texts(facts: Facts) -> Iterable[str]:
    """Places where a text stands in one language only, but for the one that an urgent correction does without."""
    for document in facts.bundle.documents:
        for path, lang in _one_language_only(document.body):
            if lang != facts.review.pending_language:
                yield f"{document.slug}: {path}"


def _one_language_only(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield (place, language that is missing)."""
    if isinstance(value, dict):
        if set(value) == {"en", "th"} and not path.endswith("translation"):
            if bool(value["en"]) != bool(value["th"]):
                yield path, "th" if value["en"] else "en"
            return
        for key, part in value.items():
            yield from _one_language_only(part, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for number, part in enumerate(value, 1):
            yield from _one_language_only(part, f"{path}[{number}]")


def unequal_texts(facts: Facts) -> Iterable[str]:
    """Places of the claim's own document where Thai and English carry other numbers."""
    if facts.review.pending_language:
        return
    note = {"note": {"en": facts.review.note_en, "th": facts.review.note_th}}
    for body in (facts.body, note):
        for path, both in _pairs(body):
            found = differing(both["en"], both["th"])
            if found:
                yield f"{path} ({', '.join(found)})"


def _pairs(value: Any, path: str = "") -> Iterator[tuple[str, Json]]:
    """Every text that stands in both languages and was written by us: sums and labels come from one number."""
    if isinstance(value, dict):
        if set(value) == {"en", "th"}:
            if value["en"] and value["th"] and not path.endswith("translation"):
                yield path, value
            return
        for key, part in value.items():
            if key not in ("checks", "figures"):
                yield from _pairs(part, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for number, part in enumerate(value, 1):
            yield from _pairs(part, f"{path}[{number}]")


def is_pending(facts: Facts) -> bool:
    """Whether a language follows later."""
    return bool(facts.review.pending_language)


def pending_without_cause(facts: Facts) -> Iterable[str]:
    """One language alone is for an urgent correction of what is public."""
    return [] if facts.review.kind == "correction" else ["pending_language"]


def unattributed_heading(facts: Facts) -> Iterable[str]:
    """Headings that name no claimant and use no word of saying."""
    names = [claimant["person"]["name"] for claimant in facts.body["claimants"]]
    for lang, says in (("en", _SAYS_EN), ("th", _SAYS_TH)):
        heading = facts.body["heading"][lang].lower()
        if heading and not any(word in heading for word in says) and not _names(heading, names, lang):
            yield f"heading.{lang}"


def _names(heading: str, names: list[Json], lang: str) -> bool:
    return any(part.lower() in heading for name in names for part in name[lang].split() if len(part) > 2)


def rumour_up_front(facts: Facts) -> Iterable[str]:
    """A rumour's words in the heading: what readers of a list would take for a fact."""
    for assertion in facts.body["assertions"]:
        if assertion["kind"] == AssertionKind.RUMOUR:
            for lang in ("en", "th"):
                text = assertion["text"][lang].strip().lower()
                if text and text in facts.body["heading"][lang].lower():
                    yield f"heading.{lang}"


def has_rumour(facts: Facts) -> bool:
    """Whether any part is a rumour."""
    return any(assertion["kind"] == AssertionKind.RUMOUR for assertion in facts.body["assertions"])


def empty_minute(facts: Facts) -> Iterable[str]:
    """Parts of “In one minute” that nobody wrote."""
    minute: Json = facts.body["minute"]
    return [f"minute.{part}" for part, text in minute.items() if not any(text.values())]


def unwritten_texts(facts: Facts) -> Iterable[str]:
    """Places that still hold the mark of the intake: nobody has written or translated them."""
    for document in facts.bundle.documents:
        yield from (f"{document.slug}: {path}" for path, text in texts_of(document.body) if is_unwritten(text))


def nothing_settles(facts: Facts) -> Iterable[str]:
    """The missing document or figure is not named."""
    return [] if facts.body["would_settle"] else ["would_settle"]


def unseen(facts: Facts) -> Iterable[str]:
    """Places of characters that readers cannot see or are misled by."""
    yield from document_faults({"note": {"en": facts.review.note_en, "th": facts.review.note_th}})
    for document in facts.bundle.documents:
        yield from (f"{document.slug}: {fault}" for fault in document_faults(document.body))
