"""Alerts to an address that somebody gave: signed for its owner, nowhere private, and what the answers mean."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.core import mail
from pytest_django import Settings

from claims.alerting.sending import send_alerts
from claims.alerting.signing import new_secret
from claims.models.desk import Alert, AlertPreference
from claims.vocabulary import AlertState
from ledger.models import Entry
from tests.claims.alerting.receiver import PUBLIC, Receiver, is_signed, receiving
from tests.claims.alerting.rows import MINUTE, NOW, again, make

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", PUBLIC])


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    with receiving() as running:
        settings.OUTBOUND_EXTRA_PUBLIC_NETWORKS = ["127.0.0.0/26"]
        settings.OUTBOUND_EXTRA_PORTS = [running.port]
        settings.OUTBOUND_TOTAL_SECONDS = 5.0
        yield running


def hooked(user: User, url: str) -> Alert:
    AlertPreference.objects.create(user=user, webhook_url=url, webhook_secret=new_secret())
    return make(user, by_webhook=True)


def test_a_webhook_is_posted_as_json_signed_for_its_owner(person: User, receiver: Receiver, settings: Settings) -> None:
    alert = hooked(person, receiver.url)
    assert send_alerts(now=NOW) == 1
    [(headers, body)] = receiver.got
    assert json.loads(body) == {
        "type": "reply.received",
        "timestamp": "2026-11-24T03:00:00+00:00",
        "data": {
            "subject": alert.subject,
            "text": alert.text,
            "url": f"{settings.PUBLIC_ORIGIN}/admin/claims/receivedreply/7/change/",
        },
    }
    secret = AlertPreference.objects.get().webhook_secret
    assert is_signed(headers, body, secret)
    assert not is_signed(headers, body + b" ", secret)
    assert not is_signed(headers, body, new_secret())
    assert (headers["webhook-id"], headers["webhook-timestamp"]) == (f"alert_{alert.pk}", str(int(NOW.timestamp())))
    assert headers["Content-Type"] == "application/json"
    assert headers["User-Agent"].startswith("Tamroi/1 (alerts; +http")
    assert (again(alert).state, mail.outbox) == ("sent", [])


def test_a_second_attempt_has_the_same_id_and_body_and_the_time_of_its_own(person: User, receiver: Receiver) -> None:
    hooked(person, receiver.url)
    receiver.status = 503
    assert send_alerts(now=NOW) == 0
    receiver.status = 200
    assert send_alerts(now=NOW + MINUTE) == 1
    (one, first), (two, second) = receiver.got
    assert (one["webhook-id"], first) == (two["webhook-id"], second)
    assert int(two["webhook-timestamp"]) - int(one["webhook-timestamp"]) == 60


@pytest.mark.parametrize(
    ("status", "state"),
    [(400, "failed"), (401, "failed"), (404, "failed"), (408, "waiting"), (429, "waiting"), (500, "waiting"),
     (503, "waiting"), (410, "failed")],
)  # fmt: skip
def test_what_a_status_means(person: User, receiver: Receiver, status: int, state: str) -> None:
    alert = hooked(person, receiver.url)
    receiver.status = status
    assert send_alerts(now=NOW) == 0
    assert again(alert).state == state
    assert str(status) in again(alert).failure
    assert bool(AlertPreference.objects.get().webhook_url) is (status != 410)


def test_an_address_that_is_gone_is_forgotten_with_its_secret_and_the_log_says_so(
    person: User, receiver: Receiver
) -> None:
    hooked(person, receiver.url)
    second = make(person, key="8", by_webhook=True)
    receiver.status = 410
    send_alerts(now=NOW)
    kept = AlertPreference.objects.get()
    assert (kept.webhook_url, kept.webhook_secret, kept.new_replies) == ("", "", True)
    assert Entry.objects.latest("index").verb == "alerts.webhook_gone"
    assert len(receiver.got) == 1
    assert again(second).failure == "There is no address to post to any more."


def test_a_redirect_is_not_followed(person: User, receiver: Receiver) -> None:
    with receiving() as other:
        alert = hooked(person, receiver.url)
        receiver.status, receiver.headers = 307, {"Location": other.url}
        assert send_alerts(now=NOW) == 0
        assert other.got == []
    assert again(alert).failure == "The address answered 307."


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://10.0.0.1/", "The address is in a private network."),
        ("http://127.0.0.2:{closed}/", "Only ports 80 and 443 are allowed."),
        ("http://127.0.0.66:{port}/", "The address leads back to this machine."),
    ],
)
def test_nothing_is_posted_to_an_address_that_the_policy_closes(
    person: User, receiver: Receiver, url: str, said: str
) -> None:
    """Also one that got into the row otherwise, or that was open when it was chosen."""
    alert = hooked(person, url.format(port=receiver.port, closed=receiver.port ^ 1))
    assert send_alerts(now=NOW) == 0
    assert receiver.got == []
    assert (again(alert).state, again(alert).failure) == ("failed", said)


def test_an_endless_answer_is_not_read(person: User, receiver: Receiver) -> None:
    hooked(person, receiver.url)
    receiver.status, receiver.body = 200, b"x" * 50_000_000
    assert send_alerts(now=NOW) == 1


def test_who_takes_the_address_back_meanwhile_gets_nothing(person: User, receiver: Receiver) -> None:
    alert = hooked(person, receiver.url)
    AlertPreference.objects.update(webhook_url="", webhook_secret="")
    assert send_alerts(now=NOW) == 0
    assert receiver.got == []
    assert again(alert).state == AlertState.FAILED
