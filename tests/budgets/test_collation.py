"""Thai names stand in dictionary order."""

import pytest

from budgets.collation import sort_key_en, sort_key_th


def test_leading_vowels_sort_after_their_consonant() -> None:
    names = ["โรงงาน", "แรงงาน", "เกษตร", "กลาโหม", "ประกัน", "ไทย"]
    assert sorted(names, key=sort_key_th) == ["กลาโหม", "เกษตร", "ไทย", "ประกัน", "แรงงาน", "โรงงาน"]


def test_tone_marks_only_break_ties() -> None:
    assert sorted(["ข้าว", "ขาว", "ขาวดี"], key=sort_key_th) == ["ขาว", "ข้าว", "ขาวดี"]


def test_latin_names_ignore_case_accents_and_the_article() -> None:
    assert sorted(["the Fund", "Élan", "agency"], key=sort_key_en) == ["agency", "Élan", "the Fund"]


@pytest.mark.parametrize("name", ["", "เ", "Ab1"])
def test_odd_names_have_a_key(name: str) -> None:
    assert isinstance(sort_key_th(name), str)
