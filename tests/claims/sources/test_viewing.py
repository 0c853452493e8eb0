"""A kept text is shown a page at a time, quotes marked, nothing of it lost and nothing hidden."""

import time

import pytest

from claims.sources.quote import Quote
from claims.sources.viewing import AROUND, PAGE, Look, Mark, Shown, around, marks, page_of, pages, plain
from claims.vocabulary import QuoteState

QUOTE = "the office set aside 336 million for public relations"


def joined(pieces: list[Shown]) -> str:
    return "".join(piece.text for piece in pieces)


def test_the_pages_of_a_text_are_the_text() -> None:
    text = "ก ข\n" * 20_000
    assert "".join(joined(page_of(text, [], page + 1)) for page in range(pages(text))) == text
    assert (pages(""), pages("x" * PAGE), pages("x" * (PAGE + 1))) == (1, 1, 2)


def test_a_quote_that_crosses_the_edge_is_marked_on_both_pages() -> None:
    text = "x" * (PAGE - 10) + QUOTE + "y"
    (mark,) = marks(text, [Quote(QUOTE)])
    first, second = (
        [piece.text for piece in page_of(text, [mark], page) if piece.look is Look.QUOTE] for page in (1, 2)
    )
    assert (mark.page, first, second) == (1, [QUOTE[:10]], [QUOTE[10:]])


def test_overlapping_quotes_show_every_character_once() -> None:
    text = f"She noted that {QUOTE}."
    found = marks(text, [Quote(QUOTE), Quote("She noted that the office set aside 336 million")])
    assert joined(page_of(text, found, 1)) == text
    assert [piece.number for piece in page_of(text, found, 1) if piece.is_first] == [2, 1]


def test_words_written_otherwise_and_edited_ones_have_a_place() -> None:
    text = f"T\nThe office  set aside 336 million\nfor public relations. Then {QUOTE.replace('336', '363')} again"
    (mark,) = marks(text, [Quote(QUOTE)])
    assert (mark.state, text[mark.start : mark.end]) == (
        QuoteState.INTACT,
        "The office  set aside 336 million\nfor public relations",
    )
    (mark,) = marks(text.partition("Then ")[2], [Quote(QUOTE)])
    assert mark.state is QuoteState.EDITED
    assert mark.is_found


def test_a_short_quote_is_placed_by_its_neighbours_and_not_by_chance() -> None:
    text = "ten years ago there were 40 people here, and today there were 40 people there"
    (mark,) = marks(text, [Quote("there were 40 people", prefix="and today ", suffix=" there")])
    assert mark.start == text.rindex("there were 40 people")


def test_a_very_long_text_is_searched_word_for_word_only() -> None:
    text = "padding " * 140_000 + QUOTE
    began = time.monotonic()
    exact, other = marks(text, [Quote(QUOTE), Quote(QUOTE.replace("336", "663"))])
    assert time.monotonic() - began < 1
    assert (exact.state, other.state, other.is_found) == (QuoteState.INTACT, None, False)


def test_the_surroundings_are_bounded() -> None:
    text = "a" * 1_000 + QUOTE + "b" * 1_000
    pieces = around(text, marks(text, [Quote(QUOTE)])[0])
    assert joined(pieces) == "a" * AROUND + QUOTE + "b" * AROUND
    assert around(text, Mark(1, QuoteState.LOST)) == []


@pytest.mark.parametrize("hidden", ["\u202e", "\u200b", "\U000e0041", "\x00", "\x1b", "\ue000", "\u2028"])
def test_every_hidden_character_is_named(hidden: str) -> None:
    assert plain(f"a{hidden}b") == [
        Shown(Look.TEXT, "a"),
        Shown(Look.UNSEEN, f"U+{ord(hidden):04X}"),
        Shown(Look.TEXT, "b"),
    ]


def test_fifty_thousand_hidden_characters_cost_no_time_and_little_room() -> None:
    began = time.monotonic()
    pieces = plain("\u202e" * 50_000 + "a\u200b" * 25_000)
    assert time.monotonic() - began < 1
    assert pieces[0].text.endswith("and 49,992 more")
