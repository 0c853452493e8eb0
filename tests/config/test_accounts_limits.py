"""Guessing is counted per account and per address; sessions end by age, idleness or a new password."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.config.desk_door import INSIDE, PASSWORD, Visitor, code_of, enrolled, limited, staff, strict

pytestmark = pytest.mark.django_db
LOCKED = "Too many failed attempts"
START = datetime(2031, 5, 6, 7, 0, tzinfo=UTC)


def from_(address: str) -> Visitor:
    return Visitor(REMOTE_ADDR=address)


def said(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def test_an_account_is_locked_from_everywhere_and_opens_again(settings: Settings) -> None:
    limited(settings)
    staff()
    for number in range(5):
        assert "The name or the password is wrong" in said(from_(f"192.0.2.{number}").sign_in(password="a guess"))
    owner = from_("198.51.100.1")
    assert LOCKED in said(owner.sign_in())
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=15)):
        assert owner.sign_in().status_code == 302


def test_an_address_is_locked_whatever_names_it_tries(settings: Settings) -> None:
    limited(settings)
    staff()
    for number in range(10):
        from_("192.0.2.1").sign_in(f"guess{number}", "a guess")
    assert LOCKED in said(from_("192.0.2.1").sign_in())
    assert from_("192.0.2.2").sign_in().status_code == 302


def test_behind_a_proxy_the_reader_is_counted_and_not_what_they_write(settings: Settings) -> None:
    limited(settings)
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    staff()

    def through(written: str, real: str) -> Visitor:
        return Visitor(REMOTE_ADDR="203.0.113.1", headers={"x-forwarded-for": f"{written}, {real}"})

    for number in range(10):
        through(f"198.51.100.{number}", "192.0.2.1").sign_in(f"guess{number}", "a guess")
    assert LOCKED in said(through("198.51.100.99", "192.0.2.1").sign_in())
    assert through("192.0.2.1", "192.0.2.2").sign_in().status_code == 302


def test_guessing_codes_locks_as_well(settings: Settings) -> None:
    strict(settings)
    owner, _ = enrolled()
    limited(settings)
    thief = Visitor()
    thief.sign_in()
    for _ in range(5):
        assert "The code is wrong" in said(thief.post("/admin/account/second-factor/authenticate/", {"code": "1"}))
    locked = thief.post("/admin/account/second-factor/authenticate/", {"code": code_of(owner.key)})
    assert LOCKED in said(locked)


def test_a_flood_gets_a_page_that_says_when_to_come_back(settings: Settings) -> None:
    limited(settings)
    visitor = Visitor()
    answers = [visitor.post("/admin/login/", {}) for _ in range(31)]
    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
    assert answers[-1]["Retry-After"]


@pytest.fixture
def mali(settings: Settings) -> Visitor:
    """Signed in at START; the idle limit is two hours."""
    strict(settings)
    settings.SECOND_FACTOR_REQUIRED = False
    staff()
    return Visitor()


def test_two_idle_hours_end_a_session(mali: Visitor) -> None:
    with time_machine.travel(START, tick=False) as clock:
        mali.sign_in()
        for minutes in (119, 119):
            assert mali.is_inside()
            clock.shift(timedelta(minutes=minutes))
        assert mali.is_inside()
        clock.shift(timedelta(minutes=120))
        answer = mali.get(INSIDE)
        assert answer["Location"] == "/admin/login/?ended=&next=%2Fadmin%2Fjsi18n%2F"
        assert "Your session had ended" in said(mali.get(answer["Location"]))
        assert mali.sign_in(next=INSIDE)["Location"] == INSIDE


def test_a_post_that_comes_too_late_leads_to_the_desk(mali: Visitor) -> None:
    with time_machine.travel(START, tick=False) as clock:
        mali.sign_in()
        mali.get(INSIDE)
        clock.shift(timedelta(hours=3))
        assert mali.post("/admin/claims/claim/add/")["Location"] == "/admin/login/?ended=&next=%2Fadmin%2F"


def test_twelve_hours_end_a_session_that_is_in_use(mali: Visitor) -> None:
    with time_machine.travel(START, tick=False) as clock:
        mali.sign_in()
        for _ in range(12):
            assert mali.is_inside()
            clock.shift(timedelta(hours=1))
        assert not mali.is_inside()


def test_the_last_use_is_written_once_a_minute(mali: Visitor) -> None:
    def writes() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert mali.is_inside()
        return sum("UPDATE" in query["sql"] for query in asked)

    with time_machine.travel(START, tick=False) as clock:
        mali.sign_in()
        mali.get(INSIDE)
        assert writes() == 0
        clock.shift(timedelta(seconds=60))
        assert (writes(), writes()) == (1, 0)


def test_being_guarded_costs_no_query(settings: Settings) -> None:
    strict(settings)
    visitor, _ = enrolled()
    counts = []
    visitor.get(INSIDE)
    for required in (True, False):
        settings.SECOND_FACTOR_REQUIRED = required
        with CaptureQueriesContext(connection) as asked:
            visitor.get(INSIDE)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_public_pages_ask_nothing_about_who_reads_and_set_no_cookie(settings: Settings) -> None:
    strict(settings)
    visitor, _ = enrolled()
    for reader in (visitor, Visitor()):
        with CaptureQueriesContext(connection) as asked:
            answer = reader.get("/en/")
        assert answer.status_code == 200
        assert not answer.cookies
        assert not [query["sql"] for query in asked if "django_session" in query["sql"] or "auth_user" in query["sql"]]


def test_a_new_password_ends_the_other_sessions(mali: Visitor) -> None:
    other = Visitor()
    for visitor in (mali, other):
        visitor.sign_in()
    new = "eight dry umbrellas"
    mali.post("/admin/password_change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (mali.is_inside(), other.is_inside()) == (True, False)
    assert Visitor().sign_in(password=new).status_code == 302


@pytest.mark.parametrize("field", ["is_active", "is_staff"])
def test_a_closed_account_ends_its_sessions(mali: Visitor, field: str) -> None:
    mali.sign_in()
    assert mali.is_inside()
    User.objects.update(**{field: False})
    assert not mali.is_inside()
    assert mali.get("/admin/account/sessions/")["Location"].startswith("/admin/login/")


def test_a_person_sees_their_sessions_and_ends_the_others(mali: Visitor) -> None:
    other = Visitor(REMOTE_ADDR="198.51.100.7", headers={"user-agent": "Another browser"})
    for visitor in (mali, other):
        visitor.sign_in()
    page = said(mali.get("/admin/account/sessions/"))
    assert "198.51.100.7" in page
    assert "Another browser" in page
    assert page.count("this one") == 1
    mali.post("/admin/account/sessions/")
    assert (mali.is_inside(), other.is_inside()) == (True, False)
    assert "nowhere else" in said(mali.get("/admin/account/sessions/"))
