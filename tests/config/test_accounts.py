"""The door of the desk as production has it: nobody gets past it with a password alone."""

from __future__ import annotations

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

from tests.config.desk_door import INSIDE, PASSWORD, Visitor, code_of, enrolled, staff, strict

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def as_in_production(settings: Settings) -> None:
    strict(settings)


def test_a_password_alone_leads_to_setting_up_a_second_factor_and_no_further() -> None:
    staff()
    visitor = Visitor()
    answer = visitor.sign_in(next=INSIDE)
    assert answer["Location"] == INSIDE
    refused = visitor.get(INSIDE)
    assert refused["Location"] == "/admin/account/second-factor/?first"
    page = visitor.get(refused["Location"]).content.decode()
    assert "Set up a second factor first" in page
    assert visitor.post("/admin/claims/claim/add/", {})["Location"] == "/admin/account/second-factor/?first"
    assert visitor.get("/admin/account/sessions/")["Location"] == "/admin/account/second-factor/?first"


def test_the_app_is_set_up_confirmed_and_the_recovery_codes_are_shown_once() -> None:
    visitor, codes = enrolled()
    assert len(set(codes)) == 10
    assert visitor.is_inside()
    again = visitor.get("/admin/account/second-factor/recovery-codes/").content.decode()
    assert "shown once" in again
    assert not any(code in again for code in codes)
    assert visitor.get("/admin/account/second-factor/recovery-codes/download/").status_code == 403


def test_the_next_sign_in_needs_the_code() -> None:
    enrolled_visitor, _ = enrolled()
    visitor = Visitor()
    assert visitor.sign_in(next=INSIDE)["Location"] == "/admin/account/second-factor/authenticate/"
    assert not visitor.is_inside()
    with time_machine.travel("2035-01-01T00:00:00+00:00", tick=False):
        visitor.sign_in(next=INSIDE)
        wrong = visitor.post("/admin/account/second-factor/authenticate/", {"code": "000000"})
        assert "The code is wrong or was used already" in wrong.content.decode()
        right = visitor.post("/admin/account/second-factor/authenticate/", {"code": code_of(enrolled_visitor.key)})
        assert right["Location"] == INSIDE
        assert visitor.is_inside()


def test_a_code_and_a_recovery_code_each_open_once() -> None:
    owner, codes = enrolled()
    with time_machine.travel("2035-01-01T00:00:00+00:00", tick=False):
        for code in (code_of(owner.key), codes[0]):
            outcomes = []
            for _ in range(2):
                visitor = Visitor()
                visitor.sign_in()
                visitor.post("/admin/account/second-factor/authenticate/", {"code": code})
                outcomes.append(visitor.is_inside())
            assert outcomes == [True, False]


def test_a_session_from_before_the_second_factor_has_to_show_it() -> None:
    staff()
    older = Visitor()
    older.sign_in()
    owner = Visitor()
    owner.sign_in()
    owner.set_up_app()
    answer = older.get(INSIDE)
    assert answer["Location"] == "/admin/account/second-factor/reauthenticate/?next=%2Fadmin%2Fjsi18n%2F"
    page = older.get(answer["Location"]).content.decode()
    assert 'name="code"' in page
    assert "/admin/account/confirm/" not in page  # the password is no way around
    # Neither the recovery codes nor a way to add a key of one's own, and the password does not count.
    for path in ("recovery-codes/", "webauthn/add/", "totp/activate/", ""):
        assert "/reauthenticate/" in older.get(f"/admin/account/second-factor/{path}")["Location"]
    assert "/second-factor/reauthenticate/" in older.get("/admin/account/confirm/")["Location"]
    older.post("/admin/account/confirm/", {"password": PASSWORD})
    assert not older.is_inside()


def test_the_only_second_factor_stays() -> None:
    visitor, _ = enrolled()
    page = visitor.post("/admin/account/second-factor/totp/deactivate/").content.decode()
    assert "only second factor" in page
    assert Authenticator.objects.filter(type="totp").exists()


