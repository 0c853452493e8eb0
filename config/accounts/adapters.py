"""Where allauth asks the installation: who may sign in, what to say, and how secrets lie in the database."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from claims.admin.reauthentication import authenticated_lately
from config.accounts.sealing import opened, sealed
from config.accounts.standing import FACTORS, has_second_factor, showed_second_factor

_LOG = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Staff only, made by an operator; nobody signs up and no mail leaves."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("The name or the password is wrong."),
        "too_many_login_attempts": _(
            "Too many failed attempts. Wait 15 minutes and try again, or ask whoever runs this installation."
        ),
        "rate_limited": _("Too many attempts. Wait a minute and try again."),
        "incorrect_password": _("The password is wrong."),
        "incorrect_code": _("The code is wrong or was used already. Wait for the next one."),
        "enter_current_password": _("The password is wrong."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """On this host alone; allauth's own rule takes every host of ALLOWED_HOSTS."""
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={self.request.get_host()}, require_https=self.request.is_secure()
        )

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """An account that was closed, or never was for the desk, ends at the page that says so."""
        if user.is_active and user.is_staff:
            return None
        request.session.flush()
        response: HttpResponse = self.respond_user_inactive(request, user)
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        _LOG.warning(
            "A sign-in failed",
            extra={"account": credentials.get("username", ""), "address": self.get_client_ip(request)},
        )

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Signing in a moment ago is as good as being asked again."""
        return super().is_reauthentication_required(app=app, **kwargs) and not authenticated_lately(self.request)

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        """Without the password while the session still lacks the second factor."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if settings.SECOND_FACTOR_REQUIRED and not showed_second_factor(self.request) and has_second_factor(user):
            return [method for method in methods if method["id"] != "reauthenticate"]
        return methods


class SecondFactorAdapter(DefaultMFAAdapter):
    """Seeds are sealed with a key made from SECRET_KEY, so a copy of the database alone opens no account."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": _("This is your only second factor. Set up another one first."),
    }

    def encrypt(self, text: str) -> str:
        return sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        return opened(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one where one is required."""
        if not settings.SECOND_FACTOR_REQUIRED:
            return True
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=FACTORS)
        return bool(others.exclude(pk=authenticator.pk).exists())
