"""Computing with intervals loses nothing: every number that can come out is in the result, and the ends are right."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from budgets.intervals import Interval, Number

ENDS = st.fractions(min_value=-1000, max_value=1000, max_denominator=50)


@st.composite
def intervals(draw: st.DrawFn, ends: st.SearchStrategy[Fraction] = ENDS) -> Interval:
    """An interval, often with zero or a small number at an end; sometimes one point."""
    low, high = sorted((draw(ends), draw(ends)))
    if low == high:
        return Interval.point(low)
    return Interval(low, high, draw(st.booleans()), draw(st.booleans()))


@st.composite
def with_number(draw: st.DrawFn) -> tuple[Interval, Fraction]:
    """An interval and a number that belongs to it."""
    interval = draw(intervals())
    part = draw(st.fractions(min_value=0, max_value=1, max_denominator=20))
    number = interval.low + (interval.high - interval.low) * part
    assume(interval.holds(number))
    return interval, number


def shape(interval: Interval) -> str:
    """As mathematicians write it."""
    left, right = "[" if interval.low_closed else "(", "]" if interval.high_closed else ")"
    return f"{left}{interval.low}, {interval.high}{right}"


def between(text: str) -> Interval:
    """The interval that `shape` writes."""
    low, high = text[1:-1].split(", ")
    return Interval.between(Fraction(low), Fraction(high), low_closed=text[0] == "[", high_closed=text[-1] == "]")


@pytest.mark.parametrize(
    ("one", "two", "total", "difference", "product"),
    [
        ("[1, 2)", "[10, 20)", "[11, 22)", "(-19, -8)", "[10, 40)"),
        ("[1, 2]", "(3, 4]", "(4, 6]", "[-3, -1)", "(3, 8]"),
        ("[-1, 2)", "[-3, 4)", "[-4, 6)", "(-5, 5)", "(-6, 8)"),
        ("[0, 1)", "(2, 3)", "(2, 4)", "(-3, -1)", "[0, 3)"),
        ("(0, 1)", "[0, 5)", "(0, 6)", "(-5, 1)", "[0, 5)"),
        ("(0, 1)", "(0, 5)", "(0, 6)", "(-5, 1)", "(0, 5)"),
        ("[0, 0]", "(2, 3)", "(2, 3)", "(-3, -2)", "[0, 0]"),
    ],
)
def test_the_ends_of_a_result_belong_to_it_only_if_they_can_come_out(
    one: str, two: str, total: str, difference: str, product: str
) -> None:
    first, second = between(one), between(two)
    assert shape(first + second) == total
    assert shape(first - second) == difference
    assert shape(first * second) == product


def test_a_quotient_is_over_every_divisor() -> None:
    quotient = between("[6605, 6615)") / between("[3500, 4500)")
    assert shape(quotient) == "(1321/900, 189/100)"


@pytest.mark.parametrize("divisor", ["[-1, 1]", "[0, 1]", "(0, 1]", "[-1, 0)", "[0, 0]"])
def test_nothing_is_divided_by_an_interval_that_reaches_zero(divisor: str) -> None:
    with pytest.raises(ZeroDivisionError):
        between("[1, 2)") / between(divisor)


@settings(deadline=None)
@given(with_number(), with_number())
def test_every_exact_result_lies_in_the_computed_interval(
    first: tuple[Interval, Fraction], second: tuple[Interval, Fraction]
) -> None:
    (one, a), (two, b) = first, second
    assert (one + two).holds(a + b)
    assert (one - two).holds(a - b)
    assert (one * two).holds(a * b)
    assert (-one).holds(-a)
    if not two.low <= 0 <= two.high:
        assert (one / two).holds(a / b)


@settings(deadline=None)
@given(intervals(), intervals())
def test_sums_and_products_do_not_depend_on_the_order(one: Interval, two: Interval) -> None:
    assert one + two == two + one
    assert one * two == two * one
    assert one - two == -(two - one)


@settings(deadline=None)
@given(intervals(), intervals(), intervals())
def test_a_wider_operand_never_gives_a_narrower_result(one: Interval, other: Interval, third: Interval) -> None:
    low, high = min(one, other, key=lambda each: each.low), max(one, other, key=lambda each: each.high)
    both = Interval(low.low, high.high, low_closed=True, high_closed=True)
    assert (one + third).within(both + third)
    assert (one * third).within(both * third)


@settings(deadline=None)
@given(intervals(), st.integers(min_value=0, max_value=8))
def test_rounding_outward_keeps_every_number(interval: Interval, places: int) -> None:
    rounded = interval.rounded_outward(places)
    assert interval.within(rounded)
    assert all((end * 10**places).denominator == 1 for end in (rounded.low, rounded.high))
    assert interval.low - rounded.low < Fraction(1, 10**places)
    assert rounded.high - interval.high < Fraction(1, 10**places)


@pytest.mark.parametrize(
    ("share", "low", "high"),
    [(Decimal("0.10"), "9/5", "11/5"), (0, "2", "2")],
)
def test_a_number_is_widened_by_a_share_of_itself(share: Number, low: str, high: str) -> None:
    widened = Interval.point(2).widened(share)
    assert (widened.low, widened.high) == (Fraction(low), Fraction(high))
    assert widened.low_closed
    assert widened.high_closed


@settings(deadline=None)
@given(intervals(), intervals())
def test_overlapping_is_mutual_and_follows_from_lying_within(one: Interval, two: Interval) -> None:
    assert one.overlaps(two) == two.overlaps(one)
    assert not one.within(two) or one.overlaps(two)


def test_no_interval_is_empty() -> None:
    with pytest.raises(ValueError, match="cannot start"):
        Interval(Fraction(2), Fraction(1))
    with pytest.raises(ValueError, match="both ends closed"):
        Interval(Fraction(1), Fraction(1))
