"""Sentences in both languages, and which of the two a reader asked for."""

from __future__ import annotations

from typing import Literal, NamedTuple

from django.utils.translation import get_language

Lang = Literal["en", "th"]


class Both(NamedTuple):
    """One sentence, English and Thai."""

    en: str
    th: str

    def within(self, **values: object) -> Both:
        """Fill both sentences with values, which are cut to a readable length."""
        short = {name: printable(value) for name, value in values.items()}
        return Both(self.en.format(**short), self.th.format(**short))

    def of(self, lang: Lang) -> str:
        """The sentence in one language."""
        return self.th if lang == "th" else self.en


def reader_language() -> Lang:
    """Thai when the reader's Accept-Language prefers it, else English."""
    return "th" if (get_language() or "").startswith("th") else "en"


def printable(value: object, most: int = 60) -> str:
    """A value from outside as part of a sentence: no control characters, not endless."""
    text = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in str(value))
    return text if len(text) <= most else text[: most - 1] + "…"
