"""Two periods side by side."""

from __future__ import annotations

import itertools
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.charts.lettering import LEADING, width
from budgets.charts.slope import MARKERS, Pair, Slope, slope
from tests.budgets.charts.drawn import BAHT, amounts, exact, length

pairs = st.lists(
    st.builds(Pair, st.text(max_size=60), st.none() | amounts(), st.none() | amounts()), max_size=len(MARKERS)
)


def zero(chart: Slope) -> Decimal:
    (line,) = (length(base.y) for base in chart.bases if base.zero)
    return line


@given(pairs)
def test_every_end_lies_between_the_periods_at_the_height_of_its_number(found: list[Pair]) -> None:
    chart = slope("c", "t", BAHT, ("2021", "2022"), found)
    values = [amount.value for pair in found for amount in (pair.before, pair.after) if amount]
    largest = max((abs(value) for value in values), default=Decimal(0))
    heights: list[tuple[Decimal, Decimal]] = []
    for course, pair in zip(chart.courses, found, strict=True):
        for end, amount, x in ((course.before, pair.before, chart.left), (course.after, pair.after, chart.right)):
            assert (end is None) is (amount is None)
            if end and amount:
                assert length(end.x) == x
                assert chart.top <= length(end.y) <= chart.bottom
                heights.append((zero(chart) - length(end.y), amount.value))
    tallest = max((abs(height) for height, value in heights if abs(value) == largest), default=Decimal(0))
    for height, value in heights:
        if largest:
            wanted = Fraction(tallest) * Fraction(value) / Fraction(largest)
            assert abs(Fraction(height) - wanted) <= Fraction(2, 100)


@given(pairs)
def test_words_stay_in_the_drawing_and_never_stand_on_each_other(found: list[Pair]) -> None:
    chart = slope("c", "t", BAHT, ("2021", "2022"), found)
    for anchor in ("start", "end"):
        words = [word for course in chart.courses for word in course.words if word.anchor == anchor]
        lines = sorted(length(word.y) for word in words)
        assert all(two - one >= LEADING - Decimal("0.02") for one, two in itertools.pairwise(lines))
        for word in words:
            assert 0 <= length(word.y) <= chart.height
            wide, x = width(word.text), length(word.x)
            assert (x - wide >= 0) if anchor == "end" else (x + wide <= chart.width)


def test_a_period_without_a_figure_has_no_end_and_the_table_no_text() -> None:
    chart = slope("c", "t", BAHT, ("2021", "2022"), [Pair("a", None, exact(4)), Pair("b", exact(2), None)])
    assert [(course.before is None, course.after is None) for course in chart.courses] == [(True, False), (False, True)]
    assert [[cell.text for cell in line.cells] for line in chart.table] == [["", "4 baht"], ["2 baht", ""]]


def test_more_lines_than_markers_are_refused() -> None:
    with pytest.raises(ValueError, match="6 lines at most, not 7"):
        slope("c", "t", BAHT, ("2021", "2022"), [Pair("a", exact(1), exact(2))] * 7)
