"""The quote that answers stands beside the coverage on a claim's page, and editions from before read as they did."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from selectolax.lexbor import LexborHTMLParser

from claims.authorship import last_edit, subject_of
from claims.coverage import Cell, cover
from claims.models.claim import Claim
from claims.models.evidence import EvidenceCitation
from claims.models.response import OfficialResponse
from claims.vocabulary import AssertionKind, Coverage, Stance
from claims.web.presentation.responses import response_view
from tests.factories.cast import Cast, make_cast
from tests.factories.claims import NOW, draft_claim, make_source, publish_claim, respond


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def quoted(response: OfficialResponse, cast: Cast, position: int, words: str) -> EvidenceCitation:
    source = make_source(by=cast.contributor)
    return EvidenceCitation.objects.create(
        response=response, source=source, position=position, quote_exact=words, quote_lang="en", translation="คำแปล"
    )


def answered(cast: Cast, kind: AssertionKind = AssertionKind.FACT, *, whole: bool = False) -> Claim:
    """A published claim that a statement answers with its second quote; its first is shown above anyway."""
    claim = draft_claim(by=cast.contributor, kinds=(kind, AssertionKind.FACT))
    response = respond({claim: Coverage.PARTLY}, by=cast.contributor)
    first, second = (quoted(response, cast, n, words) for n, words in enumerate(("We are aware", "We have paid it"), 1))
    one, two = claim.assertions.all()
    cells = [
        Cell(claim, None if whole else one, Coverage.ANSWERED, Stance.CONFIRMS, second),
        Cell(claim, two, Coverage.PARTLY, Stance.NEITHER, first),
    ]
    opened = {claim.pk: last_edit(subject_of(claim))}
    cover(response=response, cells=cells, opened_on=opened, by=cast.contributor, now=NOW)
    publish_claim(claim, cast)
    return claim


def responses(claim: Claim, lang: str = "en") -> LexborHTMLParser:
    answer = Client().get(f"/{lang}/claims/{claim.slug}/")
    assert answer.status_code == 200
    return LexborHTMLParser(answer.content.decode())


@pytest.mark.parametrize(("lang", "words"), [("en", "Quote 3"), ("th", "ข้อความอ้างอิงที่ 3")])
def test_the_quote_stands_beside_the_coverage_and_leads_to_its_source(cast: Cast, lang: str, words: str) -> None:
    page = responses(answered(cast), lang)
    (quote,) = page.css("#responses .covered q")
    assert quote.text() == "We have paid it"
    assert quote.attributes["lang"] == "en"
    (link,) = page.css("#responses .covered .source-words a")
    assert link.text() == words
    evidence = page.css_first(str(link.attributes["href"]))
    assert evidence is not None
    assert "We have paid it" in evidence.text()
    translation.deactivate()


def test_a_quote_that_the_statement_shows_already_is_not_shown_twice(cast: Cast) -> None:
    page = responses(answered(cast))
    assert [found.text() for found in page.css("#responses q")] == ["We are aware", "We have paid it"]


def test_the_quote_for_the_claim_as_a_whole_stands_by_it(cast: Cast) -> None:
    page = responses(answered(cast, whole=True))
    assert [found.text() for found in page.css("#responses .answer > .source-words q")] == [
        "We are aware",
        "We have paid it",
    ]


def test_what_answers_a_rumour_stays_out_of_search_snippets(cast: Cast) -> None:
    page = responses(answered(cast, AssertionKind.RUMOUR))
    (item,) = page.css("#responses .covered li:has(q)")
    assert "data-nosnippet" in item.attributes
    assert len(page.css("#responses .covered li[data-nosnippet]")) == 1


def test_an_edition_from_before_cells_had_quotes_reads_as_it_did() -> None:
    old: dict[str, Any] = {
        "id": "1", "slug": "s", "label": {"en": "L", "th": "L"}, "kind": "public_statement", "speaker": None,
        "office": None, "for_agency": None, "date": {"earliest": None, "latest": None, "precision": "unknown"},
        "text": {"en": "T", "th": "T"}, "note": None, "evidence_id": None, "quote": None, "strongest": "answered",
        "stance": "neither",
        "coverage": [{"assertion": number, "coverage": "answered", "stance": "neither", "note": None}
                     for number in (None, 1)],
    }  # fmt: skip
    view = response_view(old, "en", {"2": {"id": "2", "number": 1, "quote": {"exact": "x", "lang": "en"}}})
    assert view.answer is None
    assert [item.answer for item in view.by_assertion] == [None]
