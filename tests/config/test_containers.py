"""docker-compose.yml and the Dockerfile agree with the settings, the commands and the servers we test with.

No container engine is needed, or was at hand, for this; docs/operations.md says so.
"""

import re
from typing import Any

import pytest
import yaml

from config.local import postgres, run
from config.local.places import CHECKOUT
from tests.config.test_env_example import read_by_the_settings

DOCKERFILE = (CHECKOUT / "Dockerfile").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "beat")


def test_the_services_are_those_of_the_architecture() -> None:
    assert set(SERVICES) == {*OURS, "postgres", "valkey"}


@pytest.mark.parametrize("name", OURS)
def test_every_variable_is_one_the_settings_read(name: str) -> None:
    given = set(SERVICES[name]["environment"])
    assert given <= read_by_the_settings()
    assert {"SECRET_KEY", "PUBLIC_ORIGIN", "DATABASE_URL", "REDIS_URL"} <= given
    assert not [variable for variable in given if variable.startswith("OUTBOUND_EXTRA")]


def test_only_migrate_knows_the_owner_of_the_tables() -> None:
    assert [name for name in OURS if "DATABASE_OWNER_URL" in SERVICES[name]["environment"]] == ["migrate"]
    assert "tamroi_owner" in SERVICES["migrate"]["environment"]["DATABASE_OWNER_URL"]
    for name in OURS:
        assert "tamroi_app:" in SERVICES[name]["environment"]["DATABASE_URL"]


def test_the_database_is_made_as_the_tested_one_is() -> None:
    flags = SERVICES["postgres"]["environment"]["POSTGRES_INITDB_ARGS"].split()
    tested = (CHECKOUT / "config/local/postgres.py").read_text()
    assert flags == [
        "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--lc-ctype=C.UTF-8",
    ]  # fmt: skip
    for flag in flags[:-1]:
        assert f'"{flag}"' in tested
    assert "--lc-ctype={utf8_locale()}" in tested
    assert SERVICES["postgres"]["image"] == "postgres:18"


def test_both_make_the_roles_with_the_same_file() -> None:
    mounted = [volume for volume in SERVICES["postgres"]["volumes"] if "initdb.d" in volume]
    assert mounted == ["./config/database/roles.sql:/docker-entrypoint-initdb.d/roles.sql:ro"]
    assert (CHECKOUT / "config/database/roles.sql") == postgres.ROLES
    asked = set(re.findall(r"\\getenv \w+ (\w+)", postgres.ROLES.read_text()))
    assert asked == {"TAMROI_OWNER_PASSWORD", "TAMROI_APP_PASSWORD"}
    assert asked <= set(SERVICES["postgres"]["environment"])


def test_the_broker_evicts_nothing() -> None:
    command = SERVICES["valkey"]["command"]
    assert command[command.index("--maxmemory-policy") + 1] == "noeviction"


def test_nothing_but_the_web_is_published_and_that_on_this_machine_only() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published == {"web": ["127.0.0.1:${PORT:-8000}:8000"]}


def test_everything_that_stays_up_has_a_health_check() -> None:
    assert {name for name, service in SERVICES.items() if "healthcheck" not in service} == {"migrate"}


def test_nothing_starts_before_the_migrations() -> None:
    for name in ("web", "worker", "beat"):
        assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert SERVICES["migrate"]["depends_on"]["postgres"] == {"condition": "service_healthy"}


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_background_processes_are_started_as_in_development(name: str) -> None:
    there = SERVICES[name]["command"]
    here = run.processes(8000, CHECKOUT)[name]
    assert there[0] == here[0] == "celery"
    for word in ("-A", "config.celery", name):
        assert word in there
        assert word in here


def test_the_web_is_started_as_in_development() -> None:
    command = re.search(r"^CMD \[(.*)\]$", DOCKERFILE, re.MULTILINE)
    assert command
    there = re.findall(r'"([^"]*)"', command[1])
    here = run.processes(8000, CHECKOUT)["web"]
    for option in ("--interface", "--blocking-threads"):
        assert there[there.index(option) + 1] == here[here.index(option) + 1]
    assert there[0] == here[0]
    assert there[-1] == here[-1] == "config.wsgi:application"


def test_the_image_holds_no_embedded_server_and_no_test_tool() -> None:
    installed = re.findall(r"requirements/(\w+)\.txt", DOCKERFILE.partition("FROM")[2])
    assert set(installed) == {"uv", "base"}
    ignored = (CHECKOUT / ".dockerignore").read_text().splitlines()
    assert ignored[0] == "*"
    assert "config/local" in ignored
    assert not [line for line in ignored if line.startswith("!") and ("test" in line or "local.txt" in line)]


def test_the_image_runs_as_nobody_special_with_production_settings() -> None:
    final = DOCKERFILE.rpartition("FROM ")[2]
    assert "\nUSER tamroi\n" in final
    assert "DJANGO_SETTINGS_MODULE=config.settings.base" in final
    assert "collectstatic" in DOCKERFILE
    assert "config.messages" in DOCKERFILE


def test_production_imports_nothing_that_the_image_leaves_out() -> None:
    for file in [*CHECKOUT.glob("config/*.py"), CHECKOUT / "config/settings/base.py"]:
        assert "config.local" not in file.read_text(), file
