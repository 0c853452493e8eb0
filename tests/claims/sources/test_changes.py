"""Two versions side by side: the sentence that took another's place is compared with it, the rest stands whole."""

import time

from claims.sources.changes import MOST_CHARACTERS, MOST_SENTENCES, changed_words, changes, paired
from claims.sources.differing import Kind, Piece


def test_a_reworded_sentence_is_shown_as_one() -> None:
    found = changes("T\nIt met on Monday. It rained.", "T\nIt met on Tuesday. It rained.")
    assert [[(piece.kind, piece.text) for piece in pieces] for pieces in found.sentences] == [
        [(Kind.SAME, "It met on "), (Kind.REMOVED, "Monday"), (Kind.ADDED, "Tuesday"), (Kind.SAME, ".")]
    ]


def test_sentences_without_a_likeness_stand_whole() -> None:
    found = paired(["The whole board resigned at noon."], ["ฝนตกหนักทั้งวัน"])
    assert found == [
        (Piece(Kind.REMOVED, "The whole board resigned at noon."),),
        (Piece(Kind.ADDED, "ฝนตกหนักทั้งวัน"),),
    ]


def test_a_new_title_comes_first_and_the_reason_is_named() -> None:
    found = changes("Old title\nSame.", "New title\nSame.")
    assert [piece.text for piece in found.sentences[0]] == ["Old", "New", " title"]
    assert found.reason == "title_changed"


def test_equal_texts_have_no_changes() -> None:
    assert not changes("T\nThe same text.", "T\nThe  same text.")


def test_what_is_not_shown_is_counted() -> None:
    after = "T\n" + "\n".join(f"Paragraph number {number} says something new." for number in range(100))
    found = changes("T\nNothing.", after)
    assert found.left_out == 100 - MOST_SENTENCES
    assert len(found.sentences) == MOST_SENTENCES + 1


def test_long_texts_are_refused_and_a_long_sentence_is_cut() -> None:
    assert changes("a" * MOST_CHARACTERS, "b").is_too_long
    began = time.monotonic()
    pieces = changed_words("a b " * 50_000, "b a " * 50_000)
    assert time.monotonic() - began < 2
    assert sum(len(piece.text) for piece in pieces) < 10_000
