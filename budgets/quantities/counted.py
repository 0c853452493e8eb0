"""Counted words after a number: 21 members, six key issues, 21 คน, 3 โครงการ. Pure.

Thai is written without spaces, so its counted words are a list (classifiers and measures); the longest one that fits
is taken. English takes the first plural within four words, and stops at a word that cannot stand before its noun.
"""

from __future__ import annotations

import re

from budgets.quantities.folding import THAI_MARKS, each_of, words

_THAI = each_of(
    "คน ราย ปี เดือน วัน ชั่วโมง นาที วินาที สัปดาห์ จังหวัด อัตรา เรื่อง แห่ง โดส ข้อความ ฉบับ กลุ่ม ชุด โครงการ งวด เม็ด "
    "หน่วยงาน โรค จุด กิโลกรัม มาตรฐาน มิติ แพ็ค ประเภท ช่องทาง ฝ่าย กิจกรรม หน่วย ประการ รายการ ไร่ รอบ ครัวเรือน "
    "ประเทศ บริการ ครั้ง ซี่ กระบอก ขวบ กระป๋อง ตำแหน่ง ตำแหน่งงาน ที่นั่ง ประเด็น เสียง คะแนน พรรค สมัย ไตรมาส ศตวรรษ ทศวรรษ "
    "บริษัท รางวัล สมาคม หลัก ข้อ ด้าน แผน แผนงาน มาตรการ นโยบาย ตัว ตัวอย่าง ตัวชี้วัด คัน ลำ เครื่อง หลัง ห้อง เตียง ชิ้น อัน ใบ เล่ม "
    "แผ่น ขวด กล่อง ถุง ซอง ม้วน ลูก ก้อน ต้น ดอก ผืน คู่ เส้น สาย เที่ยว ขั้น ขั้นตอน ระดับ ทาง วิธี แนวทาง รูปแบบ ลักษณะ ชนิด อย่าง "
    "สถานี สาขา สำนัก สำนักงาน กรม กระทรวง อำเภอ ตำบล หมู่บ้าน เขต ภาค ภูมิภาค เมือง ชุมชน ครอบครัว องค์กร สถาบัน โรงเรียน โรงพยาบาล "
    "โรงงาน มหาวิทยาลัย สถานประกอบการ ธนาคาร กองทุน คณะ คณะกรรมการ กิจการ ธุรกิจ อาชีพ กลุ่มอาชีพ อุตสาหกรรม หลักสูตร รุ่น วิชา บท "
    "หน้า บรรทัด คำ ประโยค ข่าว คดี สำนวน คำร้อง คำขอ สัญญา ใบอนุญาต เหตุการณ์ กรณี ปัจจัย เป้าหมาย ยุทธศาสตร์ "
    "กิโลเมตร กม. เมตร เซนติเมตร ซม. มิลลิเมตร ตารางเมตร ตร.ม. ตารางกิโลเมตร ตารางวา ลูกบาศก์เมตร งาน วา ตัน กรัม มิลลิกรัม ลิตร "
    "มิลลิลิตร บาร์เรล เมกะวัตต์ กิโลวัตต์ วัตต์ องศา องศาเซลเซียส ลบ.ม. ชม. กก. ถัง โหล เข็ม หยด เท้า ท่าน องค์ รูป หุ้น บัญชี "
    "เลขหมาย ล็อต แปลง กอง กำลัง นาย นัด สิทธิ สิทธิ์ ครัว ตู้ คอมเมนต์ ครู คืน มื้อ จาน ถ้วย ขีด ปาก ชาติ เทคนิค เหตุผล สี กิ่งจังหวัด "
    "คดีความ ซีซี กระสอบ ลัง แพ พวง ยูนิต คอก ฟอง ชั้น ช่วง ระยะ คณะทำงาน "
    "ผู้ป่วย ผู้เสียชีวิต ผู้ประกันตน แรงงาน สมาชิก นักเรียน นักท่องเที่ยว ลูกจ้าง นายจ้าง เจ้าหน้าที่ ประชาชน เกษตรกร พนักงาน ผู้สมัคร "
    "ผู้ติดเชื้อ ผู้ว่างงาน ผู้ใช้งาน กรรมการ เครือข่าย ศูนย์ เคส ทีม ภาษา คลิป ไฟล์ แอป แอปพลิเคชัน ระบบ เว็บไซต์ โพสต์ บูธ คลินิก ร้าน "
    "ร้านค้า จอ แถว คอลัมน์ ฟุต นิ้ว ไมล์ เอเคอร์ เฮกตาร์ เปลือก ปม ท่า ดวง พระองค์ หมวด หมู่เหล่า เล่ม โวลต์ แอมป์ ร่าง ญัตติ กระทู้ มติ"
)
_THAI_NOT = "รายงาน รายได้ รายจ่าย รายละ คนละ วันที่ วันละ ปีละ เดือนละ งานวิจัย ตัวเลข ชั่วโมงละ หลังจาก ทางการ สายด่วน ผลงาน"
# คนละ 500 บาท counts nobody.
_AFTER_THAI = r"(?!ละ(?![ก-ฮ]))"
# "ไตรมาส 2 ปี 2563" is not two years.
_NOT_A_YEAR = r"(?!ปี\s{0,2}(?:[0-9]{4}|[0-9]{2}(?! ?(?:เดือน|วัน|สัปดาห์))|พ\.ศ))"
_CLASSIFIER = re.compile(
    rf"\s{{0,2}}(?=[ก-ฮเ-ไ])(?!(?:{words(*_THAI_NOT.split())})){_NOT_A_YEAR}"
    rf"(?P<unit>{words(*_THAI)}|ม\.(?!\s?[0-9]))(?![{THAI_MARKS}]){_AFTER_THAI}"
)

