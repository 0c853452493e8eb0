"""When numbers agree, when they do not, and when rounding leaves it open."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgets.arithmetic import Finding, Missing, Thresholds, overall
from budgets.arithmetic.formulas import Computed
from budgets.arithmetic.verdicts import nominal, verdict
from budgets.intervals import Interval
from budgets.vocabulary import Formula, Reason, Relation, Result
from tests.budgets.arithmetic.cast import amount, claims, found, rounded
from tests.budgets.test_intervals import between, intervals, with_number

OPPOSITES = [(Relation.MORE_THAN, Relation.AT_MOST), (Relation.LESS_THAN, Relation.AT_LEAST)]
STANDS = {
    Relation.MORE_THAN: lambda result, claim: result > claim,
    Relation.LESS_THAN: lambda result, claim: result < claim,
    Relation.AT_LEAST: lambda result, claim: result >= claim,
    Relation.AT_MOST: lambda result, claim: result <= claim,
}


def judged(relation: Relation, value: str | None, result: str, claim: str) -> Result:
    """The verdict on a computed interval and a claimed one, as mathematicians write them."""
    printed = None if value is None else Fraction(value)
    return verdict(relation, Computed(printed, between(result)), between(claim))


@pytest.mark.parametrize(
    ("value", "result", "claim", "wanted"),
    [
        ("2.07", "[2.06, 2.08)", "[1.8, 2.2]", Result.HOLDS),
        ("2.07", "[1.5, 2.6)", "[1.8, 2.2]", Result.HOLDS),
        ("2.3", "[1.5, 2.6)", "[1.8, 2.2]", Result.UNDETERMINED),
        ("2.3", "[2.25, 2.35)", "[1.8, 2.2]", Result.FAILS),
        ("1.7", "[1.6, 1.8)", "[1.8, 2.2]", Result.FAILS),
        ("1.7", "[1.6, 1.8]", "[1.8, 2.2]", Result.UNDETERMINED),
        ("2.2", "[2.2, 2.2]", "[1.8, 2.2]", Result.HOLDS),
        ("2.2", "[2.2, 2.2]", "[1.8, 2.2)", Result.FAILS),
        (None, "[1.9, 2.1]", "[1.8, 2.2]", Result.HOLDS),
        (None, "[1.9, 2.3]", "[1.8, 2.2]", Result.UNDETERMINED),
        (None, "[2.3, 2.4]", "[1.8, 2.2]", Result.FAILS),
    ],
)
def test_equal_numbers_agree_within_rounding(value: str | None, result: str, claim: str, wanted: Result) -> None:
    assert judged(Relation.EQUALS, value, result, claim) is wanted


@pytest.mark.parametrize(
    ("relation", "result", "claim", "wanted"),
    [
        (Relation.MORE_THAN, "(2, 3)", "[2, 2]", Result.HOLDS),
        (Relation.MORE_THAN, "[2, 3)", "[2, 2]", Result.UNDETERMINED),
        (Relation.MORE_THAN, "[2, 3)", "[1, 2)", Result.HOLDS),
        (Relation.MORE_THAN, "[1, 2]", "[2, 2]", Result.FAILS),
        (Relation.AT_LEAST, "[2, 3)", "[2, 2]", Result.HOLDS),
        (Relation.AT_LEAST, "[1, 2]", "[2, 2]", Result.UNDETERMINED),
        (Relation.AT_LEAST, "[1, 2)", "[2, 2]", Result.FAILS),
        (Relation.LESS_THAN, "[1, 2)", "[2, 2]", Result.HOLDS),
        (Relation.LESS_THAN, "[1, 2]", "[2, 2]", Result.UNDETERMINED),
        (Relation.LESS_THAN, "[2, 3]", "[2, 2]", Result.FAILS),
        (Relation.AT_MOST, "[1, 2]", "[2, 2]", Result.HOLDS),
        (Relation.AT_MOST, "[1, 3]", "[2, 2]", Result.UNDETERMINED),
        (Relation.AT_MOST, "(2, 3]", "[2, 2]", Result.FAILS),
    ],
)
def test_an_end_that_belongs_decides_at_the_limit(relation: Relation, result: str, claim: str, wanted: Result) -> None:
    assert judged(relation, None, result, claim) is wanted


@settings(deadline=None)
@given(st.sampled_from(list(Relation)), with_number(), with_number())
def test_a_verdict_is_right_for_every_number_that_may_be_meant(
    relation: Relation, result: tuple[Interval, Fraction], claim: tuple[Interval, Fraction]
) -> None:
    found = verdict(relation, Computed(result[1], result[0]), claim[0])
    if relation is Relation.EQUALS:
        assert (found is Result.FAILS) == (not result[0].overlaps(claim[0]))
        return
    stands = STANDS[relation](result[1], claim[1])
    assert found is not (Result.FAILS if stands else Result.HOLDS)


@settings(deadline=None)
@given(intervals(), intervals(), st.sampled_from(OPPOSITES))
def test_opposite_claims_have_opposite_verdicts(
    result: Interval, claim: Interval, relations: tuple[Relation, Relation]
) -> None:
    one, other = (verdict(relation, Computed(None, result), claim) for relation in relations)
    assert (one is Result.HOLDS) == (other is Result.FAILS)
    assert (one is Result.UNDETERMINED) == (other is Result.UNDETERMINED)


@settings(deadline=None)
@given(st.sampled_from(list(Relation)), intervals(), intervals(), intervals())
def test_knowing_less_never_turns_holds_into_fails(
    relation: Relation, result: Interval, claim: Interval, other: Interval
) -> None:
    wider = Interval(min(result.low, other.low), max(result.high, other.high), low_closed=True, high_closed=True)
    exact, loose = (verdict(relation, Computed(None, each), claim) for each in (result, wider))
    assert loose in (exact, Result.UNDETERMINED)


@pytest.mark.parametrize(
    ("interval", "number"),
    [("[2, 2]", "2"), ("[3.5, 4.5)", "4"), ("(-4.5, -3.5]", "-4"), ("[4, 5]", None), ("(4, 5)", None)],
)
def test_the_claimed_number_is_a_point_or_the_middle_of_a_rounded_one(interval: str, number: str | None) -> None:
    assert nominal(between(interval)) == (None if number is None else Fraction(number))


@pytest.mark.parametrize(
    ("other", "result", "deviation"),
    [
        (amount("6612345678", id="o"), Result.HOLDS, "0.035487"),
        (amount("6.6e9", rounded("6.6e9", "1e8"), id="o"), Result.UNDETERMINED, "-0.151286"),
        (amount("5e9", rounded("5e9", "1e9"), id="o"), Result.FAILS, "-24.357035"),
        (amount(None, Interval.between(6_606_000_000, 6_609_000_000), id="o"), Result.HOLDS, None),
        (amount(None, Interval.between(6_000_000_000, 7_000_000_000), id="o"), Result.UNDETERMINED, None),
    ],
)
def test_a_claimed_figure_is_held_against_another(other: object, result: Result, deviation: str | None) -> None:
    claimed = amount("6.61e9", rounded("6.61e9", "1e7"), id="claimed")
    finding = found(Formula.VALUE, claimed, other, claimed=claims(None))  # type: ignore[arg-type]
    assert finding.result is result
    assert finding.deviation == (None if deviation is None else Decimal(deviation))
    assert finding.reason is (Reason.WITHIN_ROUNDING if result is Result.UNDETERMINED else None)


def test_a_figure_in_words_is_tolerant_and_an_exact_one_is_not() -> None:
    share: dict[str, Any] = {"unit": "ratio", "currency": None}
    half, other = amount(None, Interval.point(Fraction(1, 2)), id="half", **share), amount("0.54", id="o", **share)
    assert found(Formula.VALUE, half, other, claimed=claims(None)).result is Result.HOLDS
    members: dict[str, Any] = {"unit": "members", "currency": None}
    exactly, twenty = amount("21", id="21", **members), amount("20", id="20", **members)
    finding = found(Formula.VALUE, exactly, twenty, claimed=claims(None))
    assert (finding.result, finding.deviation) == (Result.FAILS, Decimal("-4.761905"))


def test_a_number_that_was_printed_is_not_tolerant_either() -> None:
    rows = [amount("45", id="a", line="a"), amount("55", id="b", line="b")]
    printed = claims("104", "money", currency="THB", value="104")
    said = claims("104", "money", currency="THB")
    assert found(Formula.SUM, *rows, claimed=printed).result is Result.FAILS
    assert found(Formula.SUM, *rows, claimed=said).result is Result.HOLDS


def test_the_printed_number_is_what_a_result_deviates_from() -> None:
    rows = [amount("45", id="a", line="a"), amount("55", id="b", line="b")]
    printed = claims(Interval.between(80, 100), "money", currency="THB", value="80")
    assert found(Formula.SUM, *rows, claimed=printed).deviation == Decimal(25)


def test_nothing_deviates_from_zero_or_from_a_range() -> None:
    later, earlier = amount("5", id="later"), amount("5", id="earlier", year=2020)
    unchanged = found(Formula.DIFFERENCE, later, earlier, claimed=claims("0", "money", currency="THB"))
    assert (unchanged.result, unchanged.deviation) == (Result.HOLDS, None)
    between_0_and_1 = Interval.between(0, 1, high_closed=True)
    ranged = found(Formula.RATIO, later, earlier, claimed=claims(between_0_and_1))
    assert (ranged.result, ranged.deviation) == (Result.HOLDS, None)


@pytest.mark.parametrize("tolerance", ["-0.01", "1"])
def test_a_tolerance_lets_neither_everything_nor_less_than_nothing_pass(tolerance: str) -> None:
    with pytest.raises(ValueError, match="must be at least 0 and below 1"):
        Thresholds(tolerance=Decimal(tolerance))


def finding_of(result: Result) -> Finding:
    """Some finding with this result."""
    numbers = {Result.HOLDS: "100", Result.FAILS: "50", Result.UNDETERMINED: None}
    rows = [amount("45", id="a", line="a"), amount("55", id="b", line="b")]
    finding = found(Formula.SUM, *rows, claimed=claims(numbers[result], "money", currency="THB"))
    assert finding.result is result
    return finding


@pytest.mark.parametrize(
    ("results", "wanted"),
    [
        ([Result.HOLDS], Result.HOLDS),
        ([Result.FAILS, Result.FAILS], Result.FAILS),
        ([Result.HOLDS, Result.FAILS], Result.UNDETERMINED),
        ([Result.HOLDS, Result.UNDETERMINED], Result.UNDETERMINED),
        ([Result.UNDETERMINED, Result.UNDETERMINED], Result.UNDETERMINED),
        ([], Result.UNDETERMINED),
    ],
)
def test_readings_amount_to_their_common_result(results: list[Result], wanted: Result) -> None:
    assert overall([finding_of(each) for each in results]) is wanted


MISSING = Missing({"en": "the other one.", "th": "อีกตัวเลข"})


@pytest.mark.parametrize(
    ("formula", "implied"),
    [
        (Formula.VALUE, "100"),
        (Formula.DIFFERENCE, "50"),
        (Formula.RATIO, "2"),
        (Formula.SUM, "-50"),
    ],
)
def test_one_missing_figure_is_worked_out_from_the_claim(formula: Formula, implied: str) -> None:
    unit = "ratio" if formula is Formula.RATIO else "money"
    claimed = claims("50", unit, currency=None if unit == "ratio" else "THB")
    finding = found(formula, amount("100"), MISSING, claimed=claimed)
    assert (finding.result, finding.reason) == (Result.UNDETERMINED, Reason.MISSING_FIGURE)
    assert finding.implied == Interval.point(Fraction(implied))
    if formula is Formula.VALUE:
        opening = "No figure to compare with yet: the other one. The claim would agree with exactly 100 baht."
    else:
        opening = "Cannot be determined, because a figure is missing: the other one. For the claim"
    assert finding.why["en"].startswith(opening)


def test_growth_in_percent_implies_the_later_amount() -> None:
    finding = found(Formula.GROWTH, MISSING, amount("3", rounded("3", "1")), claimed=claims("50", "percent"))
    assert finding.implied == Interval.between(Fraction("3.75"), Fraction("5.25"))
    assert finding.sum["en"] == "? ÷ 3 baht − 1 = 50% if ? is 4.5 baht (from 3.75 baht to under 5.25 baht)"


def test_an_implied_amount_that_does_not_end_is_about_four_digits() -> None:
    finding = found(Formula.RATIO, amount("100e6"), MISSING, claimed=claims("3"))
    assert finding.sum == {
        "en": "100 million baht ÷ ? = 3 times if ? is about 33.33 million baht",
        "th": "100 ล้านบาท ÷ ? = 3 เท่า ถ้า ? คือ ประมาณ 33.33 ล้านบาท",
    }
    assert finding.implied == Interval.between(
        Fraction("33333333.333333"), Fraction("33333333.333334"), high_closed=True
    )


@pytest.mark.parametrize(
    ("formula", "claimed"),
    [
        (Formula.COMPOUND_GROWTH, claims("10", "percent")),
        (Formula.RATIO, claims("2", relation=Relation.MORE_THAN)),
        (Formula.RATIO, claims(None)),
        (Formula.RATIO, claims("0")),
        (Formula.DIFFERENCE, claims("2", "ratio")),
    ],
)
def test_what_cannot_be_worked_out_is_left_open(formula: Formula, claimed: object) -> None:
    finding = found(formula, amount("100"), MISSING, claimed=claimed)  # type: ignore[arg-type]
    assert (finding.reason, finding.implied, finding.implied_unit) == (Reason.MISSING_FIGURE, None, "")


def test_a_missing_figure_does_not_hide_that_the_others_may_overlap() -> None:
    figures = amount("1", id="a", line=None), amount("2", id="b", line="b")
    finding = found(Formula.SUM, *figures, MISSING, claimed=claims("5", "money", currency="THB"))
    assert (finding.reason, finding.implied) == (Reason.MISSING_FIGURE, None)
    assert finding.notes[0]["en"].startswith("Not added up, because it is not known whether")


def test_a_range_implies_a_range() -> None:
    thirds = claims(Interval.between(Fraction("0.3"), Fraction("0.4"), high_closed=True))
    assert found(Formula.SHARE, MISSING, amount("100"), claimed=thirds).sum == {
        "en": "? ÷ 100 baht = from 0.3 to 0.4 if ? is from 30 baht to 40 baht",
        "th": "? ÷ 100 บาท = ตั้งแต่ 0.3 ถึง 0.4 ถ้า ? คือ ตั้งแต่ 30 บาท ถึง 40 บาท",
    }


def test_without_the_claimed_figure_only_the_other_one_is_known() -> None:
    finding = found(Formula.VALUE, MISSING, amount("100"), claimed=claims(None))
    assert (finding.reason, finding.implied) == (Reason.MISSING_FIGURE, Interval.point(100))
    assert finding.sum == {"en": "? against 100 baht", "th": "? เทียบกับ 100 บาท"}


def test_without_any_figure_nothing_is_said_of_whose_they_are() -> None:
    finding = found(Formula.SHARE, MISSING, MISSING, claimed=claims("0.5"))
    assert (finding.own_figures, finding.mixed, finding.notes) == (False, False, ())


@pytest.mark.parametrize(("said_by", "own"), [("mp", True), ("minister", False), (None, False)])
def test_figures_are_the_speakers_own_only_if_all_are(said_by: str | None, own: bool) -> None:
    figures = amount("2", id="later"), amount("1", id="earlier", year=2020, said_by=said_by)
    assert found(Formula.RATIO, *figures, claimed=claims("2")).own_figures is own


def test_less_than_a_claimed_loss_is_a_negative_deviation() -> None:
    rows = [amount("-70", id="a", line="a"), amount("-55", id="b", line="b")]
    loss = claims("-100", "money", currency="THB")
    assert found(Formula.SUM, *rows, claimed=loss).deviation == Decimal(-25)


def test_a_value_whose_only_figure_was_taken_back_is_missing() -> None:
    finding = found(Formula.VALUE, MISSING, claimed=claims(None))
    assert (finding.result, finding.reason) == (Result.UNDETERMINED, Reason.MISSING_FIGURE)
    assert (finding.implied, finding.value) == (None, None)
