"""Letters on paper: what they say can be read by eyes and by programs, Thai included."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pypdfium2
from PIL import Image, ImageChops

from claims.asking import wording
from claims.asking.page import Page
from claims.asking.pdf import letter_pdf
from claims.sources.extract.pdf import from_pdf
from tests.claims.asking.letters import NOW

THAI = Page(
    lang="th",
    sender=("ตามรอย", "https://tamroi.example"),
    number="TR 2569/0001",
    day="24 พฤศจิกายน 2569",
    to=("ผู้อำนวยการสำนักงานประกันสังคม",),
    subject="ขอความอนุเคราะห์ชี้แจงข้อเท็จจริง",
    salutation="",
    paragraphs=(("คำกล่าวที่เกี่ยวข้อง", "ปั้นน้ำเป็นตัว ฝั่งญี่ปุ่น ฐานะ ฤๅษี ใช้งบ 6,610 ล้านบาท “เพิ่มขึ้นเป็นสองเท่า”"),),
    closing="ขอแสดงความนับถือ",
    signature=("กองบรรณาธิการตามรอย",),
)


def with_lines(*lines: str, lang: str = "th") -> bytes:
    return letter_pdf(replace(THAI, lang=lang, paragraphs=(lines,)), made_at=NOW)


def read(pdf: bytes) -> str:
    return asyncio.run(from_pdf(pdf)).main


def picture(pdf: bytes) -> Image.Image:
    """The first page, 144 dots an inch."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        image: Image.Image = document[0].render(scale=2).to_pil().convert("L")
        return image
    finally:
        document.close()


def differs(first: bytes, second: bytes) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of where two pages differ."""
    box = ImageChops.difference(picture(first), picture(second)).getbbox()
    assert box is not None, "they differ"
    return box


def test_our_own_reader_finds_every_thai_word_in_its_order() -> None:
    text = read(letter_pdf(THAI, made_at=NOW))
    for part in (*THAI.paragraphs[0], THAI.subject, THAI.to[0], THAI.closing, THAI.day, THAI.number):
        assert part in text, part


def test_an_english_letter_with_a_thai_address_is_read_as_it_is() -> None:
    page = replace(THAI, lang="en", paragraphs=(("It “rose” – 6.61 bn; see Ministère, Łódź.", "น้ำใจ"),))
    text = read(letter_pdf(page, made_at=NOW))
    assert "It “rose” – 6.61 bn; see Ministère, Łódź." in text
    assert "ผู้อำนวยการสำนักงานประกันสังคม" in text


def test_a_tone_mark_stands_above_the_vowel_and_not_on_it() -> None:
    bare, vowel, toned = (with_lines(text) for text in ("ป", "ปี", "ปี่"))
    _, top_of_vowel, _, _ = differs(bare, vowel)
    _, _, _, bottom_of_tone = differs(vowel, toned)
    assert bottom_of_tone <= top_of_vowel + 1


def test_a_line_that_begins_in_the_other_font_leaves_the_next_one_as_it_is() -> None:
    """The library keeps the font of the line before, and would draw a bold one's glyphs by a thin one's numbers."""
    heading, line = wording.HEADINGS["th"][0], "ตัวเลขนี้ถูกต้องหรือไม่"
    _, top, _, bottom = differs(with_lines(heading, "ก", line), with_lines(heading, "1. “ก”", line))
    assert bottom - top < 40, "one line differs, and the next one does not"


def test_thai_breaks_between_words_and_a_link_that_is_too_long_by_letters() -> None:
    link = "https://tamroi.example/th/reply/" + "x" * 120
    text = read(with_lines("ข้อเท็จจริง" * 30, link))
    lines = [line for line in text.split("\n") if line.startswith("ข้อเท็จจริง")]
    assert len(lines) > 3
    assert all(line.replace("ข้อเท็จจริง", "").replace("ข้อ", "").replace("เท็จจริง", "") == "" for line in lines)
    assert link in text.replace("\n", "")


def test_a_long_letter_goes_on_overleaf_with_its_number_on_every_page() -> None:
    pdf = letter_pdf(replace(THAI, paragraphs=tuple((f"ย่อหน้าที่ {n}",) for n in range(80))), made_at=NOW)
    document = pypdfium2.PdfDocument(pdf)
    try:
        assert len(document) > 1
        assert all("TR 2569/0001 ·" in page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
    assert "ย่อหน้าที่ 79" in read(pdf)


def test_the_same_letter_is_the_same_file_and_a_small_one() -> None:
    first, second = (letter_pdf(THAI, made_at=NOW) for _ in range(2))
    assert first == second
    assert len(first) < 100_000
