"""What a line break must not tear apart: an amount and its unit, a date, a Thai compound."""

from __future__ import annotations

import re

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from .dates import MONTH_NAMES

_UNIT = (
    r"(?:trillion|billion|million|baht|stars?|years?|members?|seats?|issues?|claims?|"
    r"ล้านล้านบาท|ล้านบาท|ล้าน|บาท|ดาว|ปี|คน|ที่นั่ง|ประเด็น|%)"
)
_MONTH = "|".join(re.escape(name) for name in MONTH_NAMES)
# Browsers break Thai between dictionary words, and their dictionaries take these compounds for two words.
_COMPOUNDS = "|".join(
    (
        "งบประมาณ",
        "ตามรอย",
        "ผู้ประกันตน",
        "ประกันสังคม",
        "คำชี้แจง",
        "ผู้เกี่ยวข้อง",
        "กองทุน",
        "ค่าใช้จ่าย",
        "แหล่งอ้างอิง",
        "เงินสาธารณะ",
        "วันที่",
        "ล้านบาท",
    )
)
_TOGETHER = re.compile(
    rf"(?:วันที่ )?\d{{1,2}}(?:–\d{{1,2}})? (?:{_MONTH})(?: \d{{4}})?|"
    rf"(?:ร้อยละ |ปีงบประมาณ |ปี |พ\.ศ\. )?\d[\d,.]*(?: {_UNIT}(?![A-Za-z]))+|"
    rf"(?:ร้อยละ|ปีงบประมาณ|ปี|พ\.ศ\.) \d[\d,.]*|{_COMPOUNDS}"
)


def keep_together(text: str) -> SafeString:
    """Escape a text and wrap what belongs together in `<span class="n">`, within which no line breaks.

    A text that is already safe markup is taken as it is; its tags are left alone, since no pattern matches in them.
    """
    return mark_safe(_TOGETHER.sub(r'<span class="n">\g<0></span>', str(conditional_escape(text))))  # noqa: S308 escaped
