"""What an answer costs: a constant number of queries, and none on a table of drafts."""

import re
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models.dossier import Dossier
from claims.models.edition import Edition
from claims.vocabulary import Coverage
from tests.claims.api.conftest import Api
from tests.factories.cast import make_cast
from tests.factories.claims import draft_claim, publish_claim, respond

pytestmark = pytest.mark.usefixtures("first_case")

PUBLIC = {"claims_edition", "claims_editiontext", "claims_publisheditem", "claims_publicstatus"}
BUDGETS = {"budgets_agency", "budgets_budgetimport", "budgets_budgetline", "budgets_figure"}
QUERIES = {
    "": 0,
    "schema/": 0,
    "nothing/": 0,
    "claims/": 1,
    "claims/?limit=2": 1,
    "claims/?dossier=sso-budget-2025&claimant=ratchanok-srinok&q=app&response=partly&ordering=oldest": 1,
    "claims/?dossier={dossier}": 2,
    "claims/sso-plus-app/": 1,
    "claims/sso-plus-app/?edition=1": 1,
    "claims/sso-plus-app/?edition=2": 2,
    "claims/sso-plus-app/status/": 1,
    "claims/no-such-claim/": 1,
    "statuses/": 1,
    "statuses/?updated_since=2020-01-01T00:00:00Z&observations=true": 2,
    "statuses/?ids={claim}": 2,
    "dossiers/": 2,
    "dossiers/sso-budget-2025/": 4,
    "responses/": 3,
    "responses/?person={person}&claim=sso-plus-app": 3,
    "responses/?person=marasri-jairangsri&dossier=sso-budget-2025": 4,
    "evidence/": 2,
    "evidence/?claim={claim}": 2,
    "figures/": 2,
    "figures/?agency=sso&dossier={dossier}": 3,
    "people/": 2,
    "people/ratchanok-srinok/": 1,
    "agencies/": 2,
    "agencies/sso/": 1,
    "budget-lines/": 1,
    "budget-lines/?q=hotline&agency=sso&year=2023&phase=approved": 1,
    "budget-lines/line-e42ab70d341f2d13118a/": 3,
    "budget-lines/no-such-line/": 1,
}
UNCHANGED = {
    "claims/sso-plus-app/": 1,
    "claims/sso-plus-app/status/": 1,
    "dossiers/": 1,
    "dossiers/sso-budget-2025/": 2,
    "responses/": 1,
    "evidence/": 1,
    "figures/": 1,
    "people/": 1,
    "people/ratchanok-srinok/": 1,
    "agencies/sso/": 1,
}


def subject(kind: str, slug: str) -> UUID:
    return Edition.objects.filter(subject_kind=kind, slug=slug).values_list("subject_id", flat=True)[0]


def filled(address: str) -> str:
    return "/api/v1/" + address.format(
        dossier=subject("dossier", "sso-budget-2025"),
        claim=subject("claim", "sso-plus-app"),
        person=subject("person", "marasri-jairangsri"),
    )


def statements(api: Api, address: str, **headers: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        api.respond(address, {} if "?" not in address else None, **headers)
    return [query["sql"] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]


@pytest.mark.parametrize("address", QUERIES)
def test_an_answer_reads_public_tables_only_and_never_counts_or_skips(api: Api, address: str) -> None:
    sql = statements(api, filled(address))
    assert len(sql) == QUERIES[address], sql
    tables = {table for query in sql for table in re.findall(r'(?:FROM|JOIN) "?(\w+)"?', query)}
    assert tables <= (PUBLIC | BUDGETS if address.startswith("budget-lines/") else PUBLIC)
    assert not re.search(r"\bCOUNT\(|\bOFFSET\b", " ".join(sql))
    assert all(query.startswith("SELECT") for query in sql)


@pytest.mark.parametrize("address", UNCHANGED)
def test_what_is_still_the_same_is_told_from_narrow_rows(api: Api, address: str) -> None:
    etag = api.respond(address)["ETag"]
    sql = statements(api, filled(address), **{"If-None-Match": etag})
    assert len(sql) == UNCHANGED[address], sql
    # Whether a text is empty may be asked; what it says may not be fetched.
    fetched = " ".join(sql).replace(""""claims_editiontext"."body" = ''""", "")
    assert not re.search(r'"(body|card|sources|history)"', fetched)


def test_many_more_claims_cost_no_more_queries(api: Api) -> None:
    cast = make_cast()
    dossier = Dossier.objects.get(slug="sso-budget-2025")
    for number in range(7, 12):
        claim = draft_claim(by=cast.contributor, dossier=dossier, number=number)
        respond({claim: Coverage.PARTLY}, by=cast.contributor, dossier=dossier)
        publish_claim(claim, cast)
    assert len(api.read("dossiers/sso-budget-2025/")["matrix"]["rows"]) == 11
    for address, count in QUERIES.items():
        assert len(statements(api, filled(address))) == count, address
