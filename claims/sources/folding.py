"""One spelling for comparing texts. Pure.

`fold` drops everything that differs between two honest copies of the same words: case, space, invisible characters,
shapes of quotation marks and dashes, Thai digits and the several ways to store the same Thai syllable.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate

_SINGLE = "‘’‚‛′ʼ`´ʹ＇"
_DOUBLE = "“”„‟″«»〝〞＂❝❞"
_DASHES = "‐‑‒–—―−⁃﹘﹣－⸺⸻"
# glyphs that old Thai fonts and PDF writers keep in the private-use area, with the mark they stand for
_THAI_GLYPHS = dict(zip(range(0xF700, 0xF71B), "ฐิีึื่้๊๋์่้๊๋์ญัํ็่้๊๋์ฺุู", strict=True))
_SHAPES: dict[str, str] = {
    **{chr(glyph): mark for glyph, mark in _THAI_GLYPHS.items()},
    **dict.fromkeys(_SINGLE, "'"),
    **dict.fromkeys(_DOUBLE, '"'),
    **dict.fromkeys(_DASHES, "-"),
    **{chr(0x0E50 + digit): str(digit) for digit in range(10)},
    "\u2044": "/",
}
_SHAPE = re.compile("[" + re.escape("".join(_SHAPES)) + "]")
_GONE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\U000e0000-\U000e0fff]+"
)
_TONE_FIRST = re.compile("([\u0e48-\u0e4c])([\u0e31\u0e34-\u0e3a\u0e47\u0e4d])")
_SARA_E_TWICE = re.compile("เเ")
_SAME_MARK = re.compile("([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])\\1+")
_DASH_RUN = re.compile("-{2,}")
_THAI_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]+")
# a line, or a piece of a long one: tracing a position back costs a fold of its piece
_PIECE = re.compile(r"[^\n]{0,1500}?(?:\n|\Z)|[^\n]{1,1500}(?<=\s)|[^\n]{1,1500}")
# a few words, up to a letter that nothing before it can change
_CELL = re.compile(r"[\s\S]{40,400}?(?=[ก-ฮa-zA-Z0-9])|[\s\S]+")


def fold(text: str) -> str:
    """`text` in the one spelling: no space, lower case, normal forms. Folding twice changes nothing."""
    if text.isascii():
        return _DASH_RUN.sub("-", _GONE.sub("", "".join(text.replace("`", "'").split()))).lower()
    text = unicodedata.normalize("NFKC", _shape(text))
    text = _GONE.sub("", "".join(_shape(text).split()))
    text = _SARA_E_TWICE.sub("แ", text)
    while (swapped := _TONE_FIRST.sub(r"\2\1", text)) != text:
        text = swapped
    text = _SAME_MARK.sub(r"\1", text)
    text = _DASH_RUN.sub("-", text)
    return _settle(text)


def _shape(text: str) -> str:
    return _SHAPE.sub(lambda found: _SHAPES[found[0]], text)


def _settle(text: str) -> str:
    """Case-folding may denormalise and normalising may reveal case: once more makes it stable."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text.casefold()).casefold())


def even_out(text: str) -> str:
    """Shapes of quotation marks, dashes and digits made one, character by character: every position stays."""
    return _GONE.sub(lambda found: " " * len(found[0]), _shape(text))


def skeleton(folded: str) -> str:
    """A folded text without Thai marks above and below: what survives a PDF writer that shapes Thai badly."""
    return _THAI_MARKS.sub("", folded.replace("ำ", "า"))


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text folded piece by piece, with the way back from a folded position to the original."""

    text: str
    folded: str
    starts: tuple[int, ...]  # of the pieces, in `text`
    folded_starts: tuple[int, ...]  # of the same pieces, in `folded`

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of `text` that became `folded[start:end]`."""
        return self._after(start) - 1, self._after(end - 1)

    def _after(self, at: int) -> int:
        """The position in `text` just after the character that put `folded[at]` there."""
        piece = bisect_right(self.folded_starts, at) - 1
        begin, wanted = self.starts[piece], at - self.folded_starts[piece] + 1
        stop = self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.text)
        for cell in _CELL.finditer(self.text, begin, stop):
            length = len(fold(cell[0]))
            if length >= wanted:
                break
            wanted -= length
        else:
            return stop
        return cell.start() + bisect_left(range(len(cell[0])), wanted, key=lambda k: len(fold(cell[0][:k])))


def fold_text(text: str) -> FoldedText:
    """Fold `text` so that every position can be traced back. Costs one fold of the text."""
    pieces = _PIECE.findall(text)
    folded = [fold(piece) for piece in pieces]
    starts = tuple(accumulate((len(piece) for piece in pieces[:-1]), initial=0))
    folded_starts = tuple(accumulate((len(piece) for piece in folded[:-1]), initial=0))
    return FoldedText(text, "".join(folded), starts, folded_starts)
