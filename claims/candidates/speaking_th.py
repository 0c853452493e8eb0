"""Who speaks in a Thai clause: นาย… กล่าวว่า, … ระบุว่า, “…” นาง… กล่าว. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.candidates.names_th import name_in, pronoun_in

_VERB = (
    "กล่าวหา|กล่าว|เปิดเผย|เผย|ระบุ|ชี้แจง|ยืนยัน|อ้าง|แถลง|บอก|เล่า|วิจารณ์|วิพากษ์|ย้ำ|ปฏิเสธ|โพสต์|ตั้งข้อสังเกต|ตั้งคำถาม|ตั้งกระทู้|ให้สัมภาษณ์"
    "|อภิปราย|เตือน|ให้ความเห็น|แสดงความเห็น|ทวีต|เรียกร้อง|ตำหนิ|สัญญา|ให้คำมั่น|รับปาก|แจง|โต้|สวน|ซัด|แฉ|ประกาศ|เชื่อ|มองว่า|แนะ"
)
# what stands between the verb and its ว่า: กล่าวต่อไปว่า, กล่าวถึงรายงาน… ว่า; ว่าการ and ว่าง are other words
_SAYS = re.compile(rf"(?P<verb>{_VERB})(?P<between>[ก-๎ ()“”\"./0-9-]{{0,120}}?)ว่า(?!การ|ง|จ้าง|าว|ด้วย|ราชการ|ที่)")
_SAID_LAST = re.compile(rf"(?:{_VERB})(?:ทิ้งท้าย|ในที่สุด|ในตอนท้าย|ในช่วงต้น|เพิ่มเติม)?\s{{0,2}}$")
_SHORT_HEAD = re.compile(rf"(?:{_VERB})(?=\s)")
_MOST_BEFORE = 200  # characters before the verb in which its subject is sought
_REPORTED = re.compile("มีรายงานว่า|มีข่าวว่า|แหล่งข่าว|ลือว่า")


@dataclass(frozen=True, slots=True)
class Said:
    """Who speaks: a `name` or a pronoun (`words`); `reported`: at second hand."""

    name: str
    words: str
    reported: bool = False


def said_in_thai(clause: str) -> Said | None:
    """Who speaks in a clause, as far as its own words say."""
    reported = bool(_REPORTED.search(clause))
    found = _SAYS.search(clause) or _SAID_LAST.search(clause) or _SHORT_HEAD.search(clause)
    if found is None:
        return None
    before = clause[max(0, found.start() - _MOST_BEFORE) : found.start()]
    if pronoun := pronoun_in(before):
        return Said("", pronoun, reported)
    name = name_in(before)
    return Said(name, before.strip(), reported) if name else None
