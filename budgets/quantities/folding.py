"""A text evened out one character for one character, so that a position in either is a position in both. Pure.

Digits of Thai, full-width and Arabic script become ASCII, capitals A to Z become small, the many spaces and dashes
become few. Words stay as they are written. A line break within a sentence becomes a space, and one that ends a line of
its own becomes a bullet, which nothing reads across.
"""

from __future__ import annotations

import re

_DIGITS = ("๐๑๒๓๔๕๖๗๘๙", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
_TABLE: dict[int, str] = {ord(mark): str(value) for digits in _DIGITS for value, mark in enumerate(digits)}
_TABLE |= {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
_TABLE |= dict.fromkeys(map(ord, "\u00a0\u202f\u2009\u2007\u2008\u200a"), "\u00a0")
_TABLE |= dict.fromkeys(map(ord, "\t\u200b\u2002\u2003\u3000\ufeff\u00ad"), " ")
_TABLE |= dict.fromkeys(map(ord, "\u2010\u2011\u2212\ufe63\uff0d"), "-")
_TABLE |= dict.fromkeys(map(ord, "\u2012\u2013\u2014\u2015"), "–")
_TABLE |= dict.fromkeys(map(ord, "\u2018\u2019\u02bc"), "'")
_TABLE |= dict.fromkeys(map(ord, "\u223c\uff5e\u301c"), "~")
_TABLE |= {ord("％"): "%", ord("，"): ",", ord("．"): ".", ord("＄"): "$", ord("￥"): "¥", ord("￡"): "£"}

_TABLE |= dict.fromkeys(map(ord, "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"), "\n")
# Two characters before it: a digit alone on its line is the number of a page or of an item.
_WRAPPED = re.compile(r"(?<=[^\n][0-9a-z\u0e01-\u0e4e])\n(?=[a-z\u0e01-\u0e4e])")

THAI = "\u0e01-\u0e3a\u0e40-\u0e4e"
THAI_MARKS = "\u0e30-\u0e3a\u0e45\u0e47-\u0e4e"


def fold(text: str) -> str:
    """The text with digits, capitals, spaces, dashes and quotes evened out; its length does not change."""
    folded = text.translate(_TABLE)
    return _WRAPPED.sub(" ", folded).replace("\n", "•")


def each_of(row: str) -> tuple[str, ...]:
    """The words of a row, one by one."""
    return tuple(row.split())


def words(*written: str) -> str:
    """An alternation of literal words, the longest first, with both ways to write sara am."""
    variants = {form for word in written for form in (word, word.replace("ำ", "ํา"))}
    return "|".join(_escape(word) for word in sorted(variants, key=lambda word: (-len(word), word)))


def _escape(word: str) -> str:
    return "".join(rf"\{mark}" if mark in r".^$*+?{}[]\|()-/" else mark for mark in word)
