"""Hedging words, kept as they are written."""

import pytest

from tests.budgets.quantities.shown import one


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("about 500 people", "about"), ("Nearly half", "Nearly"), ("more than 3 million Americans", "more than"),
        ("up to $2,000 a year", "up to"), ("at least 20 percent", "at least"),
        ("An estimated 17 million people", "An estimated"),
        ("reportedly cost 276 million baht", "reportedly"),
        ("reportedly more than 5 million baht", "reportedly more than"),
        ("~500 people", "~"), ("500 people or more", "or more"), ("five years or so", "or so"),
        ("ประมาณ 500 คน", "ประมาณ"), ("กว่า 300 ล้านบาท", "กว่า"), ("10 กว่าล้านบาท", "กว่า"), ("3,000 กว่าคน", "กว่า"),
        ("เกือบร้อยละ 5", "เกือบ"), ("ไม่เกิน 2 แสนบาท", "ไม่เกิน"), ("มากกว่า 300 คน", "มากกว่า"), ("ราว 276 ล้านบาท", "ราว"),
        ("สูงสุด 7,500 บาท", "สูงสุด"), ("7 ปีขึ้นไป", "ขึ้นไป"), ("มีรายงานว่าใช้งบ 550 ล้าน", "มีรายงานว่า"),
    ],
)  # fmt: skip
def test_a_hedge_is_kept(text: str, hedge: str) -> None:
    assert one(text).hedge == hedge


@pytest.mark.parametrize(
    "text",
    ["276 million baht", "just 1.5 stars", "งบประมาณ 276 ล้านบาท", "เข้าร่วม 500 คน", "คราว 5 คน", "only 5 members"],
)
def test_a_word_that_is_no_hedge_is_left_out(text: str) -> None:
    assert one(text).hedge is None
