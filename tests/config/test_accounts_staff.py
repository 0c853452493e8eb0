"""`manage.py staff`, and that production starts with nothing at the door switched off."""

from __future__ import annotations

import getpass
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from config import checks
from tests.config.desk_door import PASSWORD, Visitor, enrolled, staff, strict


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("staff", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the operator types at the prompts, in order."""
    lines = [PASSWORD, PASSWORD]
    monkeypatch.setattr(getpass, "getpass", lambda prompt: lines.pop(0))
    return lines


@pytest.mark.django_db
def test_an_account_is_made_with_its_roles_and_signs_in(typed: list[str]) -> None:
    assert "is asked to set up a second factor first" in run("add", "mali", "reviewer", "editor")
    user = User.objects.get()
    assert sorted(user.groups.values_list("name", flat=True)) == ["editor", "reviewer"]
    assert not user.is_superuser
    assert Visitor().sign_in().status_code == 302
    assert "no other" in run("roles", "mali", "auditor")
    assert list(user.groups.values_list("name", flat=True)) == ["auditor"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "lines", "why"),
    [
        ("mali", ["one", "other"], "not the same"),
        ("mali", ["12345678", "12345678"], "too short"),
        ("no spaces allowed", [], "valid username"),
        ("taken", [], "already exists"),
    ],
)
def test_a_refusal_makes_nothing(typed: list[str], settings: Settings, name: str, lines: list[str], why: str) -> None:
    settings.AUTH_PASSWORD_VALIDATORS = [
        {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}}
    ]
    staff("taken")
    typed[:] = lines
    with pytest.raises(CommandError, match=why):
        run("add", name, "reviewer")
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_closing_ends_the_sessions_and_reopening_lets_in_again() -> None:
    staff()
    visitor = Visitor()
    visitor.sign_in()
    assert "1 sessions were ended" in run("close", "mali")
    assert not visitor.is_inside()
    assert visitor.sign_in()["Location"] == "/admin/account/closed/"
    run("reopen", "mali")
    visitor.sign_in()
    assert visitor.is_inside()
    with pytest.raises(CommandError, match="no account named nobody"):
        run("close", "nobody")


@pytest.mark.django_db
def test_a_lost_second_factor_is_forgotten_and_a_new_one_is_asked_for(settings: Settings) -> None:
    strict(settings)
    visitor, _ = enrolled()
    run("forget-second-factor", "mali")
    assert not Authenticator.objects.exists()
    assert not visitor.is_inside()
    visitor.sign_in()
    assert visitor.set_up_app()
    assert visitor.is_inside()


@pytest.mark.django_db
def test_the_application_may_use_the_tables_of_the_accounts_and_owns_none() -> None:
    """Everything above went through the application's role; here it is asked by name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, tablename, tableowner, has_table_privilege(tablename, 'TRUNCATE')"
            " FROM pg_tables WHERE tablename ~ '^(mfa|usersessions|account)_'"
        )
        rows = cursor.fetchall()
    assert {row[1] for row in rows} >= {"mfa_authenticator", "usersessions_usersession"}
    assert {(row[0], row[2], row[3]) for row in rows} == {("tamroi_app", "tamroi_owner", False)}


def test_seeds_and_sessions_have_no_pages_in_the_admin() -> None:
    assert not {"account", "mfa", "usersessions"} & {model._meta.app_label for model in admin.site._registry}


@pytest.mark.parametrize(
    ("name", "off"),
    [
        ("SECOND_FACTOR_REQUIRED", False),
        ("DECISIONS_NEED_REAUTHENTICATION", False),
        ("SESSION_IDLE_SECONDS", 0),
        ("ACCOUNT_RATE_LIMITS", {}),
        ("ACCOUNT_REAUTHENTICATION_TIMEOUT", 0),
    ],
)
def test_production_does_not_start_with_the_door_open(settings: Settings, name: str, off: object) -> None:
    strict(settings)
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "5/m/key"}
    settings.ENVIRONMENT = "production"
    assert checks.desk_is_guarded(None) == []
    checks.refuse_unsafe_start()
    setattr(settings, name, off)
    assert [found.id for found in checks.desk_is_guarded(None)] == ["config.E005"]
    with pytest.raises(ImproperlyConfigured, match="switched off"):
        checks.refuse_unsafe_start()
    settings.ENVIRONMENT = "development"
    assert checks.desk_is_guarded(None) == []
