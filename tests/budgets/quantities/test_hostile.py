"""Long texts made to be slow: twice the text may cost about twice the time, never four times."""

import importlib
import pkgutil
import re
import time
from collections.abc import Callable
from functools import partial

import pytest

import budgets.quantities
from budgets.quantities.reading import read

SIZE = 50_000
PATTERN_SECONDS = 0.1
READ_SECONDS = 30.0
# A quadratic reader gives 4; the rest is a machine that does something else meanwhile.
RATIO = 3.2
# Below this, what is measured is the clock.
NOISE = 0.25

FOR_PATTERNS = {
    "digits": "1", "digits and commas": "1,", "spaced groups": "123 ", "spaces": " ", "brackets": "(", "million": "ล้าน",
    "words": "one hundred and ",
}  # fmt: skip
FOR_READING = FOR_PATTERNS | {
    "spaced digits": "1 ", "narrow groups": "123\u202f", "closed": "(1)", "ranges": "1-2-", "joined years": "2567-",
    "million after a digit": "5 ล้าน", "compounds": "3 ล้าน 5 แสน ", "percent": "ร้อยละ",
    "consonants after over": "กว่ากกกก",
    "hedges": "reportedly ", "nouns": "5 as ", "fiscal": "in fiscal year ", "links": "http://a.", "mail": "a@",
    "hashtags": "#a",
    "lists of sections": "มาตรา 5 และ ", "from": "rose from 1 to ", "lines": "a\n",
}  # fmt: skip


def _patterns() -> dict[str, re.Pattern[str]]:
    modules = [
        importlib.import_module(f"budgets.quantities.{each.name}")
        for each in pkgutil.iter_modules(budgets.quantities.__path__)
    ]
    return {
        f"{module.__name__}.{name}": value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, re.Pattern)
    }


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _best(work: Callable[[], object]) -> float:
    """Once, and four times more if that was slow: other programs run on the machine too."""
    first = _seconds(work)
    return first if first <= PATTERN_SECONDS else min(first, *(_seconds(work) for _ in range(4)))


def _search(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))


@pytest.mark.parametrize("kind", FOR_PATTERNS)
def test_each_pattern_searches_a_hostile_text_in_time(kind: str) -> None:
    text = (FOR_PATTERNS[kind] * SIZE)[:SIZE]
    slow = {}
    for name, pattern in _patterns().items():
        taken = _best(partial(_search, pattern, text))
        if taken > PATTERN_SECONDS:
            slow[name] = taken
    assert slow == {}


@pytest.mark.parametrize("kind", FOR_READING)
def test_reading_a_hostile_text_twice_as_long_takes_about_twice_as_long(kind: str) -> None:
    text = (FOR_READING[kind] * SIZE)[:SIZE]
    whole = _seconds(partial(read, text))
    assert whole < READ_SECONDS
    if whole > NOISE:
        half = _seconds(partial(read, text[: SIZE // 2]))
        if whole / half >= RATIO:
            whole, half = _seconds(partial(read, text)), _seconds(partial(read, text[: SIZE // 2]))
        assert whole / half < RATIO
