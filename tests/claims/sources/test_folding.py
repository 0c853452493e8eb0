"""One spelling for comparing: what differs only in looks folds to the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.sources.folding import fold, fold_text, skeleton

THAI = st.text(alphabet="กขนทำาํ้่ีิัูเแโไๆฯ๐๑๕ \u200b\u00ad\uf70a\uf70b“”-–—ab1.,", max_size=60)
ANYTHING = st.one_of(st.text(max_size=80), THAI)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("น้ำ", "น\u0e4d\u0e49\u0e32"),  # sara am taken apart, tone mark last or first
        ("น้ำ", "น\u0e49\u0e4d\u0e32"),
        ("แม่", "เเม่"),
        ("ที่", "ท\u0e48\u0e35"),
        ("ปี ๒๕๖๗", "ปี 2567"),
        ("จัง\u200bหวัด", "จังหวัด"),
        ("หลัก ฐาน", "หลักฐาน"),
        ("ก\uf70aข", "ก่ข"),
        ("“did not”", '"did not"'),
        ("auditor’s", "auditor's"),
        ("funds -- missing", "funds — missing"),
        ("2020–2023", "2020-2023"),
        ("ﬁnance ＡＢＣ", "finance abc"),
        ("soft\u00adhyphen", "softhyphen"),
        ("Straße", "STRASSE"),
        ("3\u00a0million", "3 million"),
    ],
)
def test_the_same_words_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("3.2", "32"), ("ไม่พบ", "พบ"), ("2567", "2566"), ("ปา", "ป่า"), ("ก", "ข")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_a_skeleton_keeps_letters_and_digits() -> None:
    assert skeleton("ไม่พบ น้ำ 3.2") == "ไมพบ นา 3.2"


@given(ANYTHING)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANYTHING)
def test_a_folded_text_has_no_space_and_no_thai_digit(text: str) -> None:
    assert not any(char.isspace() or char in "๐๑๒๓๔๕๖๗๘๙\u200b\u00ad" for char in fold(text))


@given(
    st.lists(
        st.sampled_from(["น้ำ", "The", "“audit”", "๒๕๖๗", "3.2", "\n", "ล้าน", "—", "ﬁnds", "เเม่"]),
        min_size=1,
        max_size=40,
    )
)
def test_every_folded_word_is_traced_back_to_its_place(words: list[str]) -> None:
    text = fold_text(" ".join(words))
    for word in words:
        needle = fold(word)
        if not needle:
            continue
        at = text.folded.find(needle)
        start, end = text.original(at, at + len(needle))
        assert fold(text.text[start:end]) == needle


def test_a_long_line_is_traced_back_without_folding_all_of_it() -> None:
    text = fold_text("word " * 20_000 + "needle น้ำ " + "word " * 20_000)
    at = text.folded.find(fold("needle น้ำ"))
    assert text.text[slice(*text.original(at, at + len(fold("needle น้ำ"))))] == "needle น้ำ"
