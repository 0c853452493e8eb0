"""Reason codes of refusals and failures, a sentence each in both languages. Codes are stable, sentences may improve."""

from __future__ import annotations

_SENTENCES: dict[str, tuple[str, str]] = {
    # the shape of an address
    "empty": ("There is no address.", "ไม่มีที่อยู่เว็บ"),
    "too_long": ("The address is longer than 8,192 characters.", "ที่อยู่เว็บยาวเกิน 8,192 ตัวอักษร"),
    "too_long_to_watch": ("The address is longer than 2,000 characters.", "ที่อยู่เว็บยาวเกิน 2,000 ตัวอักษร"),
    "space": ("The address contains a space.", "ที่อยู่เว็บมีช่องว่าง"),
    "control_character": ("The address contains an invisible character.", "ที่อยู่เว็บมีอักขระที่มองไม่เห็น"),
    "backslash": ("The address contains a backslash.", "ที่อยู่เว็บมีเครื่องหมายแบ็กสแลช"),
    "no_scheme": ("The address does not begin with http:// or https://.", "ที่อยู่เว็บไม่ได้ขึ้นต้นด้วย http:// หรือ https://"),
    "scheme_not_allowed": ("Only http and https addresses are watched.", "ระบบตรวจเฉพาะที่อยู่แบบ http และ https"),
    "no_host": ("The address names no site.", "ที่อยู่เว็บไม่มีชื่อเว็บไซต์"),
    "userinfo": ("The address contains a user name or password.", "ที่อยู่เว็บมีชื่อผู้ใช้หรือรหัสผ่าน"),
    "percent_in_host": ("The site name contains coded characters.", "ชื่อเว็บไซต์มีอักขระที่เข้ารหัส"),
    "bad_port": ("The port in the address is not a number from 1 to 65535.", "หมายเลขพอร์ตไม่ใช่ตัวเลข 1 ถึง 65535"),
    "port_not_allowed": ("Only ports 80 and 443 are allowed.", "อนุญาตเฉพาะพอร์ต 80 และ 443"),
    "bad_ipv6": ("The number in brackets is not a network address.", "ตัวเลขในวงเล็บไม่ใช่ที่อยู่เครือข่าย"),
    "numeric_host": (
        "The site is given as a number in an unusual spelling.",
        "ชื่อเว็บไซต์เป็นตัวเลขที่เขียนในรูปแบบไม่ปกติ",
    ),
    "lookalike_host": (
        "The site name contains characters that stand for others.",
        "ชื่อเว็บไซต์มีอักขระที่แปลงเป็นอักขระอื่นได้",
    ),
    "bad_idna": ("The site name is not a valid international name.", "ชื่อเว็บไซต์ไม่ถูกต้องตามมาตรฐานชื่อโดเมนสากล"),
    "bad_host": ("The site name is not valid.", "ชื่อเว็บไซต์ไม่ถูกต้อง"),
    "single_label": ("The site name has no dot, so it is local.", "ชื่อเว็บไซต์ไม่มีจุด จึงเป็นชื่อภายใน"),
    "local_name": ("The site name belongs to a local network.", "ชื่อเว็บไซต์เป็นของเครือข่ายภายใน"),
    "parsers_disagree": ("The address can be read in two ways.", "ที่อยู่เว็บอ่านได้สองแบบ"),
    # the address behind the name
    "this_network": ("The address means this machine.", "ที่อยู่นี้หมายถึงเครื่องนี้เอง"),
    "loopback": ("The address leads back to this machine.", "ที่อยู่นี้ย้อนกลับมาที่เครื่องนี้"),
    "private_network": ("The address is in a private network.", "ที่อยู่นี้อยู่ในเครือข่ายส่วนตัว"),
    "shared_network": ("The address is inside a provider's network.", "ที่อยู่นี้อยู่ในเครือข่ายของผู้ให้บริการ"),
    "link_local": ("The address is only valid in one local network.", "ที่อยู่นี้ใช้ได้เฉพาะในเครือข่ายท้องถิ่น"),
    "metadata_service": ("The address is a service inside a data centre.", "ที่อยู่นี้เป็นบริการภายในศูนย์ข้อมูล"),
    "protocol_network": ("The address is reserved for protocols.", "ที่อยู่นี้สงวนไว้สำหรับโพรโทคอล"),
    "documentation_network": ("The address is reserved for examples.", "ที่อยู่นี้สงวนไว้สำหรับตัวอย่าง"),
    "benchmark_network": ("The address is reserved for measurements.", "ที่อยู่นี้สงวนไว้สำหรับการทดสอบวัดผล"),
    "transition_network": ("The address hides another address.", "ที่อยู่นี้ซ่อนที่อยู่อื่นไว้"),
    "embedded_ipv4": ("The address hides another address.", "ที่อยู่นี้ซ่อนที่อยู่อื่นไว้"),
    "discard_network": ("The address leads nowhere.", "ที่อยู่นี้ไม่นำไปที่ใด"),
    "reserved_network": ("The address is not in use on the internet.", "ที่อยู่นี้ยังไม่ใช้งานบนอินเทอร์เน็ต"),
    "multicast": ("The address stands for many machines.", "ที่อยู่นี้หมายถึงหลายเครื่อง"),
    "broadcast": ("The address stands for many machines.", "ที่อยู่นี้หมายถึงหลายเครื่อง"),
    # what happened on the way
    "name_unknown": ("The site name does not exist.", "ไม่มีชื่อเว็บไซต์นี้"),
    "name_unanswered": ("The directory of site names did not answer.", "ระบบค้นชื่อเว็บไซต์ไม่ตอบ"),
    "name_without_address": ("The site name has no address.", "ชื่อเว็บไซต์ไม่มีที่อยู่"),
    "connection_refused": ("The site does not accept connections.", "เว็บไม่รับการเชื่อมต่อ"),
    "connection_failed": ("The connection could not be made.", "เชื่อมต่อไม่ได้"),
    "connection_broken": ("The connection broke off.", "การเชื่อมต่อขาดกลางทาง"),
    "answer_truncated": ("The answer broke off before its end.", "คำตอบขาดก่อนจบ"),
    "answer_malformed": ("The answer is not valid HTTP.", "คำตอบไม่เป็นไปตามมาตรฐาน HTTP"),
    "headers_too_large": ("The header of the answer is too large.", "ส่วนหัวของคำตอบใหญ่เกินไป"),
    "slow_headers": ("The site did not begin to answer in time.", "เว็บไม่เริ่มตอบภายในเวลาที่กำหนด"),
    "slow_body": ("The site did not finish its answer in time.", "เว็บตอบไม่จบภายในเวลาที่กำหนด"),
    "certificate_invalid": ("The security certificate is not valid.", "ใบรับรองความปลอดภัยไม่ถูกต้อง"),
    "tls_failed": ("No secure connection could be agreed on.", "ตกลงการเชื่อมต่อที่ปลอดภัยไม่ได้"),
    "redirect_loop": ("The page leads back to itself.", "หน้าเว็บส่งต่อวนกลับมาที่เดิม"),
    "too_many_redirects": ("The page was moved more than eight times over.", "หน้าเว็บส่งต่อเกินแปดครั้ง"),
    "body_too_large": ("The file is larger than we read.", "ไฟล์ใหญ่กว่าที่ระบบอ่าน"),
    "unpacks_too_large": ("The file grows too large when unpacked.", "ไฟล์ใหญ่เกินไปเมื่อคลายการบีบอัด"),
    "encoding_broken": ("The compressed answer is damaged.", "คำตอบที่บีบอัดเสียหาย"),
    "encoding_unknown": ("The answer is packed in a way we do not read.", "คำตอบบีบอัดในรูปแบบที่ระบบไม่อ่าน"),
    "host_busy": ("Other checks of the same site are still running.", "กำลังตรวจหน้าอื่นของเว็บเดียวกันอยู่"),
    "checker_failed": ("Our own checker failed on this page.", "ระบบตรวจของเราขัดข้องกับหน้านี้"),
    # what was in the answer
    "http_status": ("The site answered with an error.", "เว็บตอบว่าเกิดข้อผิดพลาด"),
    "kind_not_read": ("This kind of file is not read.", "ระบบไม่อ่านไฟล์ชนิดนี้"),
    "no_text": ("The file contains no readable text.", "ไฟล์ไม่มีข้อความที่อ่านได้"),
    "needs_script": ("The page shows its text only to a running browser.", "หน้านี้แสดงข้อความเฉพาะในเบราว์เซอร์"),
    "page_too_complex": ("The page is too complex to read.", "หน้านี้ซับซ้อนเกินกว่าจะอ่าน"),
    "pdf_locked": ("The PDF is locked with a password.", "ไฟล์ PDF ถูกล็อกด้วยรหัสผ่าน"),
    "pdf_damaged": ("The PDF is damaged.", "ไฟล์ PDF เสียหาย"),
    "pdf_too_costly": ("The PDF is too complex to read.", "ไฟล์ PDF ซับซ้อนเกินกว่าจะอ่าน"),
    "challenge": ("The site asks visitors to prove that they are human.", "เว็บขอให้ผู้เยี่ยมชมพิสูจน์ว่าเป็นมนุษย์"),
    "login_wall": ("The site asks visitors to log in.", "เว็บขอให้ผู้เยี่ยมชมเข้าสู่ระบบ"),
    "says_not_found": ("The page now says that nothing was found.", "หน้านี้แจ้งว่าไม่พบเนื้อหา"),
    "sent_home": ("The page now leads to the site's front page.", "หน้านี้ส่งต่อไปหน้าแรกของเว็บ"),
    "domain_parked": ("The site name is offered for sale.", "ชื่อเว็บไซต์ถูกประกาศขาย"),
    "empty_page": ("The page is empty.", "หน้านี้ว่างเปล่า"),
    "quote_edited": ("The quoted sentence reads differently now.", "ข้อความที่อ้างเปลี่ยนไปจากเดิม"),
    "quote_lost": ("The quoted sentence is no longer on the page.", "ไม่พบข้อความที่อ้างในหน้านี้"),
    "title_changed": ("The headline of the page has changed.", "หัวเรื่องของหน้าเปลี่ยนไป"),
    "near_quote_changed": ("The text around the quote has changed.", "ข้อความรอบข้อความที่อ้างเปลี่ยนไป"),
    "correction_named": ("The page now mentions a correction.", "หน้านี้กล่าวถึงการแก้ไข"),
    "text_changed": ("Other text of the page has changed.", "ข้อความส่วนอื่นของหน้าเปลี่ยนไป"),
}


def sentence(detail: str) -> dict[str, str]:
    """The sentences for a detail that begins with a reason code (`code` or `code: more`): `{"en": …, "th": …}`."""
    code = detail.split(":", 1)[0]
    en, th = _SENTENCES.get(code, ("", ""))
    return {"en": en, "th": th}


def known(code: str) -> bool:
    """Whether a sentence exists for `code`."""
    return code in _SENTENCES
