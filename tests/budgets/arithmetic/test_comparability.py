"""Figures that do not belong together are never held against a claim: the finding says in what they differ."""

from datetime import date
from typing import Any

import pytest

from budgets.arithmetic import Finding, Mismatch
from budgets.vocabulary import Formula, Reason, Result
from tests.budgets.arithmetic.cast import amount, claims, found

PAIRS = [each for each in Formula if each is not Formula.SUM]
ORDERED = [Formula.DIFFERENCE, Formula.RATIO, Formula.GROWTH, Formula.COMPOUND_GROWTH]
SAME_PERIOD = [Formula.VALUE, Formula.SHARE, Formula.SUM]
Q1 = {"earliest": date(2023, 1, 1), "latest": date(2023, 3, 31)}
Q2 = {"earliest": date(2023, 4, 1), "latest": date(2023, 6, 30)}


def compared(formula: Formula, first: dict[str, Any] | None = None, second: dict[str, Any] | None = None) -> Finding:
    """The finding for two figures that are comparable by this formula but for the changes."""
    years = (2023, 2020) if formula in ORDERED else (2023, 2023)
    one: dict[str, Any] = {"id": "one", "year": years[0]}
    two: dict[str, Any] = {"id": "two", "year": years[1]}
    if formula is Formula.SHARE:
        one |= {"line": "rental", "ancestors": ("hotline", "spending")}
    if formula is Formula.SUM:
        one |= {"line": "rental"}
    operands = amount("100", **(one | (first or {}))), amount("3", **(two | (second or {})))
    return found(formula, *operands, claimed=claims(None))


def aspects(finding: Finding) -> list[str]:
    """In what the figures differ; and that this is the reason for there being no result."""
    assert finding.result is Result.UNDETERMINED
    assert finding.reason in (Reason.NOT_COMPARABLE, Reason.MAY_OVERLAP)
    assert finding.value is None
    assert finding.interval is None
    assert finding.why["en"].startswith(("Not comparable, because ", "Not added up, because "))
    assert finding.why["th"].startswith(("เทียบกันไม่ได้ เพราะ", "นำมารวมกันไม่ได้ เพราะ"))
    return [each.aspect for each in finding.mismatches]


def only(finding: Finding) -> Mismatch:
    """The one mismatch of a finding."""
    assert len(aspects(finding)) == 1
    return finding.mismatches[0]


@pytest.mark.parametrize("formula", list(Formula))
def test_figures_that_differ_in_nothing_are_computed(formula: Formula) -> None:
    finding = compared(formula)
    assert finding.mismatches == ()
    assert finding.value is not None


@pytest.mark.parametrize("formula", list(Formula))
@pytest.mark.parametrize(
    ("aspect", "change"),
    [
        ("unit", {"unit": "members", "currency": None}),
        ("currency", {"currency": "USD"}),
        ("currency", {"currency": None}),
        ("nominal", {"nominal": False}),
        ("phase", {"phase": "approved"}),
        ("basis", {"basis": "fiscal_year"}),
        ("period", {"year": None}),
    ],
)
def test_every_formula_asks_for_the_same_kind_of_figure(formula: Formula, aspect: str, change: dict[str, Any]) -> None:
    assert aspects(compared(formula, change, {})) == [aspect]
    assert aspects(compared(formula, {}, change)) == [aspect]


@pytest.mark.parametrize("formula", list(Formula))
@pytest.mark.parametrize("same", [{"phase": "approved"}, {"basis": "fiscal_year"}, {"nominal": False}])
def test_what_both_have_in_common_is_no_mismatch(formula: Formula, same: dict[str, Any]) -> None:
    assert compared(formula, same, same).mismatches == ()


@pytest.mark.parametrize("formula", SAME_PERIOD)
def test_a_value_a_share_and_a_sum_are_of_one_period(formula: Formula) -> None:
    assert aspects(compared(formula, {"year": 2024}, {})) == ["period"]


@pytest.mark.parametrize("formula", ORDERED)
def test_the_later_figure_is_not_from_before_the_earlier_one(formula: Formula) -> None:
    assert aspects(compared(formula, {"year": 2019}, {})) == ["period"]


