"""Round ticks that hold every value, and lengths as SVG writes them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.charts.scales import scale, units
from tests.budgets.charts.drawn import values


@given(st.lists(values), st.integers(1, 8))
def test_ticks_are_round_hold_zero_and_every_value_and_are_few(numbers: list[Decimal], most: int) -> None:
    found = scale(numbers, most)
    assert found.low == found.ticks[0] or len(found.ticks) == 1
    assert all(found.low <= number <= found.high for number in (*numbers, Decimal(0)))
    assert 0 in found.ticks
    assert len(found.ticks) <= max(most, 2) + 1
    steps = {Fraction(two) - Fraction(one) for one, two in zip(found.ticks, found.ticks[1:], strict=False)}
    assert len(steps) <= 1
    for step in steps:
        power = step
        while power < 1:
            power *= 10
        while power >= 10:
            power /= 10
        assert power in (1, 2, 5)


@given(st.lists(values, min_size=1), st.integers(1, 8))
def test_the_last_tick_on_each_side_is_needed(numbers: list[Decimal], most: int) -> None:
    found = scale(numbers, most)
    if len(found.ticks) > 2:
        step = found.ticks[1] - found.ticks[0]
        assert max(Decimal(0), *numbers) > found.high - step
        assert min(Decimal(0), *numbers) < found.low + step


@given(values, st.integers(0, 300), st.integers(1, 300))
def test_a_place_is_exactly_proportional(value: Decimal, start: int, length: int) -> None:
    found = scale([value], 4)
    zero, place = found.place(Decimal(0), start, length), found.place(value, start, length)
    assert (place - zero) * (Fraction(found.high) - Fraction(found.low)) == Fraction(value) * length
    assert found.place(found.low, start, length) == start
    assert found.place(found.high, start, length) == start + length


def test_without_a_value_only_zero_is_a_tick() -> None:
    assert scale([], 5).ticks == (Decimal(0),)
    assert scale([Decimal("0.00")], 5).ticks == (Decimal(0),)


def test_four_and_six_billion_are_measured_in_steps_of_two() -> None:
    found = scale([Decimal("4000000000"), Decimal("6610000000")], 5)
    assert [int(tick) for tick in found.ticks] == [0, 2_000_000_000, 4_000_000_000, 6_000_000_000, 8_000_000_000]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(12), "12"),
        (Fraction(13, 4), "3.25"),
        (Fraction(1, 3), "0.33"),
        (Fraction(-1, 2), "-0.5"),
        (Fraction(1, 1000), "0"),
        (Fraction(-1, 1000), "0"),
        (Fraction(100), "100"),
    ],
)
def test_a_length_has_at_most_two_decimals(value: Fraction, text: str) -> None:
    assert units(value) == text
