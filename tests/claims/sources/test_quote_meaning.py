"""What may change in a quote without changing what it says, and what may not: in both languages, numbers as quantities.

Every case is a whole sentence of our own: as quoted, and as it stands on the page now.
"""

import pytest

from claims.sources.folding import fold_text
from claims.sources.meaning import Wording, measured
from claims.sources.quote import Quote, QuoteFinding, find_quote
from claims.vocabulary import QuoteState

ROAD = "the province set aside 276 million baht for the coastal road and opened bids in March 2024, officials said"
CLINIC = "three new clinics will serve about 12,500 people in the hills at a cost of US$4.7 million a year, she wrote"
LOAN = "the bank lent the town RM 4.7 million at 3.2 percent and wants half of it back within five years, minutes show"
VOTE = "the council voted 14 to 9 on Tuesday to cut the school budget by 0.5 billion baht despite strong protests"
TEMPLE = "จังหวัดตั้งงบ 276 ล้านบาท สำหรับซ่อมถนนเลียบชายฝั่ง และเปิดประมูลในปี พ.ศ. 2567 ตามเอกสารที่เผยแพร่"
WATER = "เทศบาลใช้เงิน 2 พันล้านบาท สร้างระบบประปาให้ประชาชน 12,500 คน คิดเป็นร้อยละ 45 ของครัวเรือนทั้งหมด"
SCHOOL = "โรงเรียนสามแห่งได้รับเงิน ๑๕๐,๐๐๐ บาท ในปีงบประมาณ 2566 แต่ไม่ได้ใช้ถึงครึ่งหนึ่งของวงเงินที่อนุมัติไว้"
BARE = "สำนักงานเสนองบ 276 ล้าน เพื่อจัดซื้อเครื่องกรองน้ำให้โรงพยาบาลชุมชนทุกแห่งในจังหวัดชายแดนภาคใต้"

SAME = [
    (ROAD, "276 million baht", "276m baht"),
    (ROAD, "276 million baht", "THB 276 million"),
    (ROAD, "276 million baht", "฿276 million"),
    (ROAD, "276 million baht", "0.276 billion baht"),
    (ROAD, "276 million baht", "276,000,000 baht"),
    (ROAD, "276 million baht", "Bt276 million"),
    (ROAD, "set aside", "set  aside"),
    (ROAD, "the coastal road", "a coastal road"),
    (ROAD, "and opened", "— and opened"),
    (CLINIC, "three new", "3 new"),
    (CLINIC, "12,500", "12500"),
    (CLINIC, "12,500 people", "12.5 thousand people"),
    (CLINIC, "US$4.7 million", "USD 4.7 million"),
    (CLINIC, "US$4.7 million", "4.7 million US dollars"),
    (CLINIC, "US$4.7 million", "US$4,700,000"),
    (CLINIC, "she wrote", "she  wrote"),
    (LOAN, "RM 4.7 million", "4.7 million ringgit"),
    (LOAN, "RM 4.7 million", "RM4.7m"),
    (LOAN, "3.2 percent", "3.2%"),
    (LOAN, "3.2 percent", "3.2 per cent"),
    (LOAN, "five years", "5 years"),
    (VOTE, "0.5 billion baht", "500 million baht"),
    (VOTE, "0.5 billion baht", "฿500m"),
    (VOTE, "budget", "“budget”"),
    (TEMPLE, "276 ล้านบาท", "๒๗๖ ล้านบาท"),
    (TEMPLE, "276 ล้านบาท", "276,000,000 บาท"),
    (TEMPLE, "276 ล้านบาท", "276 ล้าน"),
    (TEMPLE, "พ.ศ. 2567", "ค.ศ. 2024"),
    (TEMPLE, "ปี พ.ศ. 2567", "ปี 2567"),
    (TEMPLE, "พ.ศ. 2567", "พ.ศ. ๒๕๖๗"),
    (WATER, "2 พันล้านบาท", "2,000 ล้านบาท"),
    (WATER, "2 พันล้านบาท", "สองพันล้านบาท"),
    (WATER, "2 พันล้านบาท", "๒ พันล้านบาท"),
    (WATER, "ร้อยละ 45", "45%"),
    (WATER, "ร้อยละ 45", "45 เปอร์เซ็นต์"),
    (WATER, "12,500 คน", "๑๒,๕๐๐ คน"),
    (SCHOOL, "๑๕๐,๐๐๐ บาท", "150,000 บาท"),
    (SCHOOL, "๑๕๐,๐๐๐ บาท", "1.5 แสนบาท"),
    (SCHOOL, "ปีงบประมาณ 2566", "ปีงบประมาณ พ.ศ. 2566"),
    (SCHOOL, "วงเงิน", "วง\u200bเงิน"),
    (BARE, "276 ล้าน", "276 ล้านบาท"),
    (BARE, "276 ล้าน", "๒๗๖ ล้านบาท"),
    (BARE, "จัดซื้อ", "จัด ซื้อ"),
]
EDITS = [
    (ROAD, "million", "billion"),
    (ROAD, "276 million baht", "267 million baht"),
    (ROAD, "276 million baht", "276 million ringgit"),
    (ROAD, "276 million baht", "$276 million"),
    (ROAD, "276 million baht", "276.5 million baht"),
    (ROAD, "276 million baht", "276 thousand baht"),
    (ROAD, "276 million baht", "about 276 million baht"),
    (ROAD, "March 2024", "March 2025"),
    (ROAD, "March", "May"),
    (ROAD, "2024", "2567"),
    (ROAD, "opened", "closed"),
    (ROAD, "coastal", "costal"),
    (ROAD, "set aside", "did not set aside"),
    (ROAD, "province", "provinces"),
    (CLINIC, "three", "thirty"),
    (CLINIC, "three", "four"),
    (CLINIC, "12,500", "125,000"),
    (CLINIC, "12,500", "1,250"),
    (CLINIC, "about 12,500", "12,500"),
    (CLINIC, "about", "over"),
    (CLINIC, "US$4.7 million", "A$4.7 million"),
    (CLINIC, "US$4.7 million", "4.7 million baht"),
    (CLINIC, "a year", "a month"),
    (CLINIC, "will", "won't"),
    (LOAN, "RM 4.7 million", "4.7 million baht"),
    (LOAN, "RM 4.7 million", "RM 7.4 million"),
    (LOAN, "3.2 percent", "2.3 percent"),
    (LOAN, "3.2 percent", "3.2 percentage points"),
    (LOAN, "half", "a third"),
    (LOAN, "half", "twice"),
    (LOAN, "lent", "owed"),
    (LOAN, "five years", "five months"),
    (LOAN, "five", "fifteen"),
    (VOTE, "14 to 9", "9 to 14"),
    (VOTE, "14 to 9", "14 to 8"),
    (VOTE, "cut", "raise"),
    (VOTE, "Tuesday", "Thursday"),
    (VOTE, "0.5 billion", "5 billion"),
    (VOTE, "0.5 billion", "-0.5 billion"),
    (VOTE, "despite", "without"),
    (TEMPLE, "ล้านบาท", "พันล้านบาท"),
    (TEMPLE, "276", "267"),
    (TEMPLE, "บาท", "ริงกิต"),
    (TEMPLE, "พ.ศ. 2567", "พ.ศ. 2566"),
    (TEMPLE, "พ.ศ. 2567", "ค.ศ. 2567"),
    (TEMPLE, "ปี พ.ศ. 2567", "ปี 2024"),
    (TEMPLE, "เปิดประมูล", "ปิดประมูล"),
    (TEMPLE, "ตั้งงบ", "ตัดงบ"),
    (TEMPLE, "จังหวัดตั้ง", "จังหวัดไม่ตั้ง"),
    (WATER, "2 พันล้าน", "2 หมื่นล้าน"),
    (WATER, "2 พันล้าน", "2 ล้าน"),
    (WATER, "12,500 คน", "12,500 ครัวเรือน"),
    (WATER, "ร้อยละ 45", "ร้อยละ 54"),
    (WATER, "ร้อยละ 45", "45 คน"),
    (WATER, "ทั้งหมด", "บางส่วน"),
    (SCHOOL, "สาม", "สี่"),
    (SCHOOL, "๑๕๐,๐๐๐", "๑๕,๐๐๐"),
    (SCHOOL, "2566", "2567"),
    (SCHOOL, "ไม่ได้ใช้", "ได้ใช้"),
    (SCHOOL, "ครึ่งหนึ่ง", "หนึ่งในสาม"),
    (SCHOOL, "อนุมัติ", "ไม่อนุมัติ"),
    (BARE, "276 ล้าน", "276 ล้านริงกิต"),
    (BARE, "276 ล้าน", "276 พันล้าน"),
    (BARE, "276 ล้าน", "ราว 276 ล้าน"),
    (BARE, "ชายแดนภาคใต้", "ชายแดนภาคเหนือ"),
]


