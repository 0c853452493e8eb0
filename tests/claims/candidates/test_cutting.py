"""A text falls into sentences, clauses and items, and every one of them stands in the text where it says."""

import pytest

from claims.candidates.cutting import sentences


def _cut(text: str) -> list[str]:
    return [text[each.start : each.end] for each in sentences(text)]


def test_english_sentences_end_at_their_stops() -> None:
    text = 'The app failed. It cost 6.61 billion baht! "Why?" she asked; nobody answered.'
    assert _cut(text) == [
        "The app failed.", "It cost 6.61 billion baht!", '"Why?" she asked;', "nobody answered.",
    ]  # fmt: skip


def test_an_abbreviation_ends_no_sentence() -> None:
    text = "Ms. Somsri of No. 5 Street met Dr. J. Smith. Gen. Prayut left."
    assert _cut(text) == ["Ms. Somsri of No. 5 Street met Dr. J. Smith.", "Gen. Prayut left."]


def test_a_wrapped_line_goes_on_and_another_one_is_a_paragraph() -> None:
    found = sentences("The office spent\nfour billion baht.\nIt denies this\n\nbut spoke of it")
    assert [each.block for each in found] == [0, 1, 2]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("- first thing\n• second thing\n2) third thing", ["first thing", "second thing", "third thing"]),
        ("She asked for: (1) a refund (2) an audit", ["She asked for:", "a refund", "an audit"]),
        ("1. งบเพิ่ม 2. แอปแพง 276 ล้านบาท", ["งบเพิ่ม", "แอปแพง 276 ล้านบาท"]),
        ("๑. งบเพิ่ม ๒. แอปแพง", ["งบเพิ่ม", "แอปแพง"]),
        ("หนึ่ง เพิ่มงบ 10% สอง ลดค่าเช่า", ["หนึ่ง เพิ่มงบ 10%", "สอง ลดค่าเช่า"]),
        ("ประการแรก งบ 336 ล้านบาท ประการที่สอง แอปใช้ไม่ได้", ["ประการแรก งบ 336 ล้านบาท", "ประการที่สอง แอปใช้ไม่ได้"]),
        ("Firstly, it is slow. Secondly, it is dear.", ["Firstly, it is slow.", "Secondly, it is dear."]),
    ],
)
def test_the_items_of_a_list_are_cut_apart(text: str, items: list[str]) -> None:
    assert _cut(text) == items


@pytest.mark.parametrize(
    "text", ["มีผู้ป่วย 2) รายงานเพิ่ม", "คนที่ หนึ่ง ของรุ่น", "version 1. of the plan", "ข้อ 1. งบเพิ่ม ข้อ 7. แอปแพง"]
)
def test_a_lone_number_begins_no_item(text: str) -> None:
    assert _cut(text) == [text]


def test_a_thai_line_ends_before_a_word_that_opens_a_clause() -> None:
    text = "สำนักงานใช้งบประมาณพัฒนาแอปพลิเคชันไปแล้ว นอกจากนี้ ยังเช่าอาคารเพิ่มอีกสองแห่ง"
    assert _cut(text) == ["สำนักงานใช้งบประมาณพัฒนาแอปพลิเคชันไปแล้ว", "นอกจากนี้ ยังเช่าอาคารเพิ่มอีกสองแห่ง"]


def test_a_word_that_only_begins_like_an_opener_opens_nothing() -> None:
    """โดยสาร is a passenger, โดย opens a clause."""
    text = "กระทรวงคมนาคมเพิ่มเที่ยววิ่งให้แก่ประชาชน โดยสารฟรีตลอดเดือน"
    assert _cut(text) == [text]
    assert len(_cut(text.replace("โดยสาร", "โดยให้"))) == 2


@pytest.mark.parametrize(
    "text",
    [
        "งบประชาสัมพันธ์ของสำนักงานประกันสังคมตลอดทั้งปีงบประมาณที่ผ่านมามีจำนวน 336 ล้านบาทถ้วนตามที่ได้รายงานต่อสภา",
        "เรื่องนี้ในที่ประชุมสภาผู้แทนราษฎรเมื่อวานนี้ได้รับคำตอบจาก นายสมชาย ใจดีเป็นอย่างยิ่งและมั่นคง",
        "ผู้อำนวยการสำนักงานได้กล่าวในที่ประชุมเมื่อวันจันทร์ที่ผ่านมาว่า โครงการทั้งหมดจะแล้วเสร็จภายในสิ้นปีนี้",
    ],
)
def test_numbers_names_and_reported_speech_stay_whole_in_thai(text: str) -> None:
    assert _cut(text) == [text]


def test_a_long_thai_line_without_any_sign_is_cut_at_a_space_between_long_stretches() -> None:
    stretch = "ประชาชนจำนวนมากเดินทางมาร่วมงานที่จังหวัดเชียงใหม่ในวันหยุดยาว"
    assert _cut(f"{stretch} {stretch}") == [stretch, stretch]


def test_positions_are_code_points_of_the_text_as_given() -> None:
    text = "\r\n  • ๑. 😀 The app, e\u0301t cetera.  \n\tสวัสดี"
    for each in sentences(text):
        words = text[each.start : each.end]
        assert words == words.strip()
        assert words in text


@pytest.mark.parametrize("text", ["", "   \n\t\n ", "—\n•\n***", "1. 2. 3."])
def test_what_says_nothing_gives_no_sentence(text: str) -> None:
    assert _cut(text) == [] or text == "1. 2. 3."
