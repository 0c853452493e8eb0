"""Figures as lines of a CSV file: codes and numbers in full, names in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from budgets.fiscal import buddhist_year
from budgets.models.agency import Agency
from budgets.models.budget_line import BudgetLine
from budgets.models.figure import Figure

HEADS: tuple[tuple[str, str], ...] = (
    ("Agency (English)", "หน่วยงาน (อังกฤษ)"),
    ("Agency (Thai)", "หน่วยงาน (ไทย)"),
    ("Line (English)", "รายการ (อังกฤษ)"),
    ("Line (Thai)", "รายการ (ไทย)"),
    ("Line above (English)", "รายการที่อยู่เหนือขึ้นไป (อังกฤษ)"),
    ("Line above (Thai)", "รายการที่อยู่เหนือขึ้นไป (ไทย)"),
    ("Year (C.E.)", "ปี ค.ศ."),
    ("Year (B.E.)", "ปี พ.ศ."),
    ("Kind of year", "ชนิดของปี"),
    ("Phase", "ขั้นของงบ"),
    ("Amount", "จำนวน"),
    ("Lowest after rounding", "ค่าต่ำสุดจากการปัดเศษ"),
    ("Highest after rounding", "ค่าสูงสุดจากการปัดเศษ"),
    ("Unit", "หน่วย"),
    ("Currency", "สกุลเงิน"),
    ("Amount of the year before", "จำนวนของปีก่อนหน้า"),
    ("Change from the year before", "เปลี่ยนแปลงจากปีก่อนหน้า"),
    ("Who says so", "ผู้ให้ตัวเลข"),
    ("Document (English)", "เอกสาร (อังกฤษ)"),
    ("Document (Thai)", "เอกสาร (ไทย)"),
    ("Address of the document", "ที่อยู่ของเอกสาร"),
    ("File", "ไฟล์"),
    ("Line of the file", "บรรทัดในไฟล์"),
    ("Address of the line here", "รหัสรายการในเว็บไซต์นี้"),
)
NUMBERS = frozenset({6, 7, 10, 11, 12, 15, 16, 22})


def rows(figures: Iterable[Figure]) -> Iterator[tuple[str, ...]]:
    """A line per figure, in the order of `HEADS`; the change where the figure carries one."""
    for figure in figures:
        yield (*_names(figure), *_year(figure), *_amount(figure), *_source(figure))


def _names(figure: Figure) -> tuple[str, ...]:
    found: list[str] = []
    above = figure.line.parent if figure.line else None
    for thing in (figure.agency, figure.line, above):
        found += _both(thing) if thing else ("", "")
    return tuple(found)


def _both(thing: Agency | BudgetLine) -> tuple[str, str]:
    """The names in English and Thai; a name that a document gives in one language stands in that column alone."""
    if thing.lang == "th":
        return "", thing.name_th
    return thing.name_en, "" if thing.lang == "en" else thing.name_th


def _year(figure: Figure) -> tuple[str, ...]:
    year = figure.period_year
    return (str(year or ""), str(buddhist_year(year)) if year else "", figure.period_basis, figure.phase)


def _amount(figure: Figure) -> tuple[str, ...]:
    numbers = (figure.value, figure.low, figure.high)
    told = (getattr(figure, "before", None), getattr(figure, "change", None))
    return (*map(number, numbers), figure.unit, figure.currency, *map(number, told))


def _source(figure: Figure) -> tuple[str, ...]:
    made = figure.budget_import
    document = (made.title_en, made.title_th, made.source_url, made.file_name) if made else ("", "", "", "")
    return (figure.provenance, *document, str(figure.source_line or ""), figure.line.slug if figure.line else "")


def number(value: Decimal | None) -> str:
    """A number as a plain decimal string, "" for none."""
    if value is None:
        return ""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
