"""How often one reader may ask, counted in the real Valkey."""

import json
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from claims.api.throttling import reader_of
from tests.claims.api.conftest import Api

MINUTE = 29_000_000


@pytest.fixture(autouse=True)
def three_a_minute(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.API_REQUESTS_PER_MINUTE = 3
    monkeypatch.setattr("claims.api.throttling.time.time", lambda: MINUTE * 60 + 45.0)
    cache.clear()


def ask(**environ: Any) -> Any:
    return Client().get("/api/v1/", **environ)


def test_the_request_after_the_last_free_one_is_told_when_to_come_back(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [ask().status_code for _ in range(3)] == [200] * 3
    response = ask()
    problem = json.loads(response.content)
    assert (response.status_code, response["Content-Type"]) == (429, "application/problem+json")
    assert problem["type"].endswith("/api/docs/#problem-too-many-requests")
    assert 15 <= int(response["Retry-After"]) <= 17
    monkeypatch.setattr("claims.api.throttling.time.time", lambda: MINUTE * 60 + 61.0)
    assert ask().status_code == 200


def test_readers_are_counted_apart() -> None:
    for _ in range(4):
        ask(REMOTE_ADDR="192.0.2.1")
    assert ask(REMOTE_ADDR="192.0.2.1").status_code == 429
    assert ask(REMOTE_ADDR="192.0.2.2").status_code == 200


def test_a_forwarded_address_is_believed_only_behind_a_known_proxy() -> None:
    codes = [ask(HTTP_X_FORWARDED_FOR=f"198.51.100.{number}").status_code for number in range(4)]
    assert codes == [200, 200, 200, 429]


def test_requests_at_the_same_instant_do_not_slip_through_together() -> None:
    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda _: ask().status_code, range(24)))
    assert sorted(codes) == [200] * 3 + [429] * 21


def test_addresses_that_do_not_exist_are_counted_too() -> None:
    codes = [Client().get("/api/v1/nothing/").status_code for _ in range(4)]
    assert codes == [404, 404, 404, 429]


def test_without_valkey_the_api_goes_on(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    with closing(socket.socket()) as reserved:
        reserved.bind(("127.0.0.1", 0))
        port = reserved.getsockname()[1]
        settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": f"redis://127.0.0.1:{port}/1"}}
        assert [ask().status_code for _ in range(5)] == [200] * 5
    assert "not being counted" in caplog.text


def test_zero_counts_nothing(settings: Settings) -> None:
    settings.API_REQUESTS_PER_MINUTE = 0
    assert [ask().status_code for _ in range(5)] == [200] * 5


@pytest.mark.parametrize(
    ("address", "reader"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
        ("not an address", "not an address"),
    ],
)
def test_a_household_is_one_reader(address: str, reader: str) -> None:
    assert reader_of(address) == reader
