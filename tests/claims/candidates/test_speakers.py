"""Who speaks, when the text says so; and nobody when it does not."""

import pytest

from claims.candidates.cutting import sentences
from claims.candidates.names_th import bare
from claims.candidates.speakers import speakers
from claims.vocabulary import SaidBasis


def _who(text: str) -> list[tuple[str, str]]:
    return [(each.name, each.basis.value) for each in speakers(text, sentences(text))]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Malee Suksai said the app failed.", "Malee Suksai"),
        ("Ms Malee also questioned whether it was needed.", "Malee"),
        ("Malee Suksai, a Chonburi MP and member of a House committee, outlined six issues.", "Malee Suksai"),
        (
            "Labour permanent secretary Somchai Jaidee, who chairs the board, said yesterday it was so.",
            "Somchai Jaidee",
        ),
        ("“The app is slow,” said Malee Suksai.", "Malee Suksai"),
        ("According to Ms Malee, the strategy failed.", "Malee"),
        ("The main opposition People's Party (PP) has raised concerns over the budget.", "People's Party"),
        ("On Monday, Prime Minister Somsak Deejai announced a plan.", "Somsak Deejai"),
        ("นายสมชาย ใจดี ปลัดกระทรวงแรงงาน กล่าวว่า สำนักงานจะชี้แจง", "นายสมชาย ใจดี"),
        ("น.ส.มาลี สุขใส โพสต์เฟซบุ๊กว่า งบเพิ่มขึ้น", "น.ส.มาลี สุขใส"),
        ("วันที่ 2 พ.ค. 64 นางสาวมาลี สุขใส โฆษกพรรค เปิดเผยว่า งบเพิ่มขึ้น", "นางสาวมาลี สุขใส"),
        ("มาลี สุขใส ส.ส.กทม. ระบุว่า แอปใช้ไม่ได้", "มาลี สุขใส"),
        ("“มาลี” รมว.แรงงาน ยืนยันว่า ไม่กระทบผู้ประกันตน", "มาลี"),
        ("สำนักงานประกันสังคม ชี้แจงว่า ไม่กระทบผู้ประกันตน", "สำนักงานประกันสังคม"),
        ("กระทรวงแรงงานได้ตรวจสอบและชี้แจงว่า ข้อมูลเป็นเท็จ", "กระทรวงแรงงาน"),
        ("โฆษกกระทรวงแรงงาน แถลงว่า ข้อมูลเป็นเท็จ", "โฆษกกระทรวงแรงงาน"),
        ("ขอแสดงความเสียใจกับครอบครัว” นายสมชาย ใจดี ผู้ว่าฯ กล่าว", "นายสมชาย ใจดี"),
    ],
)
def test_who_speaks_is_read_from_the_sentence(text: str, name: str) -> None:
    assert _who(text) == [(name, "said")]


@pytest.mark.parametrize(
    "text",
    [
        "The board consists of 21 members.",
        "The app was said to be slow.",
        "It is noted by many.",
        "คณะกรรมการมี 21 คน",
        "รัฐมนตรีว่าการกระทรวงแรงงานเดินทางไปต่างประเทศ",
    ],
)
def test_nobody_speaks_where_the_text_names_nobody(text: str) -> None:
    assert _who(text) == [("", "report")]


def test_a_pronoun_or_a_title_means_whoever_spoke_last() -> None:
    text = "Malee Suksai said it failed.\nShe said it was dear.\nAccording to the MP, it was slow."
    assert _who(text) == [("Malee Suksai", "said")] * 3


def test_part_of_a_name_means_the_whole_name() -> None:
    assert _who("Malee Suksai said it failed.\nMs Suksai added that it was dear.") == [("Malee Suksai", "said")] * 2


def test_the_sentence_after_speech_is_implied_and_the_next_paragraph_is_not() -> None:
    text = "Malee Suksai said it rose. It doubled in a year.\nThe hotline cost 100 million baht."
    assert _who(text) == [("Malee Suksai", "said"), ("Malee Suksai", "implied"), ("", "report")]


def test_what_is_said_at_second_hand_says_so() -> None:
    text = "Malee Suksai said it rose.\nThe app reportedly cost 276 million baht, she said."
    assert [basis for _, basis in _who(text)] == ["said", "reportedly"]


def test_a_pronoun_before_anybody_spoke_names_nobody() -> None:
    [found] = speakers("She said it rose.", sentences("She said it rose."))
    assert (found.name, found.words, found.basis) == ("", "She", SaidBasis.SAID)


@pytest.mark.parametrize(
    ("name", "without"),
    [("นายสมชาย ใจดี", "สมชาย ใจดี"), ("น.ส.มาลี", "มาลี"), ("ดร.มาลี", "มาลี"), ("นายก", "นายก"), ("Malee", "Malee")],
)
def test_a_name_is_looked_up_without_its_honorific(name: str, without: str) -> None:
    assert bare(name) == without
