"""What differs between the accepted text of a source and today's. Pure."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from claims.sources.folding import fold

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
_NEIGHBOURS = 2  # sentences on either side of the quote


@dataclass(frozen=True, slots=True)
class Difference:
    """Sentences that came and went, noise left out; what about them deserves an alert."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    title_changed: bool = False
    near_quote: bool = False
    names_correction: bool = False

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
        return self.title_changed or self.names_correction or self.near_quote


def compare(before: str, after: str, quotes: tuple[str, ...] = ()) -> Difference:
    """Compare two texts as kept with snapshots (first line: the title). Order of sentences does not matter."""
    old_title, _, old = before.partition("\n")
    new_title, _, new = after.partition("\n")
    old_sentences, new_sentences = _sentences(old), _sentences(new)
    gone, come = _difference(old_sentences, new_sentences), _difference(new_sentences, old_sentences)
    near = _near(old_sentences, quotes) & {fold(s) for s in gone} or _near(new_sentences, quotes) & {
        fold(s) for s in come
    }
    return Difference(
        added=tuple(come),
        removed=tuple(gone),
        title_changed=bool(old_title and new_title) and fold(old_title) != fold(new_title),
        near_quote=bool(near),
        names_correction=any(_CORRECTION.search(sentence) for sentence in come),
    )


def _sentences(text: str) -> list[str]:
    return [part for raw in _SENTENCE_END.split(text) if (part := raw.strip()) and not _is_noise(part)]


def _is_noise(sentence: str) -> bool:
    """A counter or a clock: short, with a digit and a word of that kind."""
    return len(sentence) <= _COUNTER_LENGTH and bool(re.search(r"\d", sentence)) and bool(_COUNTER.search(sentence))


def _difference(left: list[str], right: list[str]) -> list[str]:
    """Sentences of `left` that `right` lacks, by their folded form; text merely joined or split is no difference."""
    have = Counter(fold(sentence) for sentence in right)
    whole = fold(" ".join(right))
    out = []
    for sentence in left:
        folded = fold(sentence)
        if not folded:
            continue
        if have[folded]:
            have[folded] -= 1
        elif folded not in whole or _is_bare_number(folded):
            out.append(sentence)
    return out


def _is_bare_number(folded: str) -> bool:
    """A number alone is found somewhere in any text, so finding it proves nothing."""
    return len(folded) < 8 and any(char.isdigit() for char in folded)


def _near(sentences: list[str], quotes: tuple[str, ...]) -> set[str]:
    """Folded sentences that hold a quote or stand next to it."""
    folded = [fold(sentence) for sentence in sentences]
    near: set[str] = set()
    for quote in quotes:
        needle = fold(quote)
        pieces = [fold(piece) for piece in _SENTENCE_END.split(quote)]
        for at, sentence in enumerate(folded):
            if needle in sentence or any(piece and (piece in sentence or sentence in piece) for piece in pieces):
                near.update(folded[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1])
    return near
