"""Titles of office that a reprint may get wrong, in both languages. Pure data, and one look-up."""

from __future__ import annotations

import re
from dataclasses import dataclass

# code: (as sentences write it, English spellings, Thai spellings); the longer spelling of two is read first
_TITLES: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "prime_minister": ("prime minister", ("prime minister", "premier"), ("นายกรัฐมนตรี", "นายกฯ")),
    "deputy_prime_minister": (
        "deputy prime minister",
        ("deputy prime minister", "deputy premier"),
        ("รองนายกรัฐมนตรี", "รองนายกฯ"),
    ),
    "minister": ("minister", ("minister", "cabinet member"), ("รัฐมนตรีว่าการ", "รัฐมนตรี", "รมว.")),
    "deputy_minister": ("deputy minister", ("deputy minister",), ("รัฐมนตรีช่วยว่าการ", "รัฐมนตรีช่วย", "รมช.")),
    "mp": (
        "MP",
        ("MP", "MPs", "member of parliament", "lawmaker", "member of the house of representatives"),
        ("สมาชิกสภาผู้แทนราษฎร", "ส.ส.", "สส.", "สส", "ผู้แทนราษฎร"),
    ),
    "senator": ("senator", ("senator", "member of the senate"), ("สมาชิกวุฒิสภา", "วุฒิสมาชิก", "ส.ว.", "สว.", "สว")),
    "permanent_secretary": (
        "permanent secretary",
        ("permanent secretary", "permanent-secretary"),
        ("ปลัดกระทรวง", "ปลัดสำนัก"),
    ),
    "deputy_permanent_secretary": (
        "deputy permanent secretary",
        ("deputy permanent secretary",),
        ("รองปลัดกระทรวง",),
    ),
    "secretary_general": ("secretary-general", ("secretary-general", "secretary general"), ("เลขาธิการ",)),
    "deputy_secretary_general": (
        "deputy secretary-general",
        ("deputy secretary-general", "deputy secretary general"),
        ("รองเลขาธิการ",),
    ),
    "director_general": ("director-general", ("director-general", "director general"), ("อธิบดี",)),
    "deputy_director_general": (
        "deputy director-general",
        ("deputy director-general", "deputy director general"),
        ("รองอธิบดี",),
    ),
    "governor": ("governor", ("governor",), ("ผู้ว่าราชการ", "ผู้ว่าการ", "ผู้ว่าฯ")),
    "deputy_governor": ("deputy governor", ("deputy governor",), ("รองผู้ว่าราชการ", "รองผู้ว่าการ", "รองผู้ว่าฯ")),
    "chair": ("chair", ("chairman", "chairwoman", "chairperson", "chair"), ("ประธาน",)),
    "spokesperson": ("spokesperson", ("spokesman", "spokeswoman", "spokesperson"), ("โฆษก",)),
    "mayor": ("mayor", ("mayor",), ("นายกเทศมนตรี",)),
    "councillor": ("councillor", ("councillor", "councilman", "councilwoman"), ("สมาชิกสภาท้องถิ่น", "สก.", "ส.ก.")),
    "party_leader": ("party leader", ("party leader",), ("หัวหน้าพรรค",)),
    "judge": ("judge", ("judge",), ("ผู้พิพากษา",)),
}
_CODES = {spelling.lower(): code for code, (_, en, th) in _TITLES.items() for spelling in (*en, *th)}


def _pattern() -> re.Pattern[str]:
    english = sorted((word for _, en, _ in _TITLES.values() for word in en), key=len, reverse=True)
    thai = sorted((word for _, _, th in _TITLES.values() for word in th), key=len, reverse=True)
    latin = "|".join(word if word.isupper() or word == "MPs" else f"(?i:{re.escape(word)})" for word in english)
    # the short Thai forms are whole words only; สส is also the end of others
    return re.compile(
        rf"(?<![\w-])(?:{latin})(?![\w-])"
        rf"|(?:{'|'.join(re.escape(word) for word in thai if len(word) > 2)})"
        rf"|(?<![ก-๛])(?:{'|'.join(word for word in thai if len(word) == 2)})(?![ก-๛])"
    )


_TITLE = _pattern()


@dataclass(frozen=True, slots=True)
class Role:
    """A title as it stands in a text: where, and its code."""

    start: int
    end: int
    code: str


def roles_in(text: str) -> list[Role]:
    """Every known title in `text`, in order; of overlapping ones the longest."""
    return [Role(found.start(), found.end(), _CODES[found[0].lower()]) for found in _TITLE.finditer(text)]


def role_name(code: str) -> str:
    """The title of a code as an English sentence writes it."""
    return _TITLES[code][0]
