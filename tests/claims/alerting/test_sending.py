"""Alerts on their way: sent once, tried again with patience, given up with a sentence."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend as InMemory
from django.core.mail.message import EmailMessage
from django.db import connection
from django.test import override_settings
from pytest_django import Settings

from claims.alerting.sending import LEASE, send_alerts
from claims.vocabulary import AlertState
from tests.claims.alerting.rows import MINUTE, NOW, again, make
from tests.factories.cast import Cast


class Failing(BaseEmailBackend):
    """A mail server that refuses as the test says."""

    error: Exception
    asked = 0

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        Failing.asked += 1
        raise self.error


class Slow(InMemory):
    """A mail server that takes its time: `during` is called while it has the message."""

    during: Callable[[], object] = staticmethod(lambda: None)

    def send_messages(self, messages: Any) -> int:
        type(self).during()
        return super().send_messages(messages)


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Failing]]:
    monkeypatch.setattr(Failing, "asked", 0)
    monkeypatch.setattr(Failing, "error", SMTPServerDisconnected("Connection unexpectedly closed"), raising=False)
    with override_settings(EMAIL_BACKEND=f"{__name__}.Failing"):
        yield Failing


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Slow]]:
    monkeypatch.setattr(Slow, "during", Slow.during)  # what the test puts there goes with it
    with override_settings(EMAIL_BACKEND=f"{__name__}.Slow"):
        yield Slow


def test_a_due_alert_goes_out_by_e_mail_and_is_done(person: User) -> None:
    alert = make(person)
    assert send_alerts(now=NOW + MINUTE) == 1
    [message] = mail.outbox
    assert (message.to, message.subject, message.body) == (["r@example.org"], alert.subject, alert.text)
    assert message.extra_headers == {
        "Message-ID": f"<alert-{alert.pk}@tamroi.example>", "Auto-Submitted": "auto-generated"
    }  # fmt: skip
    done = again(alert)
    assert (done.state, done.sent_at, done.due_at, done.lease_token) == ("sent", NOW + MINUTE, None, None)
    assert send_alerts(now=NOW + 30 * MINUTE) == 0


def test_it_is_not_sent_before_its_time(person: User) -> None:
    make(person)
    assert send_alerts(now=NOW - MINUTE) == 0
    assert mail.outbox == []


def test_a_failure_is_tried_again_later_and_later_and_then_given_up(person: User, failing: type[Failing]) -> None:
    alert, now, waits = make(person), NOW, []
    for attempt in range(1, 6):
        assert send_alerts(now=now) == 0
        assert failing.asked == attempt
        if due := again(alert).due_at:
            assert again(alert).state == AlertState.WAITING
            assert send_alerts(now=due - MINUTE / 2) == 0
            waits.append(due - now)
            now = due
    assert failing.asked == 5
    assert waits == sorted(set(waits))
    gone = again(alert)
    assert (gone.state, gone.due_at, gone.lease_token) == ("failed", None, None)
    assert gone.failure == (
        "Given up after 5 attempts: The mail server did not take it: Connection unexpectedly closed"
    )
    assert send_alerts(now=now + timedelta(days=9)) == 0


@pytest.mark.parametrize(("code", "state"), [(550, "failed"), (450, "waiting")])
def test_an_address_that_the_server_refuses_for_good_is_not_tried_again(
    person: User, failing: type[Failing], monkeypatch: pytest.MonkeyPatch, code: int, state: str
) -> None:
    monkeypatch.setattr(failing, "error", SMTPRecipientsRefused({"r@example.org": (code, b"no such user")}))
    alert = make(person)
    send_alerts(now=NOW)
    assert again(alert).state == state
    assert again(alert).failure.startswith("The mail server refuses the address: ")


def test_where_e_mail_is_not_set_up_any_more_the_row_says_so(person: User, settings: Settings) -> None:
    settings.EMAIL_URL = ""
    alert = make(person)
    assert send_alerts(now=NOW) == 0
    assert mail.outbox == []
    assert again(alert).failure == "E-mail is not set up here: set EMAIL_URL and CONTACT_EMAIL."
    assert again(alert).state == AlertState.WAITING


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": ""}, {"email": "r@x\nBcc: all@example.org"}])
def test_who_has_left_or_cannot_be_addressed_gets_nothing(person: User, change: dict[str, Any]) -> None:
    alert = make(person)
    User.objects.filter(pk=person.pk).update(**change)
    assert send_alerts(now=NOW) == 0
    assert mail.outbox == []
    assert again(alert).state == AlertState.FAILED
    assert again(alert).failure


def test_one_that_fails_does_not_hold_back_the_next(person: User, cast: Cast) -> None:
    make(cast.editor)  # has no address
    make(person)
    assert send_alerts(now=NOW) == 1


def test_a_worker_whose_lease_ended_leaves_the_word_to_the_next(person: User, slow: type[Slow]) -> None:
    """The first one hangs for longer than its lease; the second has sent it meanwhile and said so."""
    alert = make(person)

    def second() -> None:
        slow.during = staticmethod(lambda: None)
        assert send_alerts(now=NOW + LEASE) == 1

    slow.during = staticmethod(second)
    assert send_alerts(now=NOW) == 0
    assert again(alert).sent_at == NOW + LEASE
    assert again(alert).attempts == 2


def test_a_worker_that_died_each_time_leaves_a_failure_that_people_see(person: User) -> None:
    alert = make(person, attempts=5)
    assert send_alerts(now=NOW) == 0
    assert again(alert).state == AlertState.FAILED
    assert again(alert).failure.startswith("The worker ended each time")
    assert mail.outbox == []


def test_two_workers_at_once_send_once(committed_db: str, slow: type[Slow]) -> None:
    """The second looks while the mail server still has the message of the first."""
    user = User.objects.create(username="r", email="r@example.org", is_staff=True)
    alert = make(user)
    has_it, may_go, sent = threading.Event(), threading.Event(), []

    def hold() -> None:
        has_it.set()
        assert may_go.wait(20)

    def work() -> None:
        sent.append(send_alerts(now=NOW))
        connection.close()

    slow.during = staticmethod(hold)
    first = threading.Thread(target=work)
    first.start()
    assert has_it.wait(20)
    slow.during = staticmethod(lambda: None)
    assert send_alerts(now=NOW + MINUTE) == 0
    may_go.set()
    first.join()
    assert sent == [1]
    assert len(mail.outbox) == 1
    assert again(alert).attempts == 1


def test_two_workers_share_many_and_send_each_once(committed_db: str) -> None:
    user = User.objects.create(username="r", email="r@example.org", is_staff=True)
    for number in range(30):
        make(user, key=str(number), subject=f"No. {number}")
    barrier, sent = threading.Barrier(2), []

    def work() -> None:
        barrier.wait(20)
        sent.append(send_alerts(now=NOW))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(sent) == 30
    assert sorted(message.subject for message in mail.outbox) == sorted(f"No. {number}" for number in range(30))
