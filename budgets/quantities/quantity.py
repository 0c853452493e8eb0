"""One amount as it stands in a text. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from budgets.intervals import Interval

MONEY = "money"
PERCENT = "percent"
PERCENTAGE_POINT = "percentage_point"
RATIO = "ratio"
STARS = "stars"
YEAR = "year"
# A counted thing on its way to its word.
COUNT = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a passage says in numbers: where it stands, what it is worth, and how sure its writer was.

    `start` and `end` are code points of the text that was read, and `text` is what stands between them. `value` is in
    base units (276 ล้านบาท is 276000000) and None for a word ("half") and for a range, whose ends are in `interval`.
    `unit` is money, percent, percentage_point, ratio, stars or year, else the counted word as written. `currency` is an
    ISO 4217 code, and `currency_written` is False where it was inferred. `year` is the C.E. year that the text gives
    beside the amount, `calendar` (BE, CE, unknown) how it was written, `fiscal` whether it was called a fiscal year
    (True), a calendar year (False) or neither (None). `hedge` holds the hedging words as written.
    """

    start: int
    end: int
    text: str
    value: Decimal | None
    interval: Interval
    unit: str
    currency: str | None
    currency_written: bool
    year: int | None
    calendar: str | None
    fiscal: bool | None
    hedge: str | None
    significant_digits: int | None
