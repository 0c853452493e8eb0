"""Pure: characters that no published text may hold, as readers cannot see them, and cells that spreadsheets run."""

from __future__ import annotations

import unicodedata
from collections import Counter

MOST_FAULTS = 20

_BIDI = frozenset((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
# Old switches of shaping and digits, the word joiner and the marks of formulas and annotations show nothing either.
_INVISIBLE = frozenset((0x180E, 0x200B, 0xFEFF, *range(0x2060, 0x2066), *range(0x206A, 0x2070), *range(0xFFF9, 0xFFFC)))
_TAGS = range(0xE0000, 0xE0080)

_CONTROL = "is one of the control characters, which no page shows; paste the text as plain text."
_TURNING = "is one of the direction-changing characters, which can disguise a text; delete it."
_TAG = "is one of the tag characters, which hide words in a text; delete it."
_UNSEEN = "is one of the invisible characters, which make two texts look the same; delete it."
_BREAK = "is an unusual line break; type an ordinary one instead."
_BY_CATEGORY = {
    "Cc": _CONTROL,
    "Zl": _BREAK,
    "Zp": _BREAK,
    "Co": "is a private-use character, which each font draws differently; type the letter that is meant.",
    "Cn": "is not a character of Unicode (as known here); type the letter that is meant.",
    "Cs": "is half of a character; type the whole one.",
}

# A spreadsheet takes a cell that begins with one of these for a formula, the full-width ones too.
_FORMULAS = frozenset("=+-@\t\r\n＝＋－＠")


def harmless(text: str) -> str:
    """A text that no spreadsheet runs: one that begins like a formula gets an apostrophe in front."""
    start = text.lstrip(" \u00a0\u3000")[:1] or text[:1]
    return f"'{text}" if start in _FORMULAS and start else text


def faults(text: str) -> list[str]:
    """Return a sentence per refused character of `text`: which, at which place (from 1), and what to do.

    Newline, tab and the joiners U+200C and U+200D are allowed. A character that stands several times gets one
    sentence; at most `MOST_FAULTS` sentences, in the order of the text, and one more that says so.
    """
    refused = {letter: problem for letter in set(text) if (problem := _problem(letter))}
    if not refused:
        return []
    often = Counter(text)
    first: dict[str, int] = {}
    for place, letter in enumerate(text, 1):
        if letter in refused:
            first.setdefault(letter, place)
    shown = list(first.items())[:MOST_FAULTS]
    found = [_sentence(letter, place, often[letter], refused[letter]) for letter, place in shown]
    if len(first) > len(shown):
        found.append(f"{len(first) - len(shown):,} more characters like these follow; paste the text as plain text.")
    return found


def _problem(letter: str) -> str:
    code = ord(letter)
    if letter in "\n\t":
        return ""
    if code in _BIDI:
        return _TURNING
    if code in _TAGS:
        return _TAG
    if code in _INVISIBLE:
        return _UNSEEN
    return _BY_CATEGORY.get(unicodedata.category(letter), "")


def _sentence(letter: str, place: int, often: int, problem: str) -> str:
    name = unicodedata.name(letter, "").lower()
    named = f"U+{ord(letter):04X} ({name})" if name else f"U+{ord(letter):04X}"
    again = f" (there are {often:,})" if often > 1 else ""
    return f"Character {place:,}{again}, {named}, {problem}"
