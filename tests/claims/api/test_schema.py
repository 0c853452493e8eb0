"""The description of the API: valid, complete, held by a snapshot, and true of every answer.

After a change that is meant: TAMROI_RENEW=1 .venv/bin/pytest tests/claims/api/test_schema.py -n0
It rewrites the snapshot (openapi.json beside this file) and the examples (claims/api/schema/examples.json).
"""

import json
import os
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]  # it has no stubs

from claims.api.schema import examples
from claims.api.schema.finishing import components
from claims.api.schema.lists import LISTS
from claims.api.views.schema import described
from claims.vocabulary import Rating
from tests.claims.api.conftest import ORIGIN, Api

SNAPSHOT = Path(__file__).with_name("openapi.json")
EXAMPLES = {
    "Index": "",
    "ClaimPage": "claims/",
    "ClaimAnswer": "claims/web-app-development/",
    "Status": "claims/web-app-development/status/",
    "StatusPage": "statuses/",
    "DossierPage": "dossiers/",
    "DossierAnswer": "dossiers/sso-budget-2025/",
    "ResponsePage": "responses/",
    "EvidencePage": "evidence/",
    "FigurePage": "figures/",
    "PersonPage": "people/",
    "PersonAnswer": "people/ratchanok-srinok/",
    "AgencyPage": "agencies/",
    "AgencyAnswer": "agencies/sso/",
    "BudgetLinePage": "budget-lines/",
    "BudgetLineAnswer": "budget-lines/line-e42ab70d341f2d13118a/",
}


def closed(schema: Any) -> Any:
    """The same schema, refusing members that it does not name: the published one lets members be added later."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: closed(part) for name, part in schema.items()}
    return found | {"additionalProperties": False} if "properties" in schema and "type" in schema else found


def faults(component: str, value: Any) -> list[str]:
    schema = {"$ref": f"#/components/schemas/{component}", "components": {"schemas": closed(components())}}
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


def cut(value: Any) -> Any:
    """An example from an answer: one entry of each list, so that it can be read at a glance."""
    if isinstance(value, list):
        return [cut(entry) for entry in value[:1]]
    if isinstance(value, dict):
        return {name: cut(member) for name, member in value.items()}
    return value.replace(ORIGIN, examples.ORIGIN) if isinstance(value, str) else value


@pytest.fixture(autouse=True)
def renewed(request: pytest.FixtureRequest, api: Api) -> None:
    """On request only, and once: the files are what the first test compares with."""
    if os.environ.pop("TAMROI_RENEW", ""):
        request.getfixturevalue("first_case")
        renew(api)


def renew(api: Api) -> None:
    stored = {component: cut(api.read(address)) for component, address in EXAMPLES.items()}
    examples._FILE.write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    examples._stored.cache_clear()
    described.cache_clear()
    SNAPSHOT.write_text(json.dumps(described(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def test_the_description_is_the_one_in_the_snapshot() -> None:
    assert described() == json.loads(SNAPSHOT.read_text(encoding="utf-8")), __doc__


def test_the_command_finds_no_fault_and_has_no_warning() -> None:
    said = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", "--format", "openapi-json", stdout=said)
    assert json.loads(said.getvalue())["openapi"].startswith("3.1")


def test_it_is_served_as_it_is(api: Api) -> None:
    assert api.read("schema/") == json.loads(json.dumps(described()))


@pytest.mark.usefixtures("first_case")
def test_every_answer_has_exactly_the_members_that_are_described(api: Api) -> None:
    for component, address in EXAMPLES.items():
        assert faults(component, api.read(address)) == [], address
    for slug in (claim["slug"] for claim in api.follow("claims/")):
        assert faults("ClaimAnswer", api.read(f"claims/{slug}/")) == []
    for query in ({"limit": "x"}, {"no": "such"}):
        assert faults("Problem", api.problem("claims/", 400, query)) == []
    assert faults("OpenApi", {name: api.read("schema/")[name] for name in ("openapi", "info", "paths")}) == []


def test_every_endpoint_has_an_example_that_is_true_to_its_shape() -> None:
    for path, entry in described()["paths"].items():
        media = entry["get"]["responses"]["200"]["content"]["application/json"]
        component = media["schema"]["$ref"].rpartition("/")[2]
        if component != "OpenApi":
            assert faults(component, media["example"]) == [], path
    for name, response in described()["components"]["responses"].items():
        if name != "not-modified":
            assert faults("Problem", response["content"]["application/problem+json"]["example"]) == [], name


def test_every_component_that_is_named_exists_and_is_used() -> None:
    text = json.dumps(described())
    named = set(re.findall(r'"#/components/schemas/(\w+)"', text))
    assert named == set(components())


def test_codes_carry_both_labels() -> None:
    labels = LISTS["Rating"]["x-labels"]
    assert labels == {rating.value: {"en": str(rating.label), "th": rating.th} for rating in Rating}
    assert all(label["en"] and label["th"] for schema in LISTS.values() for label in schema["x-labels"].values())


def test_the_list_of_examples_covers_every_answer() -> None:
    assert set(EXAMPLES) == set(json.loads(examples._FILE.read_text(encoding="utf-8")))
