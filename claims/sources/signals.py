"""Signs that an answer is not the page we cited: error pages with status 200, challenges, parked names. Pure.

Asked only when a quote is missing: a quote that is present vetoes every sign.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from claims.sources.extract.document import Document

_SHORT = 900  # characters: an error page says little else
_NOT_FOUND = re.compile(
    r"^[^\w\n]{0,20}(?:error|http|status|code|รหัส|ข้อผิดพลาด)?[^\w\n]{0,20}4(?:04|10)\b|(?:page|article|story|content|file|document|site|url|link|resource)\b[^.\n]{0,40}\b(?:not\s+(?:be\s+)?found"
    r"|(?:does|do)(?:\s+not|n['’]t)\s+exist|no\s+longer\s+(?:available|exists?)|(?:has|have)\s+been\s+(?:removed|moved|deleted)"
    r"|(?:is|are)\s+(?:unavailable|not\s+available|missing))|not\s+found|(?:could|can)(?:\s*not|n['’]t)\s+find\s+(?:that|the|this|your)"
    r"|nothing\s+(?:was\s+)?found|oops"
    r"|ไม่พบ(?:หน้า|เนื้อหา|ข้อมูลที่|บทความ|ข่าว|เพจ|ไฟล์|เอกสาร)|ไม่มีหน้านี้|ไม่มีเนื้อหานี้|หน้านี้(?:อาจ)?(?:ถูก)?(?:ลบ|ย้าย|ไม่มี)"
    r"|(?:ถูกลบ|ถูกย้าย|ลบออก)(?:ไป)?แล้ว|ไม่สามารถ(?:แสดง|เข้าถึง|เปิด)(?:หน้า|เนื้อหา)",
    re.IGNORECASE | re.MULTILINE,
)
# looser words, which only a page that says little else means of itself
_THING = r"(?:page|article|story|content|post|file|document|site|url|link|resource|video|address)"
_THING_TH = "(?:หน้า|เนื้อหา|บทความ|ข่าว|ลิงก์|ลิงค์|ไฟล์|เอกสาร|เพจ|ข้อมูล|ประกาศ)"
_ABSENT = re.compile(
    rf"\b{_THING}\b[^\n]{{0,60}}\b(?:expired|missing|broken|removed|deleted|moved|withdrawn|unpublished"
    r"|(?:not|n['’]t|unable to) be (?:found|located|displayed|reached)"
    r"|(?:no longer|not|isn['’]t|aren['’]t) (?:here|online|available))\b"
    rf"|\b(?:missing|broken|dead|invalid|expired) {_THING}\b"
    rf"|{_THING_TH}[^\n]{{0,40}}(?:ไม่มี(?:อยู่|แล้ว|ในระบบ)|ถูกลบ|ถูกย้าย|ถูกนำออก|ถูกถอด|หมดอายุ|ไม่ถูกต้อง"
    rf"|ไม่สามารถเข้าถึง|ไม่พบ|ยกเลิกการเผยแพร่)|ไม่พบ[^\n]{{0,15}}{_THING_TH}",
    re.IGNORECASE,
)
_UNUSED_SITE = re.compile(
    r"welcome to nginx|apache2? (?:\w{1,20} )?default page|^it works!|^index of /|iis windows server"
    r"|account (?:has been )?suspended|(?:site|website|page) (?:is )?(?:coming soon|under construction)"
    r"|web server is successfully installed|เว็บไซต์นี้ถูกระงับ",
    re.IGNORECASE | re.MULTILINE,
)
_ERROR_PATH = re.compile(
    r"(?:^|[/_\-.?=])(?:404|410|errors?|(?:page[_\-]?)?not[_\-]?found)(?:[/_\-.?=&]|$)", re.IGNORECASE
)
_HOME_PATH = re.compile(
    r"/(?:(?:index|default|home)(?:\.\w+)?|(?:th|en)(?:/(?:home|index)?)?|[a-z]{2}(?:-[a-z]{2})?)?/?", re.IGNORECASE
)
_PARKED = re.compile(
    r"(?:domain|website|web\s?site)\b[^\n]{0,60}\b(?:for\s+sale|expired|parked|is\s+available)|buy\s+this\s+domain"
    r"|related\s+searches|sedo\s?parking|hugedomains|โดเมน(?:นี้)?(?:หมดอายุ|ประกาศขาย|ขาย)",
    re.IGNORECASE,
)
_CHALLENGE = re.compile(
    r"just a moment\.\.\.|checking (?:if the site connection is secure|your browser)|attention required!"
    r"|verify(?:ing)? (?:that )?you(?:'re| are) (?:a )?human|are you a robot|enable javascript and cookies to continue"
    r"|ddos[\s-]protection by|unusual traffic from your|pardon our interruption"
    r"|please complete the (?:captcha|security check)|access (?:to this page has been )?denied"
    r"|\b403 forbidden|you have been blocked|(?:request|access|ip)\b[^\n]{0,30}\bblocked|too many requests"
    r"|rate limit(?:ed)? exceeded"
    r"|robot check|enter the characters you see|request unsuccessful\. incapsula|ยืนยันว่าคุณ(?:เป็นมนุษย์|ไม่ใช่โปรแกรมอัตโนมัติ)",
    re.IGNORECASE,
)
_CHALLENGE_MARKUP = re.compile(
    rb"/cdn-cgi/challenge|challenge-form|cf-browser-verification|cf_chl_|_Incapsula_Resource|px-captcha|captcha-delivery\.com"
    rb"|awsWafCookie|/_sec/cp_challenge|sgcaptcha",
    re.IGNORECASE,
)
_NEEDS_SCRIPT = re.compile(
    r"(?:enable|activate|turn on) javascript"
    r"|javascript (?:is |must be )?(?:required|disabled|enabled|not (?:enabled|supported))"
    r"|(?:เปิด(?:ใช้งาน|ใช้)?|รองรับ) ?(?:javascript|จาวาสคริปต์)",
    re.IGNORECASE,
)
_LOGIN_PATH = re.compile(
    r"/(?:login|signin|sign-in|log-in|sso|auth|oauth|account/login|users/sign_in)(?:[/?.]|$)", re.IGNORECASE
)
_LOGIN = re.compile(
    r"(?:log|sign)\s?in (?:to|required)|please (?:log|sign)\s?in|subscribe to (?:read|continue)"
    r"|เข้าสู่ระบบ|สมัครสมาชิกเพื่ออ่าน",
    re.IGNORECASE,
)


def is_challenge(document: Document, body: bytes) -> bool:
    """A page that asks the visitor to prove to be human."""
    if len(document.visible) > 4 * _SHORT:
        return False
    return bool(_CHALLENGE.search(document.visible) or _CHALLENGE_MARKUP.search(body[:60_000]))


def needs_script(document: Document) -> bool:
    """A page that only a running browser fills, by its markup or its own words."""
    is_short = len(document.visible) < _SHORT
    return document.has_script_shell or (is_short and bool(_NEEDS_SCRIPT.search(document.visible)))


def is_login_wall(document: Document, url: str, final_url: str) -> bool:
    """A page that asks the visitor to log in instead of showing what it showed."""
    moved_to_login = urlsplit(final_url).path != urlsplit(url).path and _LOGIN_PATH.search(urlsplit(final_url).path)
    return bool(moved_to_login) or (len(document.visible) < _SHORT and bool(_LOGIN.search(document.visible)))


def replaced_because(document: Document, url: str, final_url: str) -> str | None:
    """Reason code when the page has become an error page, the front page or a parked name; else None."""
    head = f"{document.title}\n{document.visible.partition(chr(10))[0][:_SHORT]}"
    is_short = len(document.visible) < _SHORT
    if not document.visible.strip():
        return "empty_page"
    if _NOT_FOUND.search(head) or (is_short and _NOT_FOUND.search(document.visible)):
        return "says_not_found"
    if is_short and _PARKED.search(document.visible):
        return "domain_parked"
    if is_short and (_ABSENT.search(document.visible) or _UNUSED_SITE.search(document.visible)):
        return "says_not_found"
    if _moved(url, final_url):
        place = urlsplit(final_url)
        if _ERROR_PATH.search(f"{place.path}?{place.query}"):
            return "says_not_found"
        if _is_home(final_url) and not _is_home(url):
            return "sent_home"
    return None


def _moved(url: str, final_url: str) -> bool:
    before, after = urlsplit(url), urlsplit(final_url)
    return (before.netloc, before.path, before.query) != (after.netloc, after.path, after.query)


def _is_home(url: str) -> bool:
    parts = urlsplit(url)
    return not parts.query and bool(_HOME_PATH.fullmatch(parts.path or "/"))
