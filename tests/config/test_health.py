from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from claims.models.heartbeat import Heartbeat
from config.local.ports import any_free


def beat(*, seconds_ago: float = 0) -> None:
    Heartbeat.objects.create(name="worker", at=timezone.now() - timedelta(seconds=seconds_ago))


def test_the_process_says_that_it_lives_without_a_database(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_ready_when_nothing_is_wrong(client: Client) -> None:
    beat()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


@pytest.mark.django_db
def test_not_ready_before_the_first_task(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["reasons"] == {"heartbeat": "No task has run yet."}
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_not_ready_when_the_last_task_is_too_long_ago(client: Client) -> None:
    beat(seconds_ago=settings.HEARTBEAT_MAX_AGE_SECONDS - 5)
    assert client.get("/readyz").status_code == 200
    Heartbeat.objects.update(at=timezone.now() - timedelta(seconds=settings.HEARTBEAT_MAX_AGE_SECONDS + 5))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["reasons"] == {"heartbeat": "The last task ran 125 seconds ago."}


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(client: Client) -> None:
    beat()
    MigrationRecorder(connection).record_unapplied("ledger", "0001_initial")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["reasons"] == {"migrations": "1 not applied, such as ledger.0001_initial."}


@pytest.mark.django_db
def test_not_ready_without_the_broker(client: Client, settings: Settings) -> None:
    beat()
    settings.REDIS_URL = f"redis://127.0.0.1:{any_free()}/0"
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["reasons"] == {"broker": "Valkey does not answer."}


def test_not_ready_without_the_database_and_nothing_is_told_about_it(
    committed_db: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "PORT", str(any_free()))
    answer = client.get("/readyz")
    connection.close()
    assert answer.status_code == 503
    assert answer.json()["reasons"] == {"database": "It does not answer."}


@pytest.mark.django_db
def test_the_heartbeat_command_fails_without_a_heartbeat() -> None:
    with pytest.raises(CommandError, match="No task has run yet"):
        call_command("heartbeat")
    beat()
    call_command("heartbeat")
