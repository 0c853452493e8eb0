"""Fixtures for every test: a real PostgreSQL, reached as the application's own role."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, connections
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from config.local.testing import release_servers
from tests.databases import cloned_database
from tests.stack import Stack, running_stack

_numbers = itertools.count()


def pytest_unconfigure() -> None:
    release_servers()


@contextmanager
def connected_to(database: str) -> Iterator[None]:
    """Point Django's default connection, in every thread, at another database of the same server."""
    before = connection.settings_dict["NAME"]
    connections.close_all()
    connection.settings_dict["NAME"] = database
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = before


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """A page in Thai leaves its language to the thread, and so to the next test."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """pytest-django's own would create, migrate and flush as the application's role, which may do none of it."""
    with cloned_database("main") as name, django_db_blocker.unblock(), connected_to(name):
        yield


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database of the test's own where commits are real (threads, a second connection); its name. Not with `db`."""
    with cloned_database(f"c{next(_numbers)}") as name, django_db_blocker.unblock(), connected_to(name):
        yield name


@pytest.fixture(scope="module")
def committed_db_module(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """As `committed_db`, shared by the tests of one module, which then see each other's rows."""
    with cloned_database(f"m{next(_numbers)}") as name, django_db_blocker.unblock(), connected_to(name):
        yield name


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """The real web server, Celery worker, beat and local site over the first case. Shared: leave it as you found it."""
    with running_stack() as running:
        yield running


@pytest.fixture
def fresh_stack() -> Iterator[Stack]:
    """A stack of the test's own, for tests that kill or spoil something. It takes ten seconds."""
    with running_stack() as running:
        yield running
