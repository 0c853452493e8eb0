"""The first case reads the same everywhere: written down here by hand, on the pages in both languages, in the API."""

import json
import re
from functools import cache

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from claims.vocabulary import Coverage
from tests.stack import Stack

CLAIMS = {
    "sso-spending-growth": 1,
    "hotline-1506": 2,
    "web-app-development": 3,
    "sso-plus-app": 4,
    "training-waste": 5,
    "public-relations": 6,
    "sso-benefits-not-affected": None,
    "sso-e-banking-share": None,
}
RATCHANOK = ("Ratchanok Srinok", "รักชนก ศรีนอก")
MARASRI = ("Marasri Jairangsri", "มารศรี ใจรังษี")
REPORT = ("report", "รายงานข่าว")
DOSSIER = "dossiers/sso-budget-2025"
# The claim it stands in, its value and unit in the API, how each language writes it, who says so.
FIGURES = {
    "sso-spending-2020": ("sso-spending-growth", "4000000000", "money", "4 billion baht", "4,000 ล้านบาท", RATCHANOK),
    "sso-spending-2023": ("sso-spending-growth", "6610000000", "money", "6.61 billion baht", "6,610 ล้านบาท", RATCHANOK),
    "sso-strategic-budget-2020": (
        "sso-spending-growth",
        "965000000",
        "money",
        "965 million baht",
        "965 ล้านบาท",
        RATCHANOK,
    ),
    "sso-strategic-budget-2024": (
        "sso-spending-growth",
        "2000000000",
        "money",
        "2 billion baht",
        "2,000 ล้านบาท",
        RATCHANOK,
    ),
    "sso-hotline-allocated": ("hotline-1506", "100000000", "money", "100 million baht", "100 ล้านบาท", RATCHANOK),
    "sso-hotline-rental-share": ("hotline-1506", None, "ratio", "half", "ครึ่งหนึ่ง", RATCHANOK),
    "sso-app-development-2023": (
        "web-app-development",
        "550000000",
        "money",
        "550 million baht",
        "550 ล้านบาท",
        RATCHANOK,
    ),
    "sso-plus-app-cost": ("sso-plus-app", "276000000", "money", "276 million baht", "276 ล้านบาท", RATCHANOK),
    "sso-plus-app-rating": ("sso-plus-app", "1.5", "stars", "1.5 stars", "1.5 ดาว", RATCHANOK),
    "sso-public-relations-2024": ("public-relations", "336000000", "money", "336 million", "336 ล้าน", RATCHANOK),
    "sso-e-banking-transactions": ("sso-e-banking-share", "96", "percent", "96%", "96%", MARASRI),
    "sso-spending-span": ("sso-spending-growth", None, "years", "the past four years", "สี่ปีที่ผ่านมา", RATCHANOK),
    "sso-board-members": (DOSSIER, "21", "members", "21 members", "21 คน", REPORT),
    "sso-board-employee-seats": (DOSSIER, "7", "seats", "7 seats", "7 ที่นั่ง", REPORT),
    "key-issues": (DOSSIER, "6", "issues", "6 issues", "6 ประเด็น", REPORT),
}
RESPONSES = {
    "sso-planned-to-clarify": ("Boonsong Thapchaiyuth", "บุญสงค์ ทัพชัยยุทธ์", "17 Feb", "17 ก.พ. 2568", "2025-02-17"),
    "benefits-not-affected": ("Boonsong Thapchaiyuth", "บุญสงค์ ทัพชัยยุทธ์", "17 Feb", "17 ก.พ. 2568", "2025-02-17"),
    "alternative-payment-options": (*MARASRI, "date not given", "ไม่ระบุวันที่", None),
}
# What was computed, by claim and assertion: the result of each reading, the beginning of its sum in each language, and
# what the missing figure would have to be.
HOLDS, OPEN = ("holds", "The numbers agree", "ตัวเลขสอดคล้องกัน"), ("undetermined", "Cannot be determined", "ยังสรุปไม่ได้")
Label = tuple[str, str, str]
FINDINGS: dict[tuple[str, int], list[tuple[Label, str, str, tuple[str, str] | None]]] = {
    ("sso-spending-growth", 1): [
        (OPEN, "4 billion baht against ?", "4,000 ล้านบาท เทียบกับ ?", ("3500000000", "4500000000"))
    ],
    ("sso-spending-growth", 2): [
        (OPEN, "6.61 billion baht against ?", "6,610 ล้านบาท เทียบกับ ?", ("6605000000", "6615000000"))
    ],
    ("sso-spending-growth", 3): [
        (
            HOLDS,
            "6.61 billion baht ÷ 4 billion baht − 1 = +65.25%",
            "6,610 ล้านบาท ÷ 4,000 ล้านบาท − 1 = +65.25%",
            None,
        )
    ],
    ("sso-spending-growth", 4): [
        (OPEN, "965 million baht against ?", "965 ล้านบาท เทียบกับ ?", ("964500000", "965500000"))
    ],
    ("sso-spending-growth", 5): [
        (OPEN, "2 billion baht against ?", "2,000 ล้านบาท เทียบกับ ?", ("1500000000", "2500000000"))
    ],
    ("sso-spending-growth", 6): [
        (HOLDS, "2 billion baht ÷ 965 million baht = 2.07 times", "2,000 ล้านบาท ÷ 965 ล้านบาท = 2.07 เท่า", None)
    ],
    ("hotline-1506", 1): [(OPEN, "100 million baht against ?", "100 ล้านบาท เทียบกับ ?", ("50000000", "150000000"))],
    ("hotline-1506", 2): [
        (OPEN, "? ÷ 100 million baht = 0.5", "? ÷ 100 ล้านบาท = 0.5", ("25000000", "75000000")),
        (OPEN, "? ÷ ?", "? ÷ ?", None),
        (OPEN, "? ÷ ?", "? ÷ ?", None),
        (OPEN, "? ÷ ?", "? ÷ ?", None),
    ],
    ("web-app-development", 1): [
        (OPEN, "550 million baht against ?", "550 ล้านบาท เทียบกับ ?", ("545000000", "555000000"))
    ],
    ("sso-plus-app", 1): [(OPEN, "276 million baht against ?", "276 ล้านบาท เทียบกับ ?", ("275500000", "276500000"))],
    ("sso-plus-app", 3): [(OPEN, "1.5 stars against ?", "1.5 ดาว เทียบกับ ?", ("1.45", "1.55"))],
    ("public-relations", 1): [(OPEN, "336 million baht against ?", "336 ล้านบาท เทียบกับ ?", ("335500000", "336500000"))],
    ("sso-e-banking-share", 2): [(OPEN, "96% against ?", "96% เทียบกับ ?", ("95.5", "96.5"))],
}
NUMBERED = [slug for slug, number in CLAIMS.items() if number]
CELLS = {(slug, "sso-planned-to-clarify"): Coverage.WILL_CLARIFY for slug in NUMBERED}
CELLS |= {(slug, "benefits-not-affected"): Coverage.OTHER_POINT for slug in NUMBERED}
CELLS |= {(slug, "alternative-payment-options"): Coverage.NOT_MENTIONED for slug in NUMBERED}
CELLS |= {("sso-plus-app", "alternative-payment-options"): Coverage.PARTLY}


