"""Words that soften a number: about, more than, reportedly; ประมาณ, เกือบ, ไม่เกิน, กว่า. Pure."""

from __future__ import annotations

import re

from budgets.quantities.folding import words

_BESIDE_EN = (
    r"about|around|approximately|approx\.?|roughly|nearly|almost|some|more than|over|less than|fewer than|under"
    r"|at least"
    r"|at most|up to|as much as|as many as|as little as|as few as|as low as|as high as|no more than"
    r"|not more than|no less than|no fewer than|not less than"
    r"|upwards of|close to|in excess of|above|below|an estimated|estimated|reportedly|allegedly|supposedly|purportedly"
    r"|probably|perhaps|possibly|maybe|circa|anywhere from|well over|well under|just over|just under|a little over"
    r"|slightly more than|slightly less than|slightly over|slightly under|far more than|much more than"
    r"|nearly all|barely|virtually|practically"
    r"|a reported|an alleged|apparently|a maximum of|a minimum of|only about|exceeding|believed to be|thought to be"
)
_FAR_EN = (
    r"reportedly|allegedly|supposedly|purportedly|apparently|an estimated|estimated|estimates|believed to|thought to"
    r"|said to|rumou?red to"
)
_BESIDE_TH = words(
    "ประมาณ", "โดยประมาณ", "ราว", "ราวๆ", "ราว ๆ", "เกือบ", "กว่า", "มากกว่า", "น้อยกว่า", "ไม่เกิน", "ไม่น้อยกว่า",
    "ไม่ต่ำกว่า", "ไม่มากกว่า",
    "ไม่ถึง", "ต่ำกว่า", "สูงกว่า", "เกินกว่า", "เกิน", "อย่างน้อย", "อย่างมาก", "สูงสุดไม่เกิน", "ถึงเกือบ", "ร่วม", "เฉียด",
    "ใกล้เคียง", "คาดว่าประมาณ",
    "น่าจะ", "สูงถึง", "มากถึง", "ไม่เกินกว่า", "ขั้นต่ำ", "ขั้นต่ำไม่น้อยกว่า", "นับ", "อย่างต่ำ", "สูงสุด", "สูงสุดไม่เกิน", "ใกล้", "จวน",
)  # fmt: skip
_FAR_TH = words("มีรายงานว่า", "รายงานว่า", "อ้างว่า", "มีข่าวว่า", "ลือว่า", "กล่าวกันว่า", "ประเมินว่า", "คาดการณ์ว่า")
# งบประมาณ, เข้าร่วม, คราว and เรื่องราว hold a hedge and are none.
_NOT_WITHIN = r"(?<!งบ)(?<!เข้า)(?<!ผู้)(?<!ส่วน)(?<!ค)(?<!เรื่อง)(?<!ต)(?<!สนับส)"
# A word between the hedge and its number: "about a third", "ประมาณร้อยละ 5", "มากกว่าจำนวน 3 คน".
_BETWEEN = r"\s{0,2}(?:(?:a|an|of|to)\s|ที่\s?|จำนวน\s?|ร้อยละ\s?)?"

_BEFORE = re.compile(rf"(?P<hedge>(?:(?<![a-z])(?:{_BESIDE_EN})\s|{_NOT_WITHIN}(?:{_BESIDE_TH})|[~≈±<>≤≥]){_BETWEEN})$")
_FAR_BEFORE = re.compile(rf"(?P<hedge>(?<![a-z])(?:{_FAR_EN})(?![a-z]))(?P<between>[a-z \u00a0]{{0,44}})$")
_FAR_BEFORE_TH = re.compile(rf"(?P<hedge>{_FAR_TH})(?P<between>[ก-๎ ]{{0,44}})$")
_AFTER = re.compile(
    r"\s?(?P<hedge>กว่า ?ๆ|กว่าๆ|กว่า(?![ก-ฮ]{0,6}\s?[0-9])|เศษ|ขึ้นไป|หรือมากกว่า|โดยประมาณ|เป็นอย่างน้อย|or so(?![a-z])"
    r"|or more(?![a-z])|or less(?![a-z])"
    r"|or fewer(?![a-z])|or thereabouts|at most(?![a-z])|at least(?= of| in|[.,;]|$)|\+(?![a-z0-9]))"
)
_WINDOW = 30
_FAR_WINDOW = 44


def hedge(text: str, folded: str, start: int, end: int, inner: tuple[int, int] | None) -> str | None:
    """The hedging words of the amount in text[start:end], as written; `inner` is a กว่า inside it."""
    span = _beside(folded, start)
    if span:
        return text[span[0] : span[1]].strip()
    if inner:
        return text[inner[0] : inner[1]]
    if after := _AFTER.match(folded, end):
        return text[after.start("hedge") : after.end("hedge")]
    return _far(text, folded, start)


def _beside(folded: str, start: int) -> tuple[int, int] | None:
    """The whole row of hedges that ends at `start`: "reportedly more than"."""
    first: int | None = None
    last = position = start
    while found := _BEFORE.search(folded, max(0, position - _WINDOW), position):
        if first is not None and found["hedge"].startswith("กว่า"):
            break
        if first is None:
            last = _trimmed(folded, found)
        position = first = found.start()
    return None if first is None else (first, last)


def _trimmed(folded: str, found: re.Match[str]) -> int:
    """The end of the hedge without the word between it and the number."""
    core = re.match(rf"(?:{_BESIDE_EN})(?![a-z])|(?:{_BESIDE_TH})|[~≈±<>≤≥]", folded[found.start() : found.end()])
    return found.start() + (core.end() if core else len(found[0]))


def _far(text: str, folded: str, start: int) -> str | None:
    """A hedge a few words away in the same clause: "reportedly cost 276 million baht"."""
    window = max(0, start - _FAR_WINDOW)
    found = _FAR_BEFORE.search(folded, window, start) or _FAR_BEFORE_TH.search(folded, window, start)
    return text[found.start("hedge") : found.end("hedge")] if found else None
