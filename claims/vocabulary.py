"""Every closed list of claims, a comment per member; labels are those readers see, in both languages."""

from __future__ import annotations

from budgets.vocabulary import BilingualChoices


class Rating(BilingualChoices):
    """What people concluded about a claim. Only the first five carry a number."""

    TRUE = "true", "จริง", "True"  # 5
    MOSTLY_TRUE = "mostly_true", "จริงเป็นส่วนใหญ่", "Mostly true"  # 4
    HALF_TRUE = "half_true", "จริงบางส่วน", "Half true"  # 3
    MOSTLY_FALSE = "mostly_false", "ไม่จริงเป็นส่วนใหญ่", "Mostly false"  # 2
    FALSE = "false", "ไม่จริง", "False"  # 1
    NOT_YET_RATED = (
        "not_yet_rated",
        "ยังไม่สรุปผล",
        "Not yet rated",
    )  # tracked, not checked
    UNVERIFIABLE = (
        "unverifiable",
        "ข้อมูลไม่พอสรุป",
        "Not enough public evidence",
    )  # the page says which record lacks
    OPINION = "opinion", "เป็นความเห็น ไม่ให้ผล", "Opinion, not rated"  # nothing to check
    MISLEADING = (
        "misleading",
        "ชวนให้เข้าใจผิด",
        "Misleading without context",
    )  # right words, wrong picture
    OUTDATED = "outdated", "ข้อมูลไม่เป็นปัจจุบันแล้ว", "Out of date"  # was so once
    VOID = "void", "ถอนผลตรวจสอบ", "Our rating is withdrawn"  # our error

    @property
    def number(self) -> int | None:
        """5 to 1 for the truth ratings, else None: a number on “unverifiable” would lie."""
        return _RATING_NUMBERS.get(self.value)

    @property
    def is_rated(self) -> bool:
        """Whether people have concluded anything."""
        return self is not Rating.NOT_YET_RATED


_RATING_NUMBERS = {
    "true": 5,
    "mostly_true": 4,
    "half_true": 3,
    "mostly_false": 2,
    "false": 1,
}


class RequestState(BilingualChoices):
    """What came back to our own request."""

    NONE_SOUGHT = "none_sought", "ตามรอยยังไม่ได้สอบถาม", "We have not asked yet"
    AWAITING = "awaiting", "สอบถามแล้ว ยังไม่ครบกำหนด", "Asked, reply not yet due"
    ACKNOWLEDGED = "acknowledged", "รับเรื่องแล้ว", "Request received"  # not an answer
    OVERDUE = (
        "overdue",
        "ยังไม่ได้รับคำตอบตามกำหนดของตามรอย",
        "No reply by our deadline",
    )  # our deadline, not the law's
    ANSWERED = "answered", "ชี้แจงแล้ว", "Answered"
    PARTLY_ANSWERED = "partly_answered", "ชี้แจงบางส่วน", "Answered in part"
    DECLINED = "declined", "แจ้งว่าไม่ขอชี้แจง", "Declined to answer"


class Coverage(BilingualChoices):
    """What one statement says about one claim or assertion, strongest first."""

    ANSWERED = "answered", "ตอบประเด็นนี้", "Answers this"
    PARTLY = "partly", "ตอบบางส่วน", "Answers part of this"
    WILL_CLARIFY = "will_clarify", "แจ้งว่าจะชี้แจง", "Said it would clarify"
    OTHER_POINT = "other_point", "ชี้แจงในประเด็นอื่น", "Addressed another point"
    NOT_MENTIONED = (
        "not_mentioned",
        "ไม่ได้กล่าวถึงในครั้งนี้",
        "Not mentioned in this statement",
    )
    NOT_APPLICABLE = "not_applicable", "ไม่อยู่ในอำนาจหน้าที่", "Not this person's remit"

    @property
    def strength(self) -> int:
        """Rank for summing up: the answered claim is the strongest (larger is stronger)."""
        return len(Coverage.values) - Coverage.values.index(self.value)


class Stance(BilingualChoices):
    """What a statement says about the truth of a claim."""

    CONFIRMS = "confirms", "ยืนยัน", "Confirms"
    CONFIRMS_PART = "confirms_part", "ยืนยันบางส่วน", "Confirms in part"
    DISPUTES = "disputes", "โต้แย้ง", "Disputes"
    NEITHER = "neither", "ไม่ได้ยืนยันหรือโต้แย้ง", "Neither confirms nor disputes"


class ResponseKind(BilingualChoices):
    """Whether officials spoke to us or in public."""

    PUBLIC_STATEMENT = "public_statement", "คำชี้แจงต่อสาธารณะ", "Public statement"
    REPLY_TO_REQUEST = (
        "reply_to_request",
        "คำตอบต่อคำขอของตามรอย",
        "Reply to our request",
    )


