"""A whole and its parts."""

from __future__ import annotations

import itertools
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from budgets.charts.lettering import width
from budgets.charts.share import MOST_PARTS, Part, Share, percent, share
from tests.budgets.charts.drawn import exact, length

positive = st.decimals(min_value=0, max_value=Decimal("1e18"), places=2)
parts = st.lists(st.builds(lambda name, value: Part(name, exact(str(value))), st.text(max_size=40), positive))


def pieces(chart: Share) -> list[tuple[Decimal, Decimal]]:
    return [(length(piece.x), length(piece.x) + length(piece.width)) for piece in chart.pieces]


@given(parts, st.none() | positive)
def test_the_pieces_fill_the_bar_end_to_end_in_proportion(found: list[Part], whole: Decimal | None) -> None:
    chart = share("c", "t", found, "Other", whole)
    total = sum((Fraction(part.amount.value) for part in found), Fraction(0))
    of = total if whole is None else Fraction(whole)
    assert chart.drawn is (of > 0 and total <= of)
    assert chart.exceeds is (total > of)
    assert len(chart.table) == len(found)
    if not chart.drawn:
        assert chart.pieces == ()
        return
    ends = pieces(chart)
    assert (ends[0][0], ends[-1][1]) == (Decimal(1), Decimal(chart.width - 1))
    assert all(one[1] == two[0] for one, two in itertools.pairwise(ends))
    assert len(ends) <= MOST_PARTS + 1
    largest = max((part.amount.value for part in found), default=Decimal(0))
    wanted = Fraction(largest) / of * (chart.width - 2)
    if largest:
        assert abs(Fraction(ends[0][1] - ends[0][0]) - wanted) <= Fraction(1, 100)


@given(parts)
def test_a_percentage_stands_above_a_piece_only_where_it_fits(found: list[Part]) -> None:
    for piece in share("c", "t", found, "Other").pieces:
        if piece.percent:
            assert width(piece.percent.text) <= length(piece.width)


def test_parts_are_drawn_largest_first_and_what_is_left_of_the_whole_is_named() -> None:
    chart = share("c", "t", [Part("a", exact(10)), Part("b", exact(30))], "Not itemised", Decimal(80))
    assert [entry.label[0].text for entry in chart.entries] == ["b", "a", "Not itemised"]
    assert [entry.percent.text for entry in chart.entries] == ["37.5%", "12.5%", "50%"]
    assert [line.cells[1].text for line in chart.table] == ["37.5%", "12.5%"]


def test_from_the_seventh_part_on_they_are_drawn_together_and_listed_apart() -> None:
    chart = share("c", "t", [Part(f"part {n}", exact(n)) for n in range(1, 10)], "Other")
    assert len(chart.pieces) == MOST_PARTS
    assert chart.entries[-1].label[0].text == "Other"
    assert len(chart.table) == 9


def test_a_negative_part_or_parts_of_nothing_are_listed_and_not_drawn() -> None:
    for found in ([Part("a", exact(-1)), Part("b", exact(2))], [Part("a", exact(0))], []):
        chart = share("c", "t", found, "Other")
        assert not chart.drawn
        assert not chart.exceeds
        assert len(chart.table) == len(found)


def test_a_share_never_reads_as_nothing_or_all_when_it_is_not() -> None:
    assert [percent(Fraction(*pair)) for pair in ((0, 1), (1, 100_000), (1, 8), (99_999, 100_000), (1, 1))] == [
        "0%",
        "< 0.1%",
        "12.5%",
        "> 99.9%",
        "100%",
    ]