def test_seeds_are_sealed_in_the_database(settings: Settings) -> None:
    visitor, _ = enrolled()
    app = Authenticator.objects.get(type="totp")
    assert visitor.key not in str(app.data)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new one"
    with time_machine.travel("2035-01-01T00:00:00+00:00", tick=False):
        assert app.wrap().validate_code(code_of(visitor.key))


def every_admin_path(patterns: list[URLPattern | URLResolver], prefix: str = "") -> list[str]:
    found: list[str] = []
    for entry in patterns:
        route = prefix + str(entry.pattern).removeprefix("^").removesuffix("$").removesuffix("\\Z")
        if isinstance(entry, URLResolver):
            found += every_admin_path(entry.url_patterns, route)
        elif route.startswith("admin/"):
            found.append(route)
    return found


def test_no_address_of_the_admin_answers_before_the_second_factor() -> None:
    """Every route there is, so that a page added later is held as well."""
    staff("boss", is_superuser=True)
    visitor = Visitor()
    visitor.sign_in("boss")
    open_to_all = {"login/", "logout/", "account/closed/"}
    setting_up = {
        *("password_change/", "account/password/", "account/confirm/", "account/second-factor/"),
        *("account/second-factor/totp/activate/", "account/second-factor/webauthn/add/"),
    }
    tried = 0
    for route in every_admin_path(get_resolver().url_patterns):
        path = route
        for shape, value in (
            ("<path:object_id>", "1"),
            ("<int:pk>", "1"),
            ("<int:key>", "1"),
            ("<slug:verb>", "approve"),
        ):
            path = path.replace(shape, value)
        if route.removeprefix("admin/") in open_to_all | setting_up or any(sign in path for sign in "<(["):
            continue
        tried += 1
        for ask in (visitor.get, visitor.post):
            assert ask(f"/{path}")["Location"] == "/admin/account/second-factor/?first", path
    assert tried > 100


def test_there_is_one_door() -> None:
    anonymous = Client()
    assert anonymous.get(INSIDE)["Location"] == "/admin/login/?next=/admin/jsi18n/"
    page = anonymous.get("/admin/login/")
    assert page.templates[0].name == "account/login.html"
    for gone in ("signup/", "account/signup/", "account/email/", "password/reset/", "password_reset/"):
        assert anonymous.get(f"/admin/{gone}").status_code in (302, 404)
        assert anonymous.get(f"/accounts/{gone}").status_code == 404


@pytest.mark.parametrize(
    "where", ["https://evil.example/", "//evil.example/", "https:evil.example", "http://localhost/x"]
)
def test_next_stays_on_this_host(where: str) -> None:
    staff()
    assert Visitor().sign_in(next=where)["Location"] == "/admin/"
    visitor = Visitor()
    visitor.sign_in()
    assert visitor.post("/admin/logout/", {"next": where})["Location"] == "/admin/login/"


def test_signing_out_needs_a_post_and_leaves_nothing() -> None:
    visitor, _ = enrolled()
    assert visitor.get("/admin/logout/").status_code == 200
    assert visitor.is_inside()
    answer = visitor.post("/admin/logout/")
    assert answer["Location"] == "/admin/login/"
    assert answer.cookies["session"].value == ""
    assert not visitor.is_inside()


@pytest.mark.parametrize("fields", [{"is_staff": False}, {"is_active": False}])
def test_an_account_that_is_not_for_the_desk_is_told_so(fields: dict[str, bool]) -> None:
    staff("mali", **fields)
    visitor = Visitor()
    answer = visitor.sign_in()
    assert answer["Location"] == "/admin/account/closed/"
    assert "This account is closed" in visitor.get(answer["Location"]).content.decode()
    assert "_auth_user_id" not in visitor.session


def test_the_door_speaks_thai() -> None:
    page = Client(headers={"accept-language": "th"}).get("/admin/login/").content.decode()
    assert "เข้าสู่ระบบ" in page
    assert '<html lang="th"' in page
