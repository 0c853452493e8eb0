"""The gate before every page of the desk, whatever code serves it. Public pages pass without a query or a session."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from config.accounts.standing import has_second_factor, showed_second_factor

DESK = "/admin/"
OURS = "/admin/account/"
STARTED = "tamroi.session_started"
SEEN = "tamroi.session_seen"
# A session's last use is written no more often: a row saved once a minute, not with every request.
SEEN_EVERY_SECONDS = 60

# Pages by what the session lacks. Setting up needs the password only, for there is nothing else yet.
_DOORS = {"account_login", "account_logout", "account_inactive"}
_SETTING_UP = _DOORS | {
    "account_change_password",
    "account_set_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
}
_CONFIRMING = _DOORS | {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}


class GuardMiddleware:
    """Ends sessions that are too old, and lets nobody pass without a second factor. Behind AccountMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Read now: a move carried through after re-authentication changes the path of its request.
        is_ours = request.path_info.startswith(OURS)
        response = self.get_response(request)
        if is_ours:
            add_never_cache_headers(response)  # recovery codes and keys
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not request.path_info.startswith(DESK) or not request.user.is_authenticated:
            return None
        match = request.resolver_match
        name = match.url_name if match and not match.namespaces else None
        return _ended(request) or _held_back(request, name)


def _ended(request: HttpRequest) -> HttpResponse | None:
    """Sign out a session that is past its age or its idle time; note its use otherwise."""
    if not settings.SESSION_IDLE_SECONDS:
        return None
    now = int(time.time())
    session = request.session
    started, seen = session.get(STARTED, now), session.get(SEEN, now)
    if now - started < settings.SESSION_COOKIE_AGE and now - seen < settings.SESSION_IDLE_SECONDS:
        if SEEN not in session or now - seen >= SEEN_EVERY_SECONDS:
            session[STARTED], session[SEEN] = started, now
        return None
    logout(request)
    back = request.get_full_path() if request.method == "GET" else DESK
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'ended': '', 'next': back})}")


def _held_back(request: HttpRequest, name: str | None) -> HttpResponse | None:
    """Lead to what is missing: a second factor at all, or this session's proof of it."""
    if not settings.SECOND_FACTOR_REQUIRED or name in _DOORS or showed_second_factor(request):
        return None
    if not has_second_factor(request.user):
        if name in _SETTING_UP:
            return None
        return HttpResponseRedirect(f"{reverse('mfa_index')}?first")
    if name in _CONFIRMING:
        return None
    method = get_adapter().get_reauthentication_methods(request.user)[-1]
    back = request.get_full_path() if request.method == "GET" else DESK
    return HttpResponseRedirect(f"{method['url']}?{urlencode({'next': back})}")
