"""Who decides what readers see is asked again who they are, unless they were asked a moment ago."""

from __future__ import annotations

import time

from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.http import HttpRequest

from claims.review.transitions import APPROVE, CLEAR_LEGAL_RISK, PUBLISH, RETRACT, SUPERSEDE

_MOVES = frozenset(move.verb for move in (CLEAR_LEGAL_RISK, APPROVE, PUBLISH, RETRACT, SUPERSEDE))
_OUT_OF_SIGHT = frozenset({"hide", "confirm_hiding", "lift_hiding", "ask_withholding", "confirm_withholding"})
DECISIONS = _MOVES | _OUT_OF_SIGHT


def authenticated_lately(request: HttpRequest) -> bool:
    """Whether a password, code or passkey was shown within ACCOUNT_REAUTHENTICATION_TIMEOUT seconds."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def ask_who_decides(request: HttpRequest, verb: str) -> None:
    """Call before a decision, when it is known to be allowed.

    Raises ReauthenticationRequired: allauth's middleware keeps what was posted, asks, and then carries it through.
    """
    needed = settings.DECISIONS_NEED_REAUTHENTICATION and verb in DECISIONS
    if needed and not authenticated_lately(request):
        raise ReauthenticationRequired
