"""The words that changed, for a person to see at a glance."""

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.sources.differing import Kind, Piece, differing, words

TEXT = st.one_of(
    st.text(max_size=120),
    st.text(alphabet="กขคงจนมรลาีิ่้แเโไๆ๐๑ .,\n", max_size=120),
    st.lists(
        st.sampled_from(["งบประมาณ", "ล้านบาท", "336", " ", "million", "not", "\n", "สำนักงาน", "ไม่ได้"]), max_size=40
    ).map("".join),
)


def shown(before: str, after: str) -> list[tuple[str, str]]:
    return [(piece.kind.value, piece.text) for piece in differing(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("set aside 336 million", "set aside 366 million",
            [("same", "set aside "), ("removed", "336"), ("added", "366"), ("same", " million")]),
        ("did not find it", "did find it", [("same", "did "), ("removed", "not "), ("same", "find it")]),
        ("ครูซื้อหนังสือ", "ครูขายหนังสือ", [("same", "ครู"), ("removed", "ซื้อ"), ("added", "ขาย"), ("same", "หนังสือ")]),
        ("ใช้จ่าย 336 ล้านบาท", "ใช้จ่าย 336 พันล้านบาท", None),
        ("the same", "the same", [("same", "the same")]),
        ("", "new", [("added", "new")]),
        ("old", "", [("removed", "old")]),
        ("", "", []),
    ],
)  # fmt: skip
def test_changed_words_stand_out(before: str, after: str, pieces: list[tuple[str, str]] | None) -> None:
    if pieces is not None:
        assert shown(before, after) == pieces
    assert joined(differing(before, after), Kind.ADDED) == before
    assert joined(differing(before, after), Kind.REMOVED) == after


def joined(pieces: list[Piece], without: Kind) -> str:
    return "".join(piece.text for piece in pieces if piece.kind is not without)


def test_thai_is_cut_into_words_and_not_letters() -> None:
    assert words("ครูซื้อหนังสือ 336 เล่ม") == ["ครู", "ซื้อ", "หนังสือ", " ", "336", " ", "เล่ม"]


@given(TEXT, TEXT)
def test_both_texts_can_be_put_together_again(before: str, after: str) -> None:
    pieces = differing(before, after)
    assert joined(pieces, Kind.ADDED) == before
    assert joined(pieces, Kind.REMOVED) == after
    assert all(piece.text for piece in pieces)
    assert all(one.kind is not other.kind for one, other in pairwise(pieces))


@given(TEXT)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert differing(text, text) == ([Piece(Kind.SAME, text)] if text else [])


@given(TEXT)
def test_cutting_into_words_loses_nothing(text: str) -> None:
    assert "".join(words(text)) == text


@pytest.mark.parametrize("kind", ["prose", "no sentence ends", "nothing in common", "thai without a space"])
def test_a_hundred_thousand_characters_are_compared_in_bounded_time(kind: str) -> None:
    rng = random.Random(7)
    syllables = (
        ["กา", "นำ", "งบ", "บาท", "ครู", "ไม่", "ได้", "ราคา", "เมือง"]
        if "thai" in kind
        else ["ab", "cd", "efg", "hi", "jkl"]
    )
    gap = {"prose": ". ", "thai without a space": ""}.get(kind, " ")
    parts = [rng.choice(syllables) + rng.choice(syllables) for _ in range(100_000)]
    before = gap.join(parts)[:100_000]
    if kind == "nothing in common":
        after = before.upper()
    else:
        after = before[:30_000] + " NEW " + before[30_100:60_000] + before[60_005:]
    begin = time.process_time()
    pieces = differing(before, after)
    assert time.process_time() - begin < 10
    assert joined(pieces, Kind.ADDED) == before
    assert joined(pieces, Kind.REMOVED) == after