class Read:
    """Reads pages and answers of a running installation, each once."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.page = cache(self._page)
        self.answer = cache(self._answer)

    def _page(self, lang: str, path: str) -> LexborHTMLParser:
        status, body = self.stack.get(f"/{lang}/{path}/")
        assert status == 200, path
        return LexborHTMLParser(body)

    def _answer(self, path: str):  # type: ignore[no-untyped-def] # any JSON
        status, body = self.stack.get(f"/api/v1/{path}")
        assert status == 200, path
        return json.loads(body)


@pytest.fixture(scope="module")
def read(stack: Stack) -> Read:
    return Read(stack)


def words(shown: LexborNode | str | None) -> str:
    """Visible letters without any spaces: typography joins and parts words by spans, joiners and hard spaces."""
    assert shown is not None
    text = shown if isinstance(shown, str) else shown.text()
    return re.sub("[\\s\u200b\u2060\u00ad]", "", text)


@pytest.mark.parametrize("slug", CLAIMS)
def test_every_claim_has_its_heading_number_and_rating_everywhere(read: Read, slug: str) -> None:
    claim = read.answer(f"claims/{slug}/")["document"]
    assert claim["number"] == CLAIMS[slug]
    for lang, rating in (("en", "Not yet rated"), ("th", "ยังไม่สรุปผล")):
        page = read.page(lang, f"claims/{slug}")
        assert words(page.css_first("h1")) == words(claim["heading"][lang])
        assert words(rating) in words(page.css_first("main"))
        for assertion in claim["assertions"]:
            assert words(assertion["text"][lang]) in words(page.css_first("#assertions"))


@pytest.mark.parametrize("slug", FIGURES)
def test_every_figure_has_its_amount_unit_and_speaker_everywhere(read: Read, slug: str) -> None:
    claim, value, unit, english, thai, (speaker_en, speaker_th) = FIGURES[slug]
    figures = {figure["slug"]: figure for figure in read.answer("figures/?limit=500")["items"]}
    assert len(figures) == len(FIGURES)
    figure = figures[slug]
    assert (figure["value"], figure["unit"]) == (value, unit)
    assert speaker_en in figure["said_by"]["words"]["en"]
    assert speaker_th in figure["said_by"]["words"]["th"]
    for lang, amount, speaker in (("en", english, speaker_en), ("th", thai, speaker_th)):
        shown = words(read.page(lang, f"claims/{claim}" if claim in CLAIMS else claim).css_first(f"#figure-{slug}"))
        assert words(amount) in shown
        assert words(speaker) in shown


@pytest.mark.parametrize(("slug", "number"), FINDINGS)
def test_every_finding_has_its_result_and_sum_everywhere(read: Read, slug: str, number: int) -> None:
    document = read.answer(f"claims/{slug}/")["document"]
    (check,) = document["assertions"][number - 1]["checks"]
    assert len(check["readings"]) == len(FINDINGS[slug, number])
    for reading, (label, english, thai, implied) in zip(check["readings"], FINDINGS[slug, number], strict=True):
        finding = reading["finding"]
        assert (check["result"], finding["result"]) == (label[0], label[0])
        assert (finding["implied"] and (finding["implied"]["low"], finding["implied"]["high"])) == implied
        missing = [operand["missing"] for operand in finding["operands"] if operand["missing"]]
        for lang, result, total in (("en", label[1], english), ("th", label[2], thai)):
            assert words(finding["sum"][lang]).startswith(words(total))
            shown = words(read.page(lang, f"claims/{slug}").css_first(f"#assertion-{number}"))
            for part in (result, *([] if missing else [total]), *(each[lang] for each in missing)):
                assert words(part) in shown


def test_nothing_else_is_computed_and_nothing_is_added_up(read: Read) -> None:
    documents = {slug: read.answer(f"claims/{slug}/")["document"] for slug in CLAIMS}
    checks = {
        (slug, assertion["number"]): check
        for slug, document in documents.items()
        for assertion in document["assertions"]
        for check in assertion["checks"]
    }
    assert checks.keys() == FINDINGS.keys()
    assert {check["formula"] for check in checks.values()} == {"value", "growth", "ratio", "share"}
    assert {document["rating"]["code"] for document in documents.values()} == {"not_yet_rated"}
    for lang in ("en", "th"):
        assert not any("826" in words(read.page(lang, f"claims/{slug}").css_first("main")) for slug in CLAIMS)


@pytest.mark.parametrize("slug", RESPONSES)
def test_every_statement_has_its_speaker_and_date_everywhere(read: Read, slug: str) -> None:
    speaker_en, speaker_th, date_en, date_th, iso = RESPONSES[slug]
    response = next(found for found in read.answer("responses/")["items"] if found["slug"] == slug)
    assert response["speaker"]["name"] == {"en": speaker_en, "th": speaker_th}
    assert (response["date"]["earliest"], response["date"]["precision"] == "exact") == (iso, iso is not None)
    for lang, speaker, date in (("en", speaker_en, date_en), ("th", speaker_th, date_th)):
        page = read.page(lang, DOSSIER)
        shown = words(page.css_first(f"#response-{slug}"))
        assert words(speaker) in shown
        assert words(response["text"][lang]) in shown
        head = [words(cell) for cell in page.css("table.matrix thead th")]
        assert any(words(speaker) in cell and words(date).lower() in cell.lower() for cell in head)


@pytest.mark.parametrize("lang", ["en", "th"])
def test_the_answer_matrix_has_the_same_eighteen_cells_everywhere(read: Read, lang: str) -> None:
    dossier = read.answer("dossiers/sso-budget-2025/")
    slugs = {response["id"]: response["slug"] for response in dossier["document"]["responses"]}
    answered = {
        (row["claim"]["slug"], slugs[cell["response_id"]]): cell["coverage"]
        for row in dossier["matrix"]["rows"]
        for cell in row["cells"]
    }
    assert answered == {place: code.value for place, code in CELLS.items()}
    assert len(answered) == 18

    shown = {}
    for row in read.page(lang, DOSSIER).css("table.matrix tbody tr"):
        link = row.css_first("th a")
        assert link is not None
        slug = str(link.attributes["href"]).rstrip("/").rpartition("/")[2]
        for response, cell in zip(RESPONSES, row.css("td"), strict=True):
            shown[slug, response] = words(cell.css_first(".cell-word"))
    assert {place: code.both[lang] for place, code in CELLS.items()} == {
        place: next(code.both[lang] for code in Coverage if words(code.both[lang]) in text)
        for place, text in shown.items()
    }


@pytest.mark.parametrize("slug", NUMBERED)
def test_every_status_says_what_was_answered_and_that_nothing_was_asked(read: Read, slug: str) -> None:
    response = read.answer(f"claims/{slug}/status/")["official_response"]
    assert response["request"]["code"] == "none_sought"
    assert response["statements"]["stance"] == "neither"
    assert response["statements"]["code"] == ("partly" if slug == "sso-plus-app" else "will_clarify")
    assert words("We have not asked yet") in words(read.page("en", f"claims/{slug}").css_first("main"))
    assert words("ตามรอยยังไม่ได้สอบถาม") in words(read.page("th", f"claims/{slug}").css_first("main"))
