"""What differs between the accepted text of a source and today's. Pure."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from claims.sources.folding import fold
from claims.sources.noise import mark, place_of, restless

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’')\]]*\s+|\n+")
_CORRECTION = re.compile(
    r"\b(?:correct(?:ion|ed|s)|retract(?:ion|ed|s)?|withdr(?:awn|ew|aws)|amend(?:ed|ment)|clarification|erratum|corrigendum"
    r"|revis(?:ed|ion)|editor'?s note|replaced|misstated|apolog(?:y|ise|ize|ises|izes))\b"
    r"|แก้ไข|แก้คำผิด|ขอถอน|ถอนข่าว|ถอนบทความ|ถอนคำ|เพิกถอน|ยกเลิก|ขออภัย|คลาดเคลื่อน|ฉบับปรับปรุง",
    re.IGNORECASE,
)
# a short line that counts or dates: views, shares, minutes ago
_COUNTER = re.compile(
    r"\b(?:views?|reads?|shares?|likes?|comments?|updated|ago|min(?:ute)?s? read|visitors?|followers?|online|today)\b"
    r"|เข้าชม|ผู้ชม|อ่าน|ครั้ง|แชร์|ที่แล้ว|อัปเดต|อัพเดต|ปรับปรุงล่าสุด|ความคิดเห็น|วันนี้|ยอดวิว",
    re.IGNORECASE,
)
_COUNTER_LENGTH = 60
_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
_TITLE = "the title"
_NEIGHBOURS = 2  # sentences on either side of the quote


_MOST_TOLD = 20  # sentences of a difference that are told to people


@dataclass(frozen=True, slots=True)
class Difference:
    """Sentences that came and went, noise left out; what about them deserves an alert.

    `telling` are those that do, `titles` the title before and now when it changed, `marks` what `noise` remembers of
    all that differed, noise or not.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    title_changed: bool = False
    near_quote: bool = False
    names_correction: bool = False
    telling: tuple[str, ...] = ()
    titles: tuple[str, str] = ("", "")
    marks: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.title_changed)

    @property
    def reason(self) -> str:
        """Reason code of the weightiest change."""
        if self.title_changed:
            return "title_changed"
        if self.names_correction:
            return "correction_named"
        return "near_quote_changed" if self.near_quote else "text_changed"

    @property
    def alerts(self) -> bool:
        """Whether a person should look although the quote still stands."""
        return bool(self) and (self.title_changed or self.names_correction or self.near_quote)

    @property
    def told(self) -> dict[str, list[str]]:
        """What differs, for people, the telling sentences first: bounded lists of bounded sentences."""
        found = {"telling": self.telling, "added": self.added, "removed": self.removed}
        told = {name: [text[:500] for text in texts[:_MOST_TOLD]] for name, texts in found.items()}
        return told | ({"titles": [title[:500] for title in self.titles]} if self.title_changed else {})


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence, its folded form, and after which sentence that stayed it stands."""

    text: str
    folded: str
    after: str = ""

    @property
    def places(self) -> tuple[str, ...]:
        """By what `noise` knows it again: where it stands, and what it is without its digits, if it has any."""
        shape = _DIGITS.sub("#", self.folded)
        return (f"after {self.after}", f"like {shape}") if shape != self.folded else (f"after {self.after}",)


def compare(before: str, after: str, quotes: tuple[str, ...] = (), past: object = ()) -> Difference:
    """Compare two texts as kept with snapshots (first line: the title). Order of sentences does not matter.

    `quotes` are those that still stand. `past` are the marks of earlier looks: a line that changes all the time is left
    out, unless it stands near a quote or speaks of a correction.
    """
    old_title, _, old = before.partition("\n")
    new_title, _, new = after.partition("\n")
    old_lines, new_lines = _lines(old), _lines(new)
    gone, come = _difference(old_lines, new_lines), _difference(new_lines, old_lines)
    is_retitled = bool(old_title and new_title) and fold(old_title) != fold(new_title)
    marks = _marks(gone, come, new_title if is_retitled else "")
    noise = restless(marks, past)
    near = _near(old_lines, quotes) | _near(new_lines, quotes)
    gone, come = (
        [line for line in lines if line.folded in near or _speaks(line) or not _is_learnt(line, noise)]
        for lines in (gone, come)
    )
    if is_retitled and place_of(_TITLE) in noise and not _CORRECTION.search(new_title):
        is_retitled = False
    return Difference(
        added=tuple(line.text for line in come),
        removed=tuple(line.text for line in gone),
        title_changed=is_retitled,
        near_quote=any(line.folded in near for line in (*gone, *come)),
        names_correction=any(_speaks(line) for line in come),
        telling=tuple(
            [line.text for line in gone if line.folded in near]
            + [line.text for line in come if line.folded in near or _speaks(line)]
        ),
        titles=(old_title, new_title) if is_retitled else ("", ""),
        marks=tuple(marks),
    )


def _marks(gone: list[_Line], come: list[_Line], title: str) -> list[str]:
    """What differed, for later looks: per place the lines that stand there now, or that none does."""
    content: dict[str, list[str]] = {place: [] for line in (*gone, *come) for place in line.places}
    for line in come:
        for place in line.places:
            content[place].append(line.folded)
    marks = [mark(place, "\n".join(lines)) for place, lines in content.items()]
    return [mark(_TITLE, fold(title)), *marks] if title else marks


def _is_learnt(line: _Line, noise: frozenset[str]) -> bool:
    return any(place_of(place) in noise for place in line.places)


def _speaks(line: _Line) -> bool:
    """Whether it speaks of a correction or a retraction."""
    return bool(_CORRECTION.search(line.text))


def _lines(text: str) -> list[_Line]:
    parts = [part for raw in _SENTENCE_END.split(text) if (part := raw.strip()) and not _is_counter(part)]
    return [_Line(part, folded) for part in parts if (folded := fold(part))]


def _is_counter(sentence: str) -> bool:
    """A counter or a clock: short, with a digit and a word of that kind, and no word of a correction."""
    return (
        len(sentence) <= _COUNTER_LENGTH
        and bool(_DIGITS.search(sentence))
        and bool(_COUNTER.search(sentence))
        and not _CORRECTION.search(sentence)
    )


def _difference(left: list[_Line], right: list[_Line]) -> list[_Line]:
    """Lines of `left` that `right` lacks, by their folded form; text merely joined or split is no difference."""
    have = Counter(line.folded for line in right)
    whole = "".join(line.folded for line in right)
    out, stays = [], ""
    for line in left:
        if have[line.folded]:
            have[line.folded] -= 1
            stays = line.folded
        elif line.folded not in whole or _is_bare_number(line.folded):
            out.append(_Line(line.text, line.folded, stays))
        else:
            stays = line.folded
    return out


def _is_bare_number(folded: str) -> bool:
    """A number alone is found somewhere in any text, so finding it proves nothing."""
    return len(folded) < 8 and any(char.isdigit() for char in folded)


def _near(lines: list[_Line], quotes: tuple[str, ...]) -> set[str]:
    """Folded lines that hold a quote or stand next to it."""
    folded = [line.folded for line in lines]
    near: set[str] = set()
    for quote in quotes:
        needle = fold(quote)
        pieces = [fold(piece) for piece in _SENTENCE_END.split(quote)]
        for at, sentence in enumerate(folded):
            if needle in sentence or any(piece and (piece in sentence or sentence in piece) for piece in pieces):
                near.update(folded[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1])
    return near
