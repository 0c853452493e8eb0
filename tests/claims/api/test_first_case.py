"""The first case, read from the API alone."""

from collections import Counter

import pytest

from tests.claims.api.conftest import Api

pytestmark = pytest.mark.usefixtures("first_case")

DOSSIER = "sso-budget-2025"
COUNTS = {"will_clarify": 6, "other_point": 6, "partly": 1, "not_mentioned": 5}


def test_a_status_has_exactly_the_shape_that_was_promised(api: Api) -> None:
    status = api.read("claims/web-app-development/status/")
    assert status == {
        "id": status["id"],
        "slug": "web-app-development",
        "url": {
            "en": "http://127.0.0.1:8000/en/claims/web-app-development/",
            "th": "http://127.0.0.1:8000/th/claims/web-app-development/",
        },
        "edition": 1,
        "state": "live",
        "rating": {
            "code": "not_yet_rated",
            "label": {"en": "Not yet rated", "th": "ยังไม่สรุปผล"},
            "value": None,
            "best": 5,
            "worst": 1,
        },
        "official_response": {
            "request": {"code": "none_sought", "asked_on": None, "due_on": None, "answered_on": None},
            "statements": {
                "code": status["official_response"]["statements"]["code"],
                "stance": "neither",
                "count": status["official_response"]["statements"]["count"],
                "last_on": status["official_response"]["statements"]["last_on"],
                "last_searched_on": None,
            },
        },
        "evidence_health": {
            "intact": 0,
            "edited": 0,
            "lost": 0,
            "unreachable": 0,
            "unchecked": status["evidence_health"]["unchecked"],
        },
        "findings": {"holds": 0, "fails": 0, "undetermined": 1, "recheck_due_since": None},
        "published_at": status["published_at"],
        "content_updated_at": status["content_updated_at"],
        "observed_at": None,
        "version": 1,
    }


def test_the_matrix_has_its_eighteen_cells(api: Api) -> None:
    answer = api.read(f"dossiers/{DOSSIER}/")
    matrix = answer["matrix"]
    assert [row["claim"]["number"] for row in matrix["rows"]] == [1, 2, 3, 4, 5, 6]
    assert matrix["responses"] == [response["id"] for response in answer["document"]["responses"]]
    cells = [cell for row in matrix["rows"] for cell in row["cells"]]
    assert [cell["response_id"] for cell in cells] == matrix["responses"] * 6
    assert Counter(cell["coverage"] for cell in cells) == COUNTS
    assert all(cell["parts"] for cell in cells)
    assert {claim["number"] for claim in answer["beside"]} == {None}
    assert len(answer["beside"]) == 2


def test_statements_come_once_with_what_they_say_about_every_claim(api: Api) -> None:
    responses = api.read("responses/", dossier=DOSSIER)["items"]
    assert len(responses) == 3
    codes = Counter(claim["strongest"] for response in responses for claim in response["claims"])
    assert codes == COUNTS
    undated = [response for response in responses if response["date"]["precision"] != "exact"]
    assert [(response["speaker"]["slug"], response["date"]["earliest"]) for response in undated] == [
        ("marasri-jairangsri", None)
    ]
    assert all(response["speaker"]["name"]["th"] for response in responses)


def test_the_strongest_statement_of_each_claim(api: Api) -> None:
    claims = api.read("claims/", dossier=DOSSIER, ordering="oldest")["items"]
    numbered = {claim["number"]: claim["status"] for claim in claims if claim["number"]}
    strongest = {number: status["official_response"]["statements"]["code"] for number, status in numbered.items()}
    assert strongest == {number: "partly" if number == 4 else "will_clarify" for number in range(1, 7)}
    assert {status["official_response"]["statements"]["stance"] for status in numbered.values()} == {"neither"}
    assert {status["official_response"]["request"]["code"] for status in numbered.values()} == {"none_sought"}


def test_fifteen_figures_with_unit_and_who_says_them(api: Api) -> None:
    figures = api.read("figures/", dossier=DOSSIER)["items"]
    assert len(figures) == 15
    assert all(figure["unit"] and figure["said_by"]["words"]["en"] for figure in figures)
    assert all(isinstance(figure["value"], str | None) for figure in figures)
    assert api.follow("figures/", dossier=DOSSIER, limit=4) == figures


def test_a_claim_comes_with_its_document_status_and_editions(api: Api) -> None:
    answer = api.read("claims/sso-plus-app/")
    assert answer["document"]["slug"] == "sso-plus-app"
    assert answer["status"] == api.read("claims/sso-plus-app/status/")
    assert [line["number"] for line in answer["editions"]] == [1]
    assert answer["editions"][0]["digest"] == answer["edition"]["digest"]
    assert {panel["evidence_id"] for panel in answer["sources"]} == {
        part["id"] for part in answer["document"]["evidence"]
    }
    assert answer["live"] is True
    assert answer["withheld"] is None


@pytest.mark.parametrize("plural", ["people", "agencies"])
def test_everyone_who_is_named_can_be_read(api: Api, plural: str) -> None:
    entries = api.follow(f"{plural}/", limit=2)
    assert len(entries) == len({entry["id"] for entry in entries}) > 2
    for entry in entries:
        assert api.read(f"{plural}/{entry['slug']}/") == entry
        assert entry["document"]["name"]["th"]


def test_every_link_of_the_index_leads_somewhere(api: Api) -> None:
    for name, link in api.read("").items():
        assert api.respond(link.removeprefix("http://127.0.0.1:8000")).status_code == 200, name
