"""How long it takes to look for one quote in half a megabyte that is folded already: at most 5 ms.

`make bench`, or `python -m benchmarks.quote_speed`. Prints the best time of some tries, in CPU time, and its ratio to
one pass of `str.count` over the same text. A long quote that changed in many places is compared in full, which is the
one case that takes longer; it comes once, when the page changes.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from claims.sources.folding import FoldedText, fold, fold_text
from claims.sources.quote import Quote, find_quote

SIZE, TRIES, LIMIT_MS = 500_000, 15, 5.0
LONG = 600
_SYLLABLES = {
    "en": "ba con der fi gram hol in jus ka lo men nor pe qui ras sto tion un ver wis the of and to",
    "th": "กา ขอม ครู จัด ชา ตน ทาง นำ บน ปี ผล พร มือ ยา รับ ลม วัน สา หา อู่ ที่ ของ และ ใน การ ความ",
}
_VOCABULARY = 2_000  # made-up words: as many as a long report uses
_QUOTES = {
    "en": "the office set aside 336 million baht for public relations in the 2024 fiscal year and did not spend it all",
    "th": "ในปี 2567 สำนักงานตั้งงบประชาสัมพันธ์ 336 ล้านบาท และไม่ได้ใช้จ่ายทั้งหมดตามที่แจ้งต่อคณะกรรมาธิการ",
}
_CHANGES = {
    "en": {
        "a number": ("336", "366"),
        "a word": ("office", "bureau"),
        "a currency": ("baht", "ringgit"),
        "a spelling": ("336 million", "0.336 billion"),
    },
    "th": {
        "a number": ("336", "366"),
        "a word": ("สำนักงาน", "สำนักพิมพ์"),
        "a currency": ("บาท", "ริงกิต"),
        "a spelling": ("336 ล้าน", "๓๓๖,๐๐๐,๐๐๐ "),
    },
}


@dataclass(frozen=True, slots=True)
class Case:
    """A text with or without a quote in it."""

    name: str
    quote: str
    text: FoldedText


def main() -> None:
    """Print a line per case; leave with an error when one takes longer than the limit."""
    slow = []
    for lang in _QUOTES:
        for case in cases(lang):
            needle = fold(case.quote)
            found = find_quote(Quote(case.quote), case.text)
            took = best(lambda case=case: find_quote(Quote(case.quote), case.text))  # type: ignore[misc] # mypy cannot infer defaults
            once = best(lambda case=case, needle=needle: case.text.folded.count(needle[:10]))  # type: ignore[misc] # the same
            print(
                f"{lang} {case.name:32} {found.state:7} {took:6.2f} ms, {took / once:5.1f} × one pass ({once:.2f} ms)"
            )
            if took > LIMIT_MS:
                slow.append(f"{lang} {case.name}")
    if slow:
        raise SystemExit(f"Longer than {LIMIT_MS} ms: {', '.join(slow)}.")


def cases(lang: str) -> list[Case]:
    """Hits, near misses and misses, in prose and in pages that repeat themselves."""
    rng = random.Random(11)
    quote = _QUOTES[lang]
    text = prose(lang, rng, SIZE)
    middle = text.index("\n", SIZE // 2)

    def planted(passage: str) -> FoldedText:
        return fold_text(f"{text[:middle]}\n{passage}\n{text[middle:]}")

    long = prose(lang, rng, LONG).replace("\n", " ")[:LONG].strip()
    rows = [quote.replace("336", str(1_000 + n)) for n in range(SIZE // len(quote))]
    return [
        Case("hit", quote, planted(quote)),
        Case("miss", quote, fold_text(text)),
        *(Case(f"{what} changed", quote, planted(quote.replace(*change))) for what, change in _CHANGES[lang].items()),
        Case(f"hit of {LONG} characters", long, planted(long)),
        Case(f"miss of {LONG} characters", long, fold_text(text)),
        Case(f"{LONG} characters, one word out", long, planted(long.replace(long[200:209], "", 1))),
        Case("rows that look alike", quote, fold_text("\n".join(rows))),
        Case("the same sentence all over", quote, fold_text(f"x{quote}x " * (SIZE // len(quote)))),
    ]


def prose(lang: str, rng: random.Random, size: int) -> str:
    """Lines of made-up words, short ones more often than long ones."""
    syllables, gap = _SYLLABLES[lang].split(), " " if lang == "en" else ""
    words = ["".join(rng.choices(syllables, k=rng.choice((1, 1, 2, 2, 3, 4)))) for _ in range(_VOCABULARY)]
    lines, length = [], 0
    while length < size:
        lines.append(gap.join(rng.choice(words) for _ in range(14)))
        length += len(lines[-1]) + 1
    return "\n".join(lines)


def best(work: Callable[[], object]) -> float:
    """Milliseconds of CPU that `work` takes at its best."""
    times = []
    for _ in range(TRIES):
        begin = time.thread_time()
        work()
        times.append(time.thread_time() - begin)
    return min(times) * 1_000


if __name__ == "__main__":
    main()
