"""What a rounded number can stand for."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.seeding.intervals import rounding_interval


@pytest.mark.parametrize(
    ("value", "digits", "low", "high"),
    [
        ("4000000000", 1, "3500000000", "4500000000"),
        ("4000000000", 2, "3950000000", "4050000000"),
        ("6610000000", 3, "6605000000", "6615000000"),
        ("100000000", 1, "50000000", "150000000"),
        ("96", 2, "95.5", "96.5"),
        ("1.5", 2, "1.45", "1.55"),
    ],
)
def test_the_interval_of_a_rounded_number(value: str, digits: int, low: str, high: str) -> None:
    found = rounding_interval(Decimal(value), digits)
    assert found is not None
    assert (found.low, found.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(("value", "digits"), [("965", 2), ("1.55", 2), ("0", 1), ("-4", 1)])
def test_a_number_with_more_digits_or_none_has_no_interval(value: str, digits: int) -> None:
    assert rounding_interval(Decimal(value), digits) is None


@given(st.integers(1, 9_999), st.integers(0, 8), st.integers(1, 4))
def test_the_interval_is_half_a_last_place_on_either_side(leading: int, zeros: int, digits: int) -> None:
    value = Decimal(leading).scaleb(zeros)
    found = rounding_interval(value, digits)
    written = len(str(leading).rstrip("0"))
    assert (found is None) == (written > digits)
    if found is not None:
        assert found.high - value == value - found.low
        last_place = found.high - found.low
        assert value % last_place == 0
        assert len(str(int(value // last_place))) == digits
