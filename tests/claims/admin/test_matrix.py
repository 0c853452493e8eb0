"""The answer matrix at the desk: what it shows of a dossier, a claim or a statement, to whom, and at what cost."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models.assertion import Assertion
from claims.models.claim import Claim
from claims.models.dossier import Dossier
from claims.models.response import OfficialResponse, ResponseCoverage
from claims.vocabulary import Coverage, Stance
from tests.claims.admin.answers import cell, fact, judged, page, said, text, url
from tests.claims.admin.conftest import As
from tests.factories.cast import Cast
from tests.factories.claims import respond
from tests.factories.nouns import DossierFactory

MOST_QUERIES = 12


@pytest.fixture
def dossier(cast: Cast) -> Dossier:
    made: Dossier = DossierFactory.create()
    return made


def test_a_row_is_a_claim_with_its_assertions_and_a_column_a_statement(
    cast: Cast, browser: As, dossier: Dossier
) -> None:
    second, first = fact(dossier, cast, 2), fact(dossier, cast, 1)
    late, early = said(first, cast, position=2, label_en="Late"), said(second, cast, position=1, label_en="Early")
    found = page(browser("auditor").get(url(dossier)))
    heads = [" ".join(head.text().split()) for head in found.css("#matrix thead th")]
    assert [early.label_en in heads[1], late.label_en in heads[2]] == [True, True]
    rows = [" ".join(head.text().split()) for head in found.css("#matrix tbody th")]
    assert [row.split(" ")[0] for row in rows] == ["1.", "1.", "2.", "2.", "1.", "2."]
    assert first.heading_en in rows[0]
    assert second.heading_en in rows[3]
    assert len(found.css("#matrix tbody td")) == 12
    assert not found.css("form#matrix_form, .judge[href^='?response']")


def test_a_cell_without_a_judgement_says_so_and_they_are_counted_on_top(
    cast: Cast, browser: As, dossier: Dossier
) -> None:
    claim = fact(dossier, cast)
    bare = fact(dossier, cast, 2, parts=0)
    response = said(claim, cast)
    answer = browser("auditor").get(url(dossier))
    assert "3 of 3 cells are not yet judged." in text(answer, ".tally")
    assert text(answer).count("Not yet judged") == 3
    judged(response, claim.assertions.all()[0], Coverage.NOT_MENTIONED, Stance.NEITHER)
    assert "2 of 3 cells are not yet judged." in text(browser("auditor").get(url(dossier)), ".tally")
    judged(response, claim.assertions.all()[1], Coverage.ANSWERED, Stance.NEITHER)
    ResponseCoverage.objects.create(response=response, claim=bare, coverage=Coverage.PARTLY)
    assert "All 3 cells are judged." in text(browser("auditor").get(url(dossier)), ".tally")


def test_a_claim_is_summed_up_next_to_what_is_recorded_as_a_whole(cast: Cast, browser: As, dossier: Dossier) -> None:
    claim = fact(dossier, cast, parts=3)
    response = said(claim, cast)
    whole = f"#cell-{cell(claim)}-{response.pk}"
    assert "No point of it is judged yet As a whole: Addressed another point" in text(
        browser("auditor").get(url(dossier)), whole
    )
    one, two, three = claim.assertions.all()
    judged(response, one, Coverage.PARTLY, Stance.CONFIRMS)
    judged(response, two, Coverage.WILL_CLARIFY, Stance.DISPUTES)
    sum_of_two = text(browser("auditor").get(url(dossier)), whole)
    assert "Answers part of this Disputes Sum of 2 of 3 points" in sum_of_two
    assert "otherwise than the sum" in sum_of_two
    judged(response, three, Coverage.NOT_MENTIONED, Stance.NEITHER)
    response.coverage.filter(assertion=None).update(coverage=Coverage.PARTLY, stance=Stance.DISPUTES)
    same = text(browser("auditor").get(url(dossier)), whole)
    assert "Sum of 3 points As a whole: Answers part of this Disputes" in same
    assert "otherwise" not in same


def test_no_cell_is_marked_as_a_fault(cast: Cast, browser: As, dossier: Dossier) -> None:
    said(fact(dossier, cast), cast)
    found = page(browser("auditor").get(url(dossier)))
    kinds = {name for each in found.css("#matrix tbody td") for name in (each.attributes["class"] or "").split()}
    assert kinds == {"is-empty", "is-other_point"}


def test_a_single_statement_is_open_at_once_on_its_own_page_and_on_that_of_a_claim(
    cast: Cast, browser: As, dossier: Dossier
) -> None:
    claim, other = fact(dossier, cast), fact(dossier, cast, 2)
    response = said(claim, cast)
    assert len(page(browser("editor").get(url(claim))).css("tbody select[name$='-coverage']")) == 3
    assert len(page(browser("editor").get(url(response))).css("tbody select[name$='-coverage']")) == 6
    said(other, cast)
    both = page(browser("editor").get(url(claim)))
    assert not both.css("tbody select")
    assert len(both.css("a.judge[href^='?response=']")) == 2


@pytest.mark.parametrize("role", ["contributor", "reviewer", "editor", "auditor", "operations"])
def test_who_may_see_and_who_may_judge(role: str, cast: Cast, browser: As, dossier: Dossier) -> None:
    claim = fact(dossier, cast)
    response, who = said(claim, cast), browser(role)
    writes = role in ("contributor", "reviewer", "editor")
    for row in (dossier, claim, response):
        seen = who.get(url(row))
        assert seen.status_code == (403 if role == "operations" else 200)
        if role != "operations":
            assert bool(page(seen).css("form#matrix_form")) is writes
        posted = who.post(url(row, response), {f"{cell(claim)}-coverage": "partly"})
        assert posted.status_code != 302 if not writes else posted.status_code in (200, 302)
        assert posted.status_code == (403 if not writes else 200)
    assert response.coverage.get().coverage == "other_point"
    assert Client().get(url(dossier)).status_code == 302


def test_what_is_not_there_is_not_found(cast: Cast, browser: As, dossier: Dossier) -> None:
    claim, stranger = fact(dossier, cast), fact(None, cast)
    said(claim, cast)
    other, who = said(stranger, cast), browser("editor")
    for address in (url(claim, other), url(claim) + "?response=x", url(claim) + "?response=" + "9" * 30,
                    reverse("admin:claims_dossier_matrix", args=[99999])):  # fmt: skip
        assert who.get(address).status_code == 404


def test_an_empty_matrix_says_what_is_missing(cast: Cast, browser: As, dossier: Dossier) -> None:
    assert "No statement of officials is recorded yet." in text(browser("auditor").get(url(dossier)))
    claim = fact(dossier, cast)
    assert "Record one" in text(browser("editor").get(url(claim)))


def test_the_pages_of_dossier_claim_and_statement_lead_to_it(cast: Cast, browser: As, dossier: Dossier) -> None:
    claim = fact(dossier, cast)
    response = said(claim, cast)
    for row in (dossier, claim, response):
        found = page(browser("auditor").get(reverse(f"admin:claims_{row._meta.model_name}_change", args=[row.pk])))
        assert url(row) in [link.attributes["href"] for link in found.css(".object-tools a")]


def large(dossier: Dossier, cast: Cast, claims: int, statements: int) -> OfficialResponse:
    for number in range(1, claims + 1):
        fact(dossier, cast, number, parts=8)
    everything = list(Claim.objects.filter(dossier=dossier))
    made = [
        respond(dict.fromkeys(everything, Coverage.PARTLY), by=cast.contributor, dossier=dossier, position=n)
        for n in range(statements)
    ]
    ResponseCoverage.objects.bulk_create(
        ResponseCoverage(response=each, claim=assertion.claim, assertion=assertion, coverage=Coverage.ANSWERED)
        for each in made
        for assertion in Assertion.objects.filter(claim__dossier=dossier).select_related("claim")
    )
    return made[0]


def test_twelve_claims_of_eight_assertions_and_ten_statements_cost_twelve_queries(
    cast: Cast, browser: As, dossier: Dossier
) -> None:
    response, who = large(dossier, cast, 12, 10), browser("contributor")
    claim = Claim.objects.filter(dossier=dossier).first()
    for address in (url(dossier), url(dossier, response), url(claim, response), url(response)):
        with CaptureQueriesContext(connection) as queries:
            found = who.get(address)
        assert found.status_code == 200
        assert len(queries) <= MOST_QUERIES, [query["sql"][:120] for query in queries]
    fields = re.findall(r' name="c[0-9]+-', who.get(url(dossier, response)).content.decode())
    assert 12 * 9 * 5 <= len(fields) < 1_000
    small = DossierFactory.create()
    large(small, cast, 1, 1)
    with CaptureQueriesContext(connection) as few:
        who.get(url(small))
    with CaptureQueriesContext(connection) as many:
        who.get(url(dossier, response))
    assert len(few) == len(many)
