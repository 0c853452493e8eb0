"""`manage.py recheck_sources` and the tasks, with the client as it is configured; names are unknown here."""

import socket
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import cast

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone
from pytest_django.fixtures import Settings

from claims import tasks
from claims.models.heartbeat import Heartbeat
from claims.models.source import Source
from claims.outbound import configured
from claims.outbound.results import Postponed
from claims.sources import due
from tests.claims.sources.conftest import Web, answer
from tests.factories.claims import make_source


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """No look-up leaves this machine."""

    def unknown(*args: object, **kw: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)


@pytest.fixture
def sources(db: None, names: None, tmp_path: Path, settings: Settings) -> list[Source]:
    settings.MEDIA_ROOT = str(tmp_path)
    by = User.objects.create(username="watcher", is_staff=True)
    made = [make_source(by=by, url=f"https://h{number}.example.org/story") for number in range(3)]
    Source.objects.filter(pk=made[0].pk).update(next_check_at=timezone.now() + timedelta(days=1))
    return made


def run(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("recheck_sources", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_the_due_ones_are_checked_with_a_line_each_and_a_summary(sources: list[Source]) -> None:
    *lines, summary = run()
    assert sorted(lines) == [f"dns_error     {source.url}  name_unknown" for source in sources[1:]]
    assert summary == "2 checked: 2 dns_error. 2 for a person to look at."
    assert run() == ["0 checked: nothing to check. 0 for a person to look at."]


def test_all_means_those_that_are_not_due_too(sources: list[Source]) -> None:
    assert run("--all")[-1].startswith("3 checked: 3 dns_error.")


def test_one_host_alone(sources: list[Source]) -> None:
    lines = run("--host", "h0.example.org")
    assert lines[0] == "dns_error     https://h0.example.org/story  name_unknown"
    assert lines[-1].startswith("1 checked")


def test_a_tick_leases_what_is_due_and_hands_it_out(sources: list[Source], monkeypatch: pytest.MonkeyPatch) -> None:
    handed: list[dict[str, object]] = []
    monkeypatch.setattr(tasks.recheck_batch, "delay", lambda **message: handed.append(message))
    tasks.recheck_due()
    [message] = handed
    assert set(message) == {"ids", "token"}
    assert sorted(cast("list[int]", message["ids"])) == [source.pk for source in sources[1:]]
    tasks.recheck_batch(**message)
    assert list(Source.objects.order_by("pk").values_list("last_outcome", flat=True)) == ["", "dns_error", "dns_error"]
    tasks.recheck_batch(**message)
    assert Source.objects.filter(failures=1).count() == 2, "the same message again changes nothing"


def test_the_heartbeat_is_a_row(db: None) -> None:
    tasks.heartbeat()
    tasks.heartbeat()
    assert (timezone.now() - Heartbeat.objects.get().at).total_seconds() < 5


def test_statuses_are_refreshed(db: None) -> None:
    tasks.refresh_statuses()


def test_the_settings_become_policy_and_bounds(settings: Settings) -> None:
    settings.OUTBOUND_EXTRA_PUBLIC_NETWORKS = ["127.0.0.0/26"]
    settings.OUTBOUND_EXTRA_PORTS = [18080]
    settings.OUTBOUND_LOCAL_SITE = "127.0.0.1:8123"
    settings.OUTBOUND_HOST_INTERVAL_MS = 100
    settings.CONTACT_URL = "https://tamroi.example/en/about/"
    assert [str(network) for network in configured.policy().extra_networks] == ["127.0.0.0/26"]
    assert configured.policy().extra_ports == {18080}
    assert configured.policy().local_site == ("127.0.0.1", 8123)
    assert configured.limits().host_interval_seconds == 0.1
    assert configured.user_agent() == "Tamroi/1 (source re-check; +https://tamroi.example/en/about/)"
    settings.OUTBOUND_LOCAL_SITE = "10.0.0.1:8123"
    assert configured.policy().local_site is None, "the exception is for loopback alone"
    assert due.PER_TICK >= 1_000


def test_a_site_that_asks_for_a_pause_does_not_keep_the_command(
    sources: list[Source], monkeypatch: pytest.MonkeyPatch, web: Web
) -> None:
    web.says = lambda request: Postponed(request.url, 3_600) if "h1" in request.url else answer(request.url)
    monkeypatch.setattr(configured, "client", web.open)
    *_, summary, left = run("--all")
    assert summary.startswith("2 checked: 2 ok.")
    assert left == "1 put off: their sites asked for a pause, or another worker is there."
    assert len([asked for asked in web.asked if "h1" in asked.url]) == 2, "tried in a last round of its own"


def test_neighbours_of_a_busy_page_are_not_tried_one_after_the_other(
    sources: list[Source], monkeypatch: pytest.MonkeyPatch, web: Web
) -> None:
    by = User.objects.get()
    for number in range(9):
        make_source(by=by, url=f"https://h1.example.org/page/{number}")
    web.says = lambda request: Postponed(request.url, 3_600)
    monkeypatch.setattr(configured, "client", web.open)
    assert run("--host", "h1.example.org")[-1].startswith("10 put off")
    assert len(web.asked) <= 2