class QuoteState(BilingualChoices):
    """What the last successful look at a source found of a quote."""

    INTACT = "intact", "ข้อความยังตรงตามที่อ้าง", "Quote unchanged"
    EDITED = "edited", "ข้อความเปลี่ยนไป", "Quote changed"
    LOST = "lost", "ไม่พบข้อความแล้ว", "Quote no longer found"
    UNREACHABLE = (
        "unreachable",
        "เปิดแหล่งอ้างอิงไม่ได้ในขณะนี้",
        "Source cannot be opened now",
    )  # never stored: derived
    UNCHECKED = "unchecked", "ยังไม่ได้ตรวจซ้ำ", "Not re-checked yet"


class AssertionKind(BilingualChoices):
    """What sort of checkable part an assertion is."""

    FIGURE = "figure", "ตัวเลข", "Figure"
    FACT = "fact", "ข้อความที่พิสูจน์ได้", "Factual statement"
    JUDGEMENT = "judgement", "ความเห็นเชิงประเมิน", "Judgement"
    ALLEGATION = (
        "allegation",
        "ข้อกล่าวหา",
        "Allegation",
    )  # of wrongdoing by someone; needs legal sign-off
    RUMOUR = (
        "rumour",
        "ข่าวลือ ยังไม่พบหลักฐาน",
        "Rumour, no evidence seen",
    )  # never in a heading, card or address
    QUESTION = "question", "คำถาม", "Question"

    @property
    def needs_legal_sign_off(self) -> bool:
        """Whether a second person must weigh the legal risk before publication."""
        return self in (AssertionKind.ALLEGATION, AssertionKind.RUMOUR)


class CitationStance(BilingualChoices):
    """What a citation does for a claim."""

    ATTESTS = (
        "attests",
        "ยืนยันว่ามีการกล่าว",
        "Shows that it was said",
    )  # not support for its truth
    SUPPORTS = "supports", "สนับสนุน", "Supports"
    CONTRADICTS = "contradicts", "ขัดแย้งกับคำกล่าว", "Contradicts"
    CONTEXT = "context", "บริบท", "Context"


class AppearanceKind(BilingualChoices):
    """Where something was said."""

    SOCIAL_POST = "social_post", "โพสต์ในสื่อสังคมออนไลน์", "Social media post"
    NEWS_REPORT = "news_report", "รายงานข่าว", "News report"
    SPEECH = "speech", "การกล่าวในที่ประชุมหรือเวที", "Speech or forum"
    INTERVIEW = "interview", "บทสัมภาษณ์หรือการให้ข่าว", "Interview or remarks to the press"
    DOCUMENT = "document", "เอกสาร", "Document"


class SaidBasis(BilingualChoices):
    """How a figure is tied to the person who gave it."""

    SAID = "said", "ผู้กล่าวระบุ", "Said by the speaker"
    REPORTEDLY = "reportedly", "มีรายงานว่า", "“Reportedly”, through the speaker"
    IMPLIED = (
        "implied",
        "รายงานข่าวเขียน สื่อว่ามาจากผู้กล่าว",
        "The report's words, the speaker implied",
    )
    REPORT = "report", "รายงานข่าวระบุ", "Stated by the report"


class EditionKind(BilingualChoices):
    """Why an edition was made."""

    INITIAL = "initial", "เผยแพร่ครั้งแรก", "First edition"
    UPDATE = "update", "ปรับปรุงข้อมูล", "Updated"
    CORRECTION = "correction", "แก้ไขข้อผิดพลาด", "Corrected"
    RETRACTION = "retraction", "ถอนการเผยแพร่", "Retracted"


class PublicState(BilingualChoices):
    """Where a published claim stands for the public."""

    LIVE = "live", "ฉบับปัจจุบัน", "Current edition"
    SUPERSEDED = "superseded", "มีรายการใหม่แทนแล้ว", "Replaced by a newer entry"
    RETRACTED = "retracted", "ถอนแล้ว", "Retracted"


class ReviewState(BilingualChoices):
    """Where the work on one revision stands; internal."""

    DRAFTED = "drafted", "ร่าง", "Draft"  # being written; may be edited
    IN_REVIEW = (
        "in_review",
        "รอผู้ตรวจ",
        "Awaiting a second person",
    )  # submitted: the content hash is frozen
    APPROVED = "approved", "อนุมัติแล้ว", "Approved"  # by a person who wrote none of it
    PUBLISHED = "published", "เผยแพร่แล้ว", "Published"  # its edition exists


