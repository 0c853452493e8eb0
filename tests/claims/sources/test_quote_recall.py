"""A quote in half a megabyte: found although some of its letters changed, and never taken from a look-alike."""

import random
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.sources.folding import FoldedText, fold, fold_text
from claims.sources.quote import Quote, find_quote
from claims.vocabulary import QuoteState

_ENGLISH = """
ministry road village water audit committee minister asked session record public member fund hospital district
plan report yesterday contract rejected signed every northern river school pension board lawyer answered monday
budget share number baht million agreed delayed bridge repair storm harvest price rice export union worker
opened closed office letter witness judge hearing never again without under over between among new old large
"""
_THAI = """
กระทรวง ถนน หมู่บ้าน น้ำประปา ตรวจสอบ คณะกรรมการ รัฐมนตรี สอบถาม ประชุม บันทึก สาธารณะ สมาชิก กองทุน โรงพยาบาล อำเภอ
แผนงาน รายงาน เมื่อวาน สัญญา ปฏิเสธ ลงนาม ภาคเหนือ แม่น้ำ โรงเรียน บำนาญ ทนายความ ตอบ วันจันทร์ งบประมาณ สัดส่วน
จำนวน บาท ล้าน เห็นชอบ ล่าช้า สะพาน ซ่อมแซม พายุ เก็บเกี่ยว ราคา ข้าว ส่งออก สหภาพ แรงงาน เปิด ปิด สำนักงาน จดหมาย
"""
_SYLLABLES = {
    "en": "ba con der fi gram hol in jus ka lo men nor pe qui ras sto tion un ver wis",
    "th": "กา ขอม ครู จัด ชา ตน ทาง นำ บน ปี ผล พร มือ ยา รับ ลม วัน สา หา อู่",
}


def vocabulary(lang: str, real: str) -> list[str]:
    """Real words, and made-up ones so that no word is much too common."""
    rng, syllables = random.Random(5), _SYLLABLES[lang].split()
    return real.split() + ["".join(rng.choices(syllables, k=rng.randint(2, 4))) for _ in range(1_500)]


WORDS = {"en": vocabulary("en", _ENGLISH), "th": vocabulary("th", _THAI)}
LETTERS = {"en": "abcdefghijklmnoprstuvwy ", "th": "กขคงจชดตทนบปผพมยรลวสหอาีิุูเแไ"}
HALF = 250_000


def prose(lang: str, rng: random.Random, length: int) -> str:
    """Sentences of random words, as long as asked or a little longer."""
    gap, out, size = (" " if lang == "en" else ""), [], 0
    while size < length:
        out.append(gap.join(rng.choice(WORDS[lang]) for _ in range(12)))
        size += len(out[-1]) + 2
    return (".\n" if lang == "en" else " \n").join(out)


@cache
def filler(lang: str, seed: int) -> FoldedText:
    return fold_text(prose(lang, random.Random(seed), HALF) + "\n")


def between(before: FoldedText, middle: str, after: FoldedText) -> FoldedText:
    """As if all three had been folded as one text."""
    inner = fold_text(middle + "\n")
    parts = (before, inner, after)
    text, folded = "".join(part.text for part in parts), "".join(part.folded for part in parts)
    starts: list[int] = []
    folded_starts: list[int] = []
    at = folded_at = 0
    for part in parts:
        starts += [at + start for start in part.starts]
        folded_starts += [folded_at + start for start in part.folded_starts]
        at, folded_at = at + len(part.text), folded_at + len(part.folded)
    return FoldedText(text, folded, tuple(starts), tuple(folded_starts))


def edited(text: str, letters: str, edits: int, rng: random.Random) -> str:
    """So many letters of `text` replaced, put in or taken out at random places."""
    for _ in range(edits):
        at = rng.randrange(len(text))
        how = rng.randrange(3)
        text = text[:at] + (rng.choice(letters) if how < 2 else "") + text[at + (how != 1) :]
    return text


@pytest.mark.parametrize("lang", ["en", "th"])
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(10, 10**9), length=st.integers(60, 700), share=st.floats(0, 0.08))
def test_a_quote_with_some_letters_changed_is_still_found(lang: str, seed: int, length: int, share: float) -> None:
    rng = random.Random(seed)
    quote = prose(lang, rng, length)[:length].replace("\n", " ").strip()
    edits = int(len(fold(quote)) * share)
    now = edited(quote, LETTERS[lang], edits, rng)
    before = filler(lang, 1)
    finding = find_quote(Quote(quote), between(before, now, filler(lang, 2)))
    assert finding.state in ((QuoteState.INTACT, QuoteState.EDITED) if edits else (QuoteState.INTACT,))
    assert abs(finding.start - len(before.text)) <= max(30, length // 4)


@pytest.mark.parametrize("lang", ["en", "th"])
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(10, 10**9), length=st.integers(30, 700))
def test_a_text_of_the_same_letters_is_not_taken_for_the_quote(lang: str, seed: int, length: int) -> None:
    quote = prose(lang, random.Random(seed), length)[:length].replace("\n", " ").strip()
    retold = quote[::-1]
    finding = find_quote(Quote(quote), between(filler(lang, 1), retold, filler(lang, 2)))
    assert finding.state is QuoteState.LOST


@pytest.mark.parametrize("lang", ["en", "th"])
@settings(max_examples=20, deadline=None)
@given(seed=st.integers(10, 10**9))
def test_of_look_alikes_the_one_with_the_quotes_neighbours_is_reported(lang: str, seed: int) -> None:
    rng = random.Random(seed)
    quote, prefix, suffix = (prose(lang, rng, size)[:size].replace("\n", " ").strip() for size in (120, 60, 60))
    at = rng.randrange(20, 100)
    here, there = (quote[:at] + number + quote[at:] for number in (" 77 ", " 99 "))
    text = between(filler(lang, 1), f"{there}\n{prefix} {here} {suffix}\n{there}", filler(lang, 2))
    finding = find_quote(Quote(quote, prefix, suffix), text)
    assert finding.state is QuoteState.EDITED
    assert "77" in finding.found


def test_a_page_of_equal_rows_names_the_row_that_was_quoted() -> None:
    rows = [
        f"District {n} was given {1_000 + 7 * n} baht for its roads and {2_000 + 3 * n} baht for its schools."
        for n in range(5_000)
    ]
    text = fold_text("\n".join(rows))
    assert find_quote(Quote(rows[3_210]), text).state is QuoteState.INTACT
    assert find_quote(Quote(rows[3_210]), text).found == rows[3_210]
