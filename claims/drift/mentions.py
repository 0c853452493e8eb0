"""Amounts of a text, each with the words around it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from budgets.quantities.quantity import MONEY, YEAR, Quantity
from budgets.quantities.reading import read
from claims.drift.hedges import hedge_codes, is_reported
from claims.drift.passages import language_of, shared, tokens

_AROUND = {"en": 110, "th": 90}  # characters to each side that tell what an amount is about
_CLOSE = Fraction(1, 20)  # a rounding that moves an amount further is another amount
_KINDS = frozenset(("money", "percent", "percentage_point", "ratio", "stars", "year"))
COUNT = "count"
MOST = 2_000


@dataclass(frozen=True, slots=True)
class Mention:
    """One amount where it stands: what it is about, and what it is hedged with."""

    quantity: Quantity
    about: frozenset[str]
    hedges: frozenset[str]

    @property
    def kind(self) -> str:
        """Its unit, or `count` for everything counted."""
        return self.quantity.unit if self.quantity.unit in _KINDS else COUNT

    @property
    def digits(self) -> str:
        """Its significant digits without scale: "276" for 276 million; "" for words and ranges."""
        value = self.quantity.value
        return "" if value is None else f"{value:f}".replace(".", "").strip("0-")


@dataclass(frozen=True, slots=True)
class Amount:
    """All mentions of one amount in a text, in order; never empty."""

    mentions: tuple[Mention, ...]

    @property
    def first(self) -> Mention:
        """The first of them, which stands for all."""
        return self.mentions[0]

    @property
    def words(self) -> str:
        """The amount as the text first writes it."""
        return self.first.quantity.text

    @property
    def years(self) -> frozenset[int]:
        """The years that the text gives it."""
        return frozenset(each.quantity.year for each in self.mentions if each.quantity.year is not None)

    def is_fiscal(self, year: int) -> list[bool | None]:
        """How the text calls a year of it, mention by mention: True fiscal, False calendar, None neither."""
        return [each.quantity.fiscal for each in self.mentions if each.quantity.year == year]

    @property
    def hedges(self) -> frozenset[str]:
        """Codes of every hedge that stands before it."""
        return frozenset[str]().union(*(each.hedges for each in self.mentions))


def mentions_of(text: str, bare: str) -> list[Mention]:
    """The first `MOST` quantities of `text`, years among them; `bare` is `text` with its names blanked."""
    found: list[Mention] = []
    after = 0
    reach = _AROUND[language_of(text)]
    for quantity in read(text)[:MOST]:
        before = text[after : quantity.start]
        hedges = hedge_codes(quantity.hedge) | ({"reported"} if is_reported(before) else set())
        found.append(Mention(quantity, tokens(_around(bare, quantity, reach)), hedges))
        after = quantity.end
    return found


def amounts_of(mentions: Iterable[Mention]) -> list[Amount]:
    """The amounts among mentions, without years; what is exactly equal is one. One pass, for long texts."""
    groups: dict[tuple[object, ...], list[Mention]] = {}
    for mention in mentions:
        if mention.kind != YEAR:
            quantity = mention.quantity
            key = quantity.unit, quantity.currency, quantity.value, quantity.interval
            groups.setdefault(key, []).append(mention)
    return [Amount(tuple(group)) for group in groups.values()]


def is_same(one: Quantity, other: Quantity, are_counts: bool = False) -> bool:
    """Whether two quantities say the same number of the same thing, one perhaps rounded.

    A currency that the second leaves out is the first's. Counted words are not compared: they are translated.
    """
    if one.unit != other.unit and not are_counts:
        return False
    return has_same_currency(one, other) and is_same_number(one, other)


def has_same_currency(one: Quantity, other: Quantity) -> bool:
    """Whether both are in one currency, or not money; one that `other` leaves out is that of `one`."""
    return one.unit != MONEY or one.currency == other.currency or not other.currency_written


def is_same_number(one: Quantity, other: Quantity) -> bool:
    """Equal values, or values of which one is the other rounded and that are within five per cent."""
    if one.value is None or other.value is None:
        ends = (one.interval.low, other.interval.low), (one.interval.high, other.interval.high)
        is_word = one.interval.is_point or other.interval.is_point
        return one.interval.overlaps(other.interval) if is_word else all(_is_close(*pair) for pair in ends)
    if one.value == other.value:
        return True
    rounded = other.interval.holds(one.value) or one.interval.holds(other.value)
    return rounded and _is_close(Fraction(one.value), Fraction(other.value))


def times(one: Decimal, other: Decimal) -> Fraction:
    """How many times `one` the other is; 0 when there is no such number."""
    return Fraction(other) / Fraction(one) if one else Fraction(0)


def likeness(claimed: Amount, found: Amount) -> int:
    """How much of what the claim says around an amount stands around the other, in per cent; the best of all pairs."""
    return max(shared(one.about, other.about) for one in claimed.mentions for other in found.mentions)


def years_of(mentions: Sequence[Mention]) -> list[Mention]:
    """The years among mentions."""
    return [mention for mention in mentions if mention.kind == YEAR]


def _around(text: str, quantity: Quantity, reach: int) -> str:
    """The words near an amount, on its own line."""
    before = text[max(0, quantity.start - reach) : quantity.start].rpartition("\n")[2]
    after = text[quantity.end : quantity.end + reach].partition("\n")[0]
    return f"{before} {after}"


def _is_close(one: Fraction, other: Fraction) -> bool:
    return abs(one - other) <= _CLOSE * max(abs(one), abs(other))
