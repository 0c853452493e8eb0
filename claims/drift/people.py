"""Names and titles that a text gives otherwise than a claim. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from claims.drift.difference import Difference, Kind, Known
from claims.drift.naming import Place, near_spelling, places_of, stands_whole
from claims.drift.passages import Passage, closest
from claims.drift.titles import Role, role_name, roles_in

_SENTENCE_IS_THERE = 60  # per cent of its words
_LONGEST = 80  # words of a sentence that are compared one by one
_TOKEN = re.compile(r"[\w'’-]+")
# between a title and the name after it: honorifics and names of places and offices, but no verb
_LEADS_TO = re.compile(r"(?: (?:of|for|and|the|Mr|Ms|Mrs|Dr)\.?|[ ,]+[A-Z][\w’'-]*\.?){0,6} ")
_FOLLOWS = re.compile(r" ?(?:,|\(|\bis\b|\bwas\b) ?(?:(?:an?|the|[A-Z][\w’'-]*|main|former|opposition) ){0,5}")
_THAI_GAP = re.compile(r"[ก-๛.() ]{0,40}")
_THAI_AFTER = re.compile(r" ?\(?")
_NO_NAMES = frozenset(("he", "she", "they", "it", "the", "a", "an", "his", "her", "their", "this", "that", "ms", "mr"))


@dataclass(frozen=True, slots=True)
class _Both:
    """Claim and text with their passages; `in_one_language` allows comparing sentences."""

    claim: str
    text: str
    ours: list[Passage]
    theirs: list[Passage]
    in_one_language: bool


def people_differences(
    claim: str, text: str, names: Sequence[Known], sentences: tuple[list[Passage], list[Passage], bool]
) -> list[Difference]:
    """Differences in names and roles. A name that the text does not mention is no difference by itself."""
    ours, theirs, in_one_language = sentences
    both = _Both(claim, text, ours, theirs, in_one_language)
    differences: list[Difference] = []
    for known in names:
        named = places_of(known, claim)
        if not named:
            continue
        there = places_of(known, text)
        found = _other_role(known, both, named, there) if there else _replaced_name(both, named, names)
        differences += [each for each in (_other_spelling(known, both, named, names), found) if each]
    if not any(each.kind is Kind.ROLE for each in differences):
        differences += _role_without_name(both, names)
    return differences


def _other_spelling(known: Known, both: _Both, named: list[Place], names: Sequence[Known]) -> Difference | None:
    """The whole name is nowhere in the text, but something very like it is."""
    if stands_whole(known, both.text):
        return None
    span = near_spelling(known, both.text, names)
    return _name_difference(both, named[0], span) if span else None


def _replaced_name(both: _Both, named: list[Place], names: Sequence[Known]) -> Difference | None:
    span = _replaced(both, named, names) if both.in_one_language else None
    return _name_difference(both, named[0], span) if span else None


def _name_difference(both: _Both, place: Place, span: tuple[int, int]) -> Difference:
    claimed, found = both.claim[place.start : place.end], both.text[span[0] : span[1]]
    sentence = f"Name: the claim has “{claimed}”, the text has “{found}”."
    return Difference(Kind.NAME, claimed, found, *span, sentence)


def _replaced(both: _Both, named: list[Place], names: Sequence[Known]) -> tuple[int, int] | None:
    """What stands in the text where the claim has the name, in a sentence that is otherwise the same."""
    for place in named:
        own = _passage_at(both.ours, place.start)
        there, part = closest(own, both.theirs) if own else (None, 0)
        if own is None or there is None or part < _SENTENCE_IS_THERE:
            continue
        for other in names:
            hits = places_of(other, there.text) if other.is_person == place.known.is_person else []
            if hits and not places_of(other, both.claim):
                return there.start + hits[0].start, there.start + hits[0].end
        if span := _in_its_place(own, there, place):
            return span
    return None


def _in_its_place(own: Passage, there: Passage, place: Place) -> tuple[int, int] | None:
    ours, theirs = list(_TOKEN.finditer(own.text))[:_LONGEST], list(_TOKEN.finditer(there.text))[:_LONGEST]
    matcher = SequenceMatcher(None, [word[0] for word in ours], [word[0] for word in theirs], autojunk=False)
    for operation, begin, end, other_begin, other_end in matcher.get_opcodes():
        if operation != "replace":
            continue
        touches = any(place.start - own.start <= word.start() < place.end - own.start for word in ours[begin:end])
        words = [word for word in theirs[other_begin:other_end] if word[0][0].isupper()]
        if touches and words and all(word[0].lower() not in _NO_NAMES for word in words):
            return there.start + words[0].start(), there.start + words[-1].end()
    return None


def _other_role(known: Known, both: _Both, named: list[Place], there: list[Place]) -> Difference | None:
    if not known.is_person:
        return None
    ours = _roles_at(both.claim, named)
    theirs = _roles_at(both.text, there)
    allowed = known.roles | {role.code for role in ours}
    if not allowed or not theirs or allowed & {role.code for role in theirs}:
        return None
    claimed = ours[0].code if ours else min(known.roles)
    return _role_difference(both, claimed, theirs[0], f" of “{both.claim[named[0].start : named[0].end]}”")


def _role_without_name(both: _Both, names: Sequence[Known]) -> Iterator[Difference]:
    """A title in a sentence of the claim where the same sentence of the text has another one instead."""
    if not both.in_one_language:
        return
    ours, theirs = roles_in(both.claim), roles_in(both.text)
    allowed = {role.code for role in ours}.union(*(known.roles for known in names))
    for role in ours:
        own = _passage_at(both.ours, role.start)
        there, part = closest(own, both.theirs) if own else (None, 0)
        if there is None or part < _SENTENCE_IS_THERE:
            continue
        given = [other for other in theirs if there.start <= other.start < there.end]
        others = [other for other in given if other.code not in allowed]
        if others and not any(other.code == role.code for other in given):
            yield _role_difference(both, role.code, others[0], "")
            return


def _role_difference(both: _Both, code: str, other: Role, whose: str) -> Difference:
    found = both.text[other.start : other.end]
    meaning = "" if found.lower() == role_name(other.code).lower() else f" ({role_name(other.code)})"
    sentence = f"Role{whose}: the claim says “{role_name(code)}”, the text says “{found}”{meaning}."
    return Difference(Kind.ROLE, role_name(code), found, other.start, other.end, sentence)


def _roles_at(text: str, places: list[Place]) -> list[Role]:
    """The titles that stand directly before or after one of the places."""
    titles = roles_in(text)
    return [role for role in titles if any(_belongs(text, role, place) for place in places)]


def _belongs(text: str, role: Role, place: Place) -> bool:
    if role.end <= place.start:
        gap = text[role.end : place.start]
        return len(gap) <= 60 and bool(_LEADS_TO.fullmatch(gap) or _THAI_GAP.fullmatch(gap))
    gap = text[place.end : role.start]
    return len(gap) <= 60 and bool(_FOLLOWS.fullmatch(gap) or _THAI_AFTER.fullmatch(gap))


def _passage_at(passages: list[Passage], at: int) -> Passage | None:
    return next((passage for passage in passages if passage.start <= at < passage.end), None)
