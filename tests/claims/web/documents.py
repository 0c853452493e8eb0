"""Documents as publication writes them, for pure tests of the pages: parts of the first case, nothing invented."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from claims.models.edition import Edition
from claims.models.public_status import PublicStatus

Json = dict[str, Any]

PUBLISHED = datetime(2026, 11, 24, 8, 32, tzinfo=UTC)
REPORT = (
    "https://www.bangkokpost.com/thailand/politics/2963091/mp-raises-concern-over-social-security-office-wastefulness"
)
DIGEST = "5f1c" * 16


def both(en: str, th: str) -> Json:
    return {"en": en, "th": th}


def known(earliest: str | None, latest: str | None) -> Json:
    precision = "unknown" if not (earliest or latest) else "exact" if earliest == latest else "interval"
    return {"earliest": earliest, "latest": latest, "precision": precision}


def person(number: int, slug: str, en: str, th: str) -> Json:
    return {"id": str(UUID(int=number)), "slug": slug, "name": both(en, th)}


MP = person(1, "ratchanok-srinok", "Ratchanok Srinok", "รักชนก ศรีนอก")
SECRETARY = person(2, "boonsong-thapchaiyuth", "Boonsong Thapchaiyuth", "บุญสงค์ ทัพชัยยุทธ์")
GENERAL = person(3, "marasri-jairangsri", "Marasri Jairangsri", "มารศรี ใจรังษี")
SSO = {
    "id": str(UUID(int=10)),
    "slug": "sso",
    "name": both("Social Security Office", "สำนักงานประกันสังคม"),
    "abbreviation": both("SSO", "สปส."),
}
PARTY = {
    "id": str(UUID(int=11)),
    "slug": "peoples-party",
    "name": both("People’s Party", "พรรคประชาชน"),
    "abbreviation": None,
}
DOSSIER = {
    "id": str(UUID(int=20)),
    "slug": "sso-budget-2025",
    "title": both("Six issues about the Social Security Office’s budget", "หกประเด็นเรื่องงบประมาณสำนักงานประกันสังคม"),
    "size": 6,
}


def figure(number: int, slug: str, label: Json, value: str | None, **changes: Any) -> Json:
    base: Json = {
        "id": str(UUID(int=100 + number)),
        "slug": slug,
        "label": label,
        "value": value,
        "low": value,
        "high": value,
        "low_closed": True,
        "high_closed": True,
        "words": None,
        "unit": "money",
        "currency": "THB",
        "currency_written": True,
        "period": period(None, "year_unknown", None),
        "phase": "unstated",
        "provenance": "claimant",
        "exactness": {"kind": "significant_figures", "digits": 3},
        "said_by": {"basis": "said", "person": MP, "words": MP["name"]},
        "agency": SSO,
        "line": None,
        "assertion": 1,
        "evidence_id": None,
        "claim_slug": "sso-spending-growth",
        "dossier_slug": None,
    }
    return {**base, **changes}


def period(words: Json | None, basis: str, year: int | None) -> Json:
    return {"words": words, "basis": basis, "year": year, "earliest": None, "latest": None}


SPENDING = both("Spending of the Social Security Office", "รายจ่ายของสำนักงานประกันสังคม")
SPENDING_2020 = figure(
    1,
    "sso-spending-2020",
    SPENDING,
    "4000000000",
    low="3500000000",
    high="4500000000",
    high_closed=False,
    exactness={"kind": "significant_figures", "digits": 1},
    period=period(both("2020", "ปี 2563"), "year_unknown", 2020),
)
SPENDING_2023 = figure(
    2,
    "sso-spending-2023",
    SPENDING,
    "6610000000",
    low="6605000000",
    high="6615000000",
    high_closed=False,
    period=period(both("2023", "ปี 2566"), "year_unknown", 2023),
    assertion=2,
)
HOTLINE_HALF = figure(
    6,
    "hotline-rental-half",
    both("Hotline budget spent on rental fees", "งบสายด่วนที่ใช้เป็นค่าเช่า"),
    None,
    words=both("half", "ครึ่งหนึ่ง"),
    unit="ratio",
    currency=None,
    exactness={"kind": "words", "digits": None},
    said_by={"basis": "implied", "person": MP, "words": both("the report", "รายงานข่าว")},
)
PUBLIC_RELATIONS = figure(
    10,
    "public-relations-2024",
    both("Public relations", "การประชาสัมพันธ์"),
    "336000000",
    currency_written=False,
    period=period(both("2024 fiscal year", "ปีงบประมาณ 2567"), "fiscal_year", 2024),
    phase="allocated",
)


def response(number: int, slug: str, speaker: Json, date: Json, code: str, **changes: Any) -> Json:
    base: Json = {
        "id": str(UUID(int=200 + number)),
        "slug": slug,
        "label": both(f"Statement {number}", f"คำชี้แจง {number}"),
        "kind": "public_statement",
        "speaker": speaker,
        "office": both("Labour permanent secretary", "ปลัดกระทรวงแรงงาน"),
        "for_agency": None,
        "date": date,
        "text": both("The office was planning to clarify the issues.", "สำนักงานมีแผนจะชี้แจงประเด็น"),
        "note": None,
        "evidence_id": None,
        "quote": {"exact": "the office was planning to clarify the issues raised by the MP", "lang": "en"},
        "coverage": [{"assertion": None, "coverage": code, "stance": "neither", "note": None}],
        "strongest": code,
        "stance": "neither",
        "claim_slug": "sso-plus-app",
    }
    return {**base, **changes}


def responses(claim: str, third: str = "not_mentioned") -> list[Json]:
    day = known("2025-02-17", "2025-02-17")
    return [
        response(1, "planned-to-clarify", SECRETARY, day, "will_clarify", for_agency=SSO, claim_slug=claim),
        response(2, "benefits-not-affected", SECRETARY, day, "other_point", claim_slug=claim),
        response(3, "payment-options", GENERAL, known(None, "2025-02-18"), third, claim_slug=claim),
    ]


def evidence(number: int, exact: str, assertion: int | None, **changes: Any) -> Json:
    base: Json = {
        "id": str(UUID(int=300 + number)),
        "number": number,
        "stance": "attests",
        "quote": {"exact": exact, "prefix": "", "suffix": "", "lang": "en"},
        "translation": both("", "คำแปลของตามรอย"),
        "locator": both("Paragraph 6", "ย่อหน้าที่ 6"),
        "source": {
            "id": str(UUID(int=400)),
            "url": REPORT,
            "title": "MP raises concern over Social Security Office wastefulness",
            "title_lang": "en",
            "publisher": both("Bangkok Post", "บางกอกโพสต์"),
            "published_on": known("2025-02-18", "2025-02-18"),
            "lang": "en",
        },
        "document": None,
        "assertion": assertion,
        "response_id": None,
        "claim_slug": "sso-plus-app",
        "dossier_slug": None,
    }
    return {**base, **changes}


RUMOUR = "rumours of irregularities in the procurement process"


def assertion(number: int, kind: str, en: str, th: str) -> Json:
    return {"id": str(UUID(int=500 + number)), "number": number, "kind": kind, "text": both(en, th), "hedge": None}


def app_claim(**changes: Any) -> Json:
    """Claim 4: a figure, a rumour that must stay out of headings, and one answer in part."""
    statements = responses("sso-plus-app", "partly")
    statements[2]["coverage"] = [{"assertion": 3, "coverage": "partly", "stance": "neither", "note": None}]
    base: Json = {
        "schema": "tamroi/claim/1",
        "id": str(UUID(int=604)),
        "slug": "sso-plus-app",
        "number": 4,
        "dossier": DOSSIER,
        "heading": both(
            "MP Ratchanok Srinok says the “SSO+” app reportedly cost 276 million baht",
            "สส. รักชนก ศรีนอก ระบุว่ามีรายงานว่าแอป “SSO+” ใช้เงิน 276 ล้านบาท",
        ),
        "summary": both(f"She said there were {RUMOUR}.", "ระบุว่ามีข่าวลือ"),
        "minute": {
            key: both(f"{key} in English", f"{key} ภาษาไทย") for key in ("claimed", "said", "known", "not_known")
        },
        "would_settle": both("The contract for the app.", "สัญญาของแอป"),
        "rating": {"code": "not_yet_rated", "reasons": None},
        "claimants": [
            {"person": MP, "office": both("Bangkok MP", "สส.กรุงเทพมหานคร"), "party": PARTY, "interests": None}
        ],
        "agencies": [SSO],
        "appearances": [
            {
                "kind": "social_post",
                "where": both("Facebook post", "โพสต์เฟซบุ๊ก"),
                "date": known("2025-02-15", "2025-02-17"),
                "first": True,
                "captured": False,
                "note": None,
            }
        ],
        "assertions": [
            assertion(1, "figure", "The app reportedly cost 276 million baht.", "มีรายงานว่าแอปใช้เงิน 276 ล้านบาท"),
            assertion(2, "rumour", f"She said there were {RUMOUR}.", "ระบุว่ามีข่าวลือเรื่องการจัดซื้อจัดจ้าง"),
            assertion(3, "fact", "Subscribers are unable to use it to make payments.", "ผู้ประกันตนใช้ชำระเงินไม่ได้"),
        ],
        "figures": [figure(8, "sso-plus-cost", both("Cost of the app", "ค่าแอป"), "276000000")],
        "responses": statements,
        "as_reported_on": "2025-02-18",
        "evidence": [
            evidence(1, '"SSO+" mobile application reportedly cost 276 million baht', 1),
            evidence(2, f"{RUMOUR}, she said", 2),
        ],
        "events": [{"date": known("2023-12-01", "2023-12-31"), "text": both("Board election", "การเลือกตั้งคณะกรรมการ")}],
    }
    return {**base, **changes}


def source_panel(number: int, **changes: Any) -> Json:
    base: Json = {
        "evidence_id": str(UUID(int=300 + number)),
        "source_id": str(UUID(int=400)),
        "url": REPORT,
        "quote_state": "intact",
        "outcome": "ok",
        "checked_at": "2026-11-24T08:40:00+00:00",
        "final_url": "",
        "http_status": 200,
    }
    return {**base, **changes}


def edition(number: int = 1, kind: str = "initial", **changes: Any) -> Edition:
    values: Json = {"pk": number, "slug": "sso-plus-app", "published_at": PUBLISHED, "digest": DIGEST, **changes}
    return Edition(number=number, kind=kind, **values)


def history_line(number: int = 1, kind: str = "initial", note: Json | None = None) -> Json:
    return {
        "number": number,
        "kind": kind,
        "note": note or both("", ""),
        "published_at": PUBLISHED.isoformat(),
        "rating": "not_yet_rated",
        "digest": DIGEST,
        "persons": 2,
    }


def status(**changes: Any) -> PublicStatus:
    """An unsaved status of claim 4: asked nobody, two quotes unchanged."""
    document = app_claim()
    card = {key: document[key] for key in ("slug", "number", "heading")} | {"claimants": [MP]}
    values: Json = {
        "slug": "sso-plus-app",
        "edition": edition(),
        "dossier_slug": "sso-budget-2025",
        "number": 4,
        "heading_en": document["heading"]["en"],
        "heading_th": document["heading"]["th"],
        "card": json.dumps(card),
        "rating": "not_yet_rated",
        "request_code": "none_sought",
        "statements_code": "partly",
        "stance": "neither",
        "statements_count": 3,
        "quotes_intact": 2,
        "published_at": PUBLISHED,
        "content_updated_at": PUBLISHED,
        "observed_at": datetime(2026, 11, 24, 8, 40, tzinfo=UTC),
        "sources": [source_panel(1), source_panel(2)],
        "history": [history_line()],
        **changes,
    }
    return PublicStatus(**values)
