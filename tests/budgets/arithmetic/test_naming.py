"""Figures of one name are told apart by year and amount; others keep their plain name."""

from budgets.arithmetic.naming import told_apart
from budgets.intervals import Interval
from tests.budgets.arithmetic.cast import amount


def test_figures_of_different_names_keep_them() -> None:
    other = amount("2", label={"en": "Rental", "th": "ค่าเช่า"})
    assert [name["en"] for name in told_apart((amount("1"), other))] == ["“Spending”", "“Rental”"]


def test_figures_of_one_name_carry_year_and_amount() -> None:
    ranged = amount(None, Interval.between(1_500_000, 2_500_000), year=2024, basis="fiscal_year")
    undated = amount("6.61e9", year=None)
    assert told_apart((ranged, undated)) == [
        {
            "en": "“Spending” (fiscal year 2024, from 1.5 million baht to under 2.5 million baht)",
            "th": "“รายจ่าย” (ปีงบประมาณ 2567 จำนวน ตั้งแต่ 1.5 ล้านบาท แต่ไม่ถึง 2.5 ล้านบาท)",
        },
        {"en": "“Spending” (6.61 billion baht)", "th": "“รายจ่าย” (6,610 ล้านบาท)"},
    ]


def test_one_name_in_one_language_is_enough_to_tell_them_apart() -> None:
    other = amount("2", label={"en": "Outlay", "th": "รายจ่าย"})
    assert [name["th"] for name in told_apart((amount("1"), other))] == [
        "“รายจ่าย” (ปี 2566 จำนวน 1 บาท)",
        "“รายจ่าย” (ปี 2566 จำนวน 2 บาท)",
    ]
