"""What a revision must have before it goes to a second person and before it is published: rules as data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from budgets.models.figure import Figure
from claims.documents.bundle import Bundle
from claims.documents.parts import Json
from claims.models.review import ClaimReview
from claims.review.characters import document_faults
from claims.vocabulary import AssertionKind, CitationStance, EditionKind, Rating


def _always(review: ClaimReview, bundle: Bundle) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is missing: the rule's code, and what to do, in both languages."""

    code: str
    message: dict[str, str]
    where: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    """A rule: what to do where it is broken, and what holds where it is met, in both languages.

    `finds` returns the places where it is broken; `applies` says whether the revision has anything that it is about.
    """

    code: str
    en: str
    th: str
    met_en: str
    met_th: str
    finds: Callable[[ClaimReview, Bundle], Iterable[str]]
    applies: Callable[[ClaimReview, Bundle], bool] = _always


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


def _has_quotes(review: ClaimReview, bundle: Bundle) -> bool:
    return bool(bundle.claim.body["evidence"])


def _replaced_figures(review: ClaimReview, bundle: Bundle) -> Iterable[str]:
    """Cards would say one amount and the checks below them another."""
    shown = {figure["id"]: number for number, figure in enumerate(bundle.claim.body["figures"], 1)}
    replaced = Figure.objects.filter(public_id__in=shown).replaced().values_list("public_id", flat=True)
    return [f"figures[{number}]" for number in sorted(shown[str(figure)] for figure in replaced)]


def _has_figures(review: ClaimReview, bundle: Bundle) -> bool:
    return bool(bundle.claim.body["figures"])


def _is_rated(review: ClaimReview, bundle: Bundle) -> bool:
    return Rating(review.rating).is_rated


def _no_reasons(review: ClaimReview, bundle: Bundle) -> Iterable[str]:
    rated = _is_rated(review, bundle)
    return ["rating.reasons"] if rated and not (review.reasons_en and review.reasons_th) else []


def _is_later(review: ClaimReview, bundle: Bundle) -> bool:
    return review.kind != EditionKind.INITIAL


def _no_note(review: ClaimReview, bundle: Bundle) -> Iterable[str]:
    if not _is_later(review, bundle):
        return []
    return [] if review.note_en and review.note_th else ["note"]


def _risky_parts(bundle: Bundle) -> list[str]:
    return [
        f"assertions[{assertion['number']}]"
        for assertion in bundle.claim.body["assertions"]
        if AssertionKind(assertion["kind"]).needs_legal_sign_off
    ]


def _is_risky(review: ClaimReview, bundle: Bundle) -> bool:
    return bool(_risky_parts(bundle))


def _legal_risk(review: ClaimReview, bundle: Bundle) -> Iterable[str]:
    if review.legal_hash and review.legal_hash == bundle.content_hash:
        return []
    return _risky_parts(bundle)


def _unseen(review: ClaimReview, bundle: Bundle) -> Iterable[str]:
    yield from document_faults({"note": {"en": review.note_en, "th": review.note_th}})
    for document in bundle.documents:
        yield from (f"{document.slug}: {fault}" for fault in document_faults(document.body))


LEGAL_SIGN_OFF = Gate(
    "legal_sign_off",
    "An allegation or a rumour needs an editor's sign-off for legal risk; the editor did not draft it.",
    "ข้อกล่าวหาหรือข่าวลือต้องมีบรรณาธิการที่ไม่ได้ร่างรับรองความเสี่ยงทางกฎหมาย",
    "An editor who did not draft it signed off the legal risk.",
    "บรรณาธิการที่ไม่ได้ร่างรับรองความเสี่ยงทางกฎหมายแล้ว",
    _legal_risk,
    _is_risky,
)

GATES: tuple[Gate, ...] = (
    Gate(
        "claimant",
        "Say who said it.",
        "ระบุผู้กล่าว",
        "It says who said it.",
        "ระบุผู้กล่าวแล้ว",
        _nobody,
    ),
    Gate(
        "appearance",
        "Say where and when it was said.",
        "ระบุว่ากล่าวที่ใดและเมื่อใด",
        "It says where and when it was said.",
        "ระบุแล้วว่ากล่าวที่ใดและเมื่อใด",
        _nowhere,
    ),
    Gate(
        "assertion",
        "List at least one part that can be checked.",
        "ระบุประเด็นที่ตรวจสอบได้อย่างน้อยหนึ่งข้อ",
        "It lists what can be checked.",
        "ระบุประเด็นที่ตรวจสอบได้แล้ว",
        _nothing_to_check,
    ),
    Gate(
        "attested",
        "Cite at least one quote that shows that it was said.",
        "อ้างข้อความอย่างน้อยหนึ่งแห่งที่ยืนยันว่ามีการกล่าว",
        "A quote shows that it was said.",
        "มีข้อความที่ยืนยันว่ามีการกล่าว",
        _not_attested,
    ),
    Gate(
        "minute",
        "Fill in “In one minute”.",
        "เติมส่วน “สรุปใน 1 นาที”",
        "“In one minute” is filled in.",
        "ส่วน “สรุปใน 1 นาที” ครบแล้ว",
        _empty_minute,
    ),
    Gate(
        "both_languages",
        "This text stands in one language only; write the other.",
        "ข้อความนี้มีเพียงภาษาเดียว เติมอีกภาษาหนึ่ง",
        "Every text stands in both languages.",
        "ทุกข้อความมีครบทั้งสองภาษา",
        _half_texts,
    ),
    Gate(
        "translation",
        "Translate this quote; the page labels it as ours.",
        "แปลข้อความอ้างอิงนี้ หน้าเว็บจะระบุว่าเป็นคำแปลของเรา",
        "Every quote is translated.",
        "แปลข้อความอ้างอิงครบทุกแห่ง",
        _untranslated,
        _has_quotes,
    ),
    Gate(
        "figures_standing",
        "This figure was superseded or taken back: show the newer one or take it out, and look at the words around it.",
        "ตัวเลขนี้มีตัวเลขใหม่แทนหรือถูกถอนแล้ว ใช้ตัวเลขใหม่หรือนำออก และตรวจถ้อยคำรอบข้าง",
        "Every figure shown still stands.",
        "ตัวเลขที่แสดงทุกตัวยังใช้อยู่",
        _replaced_figures,
        _has_figures,
    ),
    Gate(
        "reasons",
        "A rating needs its reasons in both languages.",
        "ผลการตรวจสอบต้องมีเหตุผลทั้งสองภาษา",
        "The rating has its reasons in both languages.",
        "ผลการตรวจสอบมีเหตุผลครบทั้งสองภาษา",
        _no_reasons,
        _is_rated,
    ),
    Gate(
        "note",
        "Say in both languages what changed since the last edition and why.",
        "ระบุทั้งสองภาษาว่าเปลี่ยนอะไรจากฉบับก่อนและเพราะเหตุใด",
        "It says in both languages what changed since the last edition and why.",
        "ระบุครบทั้งสองภาษาแล้วว่าเปลี่ยนอะไรจากฉบับก่อนและเพราะเหตุใด",
        _no_note,
        _is_later,
    ),
    Gate(
        "characters",
        "This text holds a character that readers cannot see or are misled by; take it out.",
        "ข้อความนี้มีอักขระที่ผู้อ่านมองไม่เห็นหรือทำให้เข้าใจผิด ลบออก",
        "No text holds a character that readers cannot see.",
        "ไม่มีอักขระที่ผู้อ่านมองไม่เห็น",
        _unseen,
    ),
    LEGAL_SIGN_OFF,
)
