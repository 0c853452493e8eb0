"""What officials said is recorded with what it covers, also what it does not mention."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from claims.authorship import Frozen
from claims.models.response import OfficialResponse, ResponseCoverage, ResponseRequest
from claims.responses import ResponseRefused, record_coverage, record_response, revise_response, send_request
from claims.review.verbs import submit
from claims.vocabulary import Coverage, ResponseKind, Stance
from ledger.models import Entry
from tests.factories.cast import Cast
from tests.factories.claims import NOW, draft_claim, open_review, respond
from tests.factories.nouns import DossierFactory, OfficeFactory, PersonFactory


def test_a_response_is_stored_with_its_coverage(cast: Cast) -> None:
    one, two = draft_claim(by=cast.contributor), draft_claim(by=cast.contributor)
    response = respond(
        {one: Coverage.PARTLY, two: Coverage.NOT_MENTIONED}, by=cast.contributor, dossier=DossierFactory.create()
    )
    assert dict(response.coverage.values_list("claim__slug", "coverage")) == {
        one.slug: "partly",
        two.slug: "not_mentioned",
    }
    assert set(response.coverage.values_list("stance", flat=True)) == {Stance.NEITHER}
    assert Entry.objects.latest("index").verb == "response.recorded"


def test_a_response_without_coverage_is_refused(cast: Cast) -> None:
    with pytest.raises(ResponseRefused, match="Say which claims"):
        record_response(response=OfficialResponse(), coverage=[], by=cast.contributor, now=NOW)


def test_a_faulty_response_leaves_nothing_behind(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    with pytest.raises(ResponseRefused, match="label_th"):
        respond({claim: Coverage.PARTLY}, by=cast.contributor, label_th="")
    assert not OfficialResponse.objects.exists()


def test_an_answer_to_a_request_needs_the_request(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    with pytest.raises(ResponseRefused, match="response_reply_has_request"):
        respond({claim: Coverage.PARTLY}, by=cast.contributor, kind=ResponseKind.REPLY_TO_REQUEST)


def test_an_assertion_of_another_claim_is_refused(cast: Cast) -> None:
    one, two = draft_claim(by=cast.contributor), draft_claim(by=cast.contributor)
    response = respond({one: Coverage.OTHER_POINT}, by=cast.contributor)
    row = ResponseCoverage(response=response, claim=one, assertion=two.assertions.get(), coverage=Coverage.PARTLY)
    with pytest.raises(ResponseRefused, match="belongs to another claim"):
        record_coverage(coverage=row, by=cast.contributor, now=NOW)


def test_coverage_stands_once_per_claim_and_assertion(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    response = respond({claim: Coverage.OTHER_POINT}, by=cast.contributor)
    assertion = claim.assertions.get()
    row = ResponseCoverage(response=response, claim=claim, assertion=assertion, coverage=Coverage.PARTLY)
    record_coverage(coverage=row, by=cast.contributor, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        ResponseCoverage.objects.create(response=response, claim=claim, coverage=Coverage.ANSWERED)


def test_a_response_is_not_revised_while_a_claim_of_it_is_being_judged(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    response = respond({claim: Coverage.OTHER_POINT}, by=cast.contributor, dossier=DossierFactory.create())
    revise_response(response=response, save=response.save, by=cast.contributor, now=NOW)
    submit(review=open_review(claim), by=cast.contributor, now=NOW)
    with pytest.raises(Frozen):
        revise_response(response=response, save=response.save, by=cast.contributor, now=NOW)


def test_a_request_that_is_due_before_it_was_asked_is_refused(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    request = ResponseRequest(
        claim=claim, office=OfficeFactory.create(), asked_on=date(2026, 3, 2), due_on=date(2026, 3, 1)
    )
    with pytest.raises(ResponseRefused, match="request_due_after_asked"):
        send_request(request=request, by=cast.contributor, now=NOW)


def test_a_date_can_be_unknown_but_not_run_backwards(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    assert respond({claim: Coverage.PARTLY}, by=cast.contributor, speaker=PersonFactory.create()).said_latest is None
    with pytest.raises(ResponseRefused, match="earliest day comes after the latest"):
        respond(
            {claim: Coverage.PARTLY},
            by=cast.contributor,
            said_earliest=date(2025, 2, 18),
            said_latest=date(2025, 2, 17),
        )


def test_a_buddhist_era_year_is_refused_with_the_year_that_was_meant(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    with pytest.raises(ResponseRefused, match="2568 looks like a Buddhist-era year: write 2025"):
        respond({claim: Coverage.PARTLY}, by=cast.contributor, said_latest=date(2568, 2, 18))
