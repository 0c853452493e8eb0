"""Who says each sentence of a text, carried from one to the next where the text does so. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from claims.candidates.candidate import NOBODY, Sentence, Speaker
from claims.candidates.speaking_en import said_in_english
from claims.candidates.speaking_th import said_in_thai
from claims.drift.difference import Known
from claims.drift.naming import places_of
from claims.vocabulary import SaidBasis

_MOST_NAMES = 200  # names of a text that shorter mentions are led back to


def speakers(text: str, sentences: Sequence[Sentence]) -> list[Speaker]:
    """One speaker per sentence.

    A pronoun or bare title (“she”, “the MP”) means whoever spoke last. A sentence without a verb of saying belongs to
    the one before it in the same paragraph, as implied; in a new paragraph to nobody.
    """
    return list(_Listening(text).all(sentences))


class _Listening:
    """Who spoke last, and everybody named so far."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._names: list[str] = []
        self._last = ""
        self._block = -1
        self._speaks_on = False

    def all(self, sentences: Sequence[Sentence]) -> list[Speaker]:
        return [self._one(sentence) for sentence in sentences]

    def _one(self, sentence: Sentence) -> Speaker:
        words = self._text[sentence.start : sentence.end]
        said = said_in_thai(words) if sentence.lang == "th" else said_in_english(words)
        if sentence.block != self._block:
            self._block, self._speaks_on = sentence.block, False
        if said is None:
            return Speaker(self._last, SaidBasis.IMPLIED) if self._speaks_on and self._last else NOBODY
        if said.name:
            self._last = self._whole(said.name)
        self._speaks_on = True
        basis = SaidBasis.REPORTEDLY if said.reported else SaidBasis.SAID
        return Speaker(self._last, basis, said.words)

    def _whole(self, name: str) -> str:
        """The full name that a part of it stands for: “Ratchanok” after “Ratchanok Srinok”."""
        for whole in self._names:
            parts = places_of(Known(is_person=True, names=(whole,)), name)
            if parts and parts[0].end - parts[0].start == len(name):
                return whole
        if len(self._names) < _MOST_NAMES:
            self._names.append(name)
        return name
