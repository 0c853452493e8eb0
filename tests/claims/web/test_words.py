"""Texts in two languages, and what must stay on one line."""

import pytest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from claims.vocabulary import Coverage
from claims.web.presentation.numbers import keep_together
from claims.web.presentation.shapes import shape
from claims.web.presentation.words import label, plain, say, translation_pending
from claims.web.templatetags.tamroi import sentence, together


def test_the_other_language_stands_in_and_is_marked() -> None:
    text = {"en": "", "th": "ก < ข"}
    assert say(text, "en") == '<span lang="th">ก &lt; ข</span>'
    assert isinstance(say(text, "en"), SafeString)
    assert say(text, "th") == "ก < ข"
    assert not isinstance(say(text, "th"), SafeString), "a stored text is never markup"
    assert plain(text, "en") == "ก < ข"
    assert translation_pending(text, "en")
    assert not translation_pending(text, "th")


@pytest.mark.parametrize("empty", [None, {"en": "", "th": ""}])
def test_nothing_said_is_nothing_shown(empty: dict[str, str] | None) -> None:
    assert say(empty, "en") == ""
    assert plain(empty, "th") == ""


def test_labels_are_those_of_the_lists() -> None:
    assert label(Coverage, "partly", "en") == "Answers part of this"
    assert label(Coverage, "partly", "th") == "ตอบบางส่วน"
    assert label(Coverage, "", "th") == ""
    assert label(Coverage, "a_code_of_tomorrow", "en") == "a_code_of_tomorrow"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("from 4 billion baht in 2020", "4 billion baht"),
        ("จาก 4,000 ล้านบาทในปี", "4,000 ล้านบาท"),
        ("rated 1.5 stars", "1.5 stars"),
        ("on 17 February 2025", "17 February 2025"),
        ("เมื่อวันที่ 17 กุมภาพันธ์ 2568", "วันที่ 17 กุมภาพันธ์ 2568"),
        ("15–17 กุมภาพันธ์ 2568", "15–17 กุมภาพันธ์ 2568"),
        ("ในปีงบประมาณ 2567", "ปีงบประมาณ 2567"),
        ("เรื่องงบประมาณ", "งบประมาณ"),
    ],
)
def test_amounts_and_dates_do_not_break(text: str, kept: str) -> None:
    assert f'<span class="n">{kept}</span>' in keep_together(text)


def test_typography_changes_no_letter_and_escapes() -> None:
    assert keep_together('<b>4 million</b> & "x"') == (
        '&lt;b&gt;<span class="n">4 million</span>&lt;/b&gt; &amp; &quot;x&quot;'
    )
    marked = mark_safe('<span lang="th">4,000 ล้านบาท</span>')
    assert together(marked) == '<span lang="th"><span class="n">4,000 ล้านบาท</span></span>'


def test_english_sentences_end_with_a_stop_and_thai_ones_do_not() -> None:
    with override("en"):
        assert sentence("As reported") == "As reported."
        assert sentence("She said “yes.”") == "She said “yes.”"
        assert sentence("") == ""
    with override("th"):
        assert sentence("ตามรายงานข่าว") == "ตามรายงานข่าว"


@pytest.mark.parametrize("code", [*Coverage.values, "none"])
def test_every_coverage_has_a_drawing_hidden_from_screen_readers(code: str) -> None:
    assert 'aria-hidden="true"' in shape(code)


def test_a_code_without_a_drawing_shows_only_its_word() -> None:
    assert shape("no such code") == ""
