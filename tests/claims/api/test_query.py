"""Filters, paging and cursors: what can be meant is found, what cannot is refused by name."""

import json
from base64 import urlsafe_b64encode
from typing import Any
from urllib.parse import quote

import pytest

from claims.api import cursors
from claims.models.public_status import PublicStatus
from tests.claims.api.conftest import Api

pytestmark = pytest.mark.usefixtures("first_case")

LISTS = ["claims/", "statuses/", "dossiers/", "responses/", "evidence/", "figures/", "people/", "agencies/"]


def slugs(entries: list[Any]) -> list[str]:
    return [entry["slug"] for entry in entries]


@pytest.mark.parametrize("address", LISTS)
def test_pages_of_one_make_the_same_list_as_one_page(api: Api, address: str) -> None:
    whole = api.read(address)["items"]
    assert api.follow(address, limit=1) == whole
    assert whole


@pytest.mark.parametrize("ordering", ["newest", "oldest"])
def test_claims_come_in_the_order_that_was_asked_for(api: Api, ordering: str) -> None:
    times = [entry["status"]["published_at"] for entry in api.follow("claims/", ordering=ordering, limit=3)]
    assert times == sorted(times, reverse=ordering == "newest")
    assert len(times) == PublicStatus.objects.count()


def test_claims_are_found_by_each_filter(api: Api) -> None:
    every = slugs(api.read("claims/")["items"])
    claim = api.read("claims/sso-plus-app/")["document"]
    person, dossier = claim["claimants"][0]["person"], claim["dossier"]
    assert len(api.read("claims/", dossier=dossier["slug"])["items"]) == len(every)
    assert api.read("claims/", dossier=dossier["id"])["items"] == api.read("claims/", dossier=dossier["slug"])["items"]
    by_person = api.read("claims/", claimant=person["slug"])["items"]
    assert api.read("claims/", claimant=person["id"])["items"] == by_person
    assert 0 < len(by_person) < len(every)
    agency = claim["agencies"][0]["slug"]
    assert "sso-plus-app" in slugs(api.read("claims/", agency=agency)["items"])
    assert slugs(api.read("claims/", response="partly")["items"]) == ["sso-plus-app"]
    assert set(slugs(api.read("claims/", response="partly,will_clarify,none")["items"])) == set(every)
    assert api.read("claims/", rating="not_yet_rated", request="none_sought", state="live")["items"]
    assert api.read("claims/", rating="true")["items"] == []
    assert api.read("claims/", dossier="none")["items"] == api.read("claims/", claimant="nobody")["items"] == []


def test_a_choice_of_codes_may_be_repeated_or_a_list(api: Api) -> None:
    listed = api.respond("/api/v1/claims/?response=partly,will_clarify")
    repeated = api.respond("/api/v1/claims/?response=partly&response=will_clarify")
    assert json.loads(listed.content)["items"] == json.loads(repeated.content)["items"]


def test_words_are_looked_for_in_both_languages(api: Api) -> None:
    heading = api.read("claims/sso-plus-app/")["document"]["heading"]
    for words in (heading["en"][:25].upper(), heading["th"][-12:]):
        assert "sso-plus-app" in slugs(api.read("claims/", q=words)["items"])
    assert api.read("claims/", q="100%_\\")["items"] == []
    assert api.read("claims/", q="\U0001f600 ไม่มี")["items"] == []


def test_parts_are_found_by_claim_dossier_person_and_agency(api: Api) -> None:
    claim = api.read("claims/sso-plus-app/")
    document = claim["document"]
    for name in ("figures", "evidence"):
        shown = api.read(f"{name}/", claim="sso-plus-app")["items"]
        assert {part["id"] for part in shown} == {part["id"] for part in document[name]}
        assert api.read(f"{name}/", claim=claim["id"])["items"] == shown
    speaker = document["responses"][0]["speaker"]
    spoken = api.read("responses/", person=speaker["slug"])["items"]
    assert spoken == api.read("responses/", person=speaker["id"])["items"]
    assert {response["speaker"]["slug"] for response in spoken} == {speaker["slug"]}
    assert api.read("responses/", person="nobody")["items"] == []
    agency = document["agencies"][0]
    narrow = api.read("figures/", agency=agency["slug"], dossier="sso-budget-2025")["items"]
    assert {figure["agency"]["slug"] for figure in narrow if figure["agency"]} == {agency["slug"]}


