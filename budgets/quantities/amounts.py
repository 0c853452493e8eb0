"""Numbers with what stands directly around them: sign, currency, scale, unit. Pure.

An `Amount` is a number on its way to becoming a quantity; one without a unit may still be a year or an end of a range.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from budgets.quantities import counted, currencies, exclusions, measures, numerals_en, numerals_th, scales
from budgets.quantities.literals import LITERAL, Literal, read_literal
from budgets.quantities.quantity import MONEY, PERCENT, RATIO

_NUMBER = re.compile(rf"(?P<en>{numerals_en.RUN})|(?P<th>{numerals_th.RUN})|(?P<digits>{LITERAL})")
_NEGATIVE = re.compile(r"(?:(?:^|[\s•(\"'/:])-|(?:ติดลบ|(?:^|[\s•])ลบ|(?<![a-z])minus)\s?)$")
_OVER = re.compile(r"\s?(?P<over>กว่า|เศษ)(?![ก-ฮ]{0,6}[0-9])\s?")
_PRICE_PER = re.compile(
    r"\s(?:an?|per)\s(?:night|month|year|day|week|head|person|unit|trip|seat|room|ticket|piece|plate|household|hour|rai|ton"
    r"|tonne|kilo|kilogram|kg|litre|liter|visit|student|child|patient|employee|member|subscriber|copy|dose)(?![a-z])"
    r"|\s?(?:ต่อ|/\s?)(?:day|night|month|year|person|คืน|เดือน|ปี|วัน|คน|หัว|ราย|ชั่วโมง|หน่วย|ไร่|ตัน|กิโลกรัม|ลิตร|ครั้ง|ชิ้น|ใบ|เที่ยว|ตารางเมตร)"
)
_PRICE_BEFORE = re.compile(
    r"(?:(?:ราคา|วงเงิน|งบประมาณ|มูลค่า|เป็นเงิน|จำนวนเงิน|ค่าใช้จ่าย|เงินเดือน|ค่าจ้าง|รวมเงิน)(?:จำนวน|รวม|กว่า|ประมาณ|ราว)?"
    r"|(?<![a-z])(?:worth|priced at|at a cost of|price of|salary of|budget of))\s?$"
)
# 4K is a screen, 40K is money.
_SCREEN = re.compile(r"[0-9]k(?![a-z])")
_SCALE_FIRST = re.compile(r"ร้อย|พัน|หมื่น|แสน|ล้าน")
_LETTER = re.compile(r"[a-z]")
_VULGAR = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}
_SIGNED = re.compile(r"[$฿€£¥]-$")
_AND_A_HALF = re.compile(r"ครึ่ง(?!หนึ่ง|ปี|เดือน|วัน)")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in its place. `literal` holds the digits when they stand alone, `mark` is where they start."""

    start: int
    end: int
    mark: int
    value: Fraction
    place: Fraction
    coefficient: Fraction
    scale: int = 1
    scaled: bool = False
    decimals: bool = False
    literal: str = ""
    in_words: bool = False
    unit: str | None = None
    counted: tuple[int, int] | None = None
    currency: str | None = None
    over: tuple[int, int] | None = None
    high: Fraction | None = None


@dataclass(frozen=True, slots=True)
class _Source:
    """The text as given and as folded, and where the amount before ends."""

    text: str
    folded: str
    floor: int


def amounts(text: str, folded: str, free: list[bool]) -> Iterator[Amount]:
    """Every number of the text that is no name, in order; `free` says which characters may be part of one."""
    end = 0
    for found in _NUMBER.finditer(folded):
        if found.start() < end or not free[found.start()]:
            continue
        source = _Source(text, folded, end)
        core = _core(source, found)
        amount = _dressed(source, core) if core else None
        if amount:
            end = amount.end
            yield amount


def _core(source: _Source, found: re.Match[str]) -> Amount | None:
    start, end = found.span()
    if found["digits"]:
        return _from_digits(source, start, end)
    if found["en"]:
        english = numerals_en.read_english(found["en"])
        if english is None:
            return None
        whole = english.value % 1 == 0
        return Amount(
            start, end, start, english.value, english.place, english.value,
            scaled=english.scaled, in_words=True, decimals=not whole, scale=int(english.place) if english.scaled else 1,
        )  # fmt: skip
    return _from_thai(source, found["th"], start, end)


