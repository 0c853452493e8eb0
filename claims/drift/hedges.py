"""What a hedge says, whichever language it stands in. Pure data, and one look-up."""

from __future__ import annotations

import re

# code: (as sentences write it, spellings in both languages)
_HEDGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "reported": (
        "reportedly",
        ("reportedly", "allegedly", "is said to", "was said to", "มีรายงานว่า", "มีข่าวว่า"),
    ),
    "estimated": ("estimated", ("an estimated", "estimated", "คาดว่า", "คาดการณ์ว่า", "ประเมินว่า")),
    "about": (
        "about",
        (
            *("about", "around", "approximately", "roughly", "some", "close to", "circa", "or so"),
            *("โดยประมาณ", "ประมาณ", "ราวๆ", "ราว", "ใกล้เคียง"),
        ),
    ),
    "nearly": ("nearly", ("nearly", "almost", "just under", "just below", "เกือบ", "จวน")),
    "over": ("more than", ("more than", "over", "above", "in excess of", "upwards of", "มากกว่า", "กว่า", "เกิน", "ขึ้นไป")),
    "under": ("less than", ("less than", "fewer than", "under", "below", "น้อยกว่า", "ต่ำกว่า")),
    "at_most": (
        "at most",
        ("at most", "up to", "no more than", "not more than", "a maximum of", "ไม่เกิน", "ไม่มากกว่า", "สูงสุด", "อย่างมาก"),
    ),
    "at_least": (
        "at least",
        (
            *("at least", "no less than", "not less than", "a minimum of"),
            *("อย่างน้อย", "ไม่น้อยกว่า", "ไม่ต่ำกว่า", "ขั้นต่ำ", "อย่างต่ำ"),
        ),
    ),
}
_CODES = {spelling: code for code, (_, spellings) in _HEDGES.items() for spelling in spellings}
_LONGEST_FIRST = sorted(_CODES, key=len, reverse=True)
_HEDGE = re.compile(
    "|".join(rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in _LONGEST_FIRST)
)
_REPORTED = re.compile(
    "|".join(
        rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word)
        for word in sorted(_HEDGES["reported"][1], key=len, reverse=True)
    )
)
_REACH = 80  # characters from “reportedly” to the amount that it still covers
_CLAUSE_ENDS = re.compile(r"[,;:.()\n]")


def hedge_codes(words: str | None) -> frozenset[str]:
    """The codes that hedging words stand for; words that no table knows stand for nothing."""
    return frozenset(_CODES[found[0]] for found in _HEDGE.finditer((words or "").lower()))


def is_reported(before: str) -> bool:
    """Whether the words before an amount, up to the amount before it, report it at second hand."""
    near = before[-_REACH:].lower()
    places = [found.end() for found in _REPORTED.finditer(near)]
    return bool(places) and not _CLAUSE_ENDS.search(near, places[-1])


def hedge_name(code: str) -> str:
    """The hedge of a code as an English sentence writes it."""
    return _HEDGES[code][0]
