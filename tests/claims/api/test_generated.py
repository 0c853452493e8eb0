"""Requests that nobody thought of, made from the description: no crash, no answer that is not described."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from pytest_django.plugin import DjangoDbBlocker
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from claims.api.views.schema import described
from tests.conftest import connected_to

ENDPOINTS = {path: entry["get"] for path, entry in sorted(described()["paths"].items())}
ASKED = [(path, GenerationMode.POSITIVE) for path in ENDPOINTS] + [
    (path, GenerationMode.NEGATIVE)
    for path, operation in ENDPOINTS.items()
    if any(parameter.get("in") == "query" for parameter in operation["parameters"])
]
ONCE = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)


@pytest.fixture
def published(first_case_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Read-only, outside any transaction: a real server closes its connections between requests as it sees fit."""
    with django_db_blocker.unblock(), connected_to(first_case_database):
        yield


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(("path", "mode"), ASKED)
def test_what_is_described_holds(path: str, mode: GenerationMode) -> None:
    application = get_wsgi_application()
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", application)
    operation = schema[path]["GET"]

    @given(case=operation.as_strategy(generation_mode=mode))
    @ONCE
    def holds(case: Any) -> None:
        # A cursor that we did not write is refused, and no schema can say which ones we wrote.
        unsayable = [positive_data_acceptance] if "cursor" in (case.query or {}) else []
        case.call_and_validate(excluded_checks=unsayable)

    holds()