@pytest.mark.parametrize("formula", [Formula.GROWTH, Formula.COMPOUND_GROWTH])
def test_nothing_grows_within_one_period(formula: Formula) -> None:
    words = only(compared(formula, {"year": 2020}, {})).words
    assert words == {"en": "both are for 2020", "th": "ตัวเลขทั้งสองเป็นของปี 2563 เหมือนกัน"}


@pytest.mark.parametrize("formula", [Formula.DIFFERENCE, Formula.RATIO])
def test_two_figures_of_one_period_have_a_difference_and_a_ratio(formula: Formula) -> None:
    assert compared(formula, {"year": 2020}, {}).mismatches == ()


@pytest.mark.parametrize("formula", [each for each in PAIRS if each is not Formula.SHARE])
@pytest.mark.parametrize("line", ["hotline", None])
def test_two_figures_are_of_one_line(formula: Formula, line: str | None) -> None:
    assert aspects(compared(formula, {"line": line}, {})) == ["line"]
    assert aspects(compared(formula, {}, {"line": line})) == ["line"]


@pytest.mark.parametrize(
    ("second", "comparable"),
    [
        ({}, True),
        ({"agency": "other"}, False),
        ({"agency": None}, False),
        ({"label": {"en": "Income", "th": "รายได้"}}, False),
    ],
)
def test_without_lines_one_agency_and_one_label_are_one_thing(second: dict[str, Any], comparable: bool) -> None:
    finding = compared(Formula.RATIO, {"line": None}, {"line": None} | second)
    assert (finding.mismatches == ()) is comparable


def test_without_lines_and_agencies_nothing_is_known() -> None:
    unknown = {"line": None, "agency": None}
    assert aspects(compared(Formula.RATIO, unknown, unknown)) == ["line"]


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ({"line": None}, {}),
        ({}, {"line": None}),
        ({"ancestors": ()}, {}),
        ({"ancestors": ("hotline",)}, {}),
        ({"line": "spending", "ancestors": ()}, {}),
    ],
)
def test_a_share_is_taken_of_a_whole_that_stands_above(part: dict[str, Any], whole: dict[str, Any]) -> None:
    assert aspects(compared(Formula.SHARE, part, whole)) == ["line"]


# Two figures of one name are told apart by year and amount.
ONE, OTHER = "“Spending” (2023, 100 baht)", "“Spending” (2023, 3 baht)"


@pytest.mark.parametrize(
    ("first", "second", "clause"),
    [
        ({"line": None}, {}, f"it is not known whether one of {ONE} and {OTHER} contains the other"),
        ({"line": "spending"}, {}, f"{ONE} and {OTHER} are the same budget line"),
        ({"ancestors": ("labour", "spending")}, {}, f"{ONE} is a part of {OTHER}"),
        ({}, {"ancestors": ("rental",)}, f"{OTHER} is a part of {ONE}"),
    ],
)
def test_what_may_overlap_is_not_added(first: dict[str, Any], second: dict[str, Any], clause: str) -> None:
    finding = compared(Formula.SUM, first, second)
    assert finding.reason is Reason.MAY_OVERLAP
    assert only(finding).words["en"] == clause


def test_of_many_figures_those_without_a_line_are_named() -> None:
    names = ["A", "B", "C"]
    figures = [amount("1", id=name, line=None, label={"en": name, "th": name}) for name in names]
    finding = found(Formula.SUM, *figures, amount("1", id="D"), claimed=claims(None))
    assert only(finding).words == {
        "en": "it is not known which budget lines “A”, “B” and “C” belong to, so that one may contain another",
        "th": "ไม่ทราบว่า “A” “B” และ “C” อยู่ในรายการงบประมาณใด จึงอาจมีส่วนที่ซ้อนกัน",
    }


def test_a_fiscal_and_a_calendar_year_are_not_compared() -> None:
    fiscal, calendar = {"basis": "fiscal_year", "year": 2024}, {"basis": "calendar_year", "year": 2023}
    for formula in Formula:
        finding = compared(formula, fiscal, calendar)
        assert aspects(finding) == ["basis"]
        assert finding.mismatches[0].words == {
            "en": "one is for fiscal year 2024 and the other for calendar year 2023",
            "th": "ตัวเลขหนึ่งเป็นของปีงบประมาณ 2567 อีกตัวเลขเป็นของปีปฏิทิน 2566",
        }


