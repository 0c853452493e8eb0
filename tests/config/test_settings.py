"""The production settings, loaded as production loads them: in a process of their own, from the environment."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from config.local.places import CHECKOUT
from config.settings.connections import next_redis_database

ENVIRONMENT = {
    "SECRET_KEY": "k" * 60,
    "PUBLIC_ORIGIN": "https://tamroi.example",
    "DATABASE_URL": "postgresql://tamroi_app:secret@db.example:6432/tamroi?sslmode=verify-full",
    "REDIS_URL": "redis://:secret@broker.example:6379/4",
    "MEDIA_ROOT": "/var/lib/tamroi/media",
    "DJANGO_SETTINGS_MODULE": "config.settings.base",
}
DUMP = """
import json
from django.conf import settings
names = [name for name in dir(settings) if name.isupper()]
print(json.dumps({name: getattr(settings, name) for name in names}, default=str))
"""


def load(code: str = DUMP, **changes: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if name.startswith(("COVERAGE", "PATH"))}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=CHECKOUT,
        env=inherited | ENVIRONMENT | changes,
        capture_output=True,
        text=True,
    )


def settings_with(**changes: str) -> dict[str, Any]:
    done = load(**changes)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def production() -> dict[str, Any]:
    return settings_with()


def test_cookies_are_bound_to_the_host_and_to_https(production: dict[str, Any]) -> None:
    for kind in ("SESSION", "CSRF"):
        assert production[f"{kind}_COOKIE_NAME"].startswith("__Host-")
        assert production[f"{kind}_COOKIE_SECURE"] is True
        assert production[f"{kind}_COOKIE_PATH"] == "/"
        assert production[f"{kind}_COOKIE_DOMAIN"] is None


def test_production_speaks_https_and_shows_no_error_pages_of_django(production: dict[str, Any]) -> None:
    assert production["DEBUG"] is False
    assert production["SECURE_SSL_REDIRECT"] is True
    assert production["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert production["SECURE_PROXY_SSL_HEADER"] is None


def test_the_proxy_is_believed_only_when_told_so() -> None:
    believed = settings_with(TRUST_X_FORWARDED_PROTO="true")["SECURE_PROXY_SSL_HEADER"]
    assert believed == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_what_is_left_empty_follows_from_the_origin(production: dict[str, Any]) -> None:
    empty = settings_with(ALLOWED_HOSTS="", CONTACT_URL="")
    for found in (production, empty):
        assert found["ALLOWED_HOSTS"] == ["tamroi.example"]
        assert found["CONTACT_URL"] == "https://tamroi.example/en/about/"
        assert found["CSRF_TRUSTED_ORIGINS"] == ["https://tamroi.example"]
    assert settings_with(ALLOWED_HOSTS="a.example,b.example")["ALLOWED_HOSTS"] == ["a.example", "b.example"]


def test_a_missing_variable_is_named() -> None:
    done = load(f"import os; del os.environ['SECRET_KEY']{DUMP}")
    assert done.returncode != 0
    assert "Set the SECRET_KEY environment variable" in done.stderr


def test_a_secret_may_lie_in_a_file(tmp_path: Any) -> None:
    file = tmp_path / "secret"
    file.write_text("from a file")
    assert settings_with(SECRET_KEY_FILE=str(file))["SECRET_KEY"] == "from a file"


def test_a_command_may_take_its_time_and_binds_values_itself(production: dict[str, Any]) -> None:
    database = production["DATABASES"]["default"]
    assert database["CONN_MAX_AGE"] == 60
    assert database["CONN_HEALTH_CHECKS"] is True
    assert database["OPTIONS"]["server_side_binding"] is False
    assert "prepare_threshold" not in database["OPTIONS"]
    assert "statement_timeout=300000" in database["OPTIONS"]["options"]
    # What the URL says about encryption must survive.
    assert database["OPTIONS"]["sslmode"] == "verify-full"


def test_the_web_process_gives_up_early_and_prepares_statements() -> None:
    code = "import config.wsgi" + DUMP
    options = json.loads(load(code).stdout)["DATABASES"]["default"]["OPTIONS"]
    assert options["server_side_binding"] is True
    assert options["prepare_threshold"] == 0
    for limit in ("statement_timeout=5000", "lock_timeout=2000", "idle_in_transaction_session_timeout=15000"):
        assert f"-c {limit}" in options["options"]


def test_the_cache_never_shares_the_database_of_the_broker(production: dict[str, Any]) -> None:
    assert production["CELERY_BROKER_URL"] == "redis://:secret@broker.example:6379/4"
    assert production["CACHES"]["default"]["LOCATION"] == "redis://:secret@broker.example:6379/5"
    assert next_redis_database("redis://127.0.0.1:6379") == "redis://127.0.0.1:6379/1"


def test_no_task_is_lost_with_its_worker(production: dict[str, Any]) -> None:
    assert production["CELERY_ACCEPT_CONTENT"] == ["json"]
    assert production["CELERY_RESULT_BACKEND"] is None
    assert production["CELERY_TASK_ACKS_LATE"] is True
    assert production["CELERY_TASK_REJECT_ON_WORKER_LOST"] is True
    assert production["CELERY_WORKER_PREFETCH_MULTIPLIER"] == 1
    assert (
        production["CELERY_TASK_TIME_LIMIT"] < production["CELERY_BROKER_TRANSPORT_OPTIONS"]["visibility_timeout"] / 2
    )
    # None means for ever.
    assert production["CELERY_BROKER_CONNECTION_MAX_RETRIES"] is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OUTBOUND_EXTRA_PUBLIC_NETWORKS", "127.0.0.0/8"),
        ("OUTBOUND_EXTRA_PORTS", "8080"),
        ("OUTBOUND_EXTRA_CA", "/tmp/ca.pem"),
        ("OUTBOUND_LOCAL_SITE", "127.0.0.1:8001"),
    ],
)
@pytest.mark.parametrize("process", ["import config.wsgi", "import config.celery, django; django.setup()"])
def test_no_process_of_production_starts_with_a_test_seam_open(process: str, name: str, value: str) -> None:
    done = load(process, **{name: value})
    assert done.returncode != 0
    assert f"{name} is set." in done.stderr


def test_the_processes_of_production_start_without() -> None:
    assert load("import config.wsgi").returncode == 0
