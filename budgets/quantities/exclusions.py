"""What looks like a number and is a name: telephones, sections, ordinals, ids, addresses, times, links. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgets.quantities.folding import words

_ASCII_RUN = re.compile(r"[!-~]{4,}")
_LINK = re.compile(r"://|^www\.|[a-z]\.(?:com|org|net|co|go|or|ac|in|th|gov|io|info|me|ly)(?:[/.:?#]|$)")
_HASHTAG = re.compile(r"#[^\s#•]+")
# สามสี is three colours, and the beginning of สามสี่ร้อย.
_NAMES_TH = re.compile(
    words(
        "แสนสิริ", "ล้านนา", "ล้านช้าง", "หมื่นไวย", "สองแคว", "สี่แยก", "หกล้ม", "เจ็ดเสมียน", "แปดริ้ว", "เก้าอี้",
        "สามัคคี", "สามัญ", "สามารถ", "สามี", "ห้าง", "ห้าม", "หนึ่งในนั้น", "อย่างหนึ่ง", "คนละครึ่ง", "เป็นหนึ่งเดียว",
        "พันตำรวจ", "พันเอก", "พันโท", "พันตรี", "ร้อยตำรวจ", "ร้อยเอก", "ร้อยโท", "ร้อยตรี", "สิบเอก", "สิบโท", "สิบตรี",
        "สิบตำรวจ", "เศรษฐีพันล้าน", "เศรษฐีร้อยล้าน", "เศรษฐีหมื่นล้าน", "เศรษฐีแสนล้าน", "บางพลัดหมื่น", "ยี่ห้อ", "สามพราน",
        "สามโคก", "สามชุก", "สามย่าน", "สามเสน", "สี่พระยา", "ห้าแยก", "สามแยก", "แสนสุข", "แสนสาหัส", "สามเหลี่ยม",
        "สี่เหลี่ยม", "เจ็ดยอด", "สิบสองปันนา", "หกคะเมน", "สามง่าม", "สามเณร", "สามก๊ก", "พันดอลลาร์", "สองพี่น้อง",
    ).replace("|พันดอลลาร์", "")
    + "|สามสี(?!่)"
)  # fmt: skip

# A number after one of these is a name, unless it is an amount of money or a percentage.
_LEFT_TH = words(
    "มาตรา", "ข้อ", "วรรค", "วรรคที่", "อนุมาตรา", "ฉบับที่", "ครั้งที่", "โทร", "โทร.", "โทรศัพท์", "โทรสาร", "แฟกซ์", "สายด่วน",
    "เลขที่", "หมู่", "ลำดับ", "เบอร์", "หมายเลข", "รหัส", "สปส.", "ถนน", "ซอย", "ทะเบียน", "ภ.ง.ด.", "ทล.", "ปณ.", "ช่อง",
    "ที่", "ชั้น",
    "ห้อง", "เขต", "รุ่น", "ทางเลือก", "เฟส", "เลข", "พระราม", "ไตรมาส", "กด", "งวด",
)  # fmt: skip
# What ends in ที่ and says an amount: อยู่ที่ 300 คน.
_AMOUNT_TH = words(
    "อยู่ที่",
    "เหลือที่",
    "ไว้ที่",
    "คงที่",
    "เพียงที่",
    "เป้าที่",
    "แตะที่",
    "เฉลี่ยที่",
    "สูงสุดที่",
    "ต่ำสุดที่",
    "พื้นที่",
    "ในที่",
    "ขณะที่",
    "เจ้าหน้าที่",
    "สถานที่",
    "เต็มที่",
    "ทันที",
)
_LEFT_EN = (
    r"sections?|articles?|clauses?|paragraphs?|chapters?|no\.?|nos\.?|number|hotline|tel\.?|telephone|phone|fax"
    r"|pages?|pp?\.|room|route|highway|flight|channel|phase|grade|title|volume|vol\.?|category|version|windows|android"
    r"|ios|boeing|level|zone|ward|gate|type|figure|fig\.|annex|appendix|resolution|proposition|amendment|id|code|zip"
    r"|postcode|moo|soi"
)
_LEFT = re.compile(
    rf"(?:(?:{_LEFT_TH}|(?<!ปี)(?<!เดือน)(?<!วัน)หน้า|(?<![ก-ฮ])ม\.)|(?<![a-z])(?:{_LEFT_EN}):?)\s{{0,2}}:?\s?$|#\s?$"
)
_LEFT_AMOUNT = re.compile(rf"(?:{_AMOUNT_TH})\s{{0,2}}$")
_LEFT_SEVERAL = re.compile(r"(?:หลาย|หลัก|หน่วย\s?:?\s?|\()$")
_WINDOW = 20

_TIME = re.compile(
    r"(?:\s?[-–]\s?[0-9]{1,2}[.:][0-9]{2})?\s?(?:น\.|นาฬิกา|โมง|a\.?m\.?(?![a-z])|p\.?m\.?(?![a-z])|o'clock|gmt(?![a-z]))"
)
_GLUED = re.compile(r"(?:[a-z_@\\&]|[a-z][-/]|[0-9]/|[0-9][.,:'/]|[a-z]\+|:[0-9]?)$")
_COVID = re.compile(r"(?:โควิด|covid|โคโรนา|โคโรน่า|coronavirus disease)(?:สายพันธุ์ใหม่)?\s?[-–]?\s?(?:20)?19")
_SAYING = re.compile(r"(?:an? )?million[- ]dollar question")
_AND = r"\s?(?:,|และ|หรือ|and|or|-|–|ถึง|to|&)?\s?"
_LISTED = re.compile(
    rf"(?:มาตรา|(?<![ก-ฮ])ม\.|ข้อ|วรรค|ทางเลือก(?:ที่)?|sections?|articles?|nos?\.)\s?[0-9]{{1,4}}(?:{_AND}[0-9]{{1,4}}){{0,4}}{_AND}$"
)
_LIST_WINDOW = 32
_ORDINAL = re.compile(r"(?:st|nd|rd|th)(?![a-z])")
_MONTHS = words(
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน",
    "ธันวาคม", "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
_MONTHS_EN = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
MONTH_TH = rf"(?:{_MONTHS})"
MONTH = rf"(?:{_MONTHS}|(?:{_MONTHS_EN})(?![a-z])\.?)"
_MONTH_AFTER = re.compile(rf"(?:\s?(?:-|–|ถึง|และ|to|and)\s?[0-9]{{1,2}})?\s?{MONTH}")
_MONTH_BEFORE = re.compile(rf"(?<![a-z]){MONTH}\s?$")


def blocked(folded: str) -> Iterator[tuple[int, int]]:
    """Stretches in which no number is read: links, addresses, hashtags, Thai words with a numeral inside."""
    for found in _ASCII_RUN.finditer(folded):
        if "@" in found[0] or _LINK.search(found[0]):
            yield found.span()
    for pattern in (_HASHTAG, _COVID, _NAMES_TH, _SAYING):
        for found in pattern.finditer(folded):
            yield found.span()


def is_name(folded: str, start: int, end: int) -> bool:
    """Whether the number in folded[start:end] is a name, the day of a date or a time of day."""
    window = max(0, start - _WINDOW)
    if end - start <= 2 and _MONTH_BEFORE.search(folded, window, start):
        return True
    if _LISTED.search(folded, max(0, start - _LIST_WINDOW), start) and end - start <= 4:
        return True
    if _LEFT.search(folded, window, start) and not _LEFT_AMOUNT.search(folded, window, start):
        return True
    return any(pattern.match(folded, end) for pattern in (_TIME, _ORDINAL, _MONTH_AFTER))


def is_glued(folded: str, start: int) -> bool:
    """Whether the digits at `start` belong to a word, a code or a longer number: MP3, COVID-19, ITEM-123, 9:00."""
    return bool(_GLUED.search(folded, max(0, start - 3), start))


def is_indefinite(folded: str, start: int) -> bool:
    """Whether a scale word without digits follows หลาย ("several"), or is the unit of a table ("หน่วย: พันล้านบาท")."""
    return bool(_LEFT_SEVERAL.search(folded, max(0, start - _WINDOW), start))
