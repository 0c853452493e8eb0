"""The first case as it is published, in a database that the tests of the API share."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from budgets.models.agency import Agency
from tests.conftest import connected_to
from tests.databases import cloned_database
from tests.factories.budgets import Row, make_import, make_line

ORIGIN = "http://127.0.0.1:8000"


def add_budget() -> None:
    """A published document with two figures of one line that a draft would like to replace."""
    by, editor = (User.objects.get(username=name) for name in ("contributor", "editor"))
    line = make_line(Agency.objects.get(slug="sso"), "Hotline 1506", "สายด่วน 1506")
    rows = [Row(line, 2023, "276000000", low="275500000", high="276500000"), Row(line, 2022, "260000000")]
    make_import(by, rows, published_by=editor)
    make_import(by, [Row(line, 2023, "1")], dataset="draft")


@pytest.fixture(scope="session")
def first_case_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    with cloned_database("first_case") as name:
        with django_db_blocker.unblock(), connected_to(name):
            call_command("load_demo", verbosity=0)
            add_budget()
        yield name


@pytest.fixture
def first_case(first_case_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What a test writes is rolled back. Not together with `db`."""
    with django_db_blocker.unblock(), connected_to(first_case_database), transaction.atomic():
        yield
        transaction.set_rollback(True)


class Api:
    """A reader of the API."""

    def __init__(self) -> None:
        self.client = Client()

    def respond(self, path: str, query: dict[str, Any] | None = None, **headers: str) -> HttpResponse:
        address = path if path.startswith("/") else f"/api/v1/{path}"
        return self.client.get(address, query, headers=headers)  # type: ignore[return-value]

    def read(self, path: str, **query: Any) -> Any:
        response = self.respond(path, query)
        assert response.status_code == 200, response.content.decode()
        return json.loads(response.content)

    def problem(self, path: str, status: int, query: dict[str, Any] | None = None, **headers: str) -> Any:
        response = self.respond(path, query, **headers)
        assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
        return json.loads(response.content)

    def follow(self, path: str, **query: Any) -> list[Any]:
        """Every entry of a list, page by page, by its `next` links."""
        page = self.read(path, **query)
        entries = page["items"]
        while page["next"] and page["items"]:
            page = self.read(page["next"].removeprefix(ORIGIN))
            entries += page["items"]
        return list(entries)


@pytest.fixture
def api() -> Api:
    return Api()
