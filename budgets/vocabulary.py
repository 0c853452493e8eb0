"""Closed lists about agencies and money, in both languages.

Codes are what the database and the API say; `.label` (English) and `.th` (Thai) are what readers see.
"""

from __future__ import annotations

from typing import Self

from django.db.models import TextChoices


class BilingualChoices(TextChoices):
    """A closed list written as `MEMBER = code, thai, english`; `.label` is English, `.th` is Thai."""

    th: str

    def __new__(cls, code: str, th: str = "") -> Self:
        """Keep the code as the value; Django's metaclass has already taken the English label off the end."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.th = th
        return member

    @property
    def both(self) -> dict[str, str]:
        """The two labels as `{"en": …, "th": …}`."""
        return {"en": str(self.label), "th": self.th}


class AgencyKind(BilingualChoices):
    """What sort of organization an agency is."""

    MINISTRY = "ministry", "กระทรวง", "Ministry"
    OFFICE = "office", "สำนักงาน", "Office"
    FUND = "fund", "กองทุน", "Fund"
    BOARD = "board", "คณะกรรมการ", "Board"
    COMMITTEE = "committee", "คณะกรรมาธิการ", "Committee of parliament"
    PARTY = "party", "พรรคการเมือง", "Political party"
    GROUP = "group", "กลุ่ม", "Group"


class Phase(BilingualChoices):
    """Where in the life of a budget an amount stands."""

    PROPOSED = "proposed", "คำของบประมาณ", "Requested"
    APPROVED = "approved", "ได้รับอนุมัติ", "Approved"
    ALLOCATED = "allocated", "จัดสรรหรือตั้งงบไว้", "Allocated, set aside"
    ADJUSTED = "adjusted", "หลังโอนเปลี่ยนแปลง", "After transfers"
    COMMITTED = "committed", "ก่อหนี้ผูกพัน", "Committed"
    CONTRACTED = "contracted", "ราคาตามสัญญา", "Contract price"
    DISBURSED = "disbursed", "เบิกจ่ายแล้ว", "Paid out"
    UNSTATED = "unstated", "ไม่ระบุขั้นของงบ", "Phase not stated"


class Provenance(BilingualChoices):
    """Who stands behind a figure."""

    OFFICIAL_DOCUMENT = "official_document", "เอกสารราชการ", "Official document"
    OFFICIAL_STATEMENT = "official_statement", "คำชี้แจงของหน่วยงาน", "Official statement"
    INDEPENDENT = "independent", "แหล่งข้อมูลอิสระ", "Independent source"
    MEDIA = "media", "รายงานข่าว", "News report"
    CLAIMANT = "claimant", "ตัวเลขของผู้กล่าว", "Speaker's own figure"


class PeriodBasis(BilingualChoices):
    """Which kind of year a period is."""

    CALENDAR_YEAR = "calendar_year", "ปีปฏิทิน", "Calendar year"
    FISCAL_YEAR = "fiscal_year", "ปีงบประมาณ", "Fiscal year"
    YEAR_UNKNOWN = (
        "year_unknown",
        "ไม่ระบุว่าเป็นปีปฏิทินหรือปีงบประมาณ",
        "Kind of year not stated",
    )


class Unit(BilingualChoices):
    """What a figure counts."""

    MONEY = "money", "เงิน", "Money"
    PERCENT = "percent", "ร้อยละ", "Percent"
    RATIO = "ratio", "สัดส่วน", "Ratio"
    STARS = "stars", "ดาว", "Stars"
    YEARS = "years", "ปี", "Years"
    MEMBERS = "members", "คน", "Members"
    SEATS = "seats", "ที่นั่ง", "Seats"
    ISSUES = "issues", "ประเด็น", "Issues"


class Exactness(BilingualChoices):
    """How exactly a figure was given."""

    SIGNIFICANT_FIGURES = (
        "significant_figures",
        "ตามเลขนัยสำคัญ",
        "To its significant figures",
    )
    WORDS = "words", "เป็นถ้อยคำ", "In words"
    EXACT = "exact", "จำนวนเต็ม", "Exact"


class AliasTarget(BilingualChoices):
    """What an alias of a mapping stands for."""

    AGENCY = "agency", "หน่วยงาน", "Agency"
    LINE = "line", "รายการงบประมาณ", "Budget line"


class ImportState(BilingualChoices):
    """Where the reading of a file stands."""

    WAITING = "waiting", "รออ่านไฟล์", "Waiting to be read"
    CHECKED = "checked", "ทดลองอ่านแล้ว", "Tried; nothing stored"
    DONE = "done", "นำเข้าแล้ว", "Imported"
    FAILED = "failed", "นำเข้าไม่สำเร็จ", "Failed"
    UNDONE = "undone", "ยกเลิกการนำเข้าแล้ว", "Undone"


class Formula(BilingualChoices):
    """How a result is computed from figures."""

    VALUE = "value", "เทียบตัวเลข", "Value"
    DIFFERENCE = "difference", "ผลต่าง", "Difference"
    RATIO = "ratio", "อัตราส่วน", "Ratio"
    GROWTH = "growth", "อัตราการเปลี่ยนแปลง", "Growth"
    SHARE = "share", "ส่วนแบ่งจากทั้งหมด", "Share"
    SUM = "sum", "ผลรวม", "Sum"
    COMPOUND_GROWTH = "compound_growth", "อัตราการเติบโตเฉลี่ยต่อปี", "Growth per year, compounded"


class Relation(BilingualChoices):
    """How the claim says that the result stands to its number."""

    EQUALS = "equals", "เท่ากับ", "Equals"
    MORE_THAN = "more_than", "มากกว่า", "More than"
    LESS_THAN = "less_than", "น้อยกว่า", "Less than"
    AT_LEAST = "at_least", "ไม่น้อยกว่า", "At least"
    AT_MOST = "at_most", "ไม่เกิน", "At most"


class Result(BilingualChoices):
    """What a figure check found. Numbers that agree prove nothing about who is right."""

    HOLDS = "holds", "ตัวเลขสอดคล้องกัน", "The numbers agree"
    FAILS = "fails", "ตัวเลขไม่สอดคล้องกัน", "The numbers do not agree"
    UNDETERMINED = "undetermined", "ยังสรุปไม่ได้", "Cannot be determined"


class Reason(BilingualChoices):
    """Why a figure check determined nothing."""

    NOT_COMPARABLE = "not_comparable", "เทียบกันไม่ได้", "Not comparable"
    MAY_OVERLAP = "may_overlap", "อาจนับซ้ำกัน", "One figure may contain the other"
    MISSING_FIGURE = "missing_figure", "ยังขาดตัวเลข", "A figure is missing"
    NOTHING_TO_COMPARE = "nothing_to_compare", "ยังไม่มีตัวเลขอื่นให้เทียบ", "No other figure to compare it with"
    NOTHING_CLAIMED = "nothing_claimed", "คำกล่าวไม่ได้ระบุตัวเลข", "The claim names no number"
    WITHIN_ROUNDING = "within_rounding", "การปัดเศษทำให้สรุปไม่ได้", "The rounding of the figures leaves it open"
    DIVISION_BY_ZERO = "division_by_zero", "ตัวหารอาจเป็นศูนย์", "The divisor may be zero"
    UNDEFINED = "undefined", "สูตรนี้ใช้กับตัวเลขเหล่านี้ไม่ได้", "The formula has no meaning for these figures"
