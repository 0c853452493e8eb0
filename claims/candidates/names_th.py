"""Names and titles in Thai sentences: นาย…, “ชื่อเล่น”, a name before a title, an office that speaks. Pure."""

from __future__ import annotations

import re

from claims.drift.titles import roles_in

_HONORIFIC = (
    "นาย(?!ก|จ้าง|หน้า|ทุน|ทะเบียน)|นางสาว|นาง(?!แบบ|พยาบาล)|น\\.ส\\.\\s?|ดร\\.\\s?|(?:ผศ\\.|รศ\\.|ศ\\.)(?:\\s?ดร\\.)?\\s?|นพ\\.\\s?|พญ\\.\\s?"
    "|(?:พล|พ|ร|น|จ|ส)\\.(?:ส\\.)?[อทต]\\.(?:[อทต]\\.)?(?:หญิง\\s?)?\\s?|(?:พล|พัน|ร้อย|เรือ|นาวา)(?:ตำรวจ|อากาศ)?(?:เอก|โท|ตรี)\\s?|คุณ(?!ภาพ|สมบัติ|ค่า|ประโยชน์|ธรรม|ลักษณะ|วุฒิ)|หม่อม"
)
_NAME = re.compile(rf"(?:{_HONORIFIC})\s?[ก-๎]{{2,30}}(?:\s{{1,2}}[ก-๎]{{2,30}}(?=\s|$|\())?")
_HONORIFICS = re.compile(rf"(?:(?:{_HONORIFIC})\s?){{1,2}}")
_NICKNAME = re.compile("[“\"']([ก-๎ ]{2,30})[”\"']\\s{0,2}$|[“\"']([ก-๎ ]{2,30})[”\"']\\s{0,2}(?=[ก-๎])")
_OFFICE = re.compile(
    "(?:กระทรวง|สำนักงาน|สำนัก|กรม|พรรค|ศูนย์|คณะกรรมการ|คณะกรรมาธิการ|บริษัท|ธนาคาร|มหาวิทยาลัย|องค์การ|องค์กร|สภา|มูลนิธิ|สมาคม"
    "|กองทุน|ทำเนียบ|รัฐบาล|ตำรวจ|เครือข่าย|กลุ่ม|เทศบาล|อบต\\.|อบจ\\.|กทม\\.|สปส\\.|ป\\.ป\\.ช\\.|สตง\\.)[ก-๎.]{0,60}"
)
_VERB_FOLLOWS = re.compile("(?<=[ก-๎])(?:ได้|จึง|จะ|ขอ|และ|เตรียม|ออก|ที่|ซึ่ง|โดย|ต้อง|ยัง)")
_PRONOUNS = re.compile("(?:^|\\s)(เธอ|เขา|ตน|ผม|ดิฉัน|เจ้าตัว|พวกเขา)\\s{0,2}$")
_NO_SURNAME = re.compile(
    "กล่าว|เปิดเผย|เผย|ระบุ|ชี้แจง|ยืนยัน|อ้าง|แถลง|บอก|เล่า|วิจารณ์|ย้ำ|ปฏิเสธ|โพสต์|ตั้ง|ให้|อภิปราย|เตือน|พร้อม|ได้|และ|ใน|เป็น|ที่|ว่า"
    "|ผู้|หัวหน้า|กรรมการ|สมาชิก|แกนนำ|อดีต|นัก"
)
_MOST_NAME = 50  # letters of a name that stands without an honorific before a title


def begins_with_title(words: str) -> bool:
    """Whether a title of office stands at the very start: then it belongs to the name before it."""
    found = roles_in(words[:60])
    return bool(found) and found[0].start == 0


def name_in(before: str) -> str:
    """The name of who acts, in the words before a verb: the last one there; empty when there is none."""
    named = list(_NAME.finditer(before))
    if named:
        return _without_verb(named[-1][0])
    return _before_title(before) or _nickname(before) or _office(before) or _title(before)


def bare(name: str) -> str:
    """A name without นาย, นางสาว, ดร. and the like, as lists of people have it."""
    found = _HONORIFICS.match(name)
    return name[found.end() :].strip() if found and found.end() < len(name) else name


def pronoun_in(before: str) -> str:
    """The pronoun directly before the verb; empty when there is none."""
    found = _PRONOUNS.search(before)
    return found[1] if found else ""


def _without_verb(name: str) -> str:
    """The name without a second word that is no surname."""
    parts = name.rsplit(None, 1)
    if len(parts) == 2 and (_NO_SURNAME.match(parts[1]) or begins_with_title(parts[1]) or _OFFICE.match(parts[1])):
        return parts[0]
    return " ".join(name.split())


def _before_title(before: str) -> str:
    """รักชนก ศรีนอก ส.ส.กทม. …: a line that begins with one or two words and then a title."""
    titles = roles_in(before[:120])
    name = before[: titles[0].start].strip() if titles else ""
    is_name = 3 < len(name) <= _MOST_NAME and 1 <= len(name.split()) <= 2 and re.fullmatch("[ก-๎ ]+", name)
    return name if is_name else ""


def _nickname(before: str) -> str:
    found = _NICKNAME.search(before)
    return (found[1] or found[2]).strip() if found else ""


def _office(before: str) -> str:
    found = [
        office for office in _OFFICE.finditer(before) if office.start() == 0 or before[office.start() - 1].isspace()
    ]
    return _VERB_FOLLOWS.split(found[-1][0])[0] if found else ""


def _title(before: str) -> str:
    """โฆษกกระทรวงแรงงาน: the words from the last title on."""
    titles = roles_in(before)
    name = before[titles[-1].start :].strip() if titles else ""
    return name if len(name) <= _MOST_NAME else ""