def _from_thai(source: _Source, run: str, start: int, end: int) -> Amount | None:
    inner = scales.over_within(source.folded, end)
    if inner:
        run, end = run + inner["scale"], inner.end()
    thai, last = numerals_th.read_thai(run), None
    if thai is None:
        pair = numerals_th.read_thai_pair(run)
        if pair is None:
            return None
        thai, last = pair
    if not (thai.has_coefficient or _counts_over(source, end)):
        return None
    if _SCALE_FIRST.match(source.folded, start) and exclusions.is_indefinite(source.folded, start):
        return None
    if run == "หนึ่ง" and counted.ends_counted(source.folded, start):
        return None
    value = Fraction(thai.value)
    return Amount(
        start, end, start, value, Fraction(thai.place), value / thai.place, thai.place, thai.place >= 1000,
        in_words=True, over=inner.span("over") if inner else None, high=Fraction(last.value) if last else None,
    )  # fmt: skip


def _counts_over(source: _Source, end: int) -> bool:
    """Whether a scale alone is an amount, for กว่า and what it counts follow: ล้านกว่าบาท, พันกว่าคน."""
    over = _OVER.match(source.folded, end)
    if over is None:
        return False
    behind = over.end()
    return bool(
        currencies.currency_after(source.text, source.folded, behind) or counted.counted_thai(source.folded, behind)
    )


def _from_digits(source: _Source, start: int, end: int) -> Amount | None:
    before = currencies.currency_before(source.text, source.folded, start, source.floor)
    if not before and exclusions.is_glued(source.folded, start):
        return None
    with_currency = before is not None or _letter_and_currency(source, end)
    dot_groups = bool(before and before[0] == "EUR") or source.folded.startswith((" €", " euro"), end)
    number = read_literal(source.folded[start:end], dot_groups=dot_groups)
    if number is None:
        return None
    if fraction := _VULGAR.get(source.folded[end : end + 1]):
        number, end = Literal(number.value + fraction, Fraction(1, 100)), end + 1
    bare = Amount(
        start, end, start, number.value, number.place, number.value,
        decimals=number.place < 1, literal=source.folded[start:end],
    )  # fmt: skip
    brackets = source.folded[start - 1 : start] == "(" and source.folded[end : end + 1] == ")"
    after = end + 1 if brackets else end
    found = scales.scale_after(source.folded, after, number.value, number.place, with_currency=with_currency)
    if brackets and (found or currencies.currency_after(source.text, source.folded, after)):
        # Accountants write a negative amount in brackets: (1,234) million baht.
        bare = replace(bare, start=start - 1, end=after, value=-number.value)
    if found is None:
        return bare
    return replace(
        bare, end=found.end, value=found.value * (-1 if bare.value < 0 else 1), place=found.place, scale=found.scale,
        scaled=found.scale >= 100, literal="", over=found.over, currency="THB" if found.baht else None,
    )  # fmt: skip


def _letter_and_currency(source: _Source, end: int) -> bool:
    """Whether one letter and then a currency follow: 2.5B baht."""
    return currencies.currency_after(source.text, source.folded, end + 1) is not None


def _dressed(source: _Source, core: Amount) -> Amount | None:
    """The amount with sign, currency and unit; None for a name."""
    amount = _negative(source.folded, _with_unit(source, core))
    if amount.unit in {MONEY, PERCENT} or amount.scaled:
        return amount
    if exclusions.is_name(source.folded, core.start, core.end):
        return None
    glued = amount.unit is None and not core.in_words and _LETTER.match(source.folded, core.end)
    return None if glued else amount