def test_kinds_of_year_differ_also_where_only_days_are_given() -> None:
    fiscal, calendar = {"basis": "fiscal_year", "year": None, **Q1}, {"basis": "calendar_year", "year": None, **Q1}
    assert only(compared(Formula.VALUE, fiscal, calendar)).words == {
        "en": "one is for a fiscal year and the other for a calendar year",
        "th": "ตัวเลขหนึ่งเป็นของปีงบประมาณ อีกตัวเลขเป็นของปีปฏิทิน",
    }


def test_all_mismatches_are_said_in_one_sentence() -> None:
    other: dict[str, Any] = {"phase": "approved", "nominal": False, "line": "other", "year": 2021, "currency": "USD"}
    finding = compared(Formula.VALUE, {}, other)
    assert aspects(finding) == ["currency", "nominal", "phase", "period", "line"]
    assert finding.why["en"] == (
        "Not comparable, because one is in the currency THB and the other in USD; one is adjusted for inflation and "
        "the other is not; the phase of one is not stated and of the other “Approved”; one is for 2023 and the other "
        "for 2021; “Spending” (2023, 100 baht) and “Spending” (2021, 3 US dollars) are different budget lines."
    )
    assert finding.why["th"] == (
        "เทียบกันไม่ได้ เพราะตัวเลขหนึ่งเป็นเงินสกุล THB อีกตัวเลขเป็นเงินสกุล USD และตัวเลขหนึ่งปรับตามเงินเฟ้อแล้ว "
        "แต่อีกตัวเลขไม่ได้ปรับ และตัวเลขหนึ่งไม่ระบุขั้นของงบ อีกตัวเลขเป็นขั้น “ได้รับอนุมัติ” "
        "และตัวเลขหนึ่งเป็นของปี 2566 อีกตัวเลขเป็นของปี 2564 และรายการ “รายจ่าย” (ปี 2566 จำนวน 100 บาท) "
        "กับ “รายจ่าย” (ปี 2564 จำนวน 3 ดอลลาร์สหรัฐ) เป็นคนละรายการงบประมาณ"
    )


def test_more_than_two_figures_are_described_together() -> None:
    figures = [
        amount("1", id="a", line="a", phase="approved", year=2021, nominal=False),
        amount("1", id="b", line="b", unit="seats", currency=None, year=2022),
        amount("1", id="c", line="c", currency="USD"),
        amount("1", id="d", line="d", currency="EUR", basis="fiscal_year"),
    ]
    finding = found(Formula.SUM, *figures, claimed=claims(None))
    assert aspects(finding) == ["unit", "currency", "nominal", "phase", "basis", "period"]
    assert (
        "in different currencies: THB, USD and EUR; some are adjusted for inflation and others are not"
        in (finding.why["en"])
    )
    assert "ตัวเลขเป็นเงินต่างสกุลกัน คือ THB USD และ EUR" in finding.why["th"]


def test_parts_of_one_year_are_told_apart_by_their_days() -> None:
    assert compared(Formula.VALUE, Q1, Q1).mismatches == ()
    assert only(compared(Formula.VALUE, Q1, Q2)).words == {
        "en": "one is for 1 January 2023 to 31 March 2023 and the other for 1 April 2023 to 30 June 2023",
        "th": "ตัวเลขหนึ่งเป็นของวันที่ 1 มกราคม 2566 ถึง 31 มีนาคม 2566 อีกตัวเลขเป็นของวันที่ 1 เมษายน 2566 ถึง 30 มิถุนายน 2566",
    }


def test_days_give_an_order_where_no_year_is_given() -> None:
    first, second = {"year": None, **Q1}, {"year": None, **Q2}
    assert compared(Formula.GROWTH, second, first).mismatches == ()
    assert aspects(compared(Formula.GROWTH, first, second)) == ["period"]


def test_the_years_of_a_compound_growth_must_be_known() -> None:
    finding = compared(Formula.COMPOUND_GROWTH, {"year": None, **Q2}, {"year": None, **Q1})
    assert only(finding).words["en"] == "the number of years between them is not known"


