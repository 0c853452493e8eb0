"""What a session has shown so far."""

from __future__ import annotations

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def showed_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened, or confirmed later, with an app's code, a passkey or a recovery code."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def has_second_factor(user: User | AnonymousUser) -> bool:
    """Whether an app or a passkey is set up. Costs a query; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists())
