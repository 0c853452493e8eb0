"""Words that say whether a sentence may be worth a check, as data: code, weight, guess of its kind, words, reason.

A weight is no probability: it orders a page. `docs/intake.md` states how the weights add up.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from claims.vocabulary import AssertionKind


@dataclass(frozen=True, slots=True)
class Sign:
    """One rule. `find` returns the words that fired it, or None; a `kind` of None leaves the guess to other signs."""

    code: str
    weight: int
    kind: AssertionKind | None
    find: Callable[[str], str | None]
    en: str
    th: str


def _words(en: str, th: str) -> Callable[[str], str | None]:
    """Find one of the English words (whole, any case, `*` for any ending) or Thai words, separated by `|`."""
    latin, thai = ("|".join(map(re.escape, sorted(words.split("|"), key=len, reverse=True))) for words in (en, th))
    latin = latin.replace(r"\*", r"\w{0,12}")
    pattern = re.compile(rf"(?<![\w-])(?i:{latin})(?!\w)|(?:{thai})")

    def find(text: str) -> str | None:
        found = pattern.search(text)
        return found[0] if found else None

    return find


def _pattern(expression: str) -> Callable[[str], str | None]:
    pattern = re.compile(expression)

    def find(text: str) -> str | None:
        found = pattern.search(text)
        return found[0].strip() if found else None

    return find


SIGNS: tuple[Sign, ...] = (
    Sign(
        "question",
        -2,
        AssertionKind.QUESTION,
        _pattern(
            r"\?[\"”’)]*$|\b(?:questioned|asked|asks|asking) (?:whether|why|how|if|what)\b"
            r"|หรือไม่(?=[\s?”\"]|$)|หรือเปล่า|ใช่หรือไม่|ทำไม|เหตุใด|ตั้งคำถาม(?:ว่า|ถึง)"
        ),
        "It asks",
        "เป็นคำถาม",
    ),
    Sign(
        "rumour",
        2,
        AssertionKind.RUMOUR,
        _words("rumour*|rumor*|hearsay|unconfirmed report*", "ข่าวลือ|ลือว่า|กระแสข่าว|มีข่าวว่า|ว่ากันว่า"),
        "A rumour",
        "เป็นข่าวลือ",
    ),
    Sign(
        "accusation",
        3,
        AssertionKind.ALLEGATION,
        _words(
            "irregularit*|corrupt*|fraud*|brib*|embezzl*|illegal*|unlawful*|abuse of power|kickback*|collu*"
            "|misappropriat*|cover-up|cover up|nepotism|bid-rigging|bid rigging|money laundering|lied|lying"
            "|stole|stolen|malfeasance",
            "ทุจริต|คอร์รัปชัน|คอร์รัปชั่น|โกง|ฮั้ว|สินบน|ใต้โต๊ะ|ยักยอก|ผิดกฎหมาย|เอื้อประโยชน์|ไม่โปร่งใส|ฟอกเงิน|ล็อกสเปก"
            "|ล็อคสเปค|ละเว้นการปฏิบัติหน้าที่|ปฏิบัติหน้าที่โดยมิชอบ|หลอกลวง|เงินทอน|ส่อทุจริต|ผลประโยชน์ทับซ้อน",
        ),
        "It speaks of wrongdoing",
        "กล่าวถึงการกระทำผิด",
    ),
    Sign(
        "comparison",
        2,
        None,
        _words(
            "rose|risen|rise|rises|rising|increas*|grew|grown|growth|fell|fallen|falling|decreas*|declin*"
            "|dropped|drop|doubled|doubl*|tripled|halved|higher|lower|more than|less than|fewer than|highest"
            "|lowest|largest|biggest|smallest|most|least|worst|best|compared|twice|exceed*|surpass*"
            "|for the first time|faster|slower|cheaper|costlier|outnumber*",
            "เพิ่มขึ้น|เพิ่มจาก|ลดลง|ลดจาก|สูงกว่า|ต่ำกว่า|มากกว่า|น้อยกว่า|มากที่สุด|น้อยที่สุด|สูงที่สุด|สูงสุด|ต่ำสุด|แพงกว่า|ถูกกว่า"
            "|เป็นครั้งแรก|เท่าตัว|เมื่อเทียบ|เทียบกับ|เติบโต|ขยายตัว|หดตัว|อันดับหนึ่ง|อันดับ 1|พุ่ง|แซง",
        ),
        "It compares",
        "มีการเปรียบเทียบ",
    ),
    Sign(
        "judged",
        2,
        AssertionKind.JUDGEMENT,
        _words(
            "fail*|wast*|excessive*|redundan*|unnecessar*|inadequate*|lack*|unattractive|ineffective"
            "|inefficien*|poor*|careless*|negligen*|mismanag*|useless|unfair*|pointless|overpriced|lavish",
            "ล้มเหลว|สิ้นเปลือง|ฟุ่มเฟือย|ซ้ำซ้อน|เกินความจำเป็น|ไม่มีความจำเป็น|ไม่คุ้มค่า|ไม่คุ้ม|ไม่มีประสิทธิภาพ|ด้อยประสิทธิภาพ"
            "|ไม่เหมาะสม|ไม่เป็นธรรม|ละเลย|แพงเกินจริง|แพงเกินไป|ไร้ประโยชน์|ผลาญ|ใช้ไม่ได้",
        ),
        "It judges what was done",
        "ประเมินการกระทำ",
    ),
    Sign(
        "promise",
        2,
        None,
        _words(
            "promis*|pledg*|vow*|will|shall|plan to|plans to|planned to|planning to|intends to|intend to"
            "|aims to|by next year|committed to|guarantee*",
            "สัญญาว่า|ให้คำมั่น|รับปาก|มีแผน|เตรียม|ตั้งเป้า|จะเร่ง|จะดำเนินการ|จะเพิ่ม|จะลด|จะจ่าย|จะแก้ไข|จะชี้แจง|จะโอน"
            "|จะเริ่ม|จะได้รับ|ภายในปี|รับประกัน",
        ),
        "It promises or announces",
        "เป็นคำมั่นหรือแผน",
    ),
    Sign(
        "denial",
        1,
        None,
        _words(
            "unable|cannot|can't|could not|did not|didn't|does not|doesn't|do not|don't|never|denied|denies"
            "|not affect|no longer|without",
            "ไม่สามารถ|ไม่ได้|ไม่กระทบ|ไม่ส่งผลกระทบ|ปฏิเสธ|ไม่เคย|ไม่มี|ไม่พบ|ไม่ใช่|มิได้",
        ),
        "It says what is not so",
        "กล่าวว่าไม่เป็นเช่นนั้น",
    ),
    Sign(
        "opinion",
        -2,
        AssertionKind.JUDGEMENT,
        _words(
            "I think|I believe|I feel|in my view|in my opinion|should|ought to|hopefully|I hope|hopes"
            "|beautiful|wonderful|thank you|congratulations|in her view|in his view",
            "ผมคิดว่า|ดิฉันคิดว่า|ส่วนตัวคิดว่า|ส่วนตัวเห็นว่า|ควรจะ|สมควร|น่าจะ|อยากให้|หวังว่า|รู้สึก|ขอบคุณ|ขอแสดงความ|เชื่อมั่นว่า|ขอให้|ขอเชิญ",
        ),
        "An opinion or a wish",
        "เป็นความเห็นหรือความปรารถนา",
    ),
)
