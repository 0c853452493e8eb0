"""Workbooks written by hand, so that a test says exactly what is stored."""

from __future__ import annotations

import zipfile
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="[$-41E]d mmm bbbb"/>'
    '<numFmt numFmtId="166" formatCode="#,##0.00\\ &quot;days&quot;"/>'
    '</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0"/><xf numFmtId="14"/>'
    '<xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="10"/><xf numFmtId="166"/></cellXfs></styleSheet>'
)
PLAIN, DAY, ISO_DAY, THAI_DAY, PERCENT, WITH_WORD = range(6)


def workbook(
    path: Path,
    rows: str,
    *,
    after: str = "",
    strings: list[str] | None = None,
    sheets: tuple[str, ...] = ("Data",),
    properties: str = "",
    parts: dict[str, str] | None = None,
) -> Path:
    """Write a workbook whose first sheet has the given XML of rows; the others are empty."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{place}" r:id="rId{place}"/>' for place, name in enumerate(sheets, 1)
    )
    related = "".join(
        f'<Relationship Id="rId{place}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{place}.xml"/>'
        for place in range(1, len(sheets) + 1)
    )
    texts = "".join(f"<si>{text if text.startswith('<') else f'<t>{text}</t>'}</si>" for text in strings or [])
    written = {
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr {properties}/>'
            f"<sheets>{listed}</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{related}</Relationships>',
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{texts}</sst>',
        **{
            f"xl/worksheets/sheet{place}.xml": f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
            for place in range(2, len(sheets) + 1)
        },
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>',
        **(parts or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in written.items():
            archive.writestr(name, text)
    return path


def text_row(number: int, *texts: str) -> str:
    """A row of texts from column A on; an empty text leaves its cell out."""
    cells = "".join(
        f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for place, text in enumerate(texts)
        if text
    )
    return f'<row r="{number}">{cells}</row>'


def number_row(number: int, *cells: tuple[str, int]) -> str:
    """A row of stored numbers with their styles."""
    written = "".join(
        f'<c r="{chr(65 + place)}{number}" s="{style}"><v>{value}</v></c>' for place, (value, style) in enumerate(cells)
    )
    return f'<row r="{number}">{written}</row>'
