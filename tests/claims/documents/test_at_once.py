"""What is read in one query is the very bundle that is read table by table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker

from budgets.vocabulary import Formula
from claims.documents.at_once import build_at_once, read_at_once
from claims.documents.bundle import build
from claims.documents.together import read_together
from claims.models.claim import Claim
from claims.models.figure_check import Finding
from claims.models.people import Tenure
from claims.models.response import OfficialResponse
from claims.models.review import ClaimReview
from claims.models.source import Source
from claims.models.waiver import Waiver
from claims.seeding.demo import FIRST_CASE
from claims.vocabulary import Coverage
from tests.claims.seeding.bringing import bringer
from tests.claims.seeding.folders import Folder
from tests.conftest import connected_to
from tests.databases import cloned_database
from tests.factories.cast import Cast, make_cast
from tests.factories.claims import NOW, cite, draft_claim, open_review, respond
from tests.factories.figures import make_check, make_figure
from tests.factories.nouns import AgencyFactory, DossierFactory, OfficeFactory, PersonFactory


@pytest.fixture(scope="module")
def first_case(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database of this module's own with the drafts of the first case."""
    with cloned_database("at_once") as name, django_db_blocker.unblock(), connected_to(name):
        bringer(Folder(FIRST_CASE), make_cast())()
        yield


def rich_claim(cast: Cast, *, nested: int = 3) -> Claim:
    """A claim of a dossier with agencies inside agencies, figures, checks, statements and tenures."""
    above = AgencyFactory.create()
    for _ in range(nested):
        above = AgencyFactory.create(parent=above)
    dossier = DossierFactory.create(period_earliest=date(2020, 1, 1))
    dossier.agencies.add(above)
    person = PersonFactory.create()
    Tenure.objects.create(person=person, office=OfficeFactory.create(agency=above), start_earliest=date(2019, 7, 1))
    claim = draft_claim(by=cast.contributor, person=person, dossier=dossier, number=1)
    draft_claim(by=cast.contributor, dossier=dossier, number=2)  # a draft that leaves no trace
    claim.agencies.add(above, AgencyFactory.create())
    claim.assertions.create(number=2, kind="fact", text_en="Part 2", text_th="ส่วน 2")
    cite(claim, by=cast.contributor)
    response = respond({claim: Coverage.PARTLY}, by=cast.contributor, dossier=dossier, said_earliest=date(2025, 2, 19))
    quote = cite(claim, by=cast.contributor)
    type(quote).objects.filter(pk=quote.pk).update(claim=None, response=response)
    response.coverage.update(quote=quote)
    why = {"reason_en": "None exists.", "reason_th": "ไม่มี", "by": cast.editor, "at": NOW}
    for rule in ("zeta", "alpha"):
        Waiver.objects.create(claim=claim, rule=rule, **why)
    Waiver.objects.create(claim=claim, rule="gone", withdrawn_by=cast.editor, withdrawn_at=NOW, **why)
    later, earlier = (make_figure(number, by=cast.contributor) for number in (200, 100))
    make_check(claim, [later, earlier], by=cast.contributor, formula=Formula.RATIO)
    return claim


@pytest.mark.parametrize("nested", [1, 5])  # the second is deeper than what is read ahead
def test_one_query_reads_the_bundle_that_forty_read(cast: Cast, nested: int) -> None:
    review = open_review(rich_claim(cast, nested=nested))
    slow = build(review)
    assert build_at_once(review) == slow
    assert len(slow.documents) > 4


def test_every_claim_of_the_first_case_comes_out_alike(first_case: None) -> None:
    reviews = list(ClaimReview.objects.all())
    assert len(reviews) >= 6
    for review in reviews:
        assert build_at_once(review).documents == build(review).documents
    assert Finding.objects.exists()


def test_it_costs_one_query_whatever_the_claim_holds(first_case: None) -> None:
    for review in ClaimReview.objects.all():
        with CaptureQueriesContext(connection) as queries:
            build_at_once(review)
        assert len(queries) == 1


def test_other_rows_are_read_in_the_same_breath(cast: Cast) -> None:
    claim = rich_claim(cast)
    with CaptureQueriesContext(connection) as queries:
        read = read_at_once(
            open_review(claim), [Source.objects.order_by("pk"), Claim.objects.order_by("pk").values("pk")]
        )
        assert read.claim.dossier is not None
        assert [answer.speaker.name_en for answer in read.claim.dossier.responses.all()]
        assert [list(assertion.checks.all()) for assertion in read.claim.assertions.all()]
    sources, keys = read.also
    assert len(queries) == 2  # with that for the review
    assert sources == list(Source.objects.order_by("pk"))
    assert keys == [{"pk": pk} for pk in Claim.objects.order_by("pk").values_list("pk", flat=True)]


def test_every_column_comes_back_as_django_reads_it(first_case: None) -> None:
    """Dates, times, decimals, UUIDs, JSON: row by row and column by column."""
    models = [Claim, ClaimReview, Finding, OfficialResponse, Source, Tenure]
    read = read_together([model.objects.order_by("pk") for model in models])  # type: ignore[attr-defined]
    for model, rows in zip(models, read, strict=True):
        names = [field.attname for field in model._meta.concrete_fields]
        expected = list(model.objects.order_by("pk").values_list(*names))  # type: ignore[attr-defined]
        assert [tuple(getattr(row, name) for name in names) for row in rows] == expected


def test_nothing_asked_is_nothing_read(db: None) -> None:
    assert read_together([]) == []
    assert read_together([Claim.objects.none()]) == [[]]