def _with_unit(source: _Source, core: Amount) -> Amount:
    over = _OVER.match(source.folded, core.end) if core.over is None else None
    after = over.end() if over else core.end
    hedged = replace(core, over=over.span("over")) if over else core
    for reader in (_percent_before, _money, _measure, _price, _count):
        found = reader(source, hedged, after)
        if found:
            return found
    if core.scaled and (core.scale >= 1000 or core.currency) and not _SCREEN.match(source.folded, core.mark):
        return replace(core, unit=MONEY)
    return core


def _percent_before(source: _Source, core: Amount, after: int) -> Amount | None:
    start = measures.percent_before(source.folded, core.start)
    if start is None:
        return None
    measure = measures.measure_after(source.folded, after)
    end = measure[1] if measure and measure[0] == PERCENT else core.end
    return replace(core, start=start, end=end, unit=PERCENT, over=None if end == core.end else core.over)


def _money(source: _Source, core: Amount, after: int) -> Amount | None:
    if _SIGNED.search(source.folded, max(source.floor, core.start - 2), core.start):
        core = replace(core, start=core.start - 1, value=-core.value)
    before = currencies.currency_before(source.text, source.folded, core.start, source.floor)
    behind = currencies.currency_after(source.text, source.folded, after)
    if not before and not behind:
        return _satang(source, core, after)
    if before and behind and before[0] != behind[0] and behind[0] != "USD":
        behind = None
    currency = before[0] if before else behind[0] if behind else None
    end = behind[1] if behind else core.end
    money = replace(
        core, start=before[1] if before else core.start, end=end, unit=MONEY, currency=currency,
        over=core.over if behind or core.scaled else None,
    )  # fmt: skip
    cents = currencies.satang_after(source.folded, end) if currency == "THB" and core.place == 1 else None
    if cents is None:
        return money
    hundredth = Fraction(1, 100)
    return replace(money, value=core.value + cents[0] * hundredth, place=hundredth, decimals=True, end=cents[1])


def _satang(source: _Source, core: Amount, after: int) -> Amount | None:
    end = currencies.in_satang(source.folded, after)
    if end is None:
        return None
    return replace(
        core, value=core.value / 100, place=core.place / 100, decimals=True, end=end, unit=MONEY, currency="THB"
    )


def _measure(source: _Source, core: Amount, after: int) -> Amount | None:
    found = measures.measure_after(source.folded, after)
    if found is None or (core.scaled and found[0] != RATIO):
        return None
    half = _AND_A_HALF.match(source.folded, found[1]) if source.folded.endswith(("เท่า", "เท่าตัว"), 0, found[1]) else None
    if half:
        return replace(
            core, value=core.value + Fraction(1, 2), place=Fraction(1, 10), decimals=True, unit=RATIO, end=half.end()
        )
    return replace(core, unit=found[0], end=found[1])


def _price(source: _Source, core: Amount, after: int) -> Amount | None:
    """A price per something is money without a currency: "16,000 a night"."""
    del after
    if core.in_words or not core.literal or core.value < 20:
        return None
    if _PRICE_PER.match(source.folded, core.end):
        return replace(core, unit=MONEY)
    return None


def _count(source: _Source, core: Amount, after: int) -> Amount | None:
    span = counted.counted_thai(source.folded, after)
    if span is None:
        span = counted.counted_english(
            source.folded, core.end, one=core.value == 1, scaled=core.scaled, maybe_year=is_yearlike(core.literal)
        )
    if span:
        return replace(core, unit="", counted=span, end=span[1])
    worth = core.literal and core.value >= 100 and not is_yearlike(core.literal)
    if worth and _PRICE_BEFORE.search(source.folded, max(0, core.start - 24), core.start):
        return replace(core, unit=MONEY)
    return None


def _negative(folded: str, amount: Amount) -> Amount:
    found = _NEGATIVE.search(folded, max(0, amount.start - 7), amount.start)
    if not found:
        return amount
    start = amount.start - 1 if found[0].endswith("-") else amount.start - len(found[0].lstrip())
    return replace(amount, start=start, value=-amount.value)


def is_yearlike(literal: str) -> bool:
    """Whether four digits alone are in the range of years of either era."""
    return len(literal) == 4 and literal.isdigit() and (1900 <= int(literal) <= 2100 or 2400 <= int(literal) <= 2700)
