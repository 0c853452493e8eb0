"""What a draft made of picked sentences begins with: their words as they stand, and marks for what is to be written.

Nothing is translated and nothing is concluded. No database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from budgets.texts import faults
from claims.candidates.candidate import Candidate
from claims.candidates.unwritten import UNWRITTEN
from claims.models.appearance import Appearance
from claims.models.assertion import Assertion
from claims.models.claim import Claim
from claims.models.evidence import EvidenceCitation
from claims.models.intake_text import IntakeText
from claims.models.source import Source
from claims.vocabulary import AppearanceKind, AssertionKind, CitationStance

_HEADING = 200  # characters; the field holds more, the person shortens it
_AROUND = 60  # characters on either side of a quote that tell it from its like
_SAYS = {"en": "{who} says: {what}", "th": "{who} กล่าวว่า {what}"}
_SOCIAL = re.compile(r"(?:^|\.)(?:facebook|fb|x|twitter|tiktok|youtube|instagram|threads|line|pantip)\.(?:com|net|me)$")
_SLUG_WORDS = 7


def unsaved_claim(picked: Sequence[Candidate], slug: str) -> Claim:
    """A claim with an attributed heading. An allegation or a rumour never stands in it: the mark does."""
    words = {"heading": _heading(picked), "summary": "\n".join(cleaned(candidate.text) for candidate in picked)}
    lang = picked[0].lang
    return Claim(
        slug=slug,
        **{
            f"{field}_{each}": text if each == lang else UNWRITTEN[each]
            for field, text in words.items()
            for each in ("en", "th")
        },
    )


def _heading(picked: Sequence[Candidate]) -> str:
    lang = picked[0].lang
    who = next((candidate.speaker.name for candidate in picked if candidate.speaker.name), UNWRITTEN[lang])
    is_risky = any(candidate.kind.needs_legal_sign_off for candidate in picked)
    what = UNWRITTEN[lang] if is_risky else cleaned(" ".join(picked[0].text.split()))
    heading = _SAYS[lang].format(who=who, what=what)
    return heading if len(heading) <= _HEADING else f"{heading[: _HEADING - 1].rstrip()}…"


def assertion_of(candidate: Candidate, claim: Claim, number: int) -> Assertion:
    """The sentence as a numbered part, with the hedges that its amounts carry."""
    hedges = ", ".join(dict.fromkeys(found.hedge for found in candidate.quantities if found.hedge))
    other = "th" if candidate.lang == "en" else "en"
    texts = {f"text_{candidate.lang}": cleaned(candidate.text), f"text_{other}": UNWRITTEN[other]}
    if hedges:
        texts |= {f"hedge_{candidate.lang}": hedges, f"hedge_{other}": UNWRITTEN[other]}
    return Assertion(claim=claim, number=number, kind=AssertionKind(candidate.kind), **texts)


def citation_of(
    candidate: Candidate, text: str, source: Source, claim: Claim, assertion: Assertion | None, position: int
) -> EvidenceCitation:
    """The sentence as an exact quote that attests that it was said, with what stands on either side of it."""
    return EvidenceCitation(
        claim=claim,
        assertion=assertion,
        source=source,
        position=position,
        stance=CitationStance.ATTESTS,
        quote_exact=cleaned(candidate.text),
        quote_prefix=cleaned(text[max(0, candidate.start - _AROUND) : candidate.start]),
        quote_suffix=cleaned(text[candidate.end : candidate.end + _AROUND]),
        quote_lang=candidate.lang,
    )


def appearance_of(text: IntakeText, claim: Claim, source: Source | None) -> Appearance:
    """Where it stood: the page, or the text that somebody pasted; when it was said is for a person to find out."""
    place = (text.title or _host(text.url))[:200]
    both = {"en": place, "th": place} if place else _pasted(text.received_at)
    kind = AppearanceKind.NEWS_REPORT if text.url else AppearanceKind.DOCUMENT
    if _SOCIAL.search(_host(text.url)):
        kind = AppearanceKind.SOCIAL_POST
    return Appearance(claim=claim, kind=kind, where_en=both["en"], where_th=both["th"], source=source)


def _pasted(at: datetime) -> dict[str, str]:
    return {
        "en": f"{UNWRITTEN['en']} (from a text that was pasted on {at:%Y-%m-%d})",
        "th": f"{UNWRITTEN['th']} (จากข้อความที่วางเมื่อ {at:%Y-%m-%d})",
    }


def unsaved_source(text: IntakeText, lang: str) -> Source:
    """The page as a source to watch; its publisher is the host until a person writes the name."""
    host = _host(text.url)
    return Source(
        url=text.url,
        title=(text.title or host)[:300],
        title_lang=lang,
        lang=lang,
        publisher_en=host[:200],
        publisher_th=host[:200],
    )


def slug_base(picked: Sequence[Candidate]) -> str:
    """The first Latin words of what was picked, as the beginning of an address; `claim` when there are none."""
    words = re.findall(r"[a-z0-9]+", " ".join(candidate.text for candidate in picked[:1]).lower())
    return "-".join(words[:_SLUG_WORDS])[:60].strip("-") or "claim"


def free_slug(base: str, taken: Iterable[str]) -> str:
    """`base`, or the first of base-2, base-3 … that nobody has."""
    used = set(taken)
    if base not in used:
        return base
    return next(slug for number in range(2, len(used) + 3) if (slug := f"{base}-{number}") not in used)


def cleaned(words: str) -> str:
    """Words without white space around them and without characters that readers cannot see."""
    hidden = {letter for letter in set(words) if faults(letter)}
    return "".join(letter for letter in words if letter not in hidden).strip()


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
