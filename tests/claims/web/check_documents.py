"""Figure checks as publication writes them, for pure tests of the pages; the sums are those of the first case."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.claims.web.documents import Json, both, figure

OWN = both("All figures are the speaker's own.", "ตัวเลขทั้งหมดมาจากผู้กล่าวเอง")
SPENDING_LINE = {"id": str(UUID(int=701)), "slug": "sso-spending", "name": both("Spending", "รายจ่าย")}


def counted(number: int, value: str | None, year: int | None = None, **changes: Any) -> Json:
    """An operand: the figure of `documents.figure(number, …)` as a finding names it."""
    whole = figure(number, f"figure-{number}", both("Strategic budget", "งบยุทธศาสตร์"), value)
    kept = ("id", "slug", "label", "value", "low", "high", "unit", "currency", "phase", "provenance", "line")
    base = {name: whole[name] for name in kept} | {"year": year, "basis": "year_unknown", "source": None}
    return {"figure": {**base, **changes}, "missing": None}


def imported(number: int, value: str, **changes: Any) -> Json:
    source = {
        "title": both("Budget bill for fiscal year 2022", "ร่าง พ.ร.บ. งบประมาณรายจ่ายประจำปี 2565"),
        "url": "https://budget.example/2565.csv",
        "line": 1432,
    }
    official = {"basis": "fiscal_year", "phase": "approved", "provenance": "official_document", "source": source}
    return counted(number, value, 2022, **{**official, "slug": None, "line": SPENDING_LINE, **changes})


def missing(en: str, th: str) -> Json:
    return {"figure": None, "missing": both(en, th)}


def finding(result: str, **changes: Any) -> Json:
    nothing = {"value": None, "low": None, "high": None, "low_closed": None, "high_closed": None}
    base: Json = {
        "result": result,
        "reason": None,
        **nothing,
        "unit": "ratio",
        "currency": None,
        "deviation": None,
        "implied": None,
        "sum": both("", ""),
        "why": both("", ""),
        "notes": [],
        "mismatches": [],
        "own_figures": False,
        "mixed": False,
        "thresholds": {"tolerance": "0.10"},
        "formula_version": 1,
        "operands": [],
    }
    return {**base, **changes}


def reading(number: int, found: Json | None, words: Json | None = None) -> Json:
    return {"id": str(UUID(int=720 + number)), "number": number, "words": words, "finding": found}


def check(result: str, *readings: Json, **changes: Any) -> Json:
    claimed = {"words": both("doubled", "เพิ่มเป็นสองเท่า"), "low": "2", "high": "2", "high_closed": True}
    base: Json = {
        "id": str(UUID(int=710)),
        "number": 1,
        "formula": "ratio",
        "relation": "equals",
        "claimed": {**claimed, "unit": "ratio", "currency": None},
        "result": result,
        "readings": list(readings),
    }
    return {**base, **changes}


DOUBLED = finding(
    "holds",
    value="2.072539",
    low="1.553599",
    high="2.592017",
    low_closed=False,
    high_closed=False,
    deviation="3.626943",
    own_figures=True,
    notes=[OWN, both("A result within 10% of 2 counts as agreeing: from 1.8 to 2.2.", "ผลที่ต่างไม่เกิน 10% จาก 2")],
    operands=[counted(4, "2000000000", 2024), counted(3, "965000000", 2020)],
    sum=both(
        "2 billion baht ÷ 965 million baht = 2.07 (+107.25%); with rounding from 1.55 to 2.59",
        "2,000 ล้านบาท ÷ 965 ล้านบาท = 2.07 (+107.25%) และเมื่อคำนึงถึงการปัดเศษ ตั้งแต่ 1.55 ถึง 2.59",
    ),
    why=both(
        "The numbers agree within rounding: the claim says “doubled” (2) and the figures give 2.07.",
        "ตัวเลขสอดคล้องกันเมื่อคำนึงถึงการปัดเศษ คือ คำกล่าวระบุว่า “เพิ่มเป็นสองเท่า” (2)",
    ),
)
HALF = finding(
    "undetermined",
    reason="missing_figure",
    own_figures=True,
    notes=[OWN],
    implied={
        "low": "25000000",
        "high": "75000000",
        "low_closed": True,
        "high_closed": False,
        "unit": "money",
        "currency": "THB",
    },
    operands=[missing("the rental fees", "ค่าเช่า"), counted(5, "100000000", phase="allocated")],
    sum=both("? ÷ 100 million baht = 0.5 if ? is 50 million baht", "? ÷ 100 ล้านบาท = 0.5 ถ้า ? คือ 50 ล้านบาท"),
    why=both(
        "Cannot be determined, because a figure is missing: the rental fees.",
        "ยังสรุปไม่ได้ เพราะยังขาดตัวเลข คือ ค่าเช่า",
    ),
)
_PHASES = both(
    "the phase of one is not stated and of the other “Approved”", "ตัวเลขหนึ่งไม่ระบุขั้นของงบ อีกตัวเลขเป็นขั้น “ได้รับอนุมัติ”"
)
_YEARS = both("one is for 2023 and the other for fiscal year 2022", "ตัวเลขหนึ่งเป็นของปี 2566 อีกตัวเลขเป็นของปีงบประมาณ 2565")
UNLIKE = finding(
    "undetermined",
    reason="not_comparable",
    unit="money",
    currency="THB",
    mixed=True,
    mismatches=[{"aspect": "phase", "words": _PHASES}, {"aspect": "basis", "words": _YEARS}],
    operands=[counted(2, "6610000000", 2023), imported(90, "45000097800")],
    sum=both("6.61 billion baht against 45,000,097,800 baht", "6,610 ล้านบาท เทียบกับ 45,000,097,800 บาท"),
    why=both(
        f"Not comparable, because {_PHASES['en']}; {_YEARS['en']}.",
        f"เทียบกันไม่ได้ เพราะ{_PHASES['th']} และ{_YEARS['th']}",
    ),
)
