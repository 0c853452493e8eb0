"""Who speaks in an English sentence: X said, according to X, “…”, said X. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.drift.titles import roles_in

_VERBS = (
    "said|says|told|tells|added|adds|noted|notes|claimed|claims|argued|argues|alleged|alleges|accused|accuses|insisted"
    "|insists|assured|assures|explained|explains|announced|announces|stated|states|asserted|asserts|questioned"
    "|questions|asked|asks|suggested|suggests|outlined|outlines|pointed out|points out|warned|warns|promised|promises"
    "|pledged|pledges|vowed|vows|denied|denies|confirmed|confirms|revealed|reveals|disclosed|discloses|admitted|admits"
    "|criticised|criticized|criticises|criticizes|complained|complains|wrote|writes|posted|tweeted|raised concerns"
    "|raised questions|raised the issue|urged|urges|demanded|demands|acknowledged|acknowledges|believes|believed"
)
_SAYS = re.compile(rf"\b(?:{_VERBS})\b(?! by\b)")
_NOT_ACTIVE = re.compile(r"\b(?:was|were|is|are|be|been|being|to|of|the|a|an|its|his|her|their|as)\s{1,2}$")
_ADVERBS = re.compile(
    r"(?:\b(?:also|has|had|have|then|later|further|repeatedly|earlier|previously|yesterday|today|recently|once|again)"
    r"\s{1,2})+$"
)
_ACCORDING = re.compile(r"\b[Aa]ccording to (?P<who>[^,.;:]{1,80})")
_NAME = re.compile(r"[A-Z][\w’'&.+-]{0,39}(?: (?:(?:of|for|and|de|bin|na) )?[A-Z][\w’'&.+-]{0,39}){0,6}")
_HONORIFIC = re.compile(r"^(?:Mr|Ms|Mrs|Miss|Dr|Prof|Gen|Col|Pol|Lt|Maj|Khun)\.? ")
_PRONOUN = re.compile(r"(?:^|[\s,“\"])(?P<who>[Ss]he|[Hh]e|[Tt]hey|[Ii])\s{0,2}$")
_ROLE = re.compile(r"\b(?P<who>[Tt]he (?:[\w-]{1,20} ){0,3}?[\w-]{1,20})\s{0,2}$")
_BRACKETS = re.compile(r"\([^()]{0,80}\)")
_CAPITALISED = """
However But And In On At For The A An This That It Its If When Monday Tuesday Wednesday Thursday Friday
Saturday Sunday January February March April May June July August September October November December
Earlier Later Meanwhile Moreover Also Among Half Last According After Before While As There Critics Reports
Officials Sources She He They I We You Who What Yesterday
"""
_NO_NAMES = frozenset(_CAPITALISED.split())
_MOST_BEFORE = 300  # characters before the verb in which its subject is sought


@dataclass(frozen=True, slots=True)
class Said:
    """Who speaks: a `name`, or words that point at somebody named before (`words`: She, the MP)."""

    name: str
    words: str
    reported: bool = False


def said_in_english(sentence: str) -> Said | None:
    """Who speaks in a sentence, as far as its own words say."""
    plain = _BRACKETS.sub(lambda found: " " * len(found[0]), sentence)
    reported = bool(re.search(r"\b(?:reportedly|allegedly|is said to|was said to)\b", plain))
    for place, who in _subjects(plain):
        if said := _who(who, place):
            return Said(said.name, said.words, reported)
    return None


def _subjects(sentence: str) -> list[tuple[str, str]]:
    """(place, words) of all that may name a speaker: before a verb of saying, after one, after “according to”."""
    found = [("after", according["who"]) for according in _ACCORDING.finditer(sentence)]
    for verb in _SAYS.finditer(sentence):
        before = _ADVERBS.sub("", sentence[max(0, verb.start() - _MOST_BEFORE) : verb.start()])
        if not _NOT_ACTIVE.search(before):
            found.append(("before", before))
        if not before.strip() or before.rstrip()[-1] in ',”"':
            found.append(("after", sentence[verb.end() : verb.end() + 120].lstrip()))
    return found


def _who(words: str, place: str) -> Said | None:
    if place == "after":
        head = words.split(",", maxsplit=1)[0]
        return _named(head, at_start=True) or _pointed_at(head)
    clauses = [part for part in words.split(",") if part.strip()]
    if not clauses:
        return None
    if pointed := _pointed_at(clauses[-1]):
        return pointed
    # a name, its apposition between commas, the verb: the name stands in the first part
    return next((said for part in clauses if (said := _named(part, at_start=False))), None)


def _pointed_at(words: str) -> Said | None:
    if pronoun := _PRONOUN.search(words):
        return Said("", pronoun["who"])
    role = _ROLE.search(words)
    if role and roles_in(role["who"]) and not _NAME.search(role["who"].split(" ", 1)[1].replace("MP", "")):
        return Said("", role["who"])
    return None


def _named(words: str, *, at_start: bool) -> Said | None:
    """The last name in `words`; with `at_start` the first one, before any verb."""
    names = [name for name in map(_cleaned, _NAME.findall(words)) if name]
    if not names:
        return None
    return Said(names[0] if at_start else names[-1], words.strip())


def _cleaned(name: str) -> str:
    """A name without honorific, title and the word that only begins a sentence; empty if nothing is left."""
    parts = name.split(" ")
    while parts and parts[0] in _NO_NAMES:
        parts = parts[1:]
    name = _HONORIFIC.sub("", " ".join(parts))
    titles = [role for role in roles_in(name) if role.start == 0 and role.end < len(name)]
    if titles:
        name = name[titles[0].end :].strip()
    name = re.sub(r"[’']s?$", "", name).strip(" .")
    return name if len(name) > 1 and not (len(roles_in(name)) == 1 and roles_in(name)[0].end == len(name)) else ""