_ENDS_COUNTED = re.compile(rf"(?:{words(*_THAI)})$")
_LONGEST_COUNTED = 16

_IRREGULAR = frozenset(
    each_of(
        "people men women children staff personnel police lives wives feet staffers countries data media "
        "households rai "
        "percent cattle sheep fish aircraft mps mw gw kw gb mb tb kwh"
    )
)
_SINGULAR = frozenset(
    each_of(
        "year month week day hour minute second person member seat vote case country party province project company "
        "question issue agency child man woman point metre meter kilometre kilometer mile ton tonne household school "
        "hospital dose district department ministry worker employee student percentage person's minister"
    )
)
_HYPHENED = frozenset(
    each_of(
        "year month week day hour minute member seat point page mile kilometre kilometer metre meter person man bed "
        "storey story room vote dose foot acre unit lane seater step"
    )
)
# Words that do not stand between a number and the noun that it counts.
_STOP = frozenset(
    each_of(
        "a an the this that these those of in on at to for from by with and or but nor as than then if so yet per each "
        "is are was were be been being has have had do does did will would can could may might must shall "
        "should not no "
        "it its he she they we you i his her their our your my who whom whose which what when where while "
        "because since "
        "until into onto over under between through during before after about against without within among across upon "
        "off out up down said says say told according also only just even most least very too now already "
        "spent allocated paid made given went came got set put goes gets makes take takes took worth following used "
        "january february march april june july august september october november december total compared versus vs "
        "all any some such there here however although though both either neither every via plus minus including"
    )
)
_NOT_PLURAL = frozenset(
    each_of(
        "this his its us was has does is as less thus plus minus versus perhaps always across besides sometimes news "
        "unless afterwards towards besides whereas rises costs says goes gets makes shows needs wants means comes "
        "becomes seems takes gives"
    )
)
# What is counted in money: "100 million in funds" and "336 million costs" are amounts of money.
_MONEY_NOUNS = frozenset(
    each_of("funds costs expenses losses revenues loans bonds taxes subsidies savings profits fees")
)
# After a bare number that could be a year, only these count things: "2023 people" but "2010 bonuses".
_SURE = frozenset(
    each_of(
        "people persons men women children workers members seats votes households units doses cases deaths km "
        "kilometres "
        "kilometers miles tonnes tons employees subscribers students jobs patients rai hours days"
    )
)
_ABBREVIATED = re.compile(
    r"\s?(?P<unit>basis points?|km/h|km2|km|kg|cm|mm|sq m|sqm|ha|mw|gw|kw|kwh|gb|mb|tb|mbps|°c|°f|hrs?|mins?"
    r"|lbs?|ft|m2|m³|m²)(?![a-z0-9])"
)
_HYPHEN = re.compile(r"-(?P<unit>[a-z]+)")
_NEXT = re.compile(r"[ \u00a0](?P<word>[a-z][a-z'-]*)")
_ADJECTIVES = 3


def counted_thai(folded: str, pos: int) -> tuple[int, int] | None:
    """Where the Thai counted word directly after `pos` stands."""
    found = _CLASSIFIER.match(folded, pos)
    return found.span("unit") if found else None


def ends_counted(folded: str, pos: int) -> bool:
    """Whether a counted word ends at `pos`: the หนึ่ง after it is "a", not "one" (คนหนึ่ง)."""
    return bool(_ENDS_COUNTED.search(folded, max(0, pos - _LONGEST_COUNTED), pos))


def counted_english(folded: str, pos: int, *, one: bool, scaled: bool, maybe_year: bool) -> tuple[int, int] | None:
    """Where the English counted word after `pos` stands.

    `one` takes a singular, a number that is `scaled` ("336 million costs") leaves the nouns of money alone, and one
    that may be a year takes only what surely is counted.
    """
    for pattern in (_ABBREVIATED, _HYPHEN):
        found = pattern.match(folded, pos)
        if found and (pattern is _ABBREVIATED or found["unit"] in _HYPHENED):
            return found.span("unit")
    span = _first_plural(folded, pos, one=one, adjectives=0 if maybe_year else _ADJECTIVES)
    if span is None:
        return None
    noun = folded[span[0] : span[1]]
    refused = (scaled and noun in _MONEY_NOUNS) or (maybe_year and noun not in _SURE)
    return None if refused else span


def _first_plural(folded: str, pos: int, *, one: bool, adjectives: int) -> tuple[int, int] | None:
    for _ in range(adjectives + 1):
        found = _NEXT.match(folded, pos)
        if not found or found["word"] in _STOP:
            return None
        start, end = found.span("word")
        word = found["word"].rstrip("'-")
        if one and word in _SINGULAR:
            return start, start + len(word)
        if not one and _is_plural(word):
            return start, start + len(word)
        pos = end
    return None


def _is_plural(word: str) -> bool:
    if word in _IRREGULAR:
        return True
    if len(word) < 3 or not word.endswith("s") or word in _NOT_PLURAL:
        return False
    return not word.endswith(("ss", "us", "is", "'s"))


def unit_written(text: str, span: tuple[int, int]) -> str:
    """The counted word as it is written; a span of years is "years" even where one stands alone."""
    written = text[span[0] : span[1]]
    return "years" if written.lower() == "year" else written
