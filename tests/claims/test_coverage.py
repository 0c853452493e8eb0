"""A person judges what one statement says of claims and of their assertions, cell by cell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Barrier, Thread
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from claims.authorship import EditedMeanwhile, Frozen, last_edit, refuse_overwriting, subject_of
from claims.coverage import Cell, CoverageRefused, cover
from claims.documents.bundle import build
from claims.intake import revise_claim
from claims.models.claim import Claim
from claims.models.evidence import EvidenceCitation
from claims.models.response import OfficialResponse, ResponseCoverage
from claims.models.review import DraftEdit
from claims.review.verbs import submit
from claims.vocabulary import AssertionKind, Coverage, Stance
from ledger.models import Entry
from tests.factories.cast import Cast, make_cast
from tests.factories.claims import NOW, draft_claim, make_source, open_review, respond

ROUNDS = 20
LATER = NOW + timedelta(hours=1)
FACTS = (AssertionKind.FACT, AssertionKind.FACT)


def statement(cast: Cast, *claims: Claim) -> OfficialResponse:
    return respond(dict.fromkeys(claims, Coverage.OTHER_POINT), by=cast.contributor)


def quote_of(response: OfficialResponse, cast: Cast, words: str = "We have paid it") -> EvidenceCitation:
    source = make_source(by=cast.contributor)
    return EvidenceCitation.objects.create(response=response, source=source, quote_exact=words, quote_lang="en")


def save(response: OfficialResponse, *cells: Cell, cast: Cast, **changes: Any) -> int:
    opened = {cell.claim.pk: last_edit(subject_of(cell.claim)) for cell in cells}
    given: dict[str, Any] = {"opened_on": opened, "by": cast.reviewer, "now": LATER} | changes
    return cover(response=response, cells=cells, **given)


def stored(response: OfficialResponse) -> dict[int, tuple[str, str]]:
    rows = ResponseCoverage.objects.filter(response=response).select_related("assertion")
    return {row.assertion.number if row.assertion else 0: (row.coverage, row.stance) for row in rows}


def test_a_cell_is_stored_with_its_quote_stance_and_note(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor, kinds=FACTS)
    response = statement(cast, claim)
    one, _ = claim.assertions.all()
    quote = quote_of(response, cast)
    cell = Cell(claim, one, Coverage.ANSWERED, Stance.CONFIRMS, quote, "The sum.", "จำนวนเงิน")
    assert save(response, cell, cast=cast) == 1
    row = ResponseCoverage.objects.get(response=response, assertion=one)
    assert (row.claim, row.coverage, row.stance, row.quote) == (claim, "answered", "confirms", quote)
    assert (row.note_en, row.note_th) == ("The sum.", "จำนวนเงิน")
    entry = Entry.objects.latest("index")
    assert (entry.verb, entry.subject_id) == ("response.covered", str(response.public_id))
    assert stored(response) == {0: ("other_point", "neither"), 1: ("answered", "confirms")}


def test_only_what_differs_is_written_and_only_its_claim_is_edited(cast: Cast) -> None:
    one, two = draft_claim(by=cast.contributor), draft_claim(by=cast.contributor)
    response = statement(cast, one, two)
    before = dict(ResponseCoverage.objects.values_list("claim", "pk"))
    cells = [Cell(one, None, Coverage.OTHER_POINT), Cell(two, None, Coverage.PARTLY, Stance.DISPUTES)]
    entries = Entry.objects.count()
    assert save(response, *cells, cast=cast) == 1
    assert dict(ResponseCoverage.objects.values_list("claim", "pk")) == before
    assert set(DraftEdit.objects.filter(user=cast.reviewer).values_list("subject_id", flat=True)) == {two.public_id}
    assert Entry.objects.count() == entries + 1
    assert save(response, *cells, cast=cast) == 0
    assert Entry.objects.count() == entries + 1
    assert DraftEdit.objects.filter(user=cast.reviewer).count() == 1


def test_an_emptied_cell_is_not_judged_any_more(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    response = statement(cast, claim)
    assertion = claim.assertions.get()
    assert save(response, Cell(claim, assertion, Coverage.NOT_MENTIONED), cast=cast) == 1
    assert save(response, Cell(claim, assertion), cast=cast) == 1
    assert stored(response) == {0: ("other_point", "neither")}


def test_a_statement_keeps_at_least_one_cell(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    response = statement(cast, claim)
    with pytest.raises(CoverageRefused, match="covers at least one claim"):
        save(response, Cell(claim), cast=cast)
    assert stored(response) == {0: ("other_point", "neither")}


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"stance": Stance.DISPUTES}, "choose what the statement covers"),
        ({"note_th": "หมายเหตุ"}, "choose what the statement covers"),
        ({"coverage": Coverage.NOT_MENTIONED, "stance": Stance.CONFIRMS}, "goes with no stance"),
        ({"coverage": Coverage.NOT_APPLICABLE, "stance": Stance.DISPUTES}, "goes with no stance"),
    ],
)
def test_what_makes_no_sense_is_refused_and_says_where(cast: Cast, fields: dict[str, Any], fault: str) -> None:
    claim = draft_claim(by=cast.contributor)
    response = statement(cast, claim)
    with pytest.raises(CoverageRefused, match=fault) as refusal:
        save(response, Cell(claim, claim.assertions.get(), **fields), cast=cast)
    assert f"“{claim}”, assertion 1: " in refusal.value.reasons[0]
    assert not DraftEdit.objects.filter(user=cast.reviewer).exists()


def test_every_fault_is_told_at_once(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor, kinds=FACTS)
    response = statement(cast, claim)
    with pytest.raises(CoverageRefused) as refusal:
        save(response, *(Cell(claim, each, stance=Stance.DISPUTES) for each in claim.assertions.all()), cast=cast)
    assert len(refusal.value.reasons) == 2


def test_a_quote_of_another_statement_answers_nothing_here(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    response, other = statement(cast, claim), statement(cast, claim)
    for quote in (quote_of(other, cast), claim.citations.get()):
        with pytest.raises(CoverageRefused, match="not one of this statement"):
            save(response, Cell(claim, None, Coverage.ANSWERED, quote=quote), cast=cast)
    own = quote_of(response, cast)
    with pytest.raises(CoverageRefused, match="no quote that answers"):
        save(response, Cell(claim, None, Coverage.NOT_MENTIONED, quote=own), cast=cast)
    assert save(response, Cell(claim, None, Coverage.NOT_APPLICABLE, quote=own), cast=cast) == 1


def test_an_assertion_of_another_claim_and_a_cell_given_twice_are_refused(cast: Cast) -> None:
    one, two = draft_claim(by=cast.contributor), draft_claim(by=cast.contributor)
    response = statement(cast, one)
    with pytest.raises(CoverageRefused, match="belongs to another claim"):
        save(response, Cell(one, two.assertions.get(), Coverage.PARTLY), cast=cast)
    with pytest.raises(CoverageRefused, match="given twice"):
        save(response, Cell(one, None, Coverage.PARTLY), Cell(one, None, Coverage.ANSWERED), cast=cast)


def test_a_frozen_claim_stops_the_whole_column_and_says_which_and_why(cast: Cast) -> None:
    free, frozen = draft_claim(by=cast.contributor), draft_claim(by=cast.contributor)
    response = statement(cast, free, frozen)
    submit(review=open_review(frozen), by=cast.contributor, now=NOW)
    cells = [Cell(free, None, Coverage.PARTLY), Cell(frozen, None, Coverage.PARTLY)]
    with pytest.raises(Frozen, match=f"“{frozen}” is awaiting a second person"):
        save(response, *cells, cast=cast)
    assert set(ResponseCoverage.objects.values_list("coverage", flat=True)) == {"other_point"}
    assert not DraftEdit.objects.filter(user=cast.reviewer).exists()
    untouched = Cell(frozen, None, Coverage.OTHER_POINT)
    assert save(response, cells[0], untouched, cast=cast) == 1


def test_what_somebody_saved_meanwhile_is_not_overwritten(cast: Cast) -> None:
    claim, other = draft_claim(by=cast.contributor), draft_claim(by=cast.contributor)
    response = statement(cast, claim, other)
    opened = {each.pk: last_edit(subject_of(each)) for each in (claim, other)}
    for each in (claim, other):
        save(response, Cell(each, None, Coverage.ANSWERED), cast=cast, by=cast.editor)
    cells = [Cell(claim, None, Coverage.NOT_MENTIONED), Cell(other, None, Coverage.NOT_MENTIONED)]
    with pytest.raises(EditedMeanwhile, match="editor saved this") as refusal:
        save(response, *cells, cast=cast, opened_on=opened)
    assert f"“{claim}”" in str(refusal.value)
    assert f"“{other}”" in str(refusal.value)
    assert set(stored(response).values()) == {("answered", "neither")}
    assert save(response, *cells, cast=cast) == 2


def test_neither_is_what_the_same_person_saved_in_another_tab(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    response = statement(cast, claim)
    opened = {claim.pk: last_edit(subject_of(claim))}
    save(response, Cell(claim, None, Coverage.ANSWERED), cast=cast)
    with pytest.raises(EditedMeanwhile, match="you saved this claim yourself"):
        save(response, Cell(claim, None, Coverage.PARTLY), cast=cast, opened_on=opened)
    with pytest.raises(EditedMeanwhile):
        save(response, Cell(claim, None, Coverage.PARTLY), cast=cast, opened_on={})


def race(rivals: dict[str, Callable[[], object]]) -> dict[str, str]:
    """What each of two was told who began in the same moment."""
    start, told = Barrier(len(rivals)), dict[str, str]()

    def run(name: str, save_it: Callable[[], object]) -> None:
        try:
            start.wait(20)
            save_it()
            told[name] = "saved"
        except EditedMeanwhile as refusal:
            told[name] = str(refusal)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=rival) for rival in rivals.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def through_the_claim(claim: Claim, code: str, opened: int, by: User) -> None:
    """What the form of the claim does, whose rows hold the same cells."""

    def store() -> None:
        refuse_overwriting(subject_of(claim), opened_on=opened, by=by)
        ResponseCoverage.objects.filter(claim=claim).update(coverage=code, note_en="")

    revise_claim(claim=claim, save=store, by=by, now=LATER)


@pytest.mark.parametrize("door", ["matrix", "claim"])
def test_of_two_who_save_one_cell_in_the_same_second_one_is_told(committed_db: str, door: str) -> None:
    cast = make_cast()
    claim = draft_claim(by=cast.contributor)
    response = statement(cast, claim)

    def judge(by: User, code: str, turn: int, opened: int) -> int:
        cell = Cell(claim, None, Coverage(code), note_en=str(turn))
        return save(response, cell, cast=cast, by=by, opened_on={claim.pk: opened})

    for turn in range(ROUNDS):
        opened = last_edit(subject_of(claim))
        other: Callable[[], object] = partial(judge, cast.editor, "answered", turn, opened)
        if door == "claim":
            other = partial(through_the_claim, claim, "answered", opened, cast.editor)
        told = race({"partly": partial(judge, cast.reviewer, "partly", turn, opened), "answered": other})
        (winner,) = [code for code, text in told.items() if text == "saved"]
        assert sum("saved this at" in text for text in told.values()) == 1
        assert stored(response) == {0: (winner, "neither")}


def test_a_column_costs_the_same_however_many_cells_change(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor, kinds=(AssertionKind.FACT,) * 8)
    response = statement(cast, claim)
    quote = quote_of(response, cast)
    assertions = list(claim.assertions.all())
    counts = []
    for some, code in ((assertions[:1], Coverage.PARTLY), (assertions, Coverage.ANSWERED)):
        cells = [Cell(claim, each, code, quote=quote) for each in some]
        with CaptureQueriesContext(connection) as queries:
            assert save(response, *cells, cast=cast) == len(some)
        counts.append(len(queries) - len(some))  # `save` asks for the last edit of each cell's claim
    assert counts[1] <= counts[0] + 1  # the second changes a row as well as making some


def test_the_document_names_the_quote_of_a_cell(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    response = statement(cast, claim)
    quote = quote_of(response, cast)
    save(response, Cell(claim, claim.assertions.get(), Coverage.ANSWERED, quote=quote), cast=cast)
    body = build(open_review(claim)).claim.body
    whole, part = body["responses"][0]["coverage"]
    assert (whole["assertion"], whole["quote_id"]) == (None, None)
    assert (part["assertion"], part["quote_id"]) == (1, str(quote.public_id))
    assert str(quote.public_id) in {item["id"] for item in body["evidence"]}
    quote.delete()
    assert build(open_review(claim)).claim.body["responses"][0]["coverage"][1]["quote_id"] is None


def test_a_judgement_is_an_edit_after_which_its_author_cannot_approve(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    response = statement(cast, claim)
    save(response, Cell(claim, None, Coverage.PARTLY), cast=cast)
    review = submit(review=open_review(claim), by=cast.contributor, now=NOW)
    assert cast.reviewer.pk in set(review.authors.values_list("user_id", flat=True))
