"""The reader against what was marked by hand: see corpus/README.md."""

from fractions import Fraction

import pytest

from budgets.quantities.reading import read
from tests.budgets.quantities.scoring import CORPUS, load, report, score

FILES = ("tuning", "held_out")
ENOUGH = Fraction(97, 100)


@pytest.mark.parametrize("name", FILES)
def test_the_reader_finds_what_was_marked_and_nothing_else(name: str) -> None:
    total = score(load(CORPUS / f"{name}.jsonl"))
    assert total.precision() >= ENOUGH, report(total)
    assert total.recall() >= ENOUGH, report(total)


@pytest.mark.parametrize("name", FILES)
def test_what_only_looks_like_an_amount_is_left_alone(name: str) -> None:
    lookalikes = 0
    taken = []
    for line in load(CORPUS / f"{name}.jsonl"):
        lookalikes += len(line.lookalikes)
        spans = [(each.start, each.end) for each in read(line.text)]
        for start, end in line.lookalikes:
            taken += [line.text[at:to] for at, to in spans if at < end and start < to]
    assert len(taken) <= lookalikes * 3 // 100, taken


def test_the_corpus_is_large_enough_and_half_of_it_is_thai() -> None:
    lines = [line for name in FILES for line in load(CORPUS / f"{name}.jsonl")]
    thai = sum(len(line.quantities) for line in lines if any("ก" <= letter <= "๛" for letter in line.text))
    total = sum(len(line.quantities) for line in lines)
    assert total >= 400
    assert 40 * total <= 100 * thai <= 60 * total
    assert 4 * sum(1 for line in lines if line.lookalikes) >= len(lines)


def test_every_mark_stands_on_its_text_and_holds_its_value() -> None:
    for line in (line for name in FILES for line in load(CORPUS / f"{name}.jsonl")):
        ends = 0
        for each in line.quantities:
            span = line.text[each["start"] : each["end"]]
            assert each["start"] >= ends
            assert span
            assert span == span.strip()
            low, high = Fraction(each["low"]), Fraction(each["high"])
            assert low <= high
            assert each["value"] is None or low <= Fraction(each["value"]) <= high
            ends = each["end"]