RUBBISH = [
    ("claims/", "limit", "0"),
    ("claims/", "limit", "501"),
    ("claims/", "limit", "-1"),
    ("claims/", "limit", "1.0"),
    ("claims/", "limit", "٣"),
    ("claims/", "limit", ""),
    ("claims/", "limit", "9" * 4_000),
    ("claims/", "rating", "excellent"),
    ("claims/", "rating", "true,"),
    ("claims/", "rating", "TRUE"),
    ("claims/", "response", "silent"),
    ("claims/", "request", "\x00"),
    ("claims/", "ordering", "sideways"),
    ("claims/", "dossier", "a b"),
    ("claims/", "dossier", "x" * 81),
    ("claims/", "dossier", "คดี"),
    ("claims/", "q", ""),
    ("claims/", "q", "nul\x00"),
    ("claims/", "q", "x" * 101),
    ("claims/web-app-development/", "edition", "0"),
    ("claims/web-app-development/", "edition", "first"),
    ("claims/web-app-development/", "edition", "99999999999999999999"),
    ("statuses/", "updated_since", "yesterday"),
    ("statuses/", "updated_since", "2025-02-18"),
    ("statuses/", "updated_since", "2025-02-18T00:00:00"),
    ("statuses/", "updated_since", "2025-02-30T00:00:00Z"),
    ("statuses/", "updated_since", "0001-01-01T00:00:00+14:00"),
    ("statuses/", "observations", "1"),
    ("statuses/", "ids", "5"),
    ("statuses/", "ids", ",".join(["019a0000-0000-7000-8000-000000000000"] * 201)),
    ("figures/", "person", "<script>"),
]


@pytest.mark.parametrize(("address", "name", "value"), RUBBISH)
def test_a_value_that_cannot_be_meant_is_refused_by_name(api: Api, address: str, name: str, value: str) -> None:
    problem = api.problem(address, 400, {name: value})
    assert [error["pointer"] for error in problem["errors"]] == [f"#/query/{name}"]
    assert f"`{name}`" in problem["detail"]
    assert len(problem["detail"]) < 500
    assert problem["detail"].isprintable()


def test_every_fault_is_named_at_once(api: Api) -> None:
    problem = api.problem("claims/", 400, {"limit": "x", "rating": "y", "nothing/at~all": "z"})
    pointers = {error["pointer"] for error in problem["errors"]}
    assert pointers == {"#/query/limit", "#/query/rating", "#/query/nothing~1at~0all"}


def test_a_value_that_is_given_twice_is_refused(api: Api) -> None:
    problem = api.problem("/api/v1/claims/?limit=1&limit=2", 400)
    assert "twice" in problem["detail"]


def forged(*values: Any) -> str:
    return urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


CURSORS = [
    "", "x", "%", "a" * 100_000, "สวัสดี", "====", "AAAA", forged(), forged("newest"), forged("newest", 1, 2),
    forged("newest", "2025-01-01", "x"), forged("newest", "2025-01-01T00:00:00+00:00", "not-a-uuid"),
    forged("newest", "0001-01-01T00:00:00+00:00", "019a0000-0000-7000-8000-000000000000"),
    forged("newest", None, None), forged({"newest": 1}), forged("oldest", "2025-01-01T00:00:00+00:00",
    "019a0000-0000-7000-8000-000000000000"), forged("content", 5), forged(["newest"] * 20),
    urlsafe_b64encode(b"[" * 120).decode(), urlsafe_b64encode(b"\xff\xfe").decode(),
    urlsafe_b64encode(b'["newest", NaN, 1e999]').decode(),
]  # fmt: skip


@pytest.mark.parametrize("cursor", CURSORS, ids=range(len(CURSORS)))
def test_a_cursor_that_is_not_ours_is_refused(api: Api, cursor: str) -> None:
    problem = api.problem("claims/", 400, {"cursor": cursor})
    assert [error["pointer"] for error in problem["errors"]] == ["#/query/cursor"]


@pytest.mark.parametrize("address", LISTS)
def test_a_cursor_that_is_not_ours_is_refused_before_anything_is_called_unchanged(api: Api, address: str) -> None:
    api.problem(address, 400, {"cursor": "x"}, **{"If-None-Match": "*"})


@pytest.mark.parametrize("number", [-1, 2**63, 1.5, True, "7", None])
def test_a_change_number_that_cannot_be_is_refused(api: Api, number: Any) -> None:
    api.problem("statuses/", 400, {"cursor": forged("content", number)})


def test_a_cursor_of_observations_does_not_continue_content(api: Api) -> None:
    cursor = api.read("statuses/", observations="true")["cursor"]
    assert "another list" in api.problem("statuses/", 400, {"cursor": cursor})["detail"]


def test_the_end_of_time_is_an_empty_page(api: Api) -> None:
    page = api.read("statuses/", cursor=cursors.encode("content", 2**63 - 1))
    assert (page["items"], page["more"]) == ([], False)
    assert api.read("statuses/", updated_since="9999-12-31T23:59:59Z")["items"] == []


def test_next_keeps_the_filters_and_is_told_in_the_header_too(api: Api) -> None:
    response = api.respond("claims/", {"q": "รักชนก", "limit": "1", "rating": "not_yet_rated"})
    following = json.loads(response.content)["next"]
    assert f"q={quote('รักชนก')}" in following
    assert "rating=not_yet_rated" in following
    assert response["Link"] == f'<{following}>; rel="next"'
