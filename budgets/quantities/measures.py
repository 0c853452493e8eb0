"""Units that are no counted things: percent, percentage points, stars, times. Pure."""

from __future__ import annotations

import re

from budgets.quantities.quantity import PERCENT, PERCENTAGE_POINT, RATIO, STARS

_POINT = re.compile(
    r"(?:\s?(?:%|per ?cent|pct\.?)[ -]points?|[\s-]percentage[ -]points?|\s?pps?(?![a-z])|\s?ppts?(?![a-z])"
    r"|\s?จุด(?:ร้อยละ|เปอร์เซ็นต์|เปอร์เซนต์|เปอร์เซ็น))"
)
_PERCENT = re.compile(
    r"\s?%|[\s-]?(?:per ?cent(?![a-z])|percent(?![a-z])|pct(?![a-z])|pc(?![a-z]))|\s?เปอร์เซ็?นต์|\s?เปอร์เซ็น"
)
_PERCENT_BEFORE = re.compile(r"ร้อยละ(?:\s{0,2}(?:ประมาณ|ราว|กว่า))?\s{0,2}$")
_STARS = re.compile(r"(?:\s?(?:out of|/)\s?[0-9]{1,2})?[\s-]?(?:stars?(?![a-z])|ดาว(?!น์|เทียม|เคราะห์|โจน์|รุ่ง))")
_TIMES_TH = re.compile(r"\s?เท่า(?!กับ|กัน|เทียม|ที่|นั้น|ไร|ใด|ทัน)(?:ตัว)?")
_TIMES_EN = re.compile(
    r"(?:\s(?:times)(?![a-z])(?! (?:a|an|per|since|in|during|this|last|each|every|before|over|on|by|and|when|while"
    r"|from|to|at|with)\b)|[ -]?fold(?![a-z])|\s?[x×](?![a-z0-9]))"
)


def percent_before(folded: str, pos: int) -> int | None:
    """Where a ร้อยละ directly before `pos` starts."""
    found = _PERCENT_BEFORE.search(folded, max(0, pos - 22), pos)
    return found.start() if found else None


def measure_after(folded: str, pos: int) -> tuple[str, int] | None:
    """The measure directly after `pos` and where it ends: percent, percentage_point, stars or ratio."""
    for unit, pattern in (
        (PERCENTAGE_POINT, _POINT),
        (PERCENT, _PERCENT),
        (STARS, _STARS),
        (RATIO, _TIMES_TH),
        (RATIO, _TIMES_EN),
    ):
        if found := pattern.match(folded, pos):
            return unit, found.end()
    return None
