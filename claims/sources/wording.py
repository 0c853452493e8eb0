"""What a passage says, word by word, so that two copies can be compared for meaning and not for looks. Pure.

Numbers become quantities (`6.61 billion` and `6,610 million` are one), a Buddhist year with its calendar becomes the
same year as the Christian one, spellings and contractions are evened out, articles fall away. What is left differs
only when a word differs. This is the one place that reads numbers here until `budgets.quantities` can.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from claims.sources.folding import even_out

_THAI_SCALES = {
    "ล้านล้าน": 10**12,
    "แสนล้าน": 10**11,
    "หมื่นล้าน": 10**10,
    "พันล้าน": 10**9,
    "ล้าน": 10**6,
    "แสน": 10**5,
    "หมื่น": 10**4,
    "พัน": 10**3,
}
_SCALES = {
    "trillion": 10**12,
    "tn": 10**12,
    "billion": 10**9,
    "bn": 10**9,
    "million": 10**6,
    "mn": 10**6,
    "thousand": 10**3,
    "hundred": 100,
}
_NUMBER_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WORD_VALUES = {word: value for value, word in enumerate(_NUMBER_WORDS)}
_ARTICLES = frozenset({"the", "a", "an"})
_CONTRACTED = {"won't": "will not", "can't": "can not", "cannot": "can not", "shan't": "shall not"}
_CURRENCIES = {"฿": "baht", "thb": "baht", "บ.": "baht"}
_SPELLING = (
    (re.compile(r"(\w{3,})is(e|es|ed|er|ers|ing|ation|ations)"), r"\1iz\2"),
    (re.compile(r"(\w{3,})our(s|ed|ing|ite|able)?"), r"\1or\2"),
    (re.compile(r"(\w*(?:met|lit|cent|theat))re(s?)"), r"\1er\2"),
    (re.compile(r"programme(s?)"), r"program\1"),
)
_THAI = "\u0e01-\u0e3a\u0e40-\u0e4e"
_TOKEN = re.compile(
    rf"(?P<era>พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|\bB\.?E\.?|\bA\.?D\.?|\bC\.?E\.?)\s*(?P<year>\d{{4}})(?!\d)"
    rf"|(?P<percent_of>ร้อยละ)\s*(?=\d)"
    rf"|(?P<number>(?<![\w.)])-(?=\d))?(?P<digits>\d+(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?:\s*(?P<scale>ล้านล้าน|แสนล้าน|หมื่นล้าน|พันล้าน|ล้าน|แสน|หมื่น|พัน|(?:trillion|billion|million|thousand|hundred|tn|bn|mn)\b)"
    rf"|\s*\(?(?P<era_after>B\.?E\.?|A\.?D\.?|C\.?E\.?)(?!\w)\)?)?"
    rf"|(?P<percent>%|per\s?cent\b|เปอร์เซ็นต์|เปอร์เซนต์)"
    rf"|(?P<thai>[{_THAI}]+)"
    rf"|(?P<word>[^\W\d_{_THAI}]+(?:['\u0300-\u036f][^\W\d_{_THAI}]+)*)"
    rf"|(?P<sign>[฿$€£¥+<>=≥≤±])",
    re.IGNORECASE,
)
_THAI_CLUSTER = re.compile(
    "[\u0e01-\u0e30\u0e32\u0e33\u0e3a\u0e40-\u0e46\u0e4d\u0e4e][\u0e31\u0e34-\u0e39\u0e47-\u0e4d]*|."
)
_NEGATIONS_TH = ("ไม่ได้", "มิได้", "ไม่", "มิ", "ห้าม", "ยกเลิก", "ปราศจาก")
_NEGATIONS_EN = frozenset(["not", "no", "never", "without", "nor", "neither", "cannot", "denied", "denies", "deny"])


class Token(NamedTuple):
    """One word, Thai cluster or number in canonical form, and where it stands."""

    form: str
    start: int
    end: int
    is_number: bool = False


def tokens(text: str) -> list[Token]:
    """Canonical tokens of `text`; positions are those of `text` with its characters evened out one to one."""
    even = even_out(text)
    out: list[Token] = []
    for found in _TOKEN.finditer(even):
        out.extend(_read(found, even))
    return _join_word_numbers(out)


def key(found: list[Token]) -> str:
    """One string for the whole: equal keys mean that every word and number is the same, in the same order."""
    return "".join(f"|{token.form}|" if token.is_number else token.form for token in found)


def numbers(found: list[Token]) -> list[str]:
    """The quantities in order."""
    return [token.form for token in found if token.is_number]


def ends_in_negation(text: str) -> bool:
    """Whether the last word of `text` negates what follows."""
    even = even_out(text).rstrip(" \"'(").lower()
    if even.endswith(_NEGATIONS_TH) or even.endswith("n't"):
        return True
    return bool(even) and re.split(r"[\W\d_]+", even)[-1] in _NEGATIONS_EN


def _read(found: re.Match[str], text: str) -> Iterator[Token]:
    start, end = found.start(), found.end()
    if found["year"]:
        yield Token(_year(found["era"], int(found["year"])), start, end, is_number=True)
    elif found["digits"]:
        yield Token(_quantity(found, text), start, end, is_number=True)
    elif found["percent"] or found["percent_of"]:
        yield Token("%", start, end)
    else:
        yield from _read_words(found, start, end)


def _read_words(found: re.Match[str], start: int, end: int) -> Iterator[Token]:
    if found["thai"]:
        for cluster in _THAI_CLUSTER.finditer(found["thai"]):
            yield Token(_syllable(cluster[0]), start + cluster.start(), start + cluster.end())
    elif found["word"]:
        for part in _words(found["word"].lower()):
            yield Token(part, start, end)
    else:
        yield Token(_CURRENCIES.get(found["sign"], found["sign"]), start, end)


def _year(era: str, year: int) -> str:
    is_buddhist = "พ" in era or "b" in era.lower()
    return f"y{year - 543 if is_buddhist else year}"


def _quantity(found: re.Match[str], text: str) -> str:
    digits = found["digits"].replace(",", "")
    if found["era_after"]:
        return _year(found["era_after"], int(Decimal(digits)))
    scale = (found["scale"] or "").lower()
    if not scale and _is_buddhist_year(found["digits"], text[: found.start()]):
        return _year("พ", int(digits))
    value = Decimal(digits) * (_SCALES.get(scale) or _THAI_SCALES.get(scale) or 1)
    sign = "-" if found["number"] else ""
    return sign + format(value.normalize(), "f")


def _is_buddhist_year(digits: str, before: str) -> bool:
    """A bare 2440 to 2643 in Thai text right after a Thai word; a count of that size is read alike on both sides."""
    if len(digits) != 4 or not digits.isdigit() or not 2440 <= int(digits) <= 2643:
        return False
    last = before.rstrip()[-1:]
    return "\u0e01" <= last <= "\u0e4e"


@lru_cache(maxsize=8_192)
def _syllable(cluster: str) -> str:
    return unicodedata.normalize("NFKC", cluster)


@lru_cache(maxsize=8_192)
def _words(word: str) -> tuple[str, ...]:
    """What a lower-case word is compared as; an article is "": a place, but nothing to compare."""
    if word.endswith("n't") and word not in _CONTRACTED:
        word = word[:-3] + " not"
    return tuple(_even_word(part.replace("'", "")) for part in _CONTRACTED.get(word, word).split())


def _even_word(plain: str) -> str:
    if plain in _ARTICLES:
        return ""
    if plain in _WORD_VALUES:
        return plain
    for pattern, even in _SPELLING:
        if pattern.fullmatch(plain):
            plain = pattern.sub(even, plain)
            break
    return _CURRENCIES.get(plain, plain)


def _join_word_numbers(found: list[Token]) -> list[Token]:
    """`two billion` is the quantity 2,000,000,000 and `two` is 2."""
    out: list[Token] = []
    for token in found:
        scale = _SCALES.get(token.form)
        if scale and out and out[-1].is_number and out[-1].form.isdigit() and out[-1].end < token.start:
            last = out.pop()
            out.append(Token(str(int(last.form) * scale), last.start, token.end, is_number=True))
        elif token.form in _WORD_VALUES and not token.is_number:
            out.append(Token(str(_WORD_VALUES[token.form]), token.start, token.end, is_number=True))
        else:
            out.append(token)
    return out
