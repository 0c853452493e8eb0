"""Claims and statements for the answer matrix, and its pages as a browser meets them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from claims.models.assertion import Assertion
from claims.models.claim import Claim
from claims.models.dossier import Dossier
from claims.models.evidence import EvidenceCitation
from claims.models.response import OfficialResponse, ResponseCoverage
from claims.vocabulary import AssertionKind, Coverage, Stance
from tests.factories.cast import Cast
from tests.factories.claims import draft_claim, make_source, respond

FORM = "matrix_form"


def fact(dossier: Dossier | None, cast: Cast, number: int = 1, parts: int = 2) -> Claim:
    kinds = (AssertionKind.FACT,) * parts
    return draft_claim(by=cast.contributor, kinds=kinds, dossier=dossier, number=number if dossier else None)


def said(claim: Claim, cast: Cast, **fields: Any) -> OfficialResponse:
    response = respond({claim: Coverage.OTHER_POINT}, by=cast.contributor, dossier=claim.dossier, **fields)
    source = make_source(by=cast.contributor)
    EvidenceCitation.objects.create(
        response=response, source=source, quote_exact="We have paid it", quote_lang="en", translation="จ่ายแล้ว"
    )
    return response


def judged(response: OfficialResponse, assertion: Assertion, coverage: Coverage, stance: Stance) -> None:
    ResponseCoverage.objects.create(
        response=response, claim=assertion.claim, assertion=assertion, coverage=coverage, stance=stance
    )


def url(row: Any, opened: OfficialResponse | None = None) -> str:
    address = reverse(f"admin:claims_{row._meta.model_name}_matrix", args=[row.pk])
    return f"{address}?response={opened.pk}" if opened else address


def page(answer: Any) -> LexborHTMLParser:
    assert answer.status_code == 200
    return LexborHTMLParser(answer.content.decode())


def text(answer: Any, selector: str = "#content-main") -> str:
    return " ".join(" ".join(found.text().split()) for found in page(answer).css(selector))


def cell(claim: Claim, assertion: Assertion | None = None) -> str:
    return f"c{claim.pk}-a{assertion.pk if assertion else 0}"
