"""Which amount of a text answers which of a claim, and in what the two differ. Pure.

Equal amounts belong together wherever they stand. What is left is matched by points: the same digits with another
scale, the same number in another currency, the same year, and the words around; without such signs nothing is said,
because a text may well give other amounts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from budgets.quantities.quantity import MONEY
from claims.drift.difference import Difference, Kind
from claims.drift.hedges import hedge_name
from claims.drift.mentions import (
    COUNT,
    Amount,
    Mention,
    amounts_of,
    has_same_currency,
    is_same,
    is_same_number,
    likeness,
    times,
    years_of,
)
from claims.drift.passages import Passage, closest

_ENOUGH = 60  # points that make a pair
_ALIKE = 50  # per cent of the words around
_SLIGHTLY_ALIKE = 20
_SENTENCE_IS_THERE = 70  # per cent of its words
_SAME_NUMBER = (0, 35, 50)  # points by significant digits; three and more are 60
_SAME_DIGITS = (0, 20, 45)
_SAME_YEAR, _SAME_UNIT = 15, 10
_THOUSANDS = frozenset(Fraction(1000) ** power for power in (-3, -2, -1, 1, 2, 3))
_RELATED = (frozenset(("percent", "percentage_point")), frozenset(("money", COUNT)))


@dataclass(frozen=True, slots=True)
class Pair:
    """An amount of the claim and the one of the text that answers it."""

    claimed: Amount
    found: Amount


def amount_differences(
    claimed: Sequence[Mention], found: Sequence[Mention], sentences: tuple[list[Passage], list[Passage]] | None
) -> list[Difference]:
    """Differences in amounts, their units, years and hedges.

    `sentences` are the passages of claim and text where both are in one language; without them nothing is missing and
    the words around an amount count for nothing.
    """
    ours, theirs = amounts_of(claimed), amounts_of(found)
    pairs, left = _equal(ours, theirs, in_one_language=sentences is not None)
    matched, lost = _alike(left, _unused(theirs, pairs), in_one_language=sentences is not None)
    told_by = [pair for pair in pairs if sentences is None or _is_no_chance(pair)]
    differences = [each for pair in (*told_by, *matched) for each in _of_pair(pair)]
    if sentences:
        told = {(one, other) for pair in (*pairs, *matched) for one in pair.claimed.years for other in pair.found.years}
        differences += _moved_years(years_of(claimed), years_of(found), told)
        differences += [each for amount in lost if (each := _missing(amount, *sentences))]
    return differences


def _equal(ours: list[Amount], theirs: list[Amount], *, in_one_language: bool) -> tuple[list[Pair], list[Amount]]:
    pairs: list[Pair] = []
    left: list[Amount] = []
    for amount in ours:
        same = [other for other in theirs if _are_same(amount.first, other.first, in_one_language=in_one_language)]
        if same:
            pairs.append(Pair(amount, Amount(tuple(mention for other in same for mention in other.mentions))))
        else:
            left.append(amount)
    return pairs, left


def _is_no_chance(pair: Pair) -> bool:
    """Whether two equal amounts are about the same: half, doubled and round numbers stand in many texts."""
    return len(pair.claimed.first.digits) > 2 or likeness(pair.claimed, pair.found) >= _SLIGHTLY_ALIKE


def _are_same(one: Mention, other: Mention, *, in_one_language: bool) -> bool:
    """Counted words of another language are translations, of the same one other things."""
    are_counts = not in_one_language and one.kind == other.kind == COUNT
    return is_same(one.quantity, other.quantity, are_counts)


def _unused(theirs: list[Amount], pairs: list[Pair]) -> list[Amount]:
    used = {id(mention) for pair in pairs for mention in pair.found.mentions}
    return [amount for amount in theirs if id(amount.first) not in used]


def _alike(ours: list[Amount], theirs: list[Amount], *, in_one_language: bool) -> tuple[list[Pair], list[Amount]]:
    """Pair what has the most points first; each amount once."""
    scored = [
        (points, -place, -other_place)
        for place, amount in enumerate(ours)
        for other_place, other in enumerate(theirs)
        if (points := _points(amount, other, in_one_language=in_one_language)) >= _ENOUGH
    ]
    taken: dict[int, int] = {}
    for _, place, other_place in sorted(scored, reverse=True):
        if -place not in taken and -other_place not in taken.values():
            taken[-place] = -other_place
    pairs = [Pair(ours[place], theirs[other]) for place, other in sorted(taken.items())]
    return pairs, [amount for place, amount in enumerate(ours) if place not in taken]


def _points(ours: Amount, theirs: Amount, *, in_one_language: bool) -> int:
    around = likeness(ours, theirs) if in_one_language else 0
    one, other = ours.first, theirs.first
    if one.kind != other.kind and (frozenset((one.kind, other.kind)) not in _RELATED or around < _ALIKE):
        return 0
    points = around + (_SAME_YEAR if ours.years & theirs.years else 0)
    if is_same_number(one.quantity, other.quantity):
        return points + _by_digits(one.digits or other.digits, _SAME_NUMBER)
    if _is_other_scale(one, other):
        return points + _by_digits(one.digits, _SAME_DIGITS)
    if not has_same_currency(one.quantity, other.quantity) or not _is_one_unit(one, other) or around < _ALIKE:
        return 0
    return points + _SAME_UNIT


def _is_one_unit(one: Mention, other: Mention) -> bool:
    return one.quantity.unit == other.quantity.unit


def _is_other_scale(one: Mention, other: Mention) -> bool:
    if one.quantity.value is None or other.quantity.value is None or one.digits != other.digits:
        return False
    return len(one.digits) > 2 or times(one.quantity.value, other.quantity.value) in _THOUSANDS


def _by_digits(digits: str, points: tuple[int, ...]) -> int:
    return points[len(digits)] if len(digits) < len(points) else _ENOUGH


def _of_pair(pair: Pair) -> Iterator[Difference]:
    yield from _unit(pair)
    yield from _magnitude(pair)
    yield from _period(pair)
    yield from _hedge(pair)


def _unit(pair: Pair) -> Iterator[Difference]:
    one, other = pair.claimed.first, pair.found.first
    if one.kind == other.kind and has_same_currency(one.quantity, other.quantity):
        return
    what = "Currency" if one.kind == other.kind == MONEY else "Unit"
    yield _difference(Kind.UNIT, pair, f"{what}: {_says(pair)}.")


def _magnitude(pair: Pair) -> Iterator[Difference]:
    one, other = pair.claimed.first.quantity, pair.found.first.quantity
    if is_same_number(one, other):
        return
    yield _difference(Kind.MAGNITUDE, pair, f"Amount: {_says(pair)}{_how_much(pair)}.")


def _how_much(pair: Pair) -> str:
    one, other = pair.claimed.first.quantity.value, pair.found.first.quantity.value
    if one is None or other is None or not times(one, other):
        return ""
    factor = times(one, other)
    if factor.denominator == 1 and factor >= 2:
        return f", {factor.numerator:,} times as much"
    if factor.numerator == 1 and factor.denominator >= 2:
        return f", one {factor.denominator:,}th of it" if factor.denominator > 3 else ""
    return ", more" if factor > 1 else ", less"


def _period(pair: Pair) -> Iterator[Difference]:
    ours, theirs = pair.claimed.years, pair.found.years
    if ours and theirs and not ours & theirs:
        said = f"the claim gives “{pair.claimed.words}” for {_listed(ours)}, the text for {_listed(theirs)}"
        yield _difference(Kind.PERIOD, pair, f"Period: {said}.")
    for year in sorted(ours & theirs):
        if all(pair.claimed.is_fiscal(year)) and not any(pair.found.is_fiscal(year)):
            is_calendar = False in pair.found.is_fiscal(year)
            says = "calls it a calendar year" if is_calendar else "does not say that it is a fiscal year"
            said = f"the claim gives “{pair.claimed.words}” for fiscal year {year}, the text {says}"
            yield _difference(Kind.PERIOD, pair, f"Period: {said}.")


def _hedge(pair: Pair) -> Iterator[Difference]:
    ours, theirs = pair.claimed.hedges, pair.found.hedges
    dropped, added = ours - theirs, theirs - ours
    if dropped and added:
        said = f"the claim says {_quoted(dropped)} of “{pair.claimed.words}”, the text {_quoted(added)}"
    elif dropped:
        said = f"the claim says {_quoted(dropped)} of “{pair.claimed.words}”, the text leaves that out"
    elif added:
        said = f"the text says {_quoted(added)} of “{pair.found.words}”, the claim does not"
    else:
        return
    yield _difference(Kind.HEDGE, pair, f"Hedge: {said}.")


def _moved_years(ours: list[Mention], theirs: list[Mention], told: set[tuple[int, int]]) -> Iterator[Difference]:
    """Years of the claim that the text has not, where it has another one among the same words.

    `told` are pairs of years that the amounts beside them have already shown.
    """
    known = {mention.quantity.interval for mention in ours}
    given = {mention.quantity.interval for mention in theirs}
    for mention in _once(ours, lambda each: each.quantity.interval not in given):
        candidates = [other for other in theirs if other.quantity.interval not in known]
        scores = [(likeness(Amount((mention,)), Amount((other,))), -place) for place, other in enumerate(candidates)]
        points, place = max(scores, default=(0, 0))
        if points < _ALIKE:
            continue
        pair = Pair(Amount((mention,)), Amount((candidates[-place],)))
        if (_year(mention), _year(candidates[-place])) not in told:
            yield _difference(Kind.PERIOD, pair, f"Period: {_says(pair)}.")


def _year(mention: Mention) -> int:
    return int(mention.quantity.interval.low)


def _once(mentions: list[Mention], wanted: Callable[[Mention], bool]) -> Iterator[Mention]:
    seen = set()
    for mention in mentions:
        if mention.quantity.interval not in seen and wanted(mention):
            seen.add(mention.quantity.interval)
            yield mention


def _missing(amount: Amount, ours: list[Passage], theirs: list[Passage]) -> Difference | None:
    """The sentence of an amount is in the text, the amount is not."""
    for mention in amount.mentions:
        at = mention.quantity.start
        own = [passage for passage in ours if passage.start <= at < passage.end]
        for passage in own[:1]:
            there, part = closest(passage, theirs)
            if there is not None and part >= _SENTENCE_IS_THERE:
                sentence = f"Missing: the text has the sentence about “{amount.words}” without that amount."
                return Difference(Kind.MISSING, amount.words, "", there.start, there.end, sentence)
    return None


def _difference(kind: Kind, pair: Pair, sentence: str) -> Difference:
    found = pair.found.first.quantity
    return Difference(kind, pair.claimed.words, pair.found.words, found.start, found.end, sentence)


def _says(pair: Pair) -> str:
    return f"the claim says “{pair.claimed.words}”, the text says “{pair.found.words}”"


def _quoted(codes: frozenset[str]) -> str:
    return " and ".join(f"“{hedge_name(code)}”" for code in sorted(codes))


def _listed(years: frozenset[int]) -> str:
    return " and ".join(str(year) for year in sorted(years))
