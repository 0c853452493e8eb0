"""What our letters say, in Thai and in English. Pure: values in, texts out.

A text holds marks such as `{due_on}` for what is known only on the day it is sent; `filled` puts them in. The link is
one of them, so that no stored text ever holds a token.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from budgets.fiscal import buddhist_year
from claims.vocabulary import AssertionKind

MARKS = ("{link}", "{link_until}", "{due_on}", "{working_days}")
_MARK = re.compile(r"\{[a-z_]+\}")
_MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "th": [
        "มกราคม",
        "กุมภาพันธ์",
        "มีนาคม",
        "เมษายน",
        "พฤษภาคม",
        "มิถุนายน",
        "กรกฎาคม",
        "สิงหาคม",
        "กันยายน",
        "ตุลาคม",
        "พฤศจิกายน",
        "ธันวาคม",
    ],
}
NAME = {"en": "Tamroi", "th": "ตามรอย"}
WHO_WE_ARE = {
    "en": "We track what public figures claim about public money, and what those responsible answer.",
    "th": "ติดตามคำกล่าวของบุคคลสาธารณะเรื่องเงินของรัฐ และคำชี้แจงของผู้เกี่ยวข้อง",
}
SIGNATURE = {"en": "The editors of Tamroi", "th": "กองบรรณาธิการตามรอย"}
CLOSING = {"en": "Yours faithfully,", "th": "ขอแสดงความนับถือ"}
SALUTATION = {"en": "Dear Sir or Madam,", "th": ""}
SUBJECT = {"en": "Subject:", "th": "เรื่อง"}
TO = {"en": "To:", "th": "เรียน"}
NUMBER = {"en": "Our reference:", "th": "ที่"}
NO_LINK = {
    "en": "(The one-time link stands in the original only.)",
    "th": "(ลิงก์สำหรับตอบปรากฏเฉพาะในหนังสือฉบับจริง)",
}
HEADINGS = {
    "en": ("What was said", "Our questions", "How to answer", "By when"),
    "th": ("คำกล่าวที่เกี่ยวข้อง", "ประเด็นที่ขอความกรุณาชี้แจง", "วิธีตอบ", "กำหนดเวลา"),
}
_SUBJECT = {
    "en": "Request for an answer: {heading}",
    "th": "ขอความอนุเคราะห์ชี้แจงข้อเท็จจริง กรณี {heading}",
}
_BODY = {
    "en": """\
A statement that concerns your office was made in public. Before our readers judge it, we want them to hear from you.

What was said
{heading}
{summary}
We report this as what was said by the person named. We have not made it our own.

Our questions
{questions}

How to answer
On this page, without an account; a file can be added:
{link}
The link takes one answer, until {link_until}. Please do not pass it on. {contact}

By when
We ask for your answer within {working_days} working days after the day on which you receive this letter. For a letter \
received on its own date that is {due_on}. Weekends and public holidays do not count. The deadline is ours, not \
the law's.
An acknowledgement is welcome. It is not an answer, and the days go on being counted until one comes.
Your answer will be shown with its date beside the statement. If none has come by then, the page will say so, with the \
date of this letter, and nothing more; an answer that comes later is added.""",
    "th": """\
ด้วยมีการกล่าวต่อสาธารณะในเรื่องที่เกี่ยวข้องกับท่าน ตามรอยประสงค์ให้ผู้อ่านได้รับทราบข้อมูลจากท่าน\
ก่อนพิจารณาคำกล่าวดังกล่าว จึงขอความอนุเคราะห์จากท่านโปรดชี้แจงข้อเท็จจริง ดังนี้

คำกล่าวที่เกี่ยวข้อง
{heading}
{summary}
ข้อความข้างต้นเป็นคำกล่าวของบุคคลที่ระบุไว้ ตามรอยมิได้ยืนยันว่าเป็นเช่นนั้น

ประเด็นที่ขอความกรุณาชี้แจง
{questions}

วิธีตอบ
ท่านสามารถตอบได้ที่หน้าเว็บนี้ โดยไม่ต้องมีบัญชีผู้ใช้ และแนบไฟล์ได้
{link}
ลิงก์นี้ใช้ตอบได้หนึ่งครั้ง ถึงวันที่ {link_until} โปรดอย่าส่งต่อ {contact}

