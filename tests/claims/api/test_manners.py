"""HTTP manners that every address has."""

import json
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from claims.api import reading
from tests.claims.api.conftest import Api

pytestmark = pytest.mark.usefixtures("first_case")

CLAIM = "claims/web-app-development/"
ADDRESSES = [
    "", "claims/", CLAIM, f"{CLAIM}status/", "statuses/", "dossiers/", "dossiers/sso-budget-2025/", "responses/",
    "evidence/", "figures/", "people/", "people/ratchanok-srinok/", "agencies/", "agencies/sso/",
    "schema/",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_answers_with_json_a_validator_and_a_short_public_life(api: Api, address: str) -> None:
    response = api.respond(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response["Content-Language"] == "en, th"
    assert response["ETag"].startswith('"')
    assert "public" in response["Cache-Control"]
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Set-Cookie" not in response
    json.loads(response.content)


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_still_the_same_costs_a_304(api: Api, address: str) -> None:
    first = api.respond(address)
    again = api.respond(address, {}, **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == first["Cache-Control"]
    assert api.respond(address, {}, **{"If-None-Match": '"another"'}).status_code == 200


def test_head_has_the_headers_without_the_body(api: Api) -> None:
    for address in ADDRESSES:
        whole = api.respond(address)
        head = Client().head(f"/api/v1/{address}")
        assert (head.status_code, head.content) == (200, b"")
        assert head["ETag"] == whole["ETag"]
        assert head["Content-Length"] == str(len(whole.content))


def test_options_says_what_can_be_done() -> None:
    for address in ADDRESSES:
        response = Client().options(f"/api/v1/{address}")
        assert (response.status_code, response.content) == (204, b"")
        assert response["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_nothing_can_be_written(method: str) -> None:
    client = Client(enforce_csrf_checks=True)
    for address in ADDRESSES:
        response = getattr(client, method)(f"/api/v1/{address}")
        assert (response.status_code, response["Content-Type"]) == (405, "application/problem+json")
        assert response["Allow"] == "GET, HEAD, OPTIONS"
        assert json.loads(response.content)["type"].endswith("/api/docs/#problem-method-not-allowed")


def test_any_site_may_read(api: Api) -> None:
    response = api.respond(CLAIM, {}, Origin="https://elsewhere.example")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert {"etag", "link", "retry-after"} <= set(response["Access-Control-Expose-Headers"].lower().split(", "))
    asked = Client().options(
        f"/api/v1/{CLAIM}",
        headers={"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"},
    )
    assert asked.status_code == 200
    assert "DELETE" not in asked["Access-Control-Allow-Methods"]


def test_a_parameter_that_does_not_exist_is_named(api: Api) -> None:
    for address in ADDRESSES:
        problem = api.problem(address, 400, {"colour": "blue"})
        assert problem["type"].endswith("/api/docs/#problem-bad-query")
        assert [error["pointer"] for error in problem["errors"]] == ["#/query/colour"]
        assert "`colour`" in problem["detail"]
        assert problem["instance"] == f"/api/v1/{address}?colour=blue"


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("text/html", 406),
        ("application/xml;q=1, text/*", 406),
        ("application/json;q=0", 406),
        ("text/html, */*;q=0.1", 200),
        ("application/*", 200),
        ("application/json", 200),
    ],
)
def test_json_is_what_there_is(api: Api, accept: str, status: int) -> None:
    for address in ADDRESSES:
        response = api.respond(address, {}, Accept=accept)
        assert response.status_code == status
        if status == 406:
            assert response["Content-Type"] == "application/problem+json"
            assert json.loads(response.content)["type"].endswith("#problem-not-acceptable")


@pytest.mark.parametrize(
    "path",
    [
        "/api/", "/api/v1/nothing/", "/api/v1/claims/no-such-claim/", "/api/v1/claims/no-such-claim/status/",
        "/api/v1/dossiers/none/", "/api/v1/people/none/", "/api/v1/agencies/none/", "/api/v2/claims/",
        "/api/v1/claims/สวัสดี/", "/api/v1/claims/%00/", "/api/v1/claims/a%0Ab/", "/api/%0A/",
        "/api/v1/claims/..%2f/", "/api/v1/claims/a.b/",
        "/api/v1/" + "x" * 5_000 + "/", "/api/v1/claims/web-app-development/?edition=99",
    ],
)  # fmt: skip
def test_what_is_not_there_is_a_problem_too(api: Api, path: str) -> None:
    problem = api.problem(path, 404)
    assert set(problem) == {"type", "title", "status", "detail", "instance", "errors"}
    assert problem["status"] == 404
    assert problem["type"].endswith("/api/docs/#problem-not-found")


def test_a_missing_slash_is_forgiven_where_something_is(api: Api) -> None:
    response = api.respond("/api/v1/claims?limit=1")
    assert (response.status_code, response["Location"]) == (301, "/api/v1/claims/?limit=1")
    assert api.respond("/api/v1/nothing").status_code == 404


def test_problems_are_told_in_the_readers_language(api: Api) -> None:
    thai = api.respond("claims/", {"limit": "0"}, **{"Accept-Language": "th-TH, en;q=0.5"})
    english = api.respond("claims/", {"limit": "0"}, **{"Accept-Language": "de"})
    assert (thai["Content-Language"], english["Content-Language"]) == ("th", "en")
    assert json.loads(thai.content)["title"] == "อ่านเงื่อนไขในที่อยู่ไม่ได้"
    assert json.loads(english.content)["title"] == "The query cannot be understood"
    assert {"Accept", "Accept-Language"} <= {name.strip() for name in thai["Vary"].split(",")}
    assert thai["Cache-Control"] == english["Cache-Control"] == "no-store"


def test_answers_do_not_depend_on_the_readers_language(api: Api) -> None:
    thai = api.respond(CLAIM, {}, **{"Accept-Language": "th"})
    english = api.respond(CLAIM, {}, **{"Accept-Language": "en"})
    assert (thai.content, thai["ETag"]) == (english.content, english["ETag"])


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """A query that fails: what the database or a mistake of ours would do."""

    def fail(*_: Any, **__: Any) -> Any:
        raise request.param

    monkeypatch.setattr(reading, "status", fail)


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("broken", [OperationalError("canceling statement due to statement timeout")], indirect=True)
def test_a_database_that_does_not_answer_is_a_503_with_a_time(api: Api) -> None:
    response = api.respond(f"{CLAIM}status/")
    assert (response.status_code, response["Content-Type"]) == (503, "application/problem+json")
    assert int(response["Retry-After"]) > 0
    assert "statement timeout" not in response.content.decode()


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("broken", [RuntimeError("secret detail")], indirect=True)
def test_a_mistake_of_ours_is_a_500_that_says_nothing_of_itself(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    api.client.raise_request_exception = False
    problem = api.problem(f"{CLAIM}status/", 500)
    assert "secret" not in json.dumps(problem)
    assert "secret detail" in caplog.text


def test_far_too_many_parameters_are_a_problem(api: Api) -> None:
    query = "&".join(f"p{number}=1" for number in range(2_000))
    assert api.problem(f"/api/v1/claims/?{query}", 400)["type"].endswith("#problem-bad-request")
