"""Judging a column of the answer matrix: what is stored, what is refused, and that nothing typed is lost."""

from __future__ import annotations

import pytest

from claims.admin import matrix_grid
from claims.models.dossier import Dossier
from claims.models.review import DraftEdit
from claims.review.verbs import submit
from ledger.models import Entry
from tests.claims.admin.answers import FORM, cell, fact, page, said, text, url
from tests.claims.admin.conftest import As
from tests.claims.admin.pages import shown
from tests.factories.cast import Cast
from tests.factories.claims import NOW, open_review
from tests.factories.nouns import DossierFactory


@pytest.fixture
def dossier(cast: Cast) -> Dossier:
    made: Dossier = DossierFactory.create()
    return made


def test_a_column_is_judged_with_its_quotes_in_one_go(cast: Cast, browser: As, dossier: Dossier) -> None:
    claim, other = fact(dossier, cast), fact(dossier, cast, 2)
    response, _ = said(claim, cast), said(other, cast)
    one, two = claim.assertions.all()
    who, address = browser("contributor"), url(dossier, response)
    form = shown(who.get(address), FORM)
    quote = response.citations.get()
    form |= {
        f"{cell(claim, one)}-coverage": "answered", f"{cell(claim, one)}-stance": "confirms",
        f"{cell(claim, one)}-quote": str(quote.pk), f"{cell(claim, one)}-note_th": "ตอบแล้ว",
        f"{cell(claim, two)}-coverage": "not_mentioned", f"{cell(other)}-coverage": "will_clarify",
    }  # fmt: skip
    answer = who.post(address, form, follow=True)
    assert "Saved: 3 cells" in answer.content.decode()
    rows = {row.assertion_id: row for row in response.coverage.filter(claim=claim)}
    assert (rows[one.pk].coverage, rows[one.pk].stance, rows[one.pk].quote) == ("answered", "confirms", quote)
    assert rows[one.pk].note_th == "ตอบแล้ว"
    assert rows[two.pk].coverage == "not_mentioned"
    assert response.coverage.get(claim=other).coverage == "will_clarify"
    assert "We have paid it" in text(answer, f"#cell-{cell(claim, one)}-{response.pk} q")
    assert Entry.objects.latest("index").verb == "response.covered"


def test_looking_at_a_column_and_saving_it_makes_nobody_its_author(cast: Cast, browser: As, dossier: Dossier) -> None:
    response = said(fact(dossier, cast), cast)
    response.coverage.update(note_en="One line\nand another")
    who, address = browser("reviewer"), url(response)
    before = Entry.objects.count()
    answer = who.post(url(response, response), shown(who.get(address), FORM), follow=True)
    assert "Nothing was changed, so nothing was saved." in answer.content.decode()
    assert Entry.objects.count() == before
    assert not DraftEdit.objects.filter(user=cast.reviewer).exists()


def test_what_was_typed_stands_beside_what_somebody_stored_meanwhile(cast: Cast, browser: As, dossier: Dossier) -> None:
    claim = fact(dossier, cast)
    response = said(claim, cast)
    one, two = claim.assertions.all()
    mine, theirs, address = browser("contributor"), browser("editor"), url(claim, response)
    form = shown(mine.get(address), FORM)
    theirs.post(address, shown(theirs.get(address), FORM) | {f"{cell(claim, one)}-coverage": "answered"})
    typed = form | {f"{cell(claim, one)}-coverage": "partly", f"{cell(claim, two)}-note_en": "Typed long",
                    f"{cell(claim, two)}-coverage": "partly"}  # fmt: skip
    refused = mine.post(address, typed)
    assert "editor saved this" in text(refused, ".refusal")
    assert "Stored now: Answers this" in text(refused, f"#cell-{cell(claim, one)}-{response.pk}")
    again = shown(refused, FORM)
    assert again[f"{cell(claim, two)}-note_en"] == "Typed long"
    assert response.coverage.get(assertion=one).coverage == "answered"
    assert mine.post(address, again).status_code == 302
    assert response.coverage.get(assertion=one).coverage == "partly"