กำหนดเวลา
ตามรอยขอความกรุณาท่านตอบภายใน {working_days} วันทำการ นับจากวันถัดจากวันที่ท่านได้รับหนังสือ \
หากได้รับในวันที่ลงในหนังสือ จะครบกำหนดในวันที่ {due_on} ทั้งนี้ไม่นับวันหยุดสุดสัปดาห์และวันหยุดราชการ \
และเป็นกำหนดของตามรอยเอง มิใช่กำหนดตามกฎหมาย
การแจ้งว่าได้รับเรื่องแล้วเป็นประโยชน์อย่างยิ่ง แต่ไม่นับเป็นคำตอบ และยังคงนับวันทำการต่อไปจนกว่าจะได้รับคำตอบ
ตามรอยจะแสดงคำตอบของท่านพร้อมวันที่ไว้คู่กับคำกล่าวดังกล่าว หากยังไม่ได้รับคำตอบภายในกำหนด หน้าเว็บจะระบุเพียงเท่านั้น\
พร้อมวันที่ของหนังสือนี้ และจะเพิ่มคำตอบเมื่อได้รับในภายหลัง

จึงเรียนมาเพื่อโปรดพิจารณา""",
}
_CONTACT = {
    "en": "You can also write to {address}.",
    "th": "หรือตอบทางอีเมล {address}",
}
_ASK = {
    AssertionKind.FIGURE: (
        "Is this figure correct, and which document states it? If it is not, what is the figure, and for which period?",
        "ตัวเลขนี้ถูกต้องหรือไม่ ปรากฏในเอกสารใด หากไม่ถูกต้อง ตัวเลขที่ถูกต้องคือเท่าใด และเป็นของช่วงเวลาใด",
    ),
    AssertionKind.FACT: (
        "Is this correct? If it is not, what is, and which document shows it?",
        "ข้อความนี้ถูกต้องหรือไม่ หากไม่ถูกต้อง ข้อเท็จจริงเป็นอย่างไร และปรากฏในเอกสารใด",
    ),
    AssertionKind.JUDGEMENT: (
        "This is the speaker's own judgement. What do you say to it?",
        "ข้อความนี้เป็นความเห็นของผู้กล่าว ท่านมีคำชี้แจงอย่างไร",
    ),
    AssertionKind.ALLEGATION: (
        "This is an allegation; it is not ours. What do you say to it?",
        "ข้อความนี้เป็นข้อกล่าวหาของผู้กล่าว มิใช่ของตามรอย ท่านมีคำชี้แจงอย่างไร",
    ),
    AssertionKind.RUMOUR: (
        "The speaker passed this on as a rumour; we have seen no evidence of it. What do you say to it?",
        "ผู้กล่าวระบุว่าเป็นข่าวลือ และตามรอยยังไม่พบหลักฐาน ท่านมีคำชี้แจงอย่างไร",
    ),
    AssertionKind.QUESTION: (
        "This was asked in public. What is your answer?",
        "ข้อนี้เป็นคำถามที่มีการถามต่อสาธารณะ ท่านมีคำตอบอย่างไร",
    ),
}
_MOST_SUBJECT = 300


def subject_text(lang: str, heading: str) -> str:
    """Return what the letter is about; a long heading is cut, and shows that it was."""
    room = _MOST_SUBJECT - len(_SUBJECT[lang].format(heading=""))
    short = heading if len(heading) <= room else heading[: room - 1].rstrip() + "…"
    return _SUBJECT[lang].format(heading=short)


def body_text(
    lang: str, *, heading: str, summary: str, questions: Sequence[tuple[AssertionKind, str]], contact: str
) -> str:
    """Return the first draft of a letter's text, with one question per assertion and the marks still in it."""
    asked = "\n".join(
        f"{number}. “{text}”\n{_ASK[kind][lang == 'th']}" for number, (kind, text) in enumerate(questions, 1)
    )
    values = {"heading": heading, "summary": summary, "questions": asked, "contact": ""}
    if contact:
        values["contact"] = _CONTACT[lang].format(address=contact)
    text = _MARK.sub(lambda mark: values.get(mark[0][1:-1], mark[0]), _BODY[lang])
    return "\n".join(line.rstrip() for line in text.split("\n"))


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return the text with its marks replaced; the values are taken as they are, whatever they hold."""
    return _MARK.sub(lambda mark: values.get(mark[0], mark[0]), text)


def unknown_marks(text: str) -> list[str]:
    """Return what looks like a mark and is none."""
    return sorted({mark for mark in _MARK.findall(text) if mark not in MARKS})


def day_text(day: date, lang: str) -> str:
    """Return “24 November 2026” or “24 พฤศจิกายน 2569”."""
    year = buddhist_year(day.year) if lang == "th" else day.year
    return f"{day.day} {_MONTHS[lang][day.month - 1]} {year}"


def number_text(year: int, serial: int, lang: str) -> str:
    """Return “TR 2026/0001”, in Thai “TR 2569/0001”."""
    return f"TR {buddhist_year(year) if lang == 'th' else year}/{serial:04d}"