def test_periods_that_overlap_have_no_order() -> None:
    long = {"year": None, "earliest": date(2023, 1, 1), "latest": date(2023, 12, 31)}
    assert only(compared(Formula.GROWTH, long, {"year": None, **Q2})).words["en"] == (
        "it is not clear which period comes first, 1 January 2023 to 31 December 2023 or 1 April 2023 to 30 June 2023"
    )


def test_a_year_and_a_span_of_days_have_no_order() -> None:
    assert aspects(compared(Formula.DIFFERENCE, {}, {"year": None, **Q2})) == ["period"]


def test_a_figure_is_not_compared_with_itself() -> None:
    figure = amount("1", line="a")
    for formula in Formula:
        finding = found(formula, figure, figure, claimed=claims(None))
        assert aspects(finding) == ["repeated"]


@pytest.mark.parametrize(
    ("claimed", "clause"),
    [
        (claims("2", "ratio"), "the claim is given in ratio and the result in money"),
        (claims("2", "money", currency="USD"), "the claim is in the currency USD and the figures are in THB"),
        (claims("2", "money"), "the claim names no currency and the figures are in THB"),
    ],
)
def test_a_claim_in_another_unit_is_not_compared(claimed: Any, clause: str) -> None:
    finding = found(Formula.DIFFERENCE, amount("3", year=2024), amount("1", year=2020), claimed=claimed)
    assert only(finding).words["en"] == clause


def test_codes_that_nobody_knows_are_compared_as_they_stand() -> None:
    finding = compared(
        Formula.VALUE,
        {"phase": "new", "basis": "lunar", "unit": "beds", "year": None, **Q1},
        {"unit": "percentage_point", "year": None, **Q1},
    )
    assert aspects(finding) == ["unit", "phase", "basis"]
    assert "given in beds and the other in percentage points" in finding.why["en"]
    assert "one is for lunar and the other for 1 January 2023" in finding.why["en"]


def test_a_provenance_that_nobody_knows_is_named_as_it_stands() -> None:
    figures = amount("2", id="later", provenance="leak"), amount("1", id="earlier", year=2020)
    finding = found(Formula.RATIO, *figures, claimed=claims("2"))
    assert finding.notes[1]["en"].endswith("different kinds of source: “leak” and “Speaker's own figure”.")


def test_a_single_day_is_written_once() -> None:
    day = {"year": None, "earliest": date(2025, 2, 17), "latest": date(2025, 2, 17)}
    assert only(compared(Formula.VALUE, day, {"year": None, **Q1})).words["en"] == (
        "one is for 17 February 2025 and the other for 1 January 2023 to 31 March 2023"
    )
    assert (
        only(compared(Formula.VALUE, day, {"year": None, **Q1}))
        .words["th"]
        .startswith("ตัวเลขหนึ่งเป็นของวันที่ 17 กุมภาพันธ์ 2568 อีกตัวเลข")
    )


def test_a_period_that_is_open_on_one_side_is_not_known() -> None:
    open_ended = {"year": None, "earliest": date(2023, 1, 1), "basis": "fiscal_year"}
    finding = compared(Formula.VALUE, open_ended, {"year": None})
    assert aspects(finding) == ["basis", "period"]
    assert finding.mismatches[0].words == {
        "en": "one is for a fiscal year and the other for a period that is not stated (kind of year not stated)",
        "th": "ตัวเลขหนึ่งเป็นของปีงบประมาณ อีกตัวเลขเป็นของช่วงเวลาที่ไม่ได้ระบุ (ไม่ระบุว่าเป็นปีปฏิทินหรือปีงบประมาณ)",
    }
    assert finding.mismatches[1].words == {
        "en": "no period is given for “Spending” (100 baht) and “Spending” (3 baht)",
        "th": "ไม่ระบุช่วงเวลาของ “รายจ่าย” (100 บาท) และ “รายจ่าย” (3 บาท)",
    }


def test_periods_that_share_a_day_have_no_order() -> None:
    meeting = {"year": None, "earliest": date(2023, 3, 31), "latest": date(2023, 6, 30)}
    assert aspects(compared(Formula.GROWTH, meeting, {"year": None, **Q1})) == ["period"]
