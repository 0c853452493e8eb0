"""Bars over years and bars side by side: nothing leaves the drawing, and every length is its number."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.charts.lettering import width
from budgets.charts.rows import Entry, Section, bars, grouped
from budgets.charts.shapes import Bar, Row, Rows, Word
from budgets.charts.values import Amount
from tests.budgets.charts.drawn import BAHT, THAI_BAHT, amounts, exact, length

over_years = st.dictionaries(st.integers(1990, 2040), amounts(), max_size=8)
labels = st.text(max_size=60)
entries = st.builds(Entry, labels, st.none() | amounts())
sections = st.lists(st.builds(Section, labels, st.lists(entries, max_size=4).map(tuple), st.booleans()), max_size=4)


def rows(chart: Rows) -> Iterator[Row]:
    for block in chart.blocks:
        yield from block.rows


def drawn(chart: Rows) -> list[Bar]:
    return [row.bar for row in rows(chart) if row.bar]


def plot(chart: Rows) -> tuple[Decimal, Decimal, Decimal]:
    """Where the plot begins, where it ends, and where zero is."""
    places = [length(tick.x) for tick in chart.ticks]
    (zero,) = (length(tick.x) for tick in chart.ticks if tick.zero)
    return min(places), max(places), zero


def span(word: Word) -> tuple[Decimal, Decimal]:
    wide, x = Decimal(width(word.text)), length(word.x)
    return {"start": (x, x + wide), "end": (x - wide, x), "middle": (x - wide / 2, x + wide / 2)}[word.anchor]


def check(chart: Rows, given_amounts: list[Amount]) -> None:
    left, right, zero = plot(chart)
    for bar, amount in zip(drawn(chart), given_amounts, strict=True):
        start, end = length(bar.x), length(bar.x) + length(bar.width)
        assert 0 <= left <= start <= end <= max(right, zero) <= chart.width
        assert length(bar.y) >= 0
        assert length(bar.y) + length(bar.height) <= chart.bottom
        assert zero == (end if amount.value < 0 else start)
        if bar.whisker:
            assert left <= length(bar.whisker.start) <= length(bar.whisker.end) <= right
        if bar.value:
            assert span(bar.value)[0] >= 0
            assert span(bar.value)[1] <= chart.width
    for row in rows(chart):
        for word in row.label:
            assert span(word)[0] >= 0
            assert span(word)[1] <= chart.width
            assert 0 <= length(word.y) <= chart.bottom


def check_proportions(chart: Rows, given_amounts: list[Amount]) -> None:
    """Every bar is as long as its number, to the rounding of a hundredth of a unit at either end."""
    largest = max((abs(amount.value) for amount in given_amounts), default=Decimal(0))
    pairs = list(zip(drawn(chart), given_amounts, strict=True))
    longest = max((length(bar.width) for bar, amount in pairs if abs(amount.value) == largest), default=Decimal(0))
    for bar, amount in pairs:
        if largest:
            wanted = Fraction(longest) * Fraction(abs(amount.value)) / Fraction(largest)
            assert abs(Fraction(length(bar.width)) - wanted) <= Fraction(2, 100)


@given(over_years)
def test_bars_over_years_stay_in_the_plot_and_begin_at_zero(found: dict[int, Amount]) -> None:
    in_order = [found[year] for year in sorted(found)]
    for axis in (BAHT, THAI_BAHT):
        chart = bars("c", "t", axis, found)
        check(chart, in_order)
        check_proportions(chart, in_order)


@given(sections)
def test_grouped_bars_stay_in_the_plot_and_begin_at_zero(found: list[Section]) -> None:
    in_order = [entry.amount for section in found for entry in section.entries if entry.amount]
    chart = grouped("c", "t", THAI_BAHT, found)
    check(chart, in_order)
    check_proportions(chart, in_order)
    assert chart.conflict is any(section.conflict for section in found)


@given(over_years)
def test_labels_of_ticks_never_touch_and_zero_always_has_one(found: dict[int, Amount]) -> None:
    chart = bars("c", "t", BAHT, found)
    shown = sorted(span(Word(tick.x, "0", "middle", tick.label)) for tick in chart.ticks if tick.label)
    assert all(one[1] < two[0] for one, two in itertools.pairwise(shown))
    assert [tick.label for tick in chart.ticks if tick.zero] == ["0"]


@given(sections)
def test_rows_follow_each_other_without_overlap(found: list[Section]) -> None:
    chart = grouped("c", "t", BAHT, found)
    tops = [length(bar.y) for bar in drawn(chart)]
    assert all(two - one >= 14 for one, two in itertools.pairwise(tops))


def test_years_without_a_figure_stay_empty_and_a_long_gap_is_one_row() -> None:
    chart = bars("c", "t", THAI_BAHT, {2019: exact(5), 2022: exact(7), 2030: exact(9)})
    assert [row.label[0].text for row in rows(chart)] == ["2562", "2563", "2564", "2565", "2566–2572", "2573"]
    assert [row.bar is None for row in rows(chart)] == [False, True, True, False, True, False]
    assert [line.cells[0].text for line in chart.table] == ["5 baht", "", "", "7 baht", "", "9 baht"]


def test_a_negative_year_hangs_on_the_other_side_of_zero() -> None:
    chart = bars("c", "t", BAHT, {2020: exact(-50), 2021: exact(100)})
    below, above = drawn(chart)
    assert length(below.x) + length(below.width) == length(above.x)
    assert abs(length(above.width) - length(below.width) * 2) <= Decimal("0.01")
    assert (below.value, above.value) != (None, None)


def test_equal_amounts_have_equal_bars_and_nothing_at_all_has_none() -> None:
    chart = bars("c", "t", BAHT, {2020: exact(3), 2021: exact("3.00")})
    assert len({bar.width for bar in drawn(chart)}) == 1
    assert [bar.width for bar in drawn(bars("c", "t", BAHT, {2020: exact(0)}))] == ["0"]
    empty = bars("c", "t", BAHT, {})
    assert (drawn(empty), empty.table, empty.first, empty.last) == ([], (), "", "")


def test_a_rounded_amount_has_a_whisker_over_its_range_and_an_exact_one_has_none() -> None:
    rounded = exact("4e9", low=Decimal("3.5e9"), high=Decimal("4.5e9"), range="3.5 to 4.5")
    chart = bars("c", "t", BAHT, {2020: rounded, 2021: exact("8e9")})
    first, second = drawn(chart)
    assert first.whisker is not None
    assert second.whisker is None
    zero, unit = length(first.x), length(second.width) / 8
    assert abs(length(first.whisker.start) - zero - unit * Decimal("3.5")) <= Decimal("0.02")
    assert abs(length(first.whisker.end) - zero - unit * Decimal("4.5")) <= Decimal("0.02")
    assert chart.ranges
    assert first.tip == "2020: 4e9 baht · 3.5 to 4.5 · Official document"


def test_long_names_stand_above_their_bars_and_short_ones_beside() -> None:
    long = Section("2565", (Entry("แผนงานบุคลากรภาครัฐของสำนักงานประกันสังคม", exact(1)),))
    (row,) = rows(grouped("c", "t", THAI_BAHT, [long]))
    assert row.bar is not None
    assert length(row.label[-1].y) <= length(row.bar.y)
    (row,) = rows(grouped("c", "t", THAI_BAHT, [Section("2565", (Entry("เบิกจ่ายแล้ว", exact(1)),))]))
    assert row.bar is not None
    assert length(row.bar.y) < length(row.label[0].y)


@pytest.mark.parametrize(
    ("value", "low", "high"), [("NaN", None, None), ("1", "2", "3"), ("4", "2", "3"), ("1", "0", "Infinity")]
)
def test_what_has_no_place_is_refused(value: str, low: str | None, high: str | None) -> None:
    ends = [Decimal(end) if end else None for end in (low, high)]
    with pytest.raises(ValueError, match=r"outside its own range|numbers that end"):
        Amount(Decimal(value), value, low=ends[0], high=ends[1])