def look(quote: str, old: str, new: str) -> QuoteFinding:
    assert quote.count(old) == 1
    page = f"ข่าวเมื่อวานนี้ The news of yesterday.\n{quote.replace(old, new)}.\nMore follows. โปรดติดตามต่อไป"
    return find_quote(Quote(quote), fold_text(page))


@pytest.mark.parametrize(("quote", "old", "new"), SAME)
def test_another_spelling_of_the_same_is_no_edit(quote: str, old: str, new: str) -> None:
    assert look(quote, old, new).state is QuoteState.INTACT


@pytest.mark.parametrize(("quote", "old", "new"), EDITS)
def test_another_meaning_is_an_edit(quote: str, old: str, new: str) -> None:
    finding = look(quote, old, new)
    assert finding.state is QuoteState.EDITED
    assert new.partition(" ")[0][:6] in finding.found


def test_there_are_many_cases_in_both_languages() -> None:
    assert len(SAME) + len(EDITS) >= 100
    assert sum(quote in (TEMPLE, WATER, SCHOOL, BARE) for quote, _, _ in SAME + EDITS) >= 40


@pytest.mark.parametrize(
    "text", ["", " ", "ไม่มีตัวเลข", "no number", "-", "276", "๒๗๖ล้านบาท", "5-6 bn baht", "-3%", "1506, 1506"]
)
def test_a_passage_says_what_it_says(text: str) -> None:
    assert Wording(text).is_said_by(text)
    assert Wording(text).has_numbers_of(text)


def test_a_sign_or_scale_beside_a_quantity_is_kept() -> None:
    assert [token.form for token in measured("-5% of 3m baht")] != [token.form for token in measured("5% of 3m baht")]


def test_the_numbers_of_a_passage_are_compared_whatever_its_words() -> None:
    assert Wording("RM 4.7 million was lent").has_numbers_of("somebody owes 4.7 million ringgit")
    assert not Wording("RM 4.7 million was lent").has_numbers_of("RM 4.8 million was lent")
