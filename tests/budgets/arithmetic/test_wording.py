"""What a finding says: exact sentences, and the same numbers in both languages."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgets.arithmetic import Missing, Operand
from budgets.arithmetic.numbers import Scale, decimal, percent, shown, shown_range
from budgets.intervals import Interval
from budgets.vocabulary import Formula, Relation
from tests.budgets.arithmetic.cast import amount, claims, found, numbers_in, rounded
from tests.budgets.test_intervals import between

SIZES = st.decimals(min_value=Decimal("-1e13"), max_value=Decimal("1e13"), places=0)
STEPS = st.sampled_from(["0.01", "1", "1000", "1e6", "1e9"])
BAHT = Scale("money", "THB")


@settings(deadline=None)
@given(
    st.sampled_from(list(Formula)),
    st.lists(st.tuples(SIZES, STEPS), min_size=2, max_size=2),
    st.one_of(st.none(), st.decimals(min_value=-100, max_value=100, places=2)),
    st.sampled_from(list(Relation)),
    st.booleans(),
)
def test_both_languages_carry_the_same_numbers(
    formula: Formula,
    figures: list[tuple[Decimal, str]],
    number: Decimal | None,
    relation: Relation,
    missing: bool,
) -> None:
    ordered = formula not in (Formula.VALUE, Formula.SHARE, Formula.SUM)
    lines = ["part", "whole"] if formula in (Formula.SHARE, Formula.SUM) else ["whole", "whole"]
    operands: list[Operand] = [
        amount(
            str(value),
            rounded(str(value), step),
            id=str(place),
            line=lines[place],
            ancestors=("whole",) if formula is Formula.SHARE and place == 0 else (),
            year=2020 if ordered and place else 2023,
        )
        for place, (value, step) in enumerate(figures)
    ]
    if missing:
        operands[0] = Missing({"en": "one", "th": "หนึ่งตัวเลข"})
    unit, currency = ("money", "THB") if formula in (Formula.SUM, Formula.DIFFERENCE) else ("percent", None)
    claimed = claims(None if number is None else str(number), unit, relation=relation, currency=currency)
    finding = found(formula, *operands, claimed=claimed)
    for text in (finding.sum, finding.why, *finding.notes):
        assert sorted(numbers_in(text["en"])) == sorted(numbers_in(text["th"]))
        assert text["en"].count("−") == text["th"].count("−")
        assert "-" not in text["en"] + text["th"]


@pytest.mark.parametrize(
    ("formula", "one", "two", "english", "thai"),
    [
        (
            Formula.VALUE,
            amount("6.61e9", rounded("6.61e9", "1e7"), id="1"),
            amount("6.6e9", id="2"),
            "6.61 billion baht against 6.6 billion baht: −0.15%",
            "6,610 ล้านบาท เทียบกับ 6,600 ล้านบาท: −0.15%",
        ),
        (
            Formula.DIFFERENCE,
            amount("6.61e9", rounded("6.61e9", "1e7"), id="1"),
            amount("4e9", rounded("4e9", "1e9"), id="2", year=2020),
            "6.61 billion baht − 4 billion baht = 2.61 billion baht; with rounding, over 2.105 billion baht "
            "to under 3.115 billion baht",
            "6,610 ล้านบาท − 4,000 ล้านบาท = 2,610 ล้านบาท และเมื่อคำนึงถึงการปัดเศษ มากกว่า 2,105 ล้านบาท แต่ไม่ถึง 3,115 ล้านบาท",
        ),
        (
            Formula.DIFFERENCE,
            amount("1e6", id="1"),
            amount("-3e6", id="2", year=2020),
            "1 million baht − (−3 million baht) = 4 million baht",
            "1 ล้านบาท − (−3 ล้านบาท) = 4 ล้านบาท",
        ),
        (
            Formula.GROWTH,
            amount("3e6", id="1"),
            amount("4e6", id="2", year=2020),
            "3 million baht ÷ 4 million baht − 1 = −25%",
            "3 ล้านบาท ÷ 4 ล้านบาท − 1 = −25%",
        ),
        (
            Formula.COMPOUND_GROWTH,
            amount("6.61e9", id="1"),
            amount("4e9", id="2", year=2020),
            "³√(6.61 billion baht ÷ 4 billion baht) − 1 = +18.23% a year",
            "³√(6,610 ล้านบาท ÷ 4,000 ล้านบาท) − 1 = +18.23% ต่อปี",
        ),
        (
            Formula.COMPOUND_GROWTH,
            amount("121", id="1"),
            amount("100", id="2", year=2021),
            "√(121 baht ÷ 100 baht) − 1 = +10% a year",
            "√(121 บาท ÷ 100 บาท) − 1 = +10% ต่อปี",
        ),
        (
            Formula.COMPOUND_GROWTH,
            amount("121", id="1"),
            amount("100", id="2", year=2022),
            "121 baht ÷ 100 baht − 1 = +21% a year",
            "121 บาท ÷ 100 บาท − 1 = +21% ต่อปี",
        ),
        (
            Formula.RATIO,
            amount(None, Interval.between(4_000_000, 5_000_000, high_closed=True), id="1"),
            amount("2e6", id="2", year=2020),
            "(from 4 million baht to 5 million baht) ÷ 2 million baht = from 2 to 2.5 times",
            "(ตั้งแต่ 4 ล้านบาท ถึง 5 ล้านบาท) ÷ 2 ล้านบาท = ตั้งแต่ 2 ถึง 2.5 เท่า",
        ),
    ],
)
def test_a_sum_is_written_out_as_a_newspaper_would(
    formula: Formula, one: Operand, two: Operand, english: str, thai: str
) -> None:
    assert found(formula, one, two, claimed=claims(None, "percent" if formula is Formula.GROWTH else "")).sum == {
        "en": english,
        "th": thai,
    }


@pytest.mark.parametrize(
    ("claimed", "english", "thai"),
    [
        (
            claims("2", words={"en": "doubled", "th": "เท่าตัว"}),
            "The numbers do not agree: the claim says “doubled”, that is 2 times, and the figures give 1.5 times, "
            "25% below 2.",
            "ตัวเลขไม่สอดคล้องกัน คือ คำกล่าวระบุว่า “เท่าตัว” คือ 2 เท่า ส่วนตัวเลขที่มีให้ผลเป็น 1.5 เท่า ต่ำกว่า 2 อยู่ 25%",
        ),
        (
            claims("1", relation=Relation.MORE_THAN),
            "The numbers agree: the claim says more than 1 times; the figures give 1.5 times, 50% above 1.",
            "ตัวเลขสอดคล้องกัน คือ คำกล่าวระบุว่ามากกว่า 1 เท่า ส่วนตัวเลขที่มีให้ผลเป็น 1.5 เท่า สูงกว่า 1 อยู่ 50%",
        ),
        (
            claims(rounded("1.5", "0.1")),
            "The numbers agree: the claim says 1.5 times and the figures give 1.5 times, no deviation.",
            "ตัวเลขสอดคล้องกัน คือ คำกล่าวระบุ 1.5 เท่า ส่วนตัวเลขที่มีให้ผลเป็น 1.5 เท่า ไม่ต่างกัน",
        ),
        (
            claims(Interval.between(1, 2, high_closed=True)),
            "The numbers agree: the claim says from 1 to 2 times and the figures give 1.5 times.",
            "ตัวเลขสอดคล้องกัน คือ คำกล่าวระบุ ตั้งแต่ 1 ถึง 2 เท่า ส่วนตัวเลขที่มีให้ผลเป็น 1.5 เท่า",
        ),
        (
            claims(None),
            "Cannot be determined, because the claim names no number; the figures give 1.5 times (+50%).",
            "ยังสรุปไม่ได้ เพราะคำกล่าวไม่ได้ระบุตัวเลข ตัวเลขที่มีให้ผลเป็น 1.5 เท่า (+50%)",
        ),
    ],
)
def test_the_reason_sets_the_claim_beside_the_result(claimed: object, english: str, thai: str) -> None:
    operands = amount("3", id="later"), amount("2", id="earlier", year=2020)
    finding = found(Formula.RATIO, *operands, claimed=claimed)  # type: ignore[arg-type]
    assert finding.why == {"en": english, "th": thai}


def test_rounding_that_leaves_it_open_is_said() -> None:
    operands = amount("3", rounded("3", "1"), id="later"), amount("2", rounded("2", "1"), id="earlier", year=2020)
    assert found(Formula.RATIO, *operands, claimed=claims("1.2")).why == {
        "en": "Cannot be determined, because rounding leaves it open: the claim says 1.2 times and the figures "
        "give 1.5 times (over 1 to 2.33 times), 25% above 1.2.",
        "th": "ยังสรุปไม่ได้ เพราะเมื่อคำนึงถึงการปัดเศษแล้วเป็นไปได้ทั้งสองทาง คือ คำกล่าวระบุ 1.2 เท่า "
        "ส่วนตัวเลขที่มีให้ผลเป็น 1.5 เท่า (มากกว่า 1 ถึง 2.33 เท่า) สูงกว่า 1.2 อยู่ 25%",
    }


@pytest.mark.parametrize(
    ("value", "words"),
    [("3.626943", "+3.63%"), ("-0.15", "−0.15%"), ("0.0004", "+0.0004%"), ("-27.1", "−27.1%")],
)
def test_a_deviation_always_has_its_sign_and_is_never_rounded_to_nothing(value: str, words: str) -> None:
    assert percent(Fraction(value)) == {"en": words, "th": words}
    assert percent(Fraction(0)) == {"en": "no deviation", "th": "ไม่ต่างกัน"}


def test_a_ratio_of_one_has_not_changed() -> None:
    operands = amount("3", id="later"), amount("3", id="earlier", year=2020)
    assert found(Formula.RATIO, *operands, claimed=claims(None)).sum == {
        "en": "3 baht ÷ 3 baht = 1 times (no change)",
        "th": "3 บาท ÷ 3 บาท = 1 เท่า (ไม่เปลี่ยนแปลง)",
    }


def test_rounding_alone_is_a_reason_only_for_a_printed_number() -> None:
    operands = amount("3", rounded("3", "1"), id="later"), amount("2", id="earlier", year=2020)
    assert found(Formula.RATIO, *operands, claimed=claims(rounded("1.5", "0.1"))).why == {
        "en": "The numbers agree within rounding: the claim says 1.5 times and the figures give 1.5 times "
        "(from 1.25 to under 1.75 times), no deviation.",
        "th": "สอดคล้องเมื่อคำนึงถึงการปัดเศษ: คำกล่าวระบุ 1.5 เท่า ส่วนตัวเลขที่มีให้ผลเป็น 1.5 เท่า "
        "(ตั้งแต่ 1.25 แต่ไม่ถึง 1.75 เท่า) ไม่ต่างกัน",
    }


@pytest.mark.parametrize(
    ("interval", "english", "thai"),
    [
        ("[5, 5]", "5 baht", "5 บาท"),
        ("[1, 2]", "from 1 baht to 2 baht", "ตั้งแต่ 1 บาท ถึง 2 บาท"),
        ("(1, 2)", "over 1 baht to under 2 baht", "มากกว่า 1 บาท แต่ไม่ถึง 2 บาท"),
        ("(1/3, 2/3)", "from 0.3333 baht to 0.6667 baht", "ตั้งแต่ 0.3333 บาท ถึง 0.6667 บาท"),
        ("[0, 6615000000)", "from 0 baht to under 6.615 billion baht", "ตั้งแต่ 0 บาท แต่ไม่ถึง 6,615 ล้านบาท"),
        (
            "[500000000, 1500000000]",
            "from 0.5 billion baht to 1.5 billion baht",
            "ตั้งแต่ 500 ล้านบาท ถึง 1,500 ล้านบาท",
        ),
        (
            "[1000000, 1000000000000]",
            "from 1 million baht to 1,000,000 million baht",
            "ตั้งแต่ 1 ล้านบาท ถึง 1,000,000 ล้านบาท",
        ),
        ("[-1000000, 0)", "from −1 million baht to under 0 baht", "ตั้งแต่ −1 ล้านบาท แต่ไม่ถึง 0 บาท"),
    ],
)
def test_only_an_exact_end_says_that_it_does_not_belong(interval: str, english: str, thai: str) -> None:
    assert shown_range(between(interval), BAHT) == {"en": english, "th": thai}


def test_units_are_written_as_they_are_counted() -> None:
    assert shown(Fraction(3, 2), Scale("stars", None)) == {"en": "1.5 stars", "th": "1.5 ดาว"}
    assert shown(Fraction(3), Scale("beds", None)) == {"en": "3 beds", "th": "3 beds"}


def test_numbers_that_lie_close_together_get_more_decimals() -> None:
    operands = amount("1000001", rounded("1000001", "1"), id="1"), amount("1e6", id="2", year=2020)
    assert found(Formula.RATIO, *operands, claimed=claims(None)).sum["en"] == (
        "1,000,001 baht ÷ 1 million baht = 1.000001 times (+0.0001%); with rounding, from 1.0000005 to "
        "under 1.0000015 times"
    )


@settings(deadline=None)
@given(st.fractions(max_denominator=10**6), st.integers(0, 12))
def test_a_decimal_is_the_nearest_one_of_any_size(value: Fraction, places: int) -> None:
    huge = value * 10**40
    assert abs(Fraction(decimal(huge, places)) - huge) <= Fraction(1, 2 * 10**places)
