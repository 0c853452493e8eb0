"""Each formula over exact numbers, and over what rounding leaves of them."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from budgets.arithmetic import Amount, Claimed, Finding, check
from budgets.arithmetic.formulas import Computed, NoMeaningError, compute, solve
from budgets.arithmetic.roots import PLACES, root
from budgets.intervals import Interval
from budgets.vocabulary import Formula, Reason, Relation, Result
from tests.budgets.arithmetic.cast import NO_WORDS, SPEAKERS, amount, claims, found, rounded

SIZES = st.decimals(min_value=Decimal("-1e12"), max_value=Decimal("1e12"), places=2)
PARTS = st.fractions(min_value=0, max_value=1, max_denominator=10)
PAIRED = [each for each in Formula if each is not Formula.SUM]


def exact(formula: Formula, *values: str, years: int = 1) -> Fraction | None:
    """The result for exact numbers."""
    decimals = [Decimal(value) for value in values]
    return compute(formula, decimals, [Interval.point(value) for value in decimals], years).value


@st.composite
def printed(draw: st.DrawFn) -> tuple[Decimal, Interval, Fraction]:
    """A printed number, what it can stand for, and what it stood for."""
    value = draw(SIZES)
    interval = rounded(str(value), draw(st.sampled_from(["0.01", "1", "1000", "1e9"])))
    meant = interval.low + (interval.high - interval.low) * draw(PARTS)
    assume(interval.holds(meant))
    return value, interval, meant


@pytest.mark.parametrize(
    ("formula", "values", "result"),
    [
        (Formula.VALUE, ["5", "7"], "7"),
        (Formula.DIFFERENCE, ["5", "7"], "-2"),
        (Formula.DIFFERENCE, ["-5", "-7"], "2"),
        (Formula.RATIO, ["6.61", "4"], "1.6525"),
        (Formula.RATIO, ["0", "4"], "0"),
        (Formula.RATIO, ["6", "-4"], "-1.5"),
        (Formula.GROWTH, ["6.61", "4"], "0.6525"),
        (Formula.GROWTH, ["0", "4"], "-1"),
        (Formula.GROWTH, ["-4", "4"], "-2"),
        (Formula.SHARE, ["1", "4"], "0.25"),
        (Formula.SUM, ["1", "4", "-7"], "-2"),
        (Formula.SUM, ["100000000000000000.000001", "0.000001"], "100000000000000000.000002"),
    ],
)
def test_a_formula_over_exact_numbers_is_exact(formula: Formula, values: list[str], result: str) -> None:
    assert exact(formula, *values) == Fraction(result)


@pytest.mark.parametrize(("years", "later"), [(1, "110"), (2, "121"), (3, "133.1")])
def test_ten_percent_a_year_compounds(years: int, later: str) -> None:
    assert exact(Formula.COMPOUND_GROWTH, later, "100", years=years) == Fraction(1, 10)


@settings(deadline=None)
@given(st.sampled_from(list(Formula)), printed(), printed(), st.integers(min_value=1, max_value=12))
def test_whatever_the_figures_stood_for_lies_in_the_result(
    formula: Formula,
    first: tuple[Decimal, Interval, Fraction],
    second: tuple[Decimal, Interval, Fraction],
    years: int,
) -> None:
    intervals = [first[1], second[1]]
    points = [Interval.point(first[2]), Interval.point(second[2])]
    try:
        computed = compute(formula, [first[0], second[0]], intervals, years)
    except (ZeroDivisionError, NoMeaningError):
        return
    meant = compute(formula, [None, None], points, years).interval
    assert computed.interval.low <= meant.low
    assert meant.high <= computed.interval.high
    assert computed.value is not None
    assert computed.interval.holds(computed.value)


@settings(deadline=None)
@given(st.sampled_from(PAIRED), printed(), printed())
def test_more_rounding_never_leaves_less_open(
    formula: Formula,
    first: tuple[Decimal, Interval, Fraction],
    second: tuple[Decimal, Interval, Fraction],
) -> None:
    wider = [Interval(each.low - 1, each.high + 1) for each in (first[1], second[1])]
    try:
        loose = compute(formula, [None, None], wider, 2).interval
    except (ZeroDivisionError, NoMeaningError):
        return
    assert compute(formula, [None, None], [first[1], second[1]], 2).interval.within(loose)


@settings(deadline=None)
@given(st.lists(printed(), min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_a_sum_does_not_depend_on_the_order(figures: list[tuple[Decimal, Interval, Fraction]], random: Random) -> None:
    mixed = list(figures)
    random.shuffle(mixed)
    sums = [
        compute(Formula.SUM, [each[0] for each in order], [each[1] for each in order]) for order in (figures, mixed)
    ]
    assert sums[0] == sums[1]


def placed(formula: Formula, one: Amount, two: Amount) -> Finding:
    """The finding for two figures put where the formula wants them: later and earlier, or a part and its whole."""
    part = {"line": "part", "ancestors": ("spending",)} if formula is Formula.SHARE else {}
    first: Amount = replace(one, id="one", **part)  # type: ignore[arg-type]
    return found(formula, first, replace(two, id="two", year=2023 if part else 2020), claimed=claims("1"))


@pytest.mark.parametrize("formula", [Formula.RATIO, Formula.GROWTH, Formula.SHARE, Formula.COMPOUND_GROWTH])
@pytest.mark.parametrize("divisor", [amount("0"), amount("4", rounded("4", "10")), amount("1", Interval.between(0, 2))])
def test_a_divisor_that_may_be_zero_determines_nothing(formula: Formula, divisor: Amount) -> None:
    finding = placed(formula, amount("5"), divisor)
    assert (finding.result, finding.reason, finding.value) == (Result.UNDETERMINED, Reason.DIVISION_BY_ZERO, None)
    assert finding.why == {
        "en": "Cannot be determined, because the figure to divide by may be zero.",
        "th": "ยังสรุปไม่ได้ เพราะตัวเลขที่เป็นตัวหารอาจเป็นศูนย์",
    }


@pytest.mark.parametrize(
    ("formula", "first", "second"),
    [
        (Formula.GROWTH, "5", "-4"),
        (Formula.SHARE, "5", "-4"),
        (Formula.COMPOUND_GROWTH, "5", "-4"),
        (Formula.COMPOUND_GROWTH, "-5", "4"),
    ],
)
def test_growth_from_less_than_nothing_has_no_meaning(formula: Formula, first: str, second: str) -> None:
    finding = placed(formula, amount(first), amount(second))
    assert (finding.result, finding.reason, finding.value) == (Result.UNDETERMINED, Reason.UNDEFINED, None)
    assert finding.sum["en"].endswith(": not computed")


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=10**30), st.integers(min_value=1, max_value=10**12), st.integers(1, 40))
def test_a_root_is_enclosed_to_50_decimals(numerator: int, denominator: int, degree: int) -> None:
    value = Fraction(numerator, denominator)
    found_root = root(Interval.point(value), degree) if value else Interval.point(0)
    assert found_root.low**degree <= value <= found_root.high**degree
    assert found_root.high - found_root.low <= Fraction(1, 10**PLACES)


@settings(deadline=None)
@given(st.fractions(min_value=0, max_value=10**6, max_denominator=1000), st.integers(1, 12))
def test_the_root_of_a_power_that_ends_is_exact(value: Fraction, degree: int) -> None:
    short = Fraction(round(value * 100), 100)
    assert root(Interval.point(short**degree), degree) == Interval.point(short)


@pytest.mark.parametrize(("low", "degree"), [(-1, 2), (4, 0)])
def test_no_root_is_taken_of_a_negative_number_or_of_degree_zero(low: int, degree: int) -> None:
    with pytest.raises(ValueError, match="the root of degree"):
        root(Interval.between(low, 9), degree)


@settings(deadline=None)
@given(
    st.sampled_from([Formula.DIFFERENCE, Formula.RATIO, Formula.GROWTH, Formula.SHARE, Formula.SUM]),
    st.integers(0, 1),
    st.decimals(min_value=1, max_value=1000, places=2),
    st.decimals(min_value=1, max_value=1000, places=2),
)
def test_what_is_implied_gives_the_claim_again(formula: Formula, missing: int, known: Decimal, result: Decimal) -> None:
    operands: list[Interval | None] = [Interval.point(known), Interval.point(known)]
    operands[missing] = None
    implied = solve(formula, operands, Interval.point(result))
    assert implied is not None
    completed = [implied if each is None else each for each in operands]
    assert compute(formula, [None, None], completed).interval == Interval.point(result)


def test_what_cannot_be_solved_is_not_implied() -> None:
    point = Interval.point(1)
    assert solve(Formula.COMPOUND_GROWTH, [None, point], point) is None
    assert solve(Formula.RATIO, [None, None], point) is None
    assert solve(Formula.RATIO, [point, None], Interval.between(-1, 1)) is None


def test_percent_and_ratio_are_one_result_in_two_units() -> None:
    whole = amount("400", id="whole")
    part = amount("100", id="part", line="part", ancestors=("spending",))
    percent = found(Formula.SHARE, part, whole, claimed=claims("25", "percent"))
    ratio = found(Formula.SHARE, part, whole, claimed=claims("0.25", "ratio"))
    assert (percent.value, percent.unit, percent.result) == (Decimal(25), "percent", Result.HOLDS)
    assert (ratio.value, ratio.unit, ratio.result) == (Decimal("0.25"), "ratio", Result.HOLDS)


def test_percents_differ_by_percentage_points() -> None:
    later = amount("96", unit="percent", currency=None, year=2024, id="later")
    earlier = amount("90.5", unit="percent", currency=None, year=2020, id="earlier")
    for unit in ("percentage_point", "percent"):
        finding = found(Formula.DIFFERENCE, later, earlier, claimed=claims("5.5", unit))
        assert (finding.unit, finding.value, finding.result) == ("percentage_point", Decimal("5.5"), Result.HOLDS)
        assert finding.sum == {"en": "96% − 90.5% = 5.5 percentage points", "th": "96% − 90.5% = 5.5 จุดร้อยละ"}


def test_the_largest_amounts_are_computed_to_the_last_digit() -> None:
    largest = "999999999999999999.999999"
    figures = [amount(largest, id=line, line=line) for line in "abc"]
    finding = found(Formula.SUM, *figures, claimed=claims(None))
    assert finding.value == Decimal("2999999999999999999.999997")
    assert finding.sum["en"].endswith("= 2,999,999,999,999,999,999.999997 baht")


@pytest.mark.parametrize(
    ("formula", "count", "wanted"),
    [
        (Formula.VALUE, 0, "1 or 2"),
        (Formula.VALUE, 3, "1 or 2"),
        (Formula.SUM, 1, "at least 2"),
        (Formula.RATIO, 1, "2"),
        (Formula.GROWTH, 3, "2"),
    ],
)
def test_a_formula_refuses_a_wrong_number_of_operands(formula: Formula, count: int, wanted: str) -> None:
    figures = [amount("1", id=str(number)) for number in range(count)]
    with pytest.raises(ValueError, match=f"needs {wanted} operands and got {count}"):
        check(formula, figures, Claimed(Relation.EQUALS, None, "ratio", None, NO_WORDS), speakers=SPEAKERS)


def test_a_result_in_another_unit_keeps_its_printed_value_apart() -> None:
    computed = Computed(None, Interval.between(1, 2)).times(100)
    assert computed == Computed(None, Interval.between(100, 200))
