"""What a revision must have before it goes to a second person and before it is published: rules as data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from claims.documents.bundle import Bundle
from claims.documents.parts import Json
from claims.models.review import ClaimReview
from claims.vocabulary import AssertionKind, CitationStance, EditionKind, Rating


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is missing: the rule's code, and what to do, in both languages."""

    code: str
    message: dict[str, str]
    where: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    """A rule. `finds` returns the places where it is broken; none means that it holds."""

    code: str
    en: str
    th: str
    finds: Callable[[ClaimReview, Bundle], Iterable[str]]


def faults(review: ClaimReview, bundle: Bundle) -> list[Fault]:
    """Return everything that stands between the revision and its publication, in the order of the gates."""
    return [
        Fault(gate.code, {"en": gate.en, "th": gate.th}, where)
        for gate in GATES
        for where in gate.finds(review, bundle)
    ]


def _half_texts(review: ClaimReview, bundle: Bundle) -> Iterable[str]:
    for document in bundle.documents:
        yield from (f"{document.slug}: {path}" for path in _one_language_only(document.body))


def _one_language_only(value: Any, path: str = "") -> Iterable[str]:
    if isinstance(value, dict):
        if set(value) == {"en", "th"} and not path.endswith("translation"):
            if bool(value["en"]) != bool(value["th"]):
                yield path
            return
        for key, part in value.items():
            yield from _one_language_only(part, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for number, part in enumerate(value, 1):
            yield from _one_language_only(part, f"{path}[{number}]")


def _empty_minute(review: ClaimReview, bundle: Bundle) -> Iterable[str]:
    minute: Json = bundle.claim.body["minute"]
    return [f"minute.{part}" for part, text in minute.items() if not any(text.values())]


def _nobody(review: ClaimReview, bundle: Bundle) -> Iterable[str]:
    return [] if bundle.claim.body["claimants"] else ["claimants"]


def _nowhere(review: ClaimReview, bundle: Bundle) -> Iterable[str]:
    return [] if bundle.claim.body["appearances"] else ["appearances"]


def _nothing_to_check(review: ClaimReview, bundle: Bundle) -> Iterable[str]:
    return [] if bundle.claim.body["assertions"] else ["assertions"]


def _not_attested(review: ClaimReview, bundle: Bundle) -> Iterable[str]:
    body = bundle.claim.body
    attested = any(cited["stance"] == CitationStance.ATTESTS and not cited["response_id"] for cited in body["evidence"])
    return [] if attested else ["evidence"]


def _untranslated(review: ClaimReview, bundle: Bundle) -> Iterable[str]:
    return [f"evidence[{cited['number']}]" for cited in bundle.claim.body["evidence"] if not cited["translation"]]


def _no_reasons(review: ClaimReview, bundle: Bundle) -> Iterable[str]:
    rated = Rating(review.rating).is_rated
    return ["rating.reasons"] if rated and not (review.reasons_en and review.reasons_th) else []


def _no_note(review: ClaimReview, bundle: Bundle) -> Iterable[str]:
    if review.kind == EditionKind.INITIAL:
        return []
    return [] if review.note_en and review.note_th else ["note"]


def _legal_risk(review: ClaimReview, bundle: Bundle) -> Iterable[str]:
    if review.legal_hash and review.legal_hash == bundle.content_hash:
        return []
    return [
        f"assertions[{assertion['number']}]"
        for assertion in bundle.claim.body["assertions"]
        if AssertionKind(assertion["kind"]).needs_legal_sign_off
    ]


LEGAL_SIGN_OFF = Gate(
    "legal_sign_off",
    "An allegation or a rumour needs an editor's sign-off for legal risk; the editor did not draft it.",
    "ข้อกล่าวหาหรือข่าวลือต้องมีบรรณาธิการที่ไม่ได้ร่างรับรองความเสี่ยงทางกฎหมาย",
    _legal_risk,
)

GATES: tuple[Gate, ...] = (
    Gate("claimant", "Say who said it.", "ระบุผู้กล่าว", _nobody),
    Gate("appearance", "Say where and when it was said.", "ระบุว่ากล่าวที่ใดและเมื่อใด", _nowhere),
    Gate(
        "assertion", "List at least one part that can be checked.", "ระบุประเด็นที่ตรวจสอบได้อย่างน้อยหนึ่งข้อ", _nothing_to_check
    ),
    Gate(
        "attested",
        "Cite at least one quote that shows that it was said.",
        "อ้างข้อความอย่างน้อยหนึ่งแห่งที่ยืนยันว่ามีการกล่าว",
        _not_attested,
    ),
    Gate("minute", "Fill in “In one minute”.", "เติมส่วน “สรุปใน 1 นาที”", _empty_minute),
    Gate(
        "both_languages",
        "This text stands in one language only; write the other.",
        "ข้อความนี้มีเพียงภาษาเดียว เติมอีกภาษาหนึ่ง",
        _half_texts,
    ),
    Gate(
        "translation",
        "Translate this quote; the page labels it as ours.",
        "แปลข้อความอ้างอิงนี้ หน้าเว็บจะระบุว่าเป็นคำแปลของเรา",
        _untranslated,
    ),
    Gate("reasons", "A rating needs its reasons in both languages.", "ผลการตรวจสอบต้องมีเหตุผลทั้งสองภาษา", _no_reasons),
    Gate(
        "note",
        "Say in both languages what changed since the last edition and why.",
        "ระบุทั้งสองภาษาว่าเปลี่ยนอะไรจากฉบับก่อนและเพราะเหตุใด",
        _no_note,
    ),
    LEGAL_SIGN_OFF,
)
