"""`manage.py staff …`: accounts of the desk. Nobody signs up, and no mail is sent."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from claims.review.roles import ensure_roles
from claims.review.transitions import Role

ROLES = [role.value for role in Role]


class Command(BaseCommand):
    """One action per call; each prints one sentence, and refuses with one."""

    help = "Add, change and close accounts of the desk. A new password for somebody: manage.py changepassword NAME."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        for action, words in {
            "add": "make an account and type its first password",
            "roles": "replace the roles of an account",
            "close": "end its sessions and let it in no more; its name stays on what it did",
            "reopen": "let a closed account in again",
            "forget-second-factor": "its app, passkeys or recovery codes are lost: end its sessions, ask for new ones",
        }.items():
            sub = actions.add_parser(action, help=words)
            sub.add_argument("name")
            if action in ("add", "roles"):
                sub.add_argument("role", nargs="+", choices=ROLES)

    def handle(self, *args: Any, **options: Any) -> None:
        act = getattr(self, "_" + options["action"].replace("-", "_"))
        self.stdout.write(act(options["name"], options.get("role") or []))

    def _add(self, name: str, roles: list[str]) -> str:
        user = User(username=name, is_staff=True)
        try:
            user.clean_fields(exclude=["password"])
            user.validate_unique()
            password = getpass.getpass(f"First password of {name}: ")
            if getpass.getpass("Once more: ") != password:
                raise CommandError("The two are not the same; nothing was made.")
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        user.set_password(password)
        with transaction.atomic():
            user.save()
            _give(user, roles)
        return f"{name} can sign in, and is asked to set up a second factor first."

    def _roles(self, name: str, roles: list[str]) -> str:
        with transaction.atomic():
            _give(_found(name), roles)
        return f"{name} has the roles {', '.join(roles)}, and no other."

    def _close(self, name: str, roles: list[str]) -> str:
        with transaction.atomic():
            user = _found(name)
            user.is_active = False
            user.save(update_fields=["is_active"])
            ended = _end_sessions(user)
        return f"{name} is closed; {ended} sessions were ended."

    def _reopen(self, name: str, roles: list[str]) -> str:
        user = _found(name)
        user.is_active = True
        user.save(update_fields=["is_active"])
        return f"{name} can sign in again."

    def _forget_second_factor(self, name: str, roles: list[str]) -> str:
        with transaction.atomic():
            user = _found(name)
            Authenticator.objects.filter(user=user).delete()
            ended = _end_sessions(user)
        return f"{name} has no second factor now and sets up a new one at sign-in; {ended} sessions were ended."


def _found(name: str) -> User:
    try:
        return User.objects.get(username=name)
    except User.DoesNotExist:
        raise CommandError(f"There is no account named {name}.") from None


def _give(user: User, roles: list[str]) -> None:
    ensure_roles()
    user.groups.set(Group.objects.filter(name__in=roles))


def _end_sessions(user: User) -> int:
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        session.end()
    return len(sessions)
