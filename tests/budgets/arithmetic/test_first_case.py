"""The figures of the first case, with what rounding leaves of them; nothing is called true."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from budgets.arithmetic import Amount, Missing, Operand, Thresholds, check, overall
from budgets.intervals import Interval
from budgets.vocabulary import Formula, Reason, Relation, Result
from tests.budgets.arithmetic.cast import (
    APP_COST,
    APP_DEVELOPMENT,
    DOUBLED,
    HALF,
    HOTLINE,
    RENTAL,
    SPEAKERS,
    SPENDING_2020,
    SPENDING_2023,
    STRATEGIC_2020,
    STRATEGIC_2024,
    amount,
    claims,
    found,
    rounded,
)


def test_spending_rose_by_65_25_percent_and_rounding_leaves_47_to_89() -> None:
    significantly = claims(None, "percent", words={"en": "significantly", "th": "อย่างมีนัยสำคัญ"})
    finding = found(Formula.GROWTH, SPENDING_2023, SPENDING_2020, claimed=significantly)
    assert (finding.result, finding.reason) == (Result.UNDETERMINED, Reason.NOTHING_CLAIMED)
    assert (finding.value, finding.unit) == (Decimal("65.25"), "percent")
    assert finding.interval == Interval(Fraction("46.777777"), Fraction(89), low_closed=False, high_closed=False)
    assert finding.sum == {
        "en": "6.61 billion baht ÷ 4 billion baht − 1 = +65.25%; with rounding, from +46.78% to under +89%",
        "th": "6,610 ล้านบาท ÷ 4,000 ล้านบาท − 1 = +65.25% และเมื่อคำนึงถึงการปัดเศษ ตั้งแต่ +46.78% แต่ไม่ถึง +89%",
    }
    assert finding.why == {
        "en": "Cannot be determined, because “significantly” names no number; the figures give +65.25%.",
        "th": "ยังสรุปไม่ได้ เพราะคำว่า “อย่างมีนัยสำคัญ” ไม่ได้ระบุตัวเลข ตัวเลขที่มีให้ผลเป็น +65.25%",
    }


def test_spending_rose_at_all_however_it_was_rounded() -> None:
    risen = claims("0", "percent", relation=Relation.MORE_THAN, words={"en": "has risen", "th": "เพิ่มขึ้น"})
    finding = found(Formula.GROWTH, SPENDING_2023, SPENDING_2020, claimed=risen)
    assert (finding.result, finding.reason, finding.deviation) == (Result.HOLDS, None, None)
    assert finding.why == {
        "en": "The numbers agree: the claim says “has risen” (more than 0%); the figures give +65.25% "
        "(from +46.78% to under +89%).",
        "th": "ตัวเลขสอดคล้องกัน คือ คำกล่าวระบุว่า “เพิ่มขึ้น” (มากกว่า 0%) ส่วนตัวเลขที่มีให้ผลเป็น +65.25% (ตั้งแต่ +46.78% แต่ไม่ถึง +89%)",
    }


def test_the_ratio_of_spending_stands_with_its_interval() -> None:
    finding = found(Formula.RATIO, SPENDING_2023, SPENDING_2020, claimed=claims(None))
    assert finding.value == Decimal("1.6525")
    low, high = Fraction(6605, 4500), Fraction(6615, 3500)
    assert finding.interval == Interval(low, high, low_closed=False).rounded_outward(6)
    assert finding.sum == {
        "en": "6.61 billion baht ÷ 4 billion baht = 1.65 times (+65.25%); with rounding, from 1.47 to under 1.89 times",
        "th": "6,610 ล้านบาท ÷ 4,000 ล้านบาท = 1.65 เท่า (+65.25%) และเมื่อคำนึงถึงการปัดเศษ ตั้งแต่ 1.47 แต่ไม่ถึง 1.89 เท่า",
    }


def test_two_significant_figures_would_leave_less_open() -> None:
    exacter = replace(SPENDING_2020, interval=rounded("4e9", "1e8"))
    finding = found(Formula.RATIO, SPENDING_2023, exacter, claimed=claims(None))
    assert finding.sum["en"].endswith("; with rounding, from 1.63 to 1.67 times")


def test_doubled_holds_by_what_we_count_as_doubled_and_all_figures_are_the_speakers_own() -> None:
    finding = found(Formula.RATIO, STRATEGIC_2024, STRATEGIC_2020, claimed=DOUBLED)
    assert (finding.result, finding.reason) == (Result.HOLDS, None)
    assert (finding.value, finding.deviation) == (Decimal("2.072539"), Decimal("3.626943"))
    assert finding.sum["en"] == (
        "2 billion baht ÷ 965 million baht = 2.07 times (+107.25%); with rounding, from 1.55 to 2.59 times"
    )
    assert finding.why == {
        "en": "The numbers agree: 2.07 lies between 1.8 and 2.2, which we count as “doubled”.",
        "th": "ตัวเลขสอดคล้องกัน คือ 2.07 อยู่ระหว่าง 1.8 ถึง 2.2 ซึ่งตามรอยนับว่าเป็น “เพิ่มขึ้นเท่าตัว”",
    }
    assert finding.own_figures
    assert not finding.mixed
    assert [note["en"] for note in finding.notes] == [
        "All figures are the speaker's own.",
        "The phase of the budget is not stated for any of the figures.",
        "Whether the years are calendar years or fiscal years is not stated for any of the figures.",
    ]


def test_the_tolerance_is_recorded_and_decides() -> None:
    strict = Thresholds(tolerance=Decimal("0.03"))
    operands = [STRATEGIC_2024, STRATEGIC_2020]
    finding = check(Formula.RATIO, operands, DOUBLED, speakers=SPEAKERS, thresholds=strict)
    assert (finding.result, finding.reason) == (Result.UNDETERMINED, Reason.WITHIN_ROUNDING)
    assert finding.thresholds.as_json() == {"tolerance": "0.03"}
    assert finding.formula_version == 1


def test_each_reading_of_half_misses_a_figure_and_says_which() -> None:
    wholes: list[Operand] = [
        HOTLINE,
        Missing({"en": "the budget of the hotline for this fiscal year", "th": "งบประมาณของสายด่วนในปีงบประมาณนี้"}),
        Missing({"en": "the budget of the hotline for this calendar year", "th": "งบประมาณของสายด่วนในปีปฏิทินนี้"}),
        Missing({"en": "the whole budget of the office", "th": "งบประมาณทั้งหมดของสำนักงาน"}),
    ]
    findings = [found(Formula.SHARE, RENTAL, whole, claimed=HALF) for whole in wholes]
    assert [finding.reason for finding in findings] == [Reason.MISSING_FIGURE] * 4
    assert overall(findings) is Result.UNDETERMINED
    assert findings[0].implied == Interval.between(25_000_000, 75_000_000)
    assert (findings[0].implied_unit, findings[0].implied_currency) == ("money", "THB")
    assert [finding.implied for finding in findings[1:]] == [None] * 3
    assert findings[0].sum == {
        "en": "? ÷ 100 million baht = 0.5 if ? is 50 million baht (from 25 million baht to under 75 million baht)",
        "th": "? ÷ 100 ล้านบาท = 0.5 ถ้า ? คือ 50 ล้านบาท (ตั้งแต่ 25 ล้านบาท แต่ไม่ถึง 75 ล้านบาท)",
    }
    assert findings[3].why["en"] == (
        "Cannot be determined, because figures are missing: "
        "what was paid for rental and the whole budget of the office."
    )
    assert findings[3].why["th"] == ("ยังสรุปไม่ได้ เพราะยังขาดตัวเลข คือ ค่าเช่าที่จ่ายจริง และงบประมาณทั้งหมดของสำนักงาน")


def test_550_and_276_are_not_added() -> None:
    finding = found(Formula.SUM, APP_DEVELOPMENT, APP_COST, claimed=claims("826e6", "money", currency="THB"))
    assert (finding.result, finding.reason) == (Result.UNDETERMINED, Reason.MAY_OVERLAP)
    assert (finding.value, finding.interval, finding.deviation) == (None, None, None)
    assert finding.sum == {
        "en": "550 million baht + 276 million baht: not computed",
        "th": "550 ล้านบาท + 276 ล้านบาท: ไม่ได้คำนวณ",
    }
    assert finding.why == {
        "en": "Not added up, because it is not known whether one of “App development” and “Cost of the ‘SSO+’ app” "
        "contains the other; no period is given for “Cost of the ‘SSO+’ app”.",
        "th": "นำมารวมกันไม่ได้ เพราะไม่ทราบว่า “การพัฒนาแอป” กับ “ค่าใช้จ่ายของแอป ‘SSO+’” มีส่วนที่ซ้อนกันหรือไม่ "
        "และไม่ระบุช่วงเวลาของ “ค่าใช้จ่ายของแอป ‘SSO+’”",
    }


def test_a_single_figure_has_nothing_to_be_compared_with() -> None:
    finding = found(Formula.VALUE, SPENDING_2023, claimed=claims(None))
    assert (finding.result, finding.reason) == (Result.UNDETERMINED, Reason.NOTHING_TO_COMPARE)
    assert finding.sum == {"en": "6.61 billion baht", "th": "6,610 ล้านบาท"}
    assert finding.why == {
        "en": "Cannot be determined, because no other figure to compare it with has been found.",
        "th": "ยังสรุปไม่ได้ เพราะยังไม่พบตัวเลขอื่นให้เทียบ",
    }


@pytest.mark.parametrize(
    ("figure", "english", "thai"),
    [
        (
            SPENDING_2020,
            "amount that rounds to 4 billion baht: from 3.5 billion baht to under 4.5 billion baht.",
            "จำนวนที่ปัดเศษได้เป็น 4,000 ล้านบาท คือ ตั้งแต่ 3,500 ล้านบาท แต่ไม่ถึง 4,500 ล้านบาท",
        ),
        (
            SPENDING_2023,
            "amount that rounds to 6.61 billion baht: from 6.605 billion baht to under 6.615 billion baht.",
            "จำนวนที่ปัดเศษได้เป็น 6,610 ล้านบาท คือ ตั้งแต่ 6,605 ล้านบาท แต่ไม่ถึง 6,615 ล้านบาท",
        ),
        (
            amount("1.5", rounded("1.5", "0.1"), unit="stars", currency=None),
            "figure that rounds to 1.5 stars: from 1.45 stars to under 1.55 stars.",
            "ตัวเลขที่ปัดเศษได้เป็น 1.5 ดาว คือ ตั้งแต่ 1.45 ดาว แต่ไม่ถึง 1.55 ดาว",
        ),
        (
            amount(None, Interval.between(3_000_000, 4_000_000, high_closed=True)),
            "amount from 3 million baht to 4 million baht.",
            "จำนวน ตั้งแต่ 3 ล้านบาท ถึง 4 ล้านบาท",
        ),
    ],
)
def test_a_figure_to_compare_with_that_is_missing_would_have_to_round_to_the_claimed_one(
    figure: Amount, english: str, thai: str
) -> None:
    missing = Missing({"en": "an official figure", "th": "ตัวเลขทางการ"})
    finding = found(Formula.VALUE, figure, missing, claimed=claims(None))
    assert finding.why == {
        "en": f"No figure to compare with yet: an official figure. The claim would agree with any {english}",
        "th": f"ยังไม่มีตัวเลขมาเทียบ: ตัวเลขทางการ คำกล่าวจะสอดคล้องกับ{thai}",
    }
    assert finding.notes[0] == {"en": "The figure is the speaker's own.", "th": "ตัวเลขนี้มาจากผู้กล่าวเอง"}


def test_a_speaker_does_not_confirm_herself() -> None:
    again = replace(SPENDING_2023, id="F2-again", value=Decimal("6.6e9"), interval=rounded("6.6e9", "1e8"))
    finding = found(Formula.VALUE, again, SPENDING_2023, claimed=claims(None))
    assert finding.result is Result.HOLDS
    assert finding.own_figures
    assert finding.why["en"].endswith("Both figures come from the same speaker, so that neither can confirm the other.")
    assert finding.why["th"].endswith("ตัวเลขทั้งสองมาจากผู้กล่าวคนเดียวกัน จึงใช้ยืนยันกันเองไม่ได้")


def test_figures_of_different_provenance_are_never_mixed_silently() -> None:
    official = replace(SPENDING_2023, id="doc", provenance="official_document", said_by=None)
    finding = found(Formula.RATIO, official, SPENDING_2020, claimed=claims("1.65"))
    assert finding.mixed
    assert not finding.own_figures
    assert finding.notes[0] == {
        "en": "The figures come from different kinds of source: “Official document” and “Speaker's own figure”.",
        "th": "ตัวเลขมาจากแหล่งต่างประเภทกัน คือ “เอกสารราชการ” และ “ตัวเลขของผู้กล่าว”",
    }


def test_no_finding_speaks_of_truth() -> None:
    words = {str(result.label) for result in Result} | {result.th for result in Result}
    assert not any(word in text.lower() for text in words for word in ("true", "false", "จริง", "เท็จ"))
