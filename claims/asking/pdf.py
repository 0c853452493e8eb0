"""A letter as PDF: A4, fonts embedded, Thai shaped by HarfBuzz.

Shaped glyphs lie on the page in the order in which they are drawn, which for Thai marks is not the order in which they
are read. Every line therefore carries its own text (`ActualText`), which programs that search, copy or read aloud use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from claims.asking import wording
from claims.asking.page import Page
from claims.sources.differing import words

_FONTS = Path(__file__).resolve().parent.parent.parent / "static" / "fonts"
_FILES = {
    "latin": "ibm-plex-sans-latin-{weight}-normal.woff2",
    "more": "ibm-plex-sans-latin-ext-{weight}-normal.woff2",
    "thai": "ibm-plex-sans-thai-looped-thai-{weight}-normal.woff2",
}
# Letters beyond western European ones: their font is loaded when one of them is to be written.
_MORE = re.compile("[\u0100-\u0dff\u1e00-\u1fff]")
_WEIGHTS = {"": "400", "B": "600"}
_SIZE, _SMALL = 11.0, 9.0  # points
_LINE, _SMALL_LINE, _GAP = 6.2, 4.6, 3.1  # millimetres; Thai needs room above and below
_MARGIN, _TOP = 25.0, 22.0


class _Letter(FPDF):
    """One letter; the number stands at the foot of each page."""

    def __init__(self, page: Page, made_at: datetime) -> None:
        """Load the fonts, of which only the glyphs in use are embedded."""
        super().__init__(format="A4")
        self.page_ = page
        families = [family for family in _FILES if family != "more" or _MORE.search(page.text)]
        for family in families:
            for style, weight in _WEIGHTS.items():
                self.add_font(family, style, _FONTS / _FILES[family].format(weight=weight))
        self.main = "thai" if page.lang == "th" else "latin"
        self.set_fallback_fonts([family for family in families if family != self.main], exact_match=True)
        self.set_text_shaping(True)
        self.set_margins(_MARGIN, _TOP, _MARGIN)
        self.set_auto_page_break(True, margin=_TOP)
        self.set_lang("th-TH" if page.lang == "th" else "en-GB")
        self.set_title(f"{page.number} {page.subject}")
        self.set_author(page.sender[0])
        self.set_creator(page.sender[0])
        self.set_creation_date(made_at)

    def footer(self) -> None:
        """Say which letter the page belongs to."""
        self.set_y(-15)
        self.line_of(f"{self.page_.number} · {self.page_no()}", size=_SMALL, height=_SMALL_LINE, align="R")

    def write_lines(self, text: str, *, style: str = "", size: float = _SIZE) -> None:
        """Write a text that may be longer than a line."""
        height = _SMALL_LINE if size < _SIZE else _LINE
        self.set_font(self.main, style, size)
        for line in self._broken(text, self.epw):
            self.line_of(line, style=style, size=size, height=height)

    def keep_together(self, height: float) -> None:
        """Begin a new page unless so many millimetres are left on this one."""
        if self.will_page_break(height):
            self.add_page()

    def line_of(self, text: str, *, style: str = "", size: float, height: float, align: str = "L") -> None:
        """Write one line, with its text for those who do not look at glyphs."""
        self.set_font(self.main, style, size)
        if not self.in_footer:
            self.keep_together(height)
        self.set_x(self.l_margin)
        # A line that begins in another font leaves that font behind, and the library believes otherwise.
        self.current_font_is_set_on_page = False
        self._out(f"/Span <</ActualText <feff{text.encode('utf-16-be').hex()}>>> BDC")
        self.cell(self.epw, height, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self._out("EMC")

    def _broken(self, text: str, width: float) -> Iterator[str]:
        """Break between words; Thai, which has no spaces, is cut by its dictionary, and a long word by letters."""
        line = ""
        for word in _words(text):
            if self.get_string_width((line + word).rstrip()) <= width:
                line += word
                continue
            if line.strip():
                yield line.rstrip()
                line = ""
            for letter in word.lstrip():
                if line and self.get_string_width(line + letter) > width:
                    yield line
                    line = ""
                line += letter
        if line.strip():
            yield line.rstrip()


def letter_pdf(page: Page, *, made_at: datetime) -> bytes:
    """Return the letter as a PDF; the same page and moment give the same bytes."""
    pdf = _Letter(page, made_at)
    pdf.add_page()
    pdf.write_lines(page.sender[0], style="B", size=14)
    for line in page.sender[1:]:
        pdf.write_lines(line, size=_SMALL)
    pdf.ln(_GAP * 2)
    lang = page.lang
    pdf.write_lines(f"{wording.NUMBER[lang]} {page.number}")
    pdf.write_lines(page.day)
    pdf.ln(_GAP)
    _address(pdf, page)
    if page.salutation:
        pdf.write_lines(page.salutation)
        pdf.ln(_GAP)
    for lines in page.paragraphs:
        pdf.keep_together(2 * _LINE)  # no heading alone at the foot of a page
        for line in lines:
            pdf.write_lines(line, style="B" if line in wording.HEADINGS[lang] else "")
        pdf.ln(_GAP)
    pdf.keep_together(_LINE * (1 + len(page.signature)) + 3 * _GAP)
    pdf.ln(_GAP)
    pdf.write_lines(page.closing)
    pdf.ln(_GAP * 2)
    for line in page.signature:
        pdf.write_lines(line)
    return bytes(pdf.output())


def _address(pdf: _Letter, page: Page) -> None:
    lang = page.lang
    subject = f"{wording.SUBJECT[lang]} {page.subject}"
    to = (f"{wording.TO[lang]} {page.to[0]}", *page.to[1:])
    first, then = ((subject,), to) if lang == "th" else (to, (subject,))
    for lines in (first, then):
        for line in lines:
            pdf.write_lines(line, style="B" if line is subject else "")
        pdf.ln(_GAP)


def _words(text: str) -> Iterator[str]:
    """Pieces at whose ends a line may break: a word with the white space and the signs that follow it."""
    piece = ""
    for word in words(text):
        starts_new = word[0].isalnum() or word[0] in "“(‘"
        breaks = piece and (piece[-1].isspace() or _is_thai(piece[-1])) and starts_new
        if breaks and not (_is_thai(piece[-1]) and not _is_thai(word[0])):
            yield piece
            piece = ""
        piece += word
    if piece:
        yield piece


def _is_thai(letter: str) -> bool:
    return "\u0e00" <= letter <= "\u0e7f"
