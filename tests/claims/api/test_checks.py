"""Figure checks in the API: the shape of every one of the first case, and documents from before there were any."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from claims.api.schema.finishing import components
from tests.claims.api.conftest import Api
from tests.claims.api.test_schema import faults

pytestmark = pytest.mark.usefixtures("first_case")
HOTLINE = "claims/hotline-1506/"


def checks(answer: Any) -> list[Any]:
    return [check for assertion in answer["document"]["assertions"] for check in assertion["checks"]]


def test_every_check_of_the_first_case_has_exactly_the_members_that_are_described(api: Api) -> None:
    found = [check for claim in api.follow("claims/") for check in checks(api.read(f"claims/{claim['slug']}/"))]
    assert len(found) >= 10
    assert [fault for check in found for fault in faults("FigureCheck", check)] == []


def test_half_of_this_years_budget_comes_in_four_readings_with_what_is_implied(api: Api) -> None:
    half = checks(api.read(HOTLINE))[1]
    assert (half["formula"], half["relation"], half["result"]) == ("share", "equals", "undetermined")
    first, *others = half["readings"]
    assert len(others) == 3
    implied = {"low": "25000000", "high": "75000000", "low_closed": True, "high_closed": False}
    assert first["finding"]["implied"] == implied | {"unit": "money", "currency": "THB"}
    assert first["finding"]["own_figures"]
    assert {reading["finding"]["reason"] for reading in half["readings"]} == {"missing_figure"}
    assert [reading["finding"]["implied"] for reading in others] == [None] * 3


def test_the_status_counts_checks_by_their_result(api: Api) -> None:
    answer = api.read("claims/sso-spending-growth/")
    results = [check["result"] for check in checks(answer)]
    counts = {code: results.count(code) for code in ("holds", "fails", "undetermined")}
    assert answer["status"]["findings"] == counts | {"recheck_due_since": None}
    assert counts["holds"] == 2


def test_a_figure_names_its_line_and_an_older_edition_only_called_it(api: Api) -> None:
    figures = api.read("figures/", claim="hotline-1506")["items"]
    line = figures[0]["line"]
    assert set(line) == {"id", "slug", "name"}
    assert faults("Figure", figures[0]) == []
    assert faults("Figure", {**figures[0], "line": line["name"]}) == []
    assert faults("Figure", {**figures[0], "line": "1506 Hotline"}) != []


def test_a_document_from_before_checks_is_described_too(api: Api) -> None:
    document = copy.deepcopy(api.read(HOTLINE)["document"])
    for assertion in document["assertions"]:
        del assertion["checks"]
    assert faults("ClaimDocument", document) == []
    del document["assertions"][0]["hedge"]
    assert faults("ClaimDocument", document) != [], "what was always there still has to be"


def test_codes_of_findings_carry_both_labels() -> None:
    for name in ("Formula", "Relation", "FindingResult", "FindingReason", "FindingUnit"):
        labels = components()[name]["x-labels"]
        assert all(label["en"] and label["th"] for label in labels.values()), name
