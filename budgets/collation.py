"""Pure: keys that put names in dictionary order without help from the database."""

from __future__ import annotations

import unicodedata

_LEADING_VOWELS = "เแโใไ"
_MARKS = "็่้๊๋์ํ๎"


def sort_key_th(name: str) -> str:
    """Return a key whose code-point order is Thai dictionary order.

    Leading vowels sort after the consonant they are written before; tone and cancellation marks only break ties.
    """
    text = unicodedata.normalize("NFC", name).casefold()
    letters: list[str] = []
    marks: list[str] = []
    index = 0
    while index < len(text):
        letter = text[index]
        following = text[index + 1] if index + 1 < len(text) else ""
        if letter in _LEADING_VOWELS and "ก" <= following <= "ฮ":
            letters += [following, letter]
            index += 2
            continue
        (marks if letter in _MARKS else letters).append(letter)
        index += 1
    return "".join(letters) + ("\x20" + "".join(marks) if marks else "")


def sort_key_en(name: str) -> str:
    """Return a key that ignores case, accents and a leading article."""
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return plain.removeprefix("the ")
