"""What readers cannot see, or are misled by, is refused with its place; every script they read is not."""

import unicodedata

import pytest

from budgets.texts import MOST_FAULTS, faults, harmless

REFUSED = [
    *((code, "control characters") for code in range(0x20) if chr(code) not in "\n\t"),
    *((code, "control characters") for code in range(0x7F, 0xA0)),
    *((code, "unusual line break") for code in (0x2028, 0x2029)),
    *((code, "direction-changing") for code in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F))),
    *((code, "direction-changing") for code in range(0x2066, 0x206A)),
    *((code, "tag characters") for code in (0xE0000, 0xE0001, 0xE0020, 0xE0041, 0xE007F)),
    *((code, "invisible characters") for code in (0xFEFF, 0x200B, 0x2060, 0x206F, 0xFFF9, 0xFFFB, 0x180E)),
    *((code, "private-use") for code in (0xE000, 0xF8FF, 0xF0000, 0x10FFFD)),
    *((code, "not a character") for code in (0xFDD0, 0xFFFE, 0xFFFF, 0x10FFFF, 0x0378)),
    *((code, "half of a character") for code in (0xD800, 0xDFFF)),
]


@pytest.mark.parametrize(("code", "problem"), REFUSED, ids=[f"{code:04X}" for code, _ in REFUSED])
def test_a_refused_character_is_named_with_its_place(code: int, problem: str) -> None:
    (sentence,) = faults(f"ab{chr(code)}c")
    assert sentence.startswith("Character 3, ")
    assert f"U+{code:04X}" in sentence
    assert problem in sentence


@pytest.mark.parametrize(
    "text",
    [
        "",
        "two\nlines and\ta tab",
        "สำนักงานประกันสังคม ๒๕๖๘ “น้ำ”",
        "تامین اجتماعی، بخش ۱",
        "می\u200cخواهم",  # Persian needs the non-joiner
        "ක්\u200dර and 👩\u200d👧 and ❤\ufe0f",
        "café cafe\u0301, 4.2 ± 0.1 %, a\u00a0b, a\u202fb, soft\u00adhyphen",
        "𠮷野家 and 😀",
        "\ufffd",
    ],
)
def test_what_people_write_is_no_fault(text: str) -> None:
    assert faults(text) == []


def test_every_letter_mark_digit_and_sign_of_unicode_is_allowed() -> None:
    visible = "".join(
        chr(code) for code in range(0x110000) if unicodedata.category(chr(code))[0] in "LMNPS" and code != 0x180E
    )
    assert len(visible) > 140_000
    assert faults(visible) == []


def test_a_sentence_reads_as_place_character_and_remedy() -> None:
    assert faults("one \u202etwo\u202e \x07") == [
        "Character 5 (there are 2), U+202E (right-to-left override), is one of the direction-changing characters,"
        " which can disguise a text; delete it.",
        "Character 11, U+0007, is one of the control characters, which no page shows; paste the text as plain text.",
    ]


def test_sentences_come_in_the_order_of_the_text() -> None:
    assert [sentence[:11] for sentence in faults("\ufeffa\u202eb\x00")] == ["Character 1", "Character 3", "Character 5"]


def test_a_text_of_nothing_else_does_not_flood_the_page() -> None:
    found = faults("".join(map(chr, range(0xE000, 0xF900))))
    assert len(found) == MOST_FAULTS + 1
    assert found[-1].startswith("6,380 more characters")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\u3000=1", "＝1", " -x"])
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "12", "ข้อ 1", "a=b", "'=1"])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text
