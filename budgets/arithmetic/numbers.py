"""Numbers as a sum shows them, the same in both languages: exact where they are short, else rounded to what is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from fractions import Fraction

from budgets.arithmetic.operands import Words
from budgets.arithmetic.phrases import both
from budgets.intervals import Interval
from budgets.quantities import formatting
from budgets.quantities.formatting import Lang
from budgets.vocabulary import Unit

PERCENTAGE_POINT = "percentage_point"

_RELATIVE = (Unit.PERCENT.value, Unit.RATIO.value, PERCENTAGE_POINT)
_STORED_PLACES = 6
_MOST_PLACES = 12
# The ends of a range lie at least so many units of the last decimal apart.
_LAST_STEPS = 2
_DIGITS = 4
# On one scale, amounts may have a decimal more than alone, and the smallest may be a tenth of it.
_SCALED_PLACES = 3
_WIDE = 200
_LANGS: tuple[Lang, ...] = ("en", "th")
_UNIT_SIGNS = {
    Unit.PERCENT.value: both("%", "%"),
    PERCENTAGE_POINT: both(" percentage points", " จุดร้อยละ"),
}
_SIZES: dict[Lang, Sequence[Decimal]] = {
    "en": (formatting.TRILLION, formatting.BILLION, formatting.MILLION),
    "th": (formatting.TRILLION, formatting.MILLION),
}


@dataclass(frozen=True, slots=True)
class Scale:
    """How a result is written: in which unit, with how many decimals, and whether with its sign.

    `beside` are the amounts that stand in the sentence together: money is written in millions, say, for all or none.
    """

    unit: str
    currency: str | None
    places: int = _STORED_PLACES
    signed: bool = False
    beside: tuple[Fraction, ...] = ()


def decimal(value: Fraction, places: int = _STORED_PLACES) -> Decimal:
    """A fraction as a decimal number, halves to the even digit; of any size."""
    scaled = round(value * 10**places)
    digits = tuple(int(digit) for digit in str(abs(scaled)))
    return Decimal((int(scaled < 0), digits, -places))


def scale_for(unit: str, currency: str | None, value: Fraction | None, interval: Interval, *, signed: bool) -> Scale:
    """As many decimals as it takes to tell the value from zero and the ends of the range apart; two at least."""
    width = Fraction(0) if reads_as_one(interval) else interval.high - interval.low
    places = 2
    while places < _MOST_PLACES and (_hides(value, places) or 0 < width * 10**places < _LAST_STEPS):
        places += 1
    together = (interval.low, interval.high, *(() if value is None else (value,)))
    return Scale(unit, currency, places, signed, () if reads_as_one(interval) else together)


def reads_as_one(interval: Interval) -> bool:
    """Whether it is shown as one number: a point, or what encloses the root of one."""
    return interval.high - interval.low < Fraction(1, 10**_MOST_PLACES)


def _hides(value: Fraction | None, places: int) -> bool:
    return value is not None and value != 0 and round(value, places) == 0


def shown(value: Fraction, scale: Scale) -> Words:
    """A number with its unit: "1.65", "+65.25%", "2.61 billion baht"; the minus sign is U+2212."""
    rounded = _readable(value, scale)
    sign = "−" if rounded < 0 else "+" if scale.signed and rounded > 0 else ""
    size = abs_exactly(rounded)
    if scale.unit in _RELATIVE or scale.unit not in Unit.values:
        return _relative(sign, size, scale.unit)
    with localcontext(prec=_WIDE):
        english, thai = (_quantity(size, scale, lang) for lang in _LANGS)
    return both(f"{sign}{english}", f"{sign}{thai}")


def shown_range(interval: Interval, scale: Scale) -> Words:
    """The numbers of an interval: "from 1.47 to under 1.89"; only an exact end says that it does not belong."""
    if reads_as_one(interval):
        return shown(interval.low, scale)
    scale = replace(scale, beside=scale.beside or (interval.low, interval.high))
    low, high = shown(interval.low, scale), shown(interval.high, scale)
    over = not interval.low_closed and is_exact(interval.low, scale)
    under = not interval.high_closed and is_exact(interval.high, scale)
    return both(
        f"{'over' if over else 'from'} {low['en']} to {'under ' if under else ''}{high['en']}",
        f"{'มากกว่า' if over else 'ตั้งแต่'} {low['th']} {'แต่ไม่ถึง' if under else 'ถึง'} {high['th']}",
    )


def is_exact(value: Fraction, scale: Scale) -> bool:
    """Whether the number is shown as it is, not rounded."""
    return Fraction(_readable(value, scale)) == value


def percent(value: Fraction) -> Words:
    """A deviation in percent, with its sign: "+3.63%", "−0.15%"; "no deviation" for zero."""
    if value == 0:
        return both("no deviation", "ไม่ต่างกัน")
    return _percent(value, signed=True)


def deviating(value: Fraction, from_what: Words) -> Words:
    """A deviation in words: "3.63% above 2", "0.15% below 2", "no deviation"."""
    if value == 0:
        return percent(value)
    size = _percent(abs(value), signed=False)
    english, thai = ("above", "สูงกว่า") if value > 0 else ("below", "ต่ำกว่า")
    return {"en": f"{size['en']} {english} {from_what['en']}", "th": f"{thai} {from_what['th']} อยู่ {size['th']}"}


def abs_exactly(value: Decimal) -> Decimal:
    """The size of a decimal number; the built-in function would round it to the precision of the context."""
    return value.copy_abs()


def _percent(value: Fraction, *, signed: bool) -> Words:
    return shown(value, scale_for(Unit.PERCENT, None, value, Interval.point(value), signed=signed))


def _quantity(size: Decimal, scale: Scale, lang: Lang) -> str:
    """A positive number with its unit; zero needs no scale."""
    if scale.unit != Unit.MONEY or not scale.beside or not size:
        return formatting.quantity(size, Unit(scale.unit), scale.currency, lang)
    step = _common_size([abs_exactly(_readable(each, scale)) for each in scale.beside], lang)
    name = formatting.money(step, scale.currency, lang).removeprefix("1")
    return f"{formatting.plain(size / step)}{name}"


def _common_size(amounts: Sequence[Decimal], lang: Lang) -> Decimal:
    """The largest scale in which all the amounts that are not zero read well; else that of single units."""
    sizes = [each for each in amounts if each]
    fitting = (size for size in _SIZES[lang] if all(_reads_well(each / size) for each in sizes))
    return next((size for size in fitting if max(sizes) >= size), Decimal(1))


def _reads_well(value: Decimal) -> bool:
    return value * 10 >= 1 and value == round(value, _SCALED_PLACES)


def _readable(value: Fraction, scale: Scale) -> Decimal:
    """Relative numbers to the decimals of the scale; others as they are, or to four digits if they do not end."""
    if scale.unit in _RELATIVE:
        return decimal(value, scale.places)
    exact = decimal(value)
    if Fraction(exact) == value:
        return exact
    return decimal(value, _DIGITS - 1 - exact.adjusted()) if exact else exact


def _relative(sign: str, size: Decimal, unit: str) -> Words:
    number = f"{sign}{formatting.plain(size)}"
    signs = _UNIT_SIGNS.get(unit) or (both("", "") if unit == Unit.RATIO else both(f" {unit}", f" {unit}"))
    return {lang: f"{number}{mark}" for lang, mark in signs.items()}
