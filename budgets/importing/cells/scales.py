"""What the header of a column says about its unit: currency, scale, percent. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

LONGEST = 400

_ONE = Decimal(1)
_THAI_SCALES = (
    ("ล้านล้าน", 12), ("แสนล้าน", 11), ("หมื่นล้าน", 10), ("พันล้าน", 9), ("ร้อยล้าน", 8), ("สิบล้าน", 7), ("ล้าน", 6),
    ("แสน", 5), ("หมื่น", 4), ("พัน", 3),
)  # fmt: skip
_SCALES = (
    (re.compile(r"\b(?:trillions?|tn)\b"), 12),
    (re.compile(r"\b(?:billions?|bn|bln|milliards?|miliard[iy]?|mrd|mld|miles de millones)\b|[€$£¥฿]bn?\b"), 9),
    (re.compile(r"\b(?:millions?|mn|mln|mio|millones|milion[iy]?|millionen|mm)\b|[€$£¥฿] ?m\b|\bm ?[€$£¥฿]|\bm\b"), 6),
    (
        re.compile(r"\b(?:thousands?|thsd|miles|milhares|migliaia|tausend|mijë|tsd|tis|k)\b|[€$£¥฿] ?k\b|\bk ?[€$£¥฿]"),
        3,
    ),
    (re.compile(r"['’‘`]000s?\b|\b000s\b|[x×*] ?1,?000\b"), 3),
)  # fmt: skip
_CURRENCIES = (
    (re.compile(r"บาท|฿|\b(?:thb|baht)\b"), "THB"),
    (re.compile(r"€|\b(?:eur|euros?)\b|ยูโร"), "EUR"),
    (re.compile(r"\bus ?\$|\b(?:usd|us dollars?)\b|ดอลลาร์สหรัฐ"), "USD"),
    (re.compile(r"£|\b(?:gbp|pounds? sterling)\b"), "GBP"),
    (re.compile(r"\b(?:jpy|yen)\b|เยน"), "JPY"),
    (re.compile(r"\b(?:mxn|pesos mexicanos)\b"), "MXN"),
    (re.compile(r"\b(?:all|lekë?)\b"), "ALL"),
    (re.compile(r"\b(?:myr|ringgit)\b|\brm\b"), "MYR"),
)
_PERCENT = re.compile(r"[%％]|ร้อยละ|เปอร์เซ็นต์|\b(?:percent|per cent|pct)\b")
_BRACKETED = re.compile(r"[(\[（]([^()\[\]（）]{1,60})[)\]）]")
_SAID = re.compile(r"\b(?:in|unit|units|amounts? in)\b:? |หน่วย ?:? ?")
# Words that are a unit only next to a currency or in brackets: "Mn", "K", "M" alone name too much else.
_LOOSE = re.compile(r"\b(?:mm|m|k|all|miles|tis|rm)\b")


@dataclass(frozen=True, slots=True)
class Scale:
    """The unit that a header states: amounts are in `factor` units of `currency` (None: not said), or in percent."""

    factor: Decimal
    currency: str | None = None
    unit: Literal["money", "percent"] = "money"
    written: str = ""


def header_scale(header: str) -> Scale | None:
    """The unit that the header of a column states, or None when it states none.

    "งบประมาณ (ล้านบาท)" is 1,000,000 THB, "Amount (US$ '000)" 1,000 USD, "in thousands" 1,000 of no currency,
    "Absorption (%)" percent. What stands in brackets or behind "in" and "หน่วย" counts before the rest.
    """
    text = unicodedata.normalize("NFKC", header[:LONGEST]).casefold()
    inside = _BRACKETED.findall(text)
    said = _SAID.split(text)[1:]
    for place in (*reversed(inside), *said):
        found = _scale(place.strip(), loose=True)
        if found:
            return found
    return _scale(text, loose=False)


def _scale(text: str, *, loose: bool) -> Scale | None:
    if not loose:
        text = _LOOSE.sub(" ", text)
    if _PERCENT.search(text):
        return Scale(_ONE, None, "percent", text)
    currency = next((code for pattern, code in _CURRENCIES if pattern.search(text)), None)
    power = _power(text, thai=currency == "THB" or loose)
    if power is None and currency is None:
        return None
    return Scale(Decimal(10) ** (power or 0), currency, "money", text)


def _power(text: str, *, thai: bool) -> int | None:
    if thai:
        for word, power in _THAI_SCALES:
            if f"{word}บาท" in text or f"{word} บาท" in text or text == word:
                return power
    return next((power for pattern, power in _SCALES if pattern.search(text)), None)
