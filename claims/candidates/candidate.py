"""What is found in a text: sentences, who says them, and why each may be worth a check. Pure values."""

from __future__ import annotations

from dataclasses import dataclass

from budgets.quantities.quantity import YEAR, Quantity
from claims.drift.passages import Lang
from claims.vocabulary import AssertionKind, SaidBasis

MOST_CHARACTERS = 50_000
LIKELY = 2  # worth from which a sentence is offered as a candidate


class TextTooLong(Exception):
    """More than is read at once; `sentence` says what to do, in both languages."""

    def __init__(self, characters: int) -> None:
        """Keep how long it is."""
        en = (
            f"The text has {characters:,} characters, and at most {MOST_CHARACTERS:,} are read at once: "
            "paste the part that you want to look at."
        )
        th = f"ข้อความยาว {characters:,} ตัวอักษร ระบบอ่านได้ครั้งละไม่เกิน {MOST_CHARACTERS:,} ตัวอักษร โปรดวางเฉพาะส่วนที่ต้องการดู"
        super().__init__(en)
        self.sentence = {"en": en, "th": th}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, clause or list item of a text: text[start:end] in code points. `block` counts paragraphs from 0."""

    start: int
    end: int
    block: int
    lang: Lang


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says a sentence. `name` is the fullest spelling in the text, empty when nobody is named.

    `words` is what stands in the sentence itself (“She”, “the MP”), empty when its speaker is only implied by the
    sentence before.
    """

    name: str
    basis: SaidBasis
    words: str = ""


NOBODY = Speaker("", SaidBasis.REPORT)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a sentence may be worth a check, or why not: the code of a sign, its weight, and a sentence about it."""

    code: str
    weight: int
    en: str
    th: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a text with what was found in it. `kind` is a guess, `worth` the sum of the reasons' weights.

    Positions, also those of the quantities, are code points of the whole text.
    """

    start: int
    end: int
    text: str
    lang: Lang
    block: int
    speaker: Speaker
    quantities: tuple[Quantity, ...]
    kind: AssertionKind
    reasons: tuple[Reason, ...]

    @property
    def worth(self) -> int:
        """The larger, the more there is to check. No judgement of its truth."""
        return sum(reason.weight for reason in self.reasons)

    @property
    def is_likely(self) -> bool:
        """Whether it is offered first."""
        return self.worth >= LIKELY

    @property
    def amounts(self) -> tuple[Quantity, ...]:
        """Its quantities without the years that only date them."""
        return tuple(found for found in self.quantities if found.unit != YEAR)
