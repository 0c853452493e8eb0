"""Every amount in a text, Thai or English. Pure; `docs/quantities.md` states the rules."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from fractions import Fraction

from budgets.intervals import Interval
from budgets.quantities import amounts, counted, exclusions, hedges, periods, precision, proportions, ranges, years
from budgets.quantities.amounts import Amount
from budgets.quantities.folding import fold
from budgets.quantities.quantity import COUNT, MONEY, RATIO, YEAR, Quantity
from budgets.quantities.years import Year

_EXACT = Context(prec=80)


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    amount: Amount | None = None
    share: Fraction | None = None
    year: Year | None = None


def read(text: str, *, currency: str = "THB") -> list[Quantity]:
    """Every amount of `text` in order of start; they never overlap.

    `currency` is the ISO 4217 code of money whose currency stands nowhere in the text. Positions are code points of
    the text as given. Any text can be read; one without amounts gives an empty list.
    """
    folded = fold(text)
    found = _found(text, folded)
    dated = periods.periods(
        folded, [periods.Place(each.start, each.end, each.year, _written_unit(text, each)) for each in found]
    )
    written = [(each.start, each.amount.currency) for each in found if each.amount and each.amount.currency]
    money = _Money(written, currency)
    return [_quantity(text, folded, each, dated.get(index), money) for index, each in enumerate(found)]


def _found(text: str, folded: str) -> list[_Found]:
    free = [True] * len(folded)
    for start, end in exclusions.blocked(folded):
        free[start:end] = [False] * (end - start)
    shares = _apart(
        len(folded),
        [
            _Found(share.start, share.end, share=share.value)
            for share in proportions.proportions(folded)
            if free[share.start]
        ],
    )
    for share in shares:
        free[share.start : share.end] = [False] * (share.end - share.start)
    read_amounts = ranges.joined(folded, list(amounts.amounts(text, folded, free)))
    measured = [_Found(each.start, each.end, each) for each in read_amounts if each.unit is not None]
    return _with_years(folded, free, shares, measured)


def _with_years(folded: str, free: list[bool], shares: list[_Found], measured: list[_Found]) -> list[_Found]:
    """Amounts and years in order. What is said to be a year goes before a count, a plain year after it."""
    dated = [*years.years(folded), *years.short_years(folded)]
    readable = [_Found(year.start, year.end, year=year) for year in dated if free[year.start]]
    counts = [each for each in measured if _is_count(each)]
    firm = [each for each in measured if not _is_count(each)]
    marked = [each for each in readable if each.year and each.year.marked]
    plain = [each for each in readable if not exclusions.is_name(folded, each.start, each.end)]
    return _with_spans(folded, _apart(len(folded), shares + firm, marked, counts, plain))


def _with_spans(folded: str, found: list[_Found]) -> list[_Found]:
    """Two years that are the ends of one span made one: 2015-2019, 2567/68; “from 2018 to 2037” names two."""
    result: list[_Found] = []
    for each in found:
        before = result[-1].year if result else None
        span = years.spanned(folded, before, each.year) if before and each.year and before.last is None else None
        if span:
            result[-1:] = [_Found(span.start, span.end, year=span)]
        else:
            result.append(each)
    return [_alone(folded, each) for each in result]


def _alone(folded: str, found: _Found) -> _Found:
    span = years.spanned(folded, found.year, None) if found.year and found.year.last is None else None
    return _Found(span.start, span.end, year=span) if span else found


def _is_count(found: _Found) -> bool:
    return found.amount is not None and found.amount.unit == COUNT and found.amount.literal != ""


def _apart(size: int, *groups: list[_Found]) -> list[_Found]:
    """Those that overlap none of an earlier group, nor an earlier or longer one of their own; in order of start."""
    taken = bytearray(size)
    kept: list[_Found] = []
    for group in groups:
        for each in sorted(group, key=lambda one: (one.start, -one.end)):
            if taken.find(1, each.start, each.end) < 0:
                taken[each.start : each.end] = b"\x01" * (each.end - each.start)
                kept.append(each)
    return sorted(kept, key=lambda one: one.start)


def _written_unit(text: str, found: _Found) -> str:
    amount = found.amount
    if amount is None:
        return RATIO if found.share is not None else YEAR
    return counted.unit_written(text, amount.counted) if amount.counted else amount.unit or ""


class _Money:
    """The currency of money that names none: the nearest one written in the text, else the given one."""

    def __init__(self, written: list[tuple[int, str]], default: str) -> None:
        self._places = [place for place, _ in written]
        self._codes = [code for _, code in written]
        self._default = default

    def near(self, place: int) -> str:
        if not self._places:
            return self._default
        index = bisect_left(self._places, place)
        sides = [each for each in (index - 1, index) if 0 <= each < len(self._places)]
        return self._codes[min(sides, key=lambda each: abs(self._places[each] - place))]


def _quantity(text: str, folded: str, found: _Found, period: Year | None, money: _Money) -> Quantity:
    if found.year:
        return _year(text, found, found.year)
    bare = _share(text, found, found.share) if found.share is not None else _amount(text, found, money)
    inner = found.amount.over if found.amount else None
    return replace(
        bare,
        year=period.year if period else None,
        calendar=period.calendar if period else None,
        fiscal=period.fiscal if period else None,
        hedge=hedges.hedge(text, folded, found.start, found.end, inner),
    )


def _year(text: str, found: _Found, year: Year) -> Quantity:
    value = Decimal(year.year) if year.last is None else None
    interval = Interval.between(year.year, year.last or year.year, high_closed=True)
    return Quantity(
        found.start, found.end, text[found.start : found.end], value, interval, YEAR,
        None, False, year.year, year.calendar, year.fiscal, None, None,
    )  # fmt: skip


def _share(text: str, found: _Found, share: Fraction) -> Quantity:
    return Quantity(
        found.start, found.end, text[found.start : found.end], None, Interval.point(share), RATIO,
        None, False, None, None, None, None, None,
    )  # fmt: skip


def _amount(text: str, found: _Found, money: _Money) -> Quantity:
    amount = found.amount
    if amount is None or amount.unit is None:
        raise ValueError("only an amount with a unit is a quantity")
    unit = _written_unit(text, found)
    last = precision.step(amount.unit, amount.value, amount.place, decimals=amount.decimals, scaled=amount.scaled)
    if amount.high is None:
        value, interval = _decimal(amount.value), precision.around(amount.value, last)
        digits = precision.significant_digits(amount.value, last)
    else:
        value, digits = None, None
        interval = Interval.between(amount.value, amount.high, high_closed=True)
    is_money = amount.unit == MONEY
    return Quantity(
        found.start, found.end, text[found.start : found.end], value, interval, unit,
        (amount.currency or money.near(found.start)) if is_money else None,
        is_money and amount.currency is not None, None, None, None, None, digits,
    )  # fmt: skip


def _decimal(value: Fraction) -> Decimal:
    """The exact decimal of a number whose digits end."""
    exact = _EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))
    return Decimal(f"{exact:f}")