class SubjectKind(BilingualChoices):
    """What an edition is of."""

    CLAIM = "claim", "คำกล่าวอ้าง", "Claim"
    DOSSIER = "dossier", "แฟ้มประเด็น", "Dossier"
    PERSON = "person", "บุคคล", "Person"
    AGENCY = "agency", "หน่วยงาน", "Agency"


class ItemKind(BilingualChoices):
    """What a published item is."""

    CLAIM = "claim", "คำกล่าวอ้าง", "Claim"
    RESPONSE = "response", "คำชี้แจง", "Statement"
    EVIDENCE = "evidence", "หลักฐาน", "Evidence"
    FIGURE = "figure", "ตัวเลข", "Figure"
    ASSERTION = "assertion", "ประเด็นที่ตรวจสอบได้", "Assertion"


class SourceHealth(BilingualChoices):
    """What several checks together say of a source; one bad look is only suspect."""

    UNCHECKED = "unchecked", "ยังไม่ได้ตรวจซ้ำ", "Not re-checked yet"
    OK = "ok", "ปกติ", "In order"
    SUSPECT = "suspect", "รอยืนยัน", "To be confirmed"
    BROKEN = "broken", "ใช้ไม่ได้", "Broken"


class Outcome(BilingualChoices):
    """What one check of a source saw."""

    OK = "ok", "เปิดได้ปกติ", "Opened"
    REDIRECTED = "redirected", "ย้ายไปที่อยู่ใหม่", "Moved to a new address"
    CHANGED = "changed", "หน้าเปลี่ยน แต่ข้อความยังอยู่", "Page changed, quote still there"
    QUOTE_MISSING = "quote_missing", "ไม่พบข้อความที่อ้าง", "Quote not found"
    SOFT_404 = "soft_404", "กลายเป็นหน้าแจ้งว่าไม่พบ", "Replaced by a “not found” page"
    GONE = "gone", "หน้านี้ถูกนำออกแล้ว", "Page removed"
    BLOCKED = "blocked", "เว็บไม่ให้ระบบของเราเข้าตรวจ", "Site does not admit our checker"
    TLS_ERROR = "tls_error", "ใบรับรองความปลอดภัยมีปัญหา", "Security certificate problem"
    DNS_ERROR = "dns_error", "หาที่อยู่เว็บไม่พบ", "Site address not found"
    TIMEOUT = "timeout", "เว็บตอบช้าเกินกำหนด", "Site too slow"
    TOO_LARGE = "too_large", "ไฟล์ใหญ่เกินกว่าจะตรวจ", "File too large to check"
    UNSUPPORTED = "unsupported", "ไฟล์ชนิดนี้ยังตรวจไม่ได้", "Kind of file not checked"
    UNVERIFIABLE = (
        "unverifiable",
        "ไม่มีข้อความที่อ่านได้ (ภาพสแกน)",
        "No readable text (scan)",
    )
    UNAVAILABLE = "unavailable", "เว็บขัดข้องชั่วคราว", "Site out of order"
    REFUSED = "refused", "ที่อยู่นี้ระบบไม่อนุญาต", "Address not allowed"

    @property
    def opened(self) -> bool:
        """Whether the page was read, so that its quotes could be looked for."""
        return self in (
            Outcome.OK,
            Outcome.REDIRECTED,
            Outcome.CHANGED,
            Outcome.QUOTE_MISSING,
            Outcome.SOFT_404,
        )


class FlagCode(BilingualChoices):
    """Why a person should look."""

    QUOTE_LOST = "quote_lost", "ไม่พบข้อความที่อ้างแล้ว", "A cited quote is no longer found"
    QUOTE_EDITED = "quote_edited", "ข้อความที่อ้างเปลี่ยนไป", "A cited quote has changed"
    SOURCE_BROKEN = "source_broken", "แหล่งอ้างอิงใช้ไม่ได้", "A source is broken"
    HOST_INCIDENT = "host_incident", "เว็บทั้งแห่งเปิดไม่ได้", "A whole host fails"
    PAGE_CHANGED = "page_changed", "หน้าเปลี่ยนใกล้ข้อความที่อ้าง", "A page changed near a quote"
    FINDING_CHANGED = "finding_changed", "ผลคำนวณเปลี่ยนไปตามตัวเลขใหม่", "Figures that it rests on changed"


class Language(BilingualChoices):
    """Languages of texts we keep."""

    EN = "en", "อังกฤษ", "English"
    TH = "th", "ไทย", "Thai"


class FindingCause(BilingualChoices):
    """Why a finding was computed."""

    EDIT = "edit", "มีการแก้ไขวิธีคำนวณ", "Somebody wrote or changed the check"
    FIGURES = "figures", "ตัวเลขเปลี่ยนไป", "A figure that it rests on changed"
