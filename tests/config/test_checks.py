import os
from collections.abc import Iterator

import psycopg
import pytest
from django.core.checks import run_checks
from django.core.checks.messages import CheckMessage
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

from config import checks
from config.local.ports import any_free
from config.management.commands.migrate import connected_as_owner
from tests.conftest import connected_to
from tests.databases import CLONE, drop, owner_url


def database_messages() -> list[CheckMessage]:
    return [found for found in run_checks(databases=["default"]) if (found.id or "").startswith("config.")]


@pytest.fixture
def production(settings: Settings) -> Iterator[Settings]:
    settings.ENVIRONMENT = "production"
    return settings


@pytest.mark.django_db
def test_the_database_of_the_tests_is_suitable(production: Settings) -> None:
    assert database_messages() == []


@pytest.mark.django_db
def test_an_older_postgresql_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "OLDEST_POSTGRESQL", 190_000)
    assert [found.id for found in database_messages()] == ["config.E003"]


def test_a_database_that_sees_no_thai_letters_is_refused(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    name = f"{CLONE}{os.getpid()}_ctype"
    with psycopg.connect(owner_url("postgres"), autocommit=True) as server:
        drop(server, name)
        server.execute(f"CREATE DATABASE {name} TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'")
        try:
            with psycopg.connect(owner_url(name), autocommit=True) as owner:
                owner.execute("CREATE EXTENSION pg_trgm")
            with django_db_blocker.unblock(), connected_to(name):
                assert [found.id for found in database_messages()] == ["config.E004"]
        finally:
            drop(server, name)


@pytest.mark.django_db
def test_production_is_warned_when_the_application_owns_its_tables(production: Settings) -> None:
    production.DATABASE_URL = owner_url("tamroi")
    assert [found.id for found in database_messages()] == ["config.W001"]
    production.ENVIRONMENT = "development"
    assert database_messages() == []


def test_a_database_that_does_not_answer_is_one_error(committed_db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "PORT", str(any_free()))
    found = database_messages()
    connection.close()
    assert [message.id for message in found] == ["config.E002"]


def test_test_seams_are_an_error_in_production_only(production: Settings) -> None:
    production.OUTBOUND_EXTRA_PORTS = [8080]
    assert [found.id for found in checks.no_test_seams(None)] == ["config.E001"]
    with pytest.raises(ImproperlyConfigured, match="OUTBOUND_EXTRA_PORTS is set"):
        checks.refuse_unsafe_start()
    production.ENVIRONMENT = "development"
    assert checks.no_test_seams(None) == []
    checks.refuse_unsafe_start()


def test_migrate_connects_as_the_owner_and_leaves_as_it_came(committed_db: str, settings: Settings) -> None:
    settings.DATABASE_OWNER_URL = owner_url(committed_db)
    with connected_as_owner():
        assert who_am_i() == "tamroi_owner"
    assert who_am_i() == "tamroi_app"
    call_command("migrate", verbosity=0)
    assert who_am_i() == "tamroi_app"


def test_without_an_owner_the_application_migrates(committed_db: str, settings: Settings) -> None:
    settings.DATABASE_OWNER_URL = ""
    with connected_as_owner():
        assert who_am_i() == "tamroi_app"


def who_am_i() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        row = cursor.fetchone()
    assert row
    return str(row[0])