def test_a_fault_does_not_hide_that_somebody_stored_something_meanwhile(
    cast: Cast, browser: As, dossier: Dossier
) -> None:
    claim = fact(dossier, cast)
    response = said(claim, cast)
    one, two = claim.assertions.all()
    mine, theirs, address = browser("contributor"), browser("editor"), url(claim, response)
    form = shown(mine.get(address), FORM) | {f"{cell(claim, one)}-stance": "disputes"}
    theirs.post(address, shown(theirs.get(address), FORM) | {f"{cell(claim, two)}-coverage": "answered"})
    faulty = mine.post(address, form)
    assert "choose what the statement covers" in text(faulty, ".refusal")
    mended = shown(faulty, FORM) | {f"{cell(claim, one)}-coverage": "partly"}
    assert "editor saved this" in text(mine.post(address, mended), ".refusal")
    assert response.coverage.get(assertion=two).coverage == "answered"


def test_a_claim_that_is_being_judged_says_so_and_keeps_what_was_typed(
    cast: Cast, browser: As, dossier: Dossier
) -> None:
    claim, free = fact(dossier, cast), fact(dossier, cast, 2)
    response = said(claim, cast)
    who, address = browser("contributor"), url(dossier, response)
    typed = shown(who.get(address), FORM) | {f"{cell(claim)}-coverage": "partly", f"{cell(free)}-coverage": "partly"}
    submit(review=open_review(claim), by=cast.contributor, now=NOW)
    refused = who.post(address, typed)
    assert f"“{claim}” is awaiting a second person" in text(refused, ".refusal")
    assert shown(refused, FORM)[f"{cell(claim)}-coverage"] == "partly"
    assert not response.coverage.filter(coverage="partly").exists()
    anew = who.get(address)
    assert "Awaiting a second person: what is being judged does not move." in text(anew, ".frozen")
    form = shown(anew, FORM)
    assert not any(name.startswith(f"{cell(claim)}-") for name in form)
    assert who.post(address, form | {f"{cell(free)}-coverage": "partly"}).status_code == 302
    assert response.coverage.get(claim=free).coverage == "partly"


def test_an_assertion_that_is_gone_is_not_dropped_in_silence(cast: Cast, browser: As, dossier: Dossier) -> None:
    claim = fact(dossier, cast)
    response = said(claim, cast)
    who, address = browser("contributor"), url(claim, response)
    one = claim.assertions.all()[0]
    form = shown(who.get(address), FORM)
    key = cell(claim, one)
    one.delete()
    assert who.post(address, form).status_code == 302
    assert "not here any more" in text(who.post(address, form | {f"{key}-coverage": "partly"}), ".refusal")


def test_a_forged_choice_is_refused(cast: Cast, browser: As, dossier: Dossier) -> None:
    claim = fact(dossier, cast)
    response, other = said(claim, cast), said(claim, cast)
    who, address = browser("contributor"), url(claim, response)
    form = shown(who.get(address), FORM)
    for field, value in (("quote", str(other.citations.get().pk)), ("coverage", "silent"), ("stance", "lies")):
        refused = who.post(address, form | {f"{cell(claim)}-{field}": value})
        assert "Nothing was saved" in text(refused, ".refusal")
        assert page(refused).css(f"#cell-{cell(claim)}-{response.pk} .errorlist")
    strange = form | {f"c{claim.pk}-opened_on": "9" * 40, f"{cell(claim)}-coverage": "partly"}
    assert "saved this at" in text(browser("editor").post(address, strange), ".refusal")
    assert response.coverage.get().coverage == "other_point"


def test_a_column_too_long_for_one_form_is_judged_claim_by_claim(
    cast: Cast, browser: As, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim, _ = fact(dossier, cast), fact(dossier, cast, 2)
    response, who = said(claim, cast), browser("contributor")
    monkeypatch.setattr(matrix_grid, "MOST_CELLS", 5)
    long = who.get(url(dossier, response))
    assert "A column is too long here" in text(long, ".hint")
    assert not page(long).css("form#matrix_form")
    assert who.post(url(dossier, response), {}).status_code == 404
    assert page(who.get(url(claim, response))).css("form#matrix_form")
