"""A person before the door of the desk, with production's rules; codes are computed as an app would."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
import struct
import time
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from config.settings import base

PASSWORD = "seven wet umbrellas"
# A page of the admin that needs nothing but to be let in.
INSIDE = "/admin/jsi18n/"
_KEY = re.compile(r'id="totp-key">([A-Z2-7]+)<')
_RECOVERY = re.compile(r"<code>(\d{8})</code>")


def strict(settings: Settings) -> None:
    """Switch on what tests and development switch off, all but the limits of attempts."""
    settings.SECOND_FACTOR_REQUIRED = True
    settings.DECISIONS_NEED_REAUTHENTICATION = True
    settings.SESSION_IDLE_SECONDS = base.SESSION_IDLE_SECONDS


def limited(settings: Settings) -> None:
    """Count attempts as production does, from nothing: other runs share the server of the counts."""
    settings.CACHES = {"default": settings.CACHES["default"] | {"KEY_PREFIX": secrets.token_hex(8)}}
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS
    settings.MFA_RATE_LIMITS = base.MFA_RATE_LIMITS


def staff(name: str = "mali", **fields: Any) -> User:
    return User.objects.create_user(name, password=PASSWORD, **{"is_staff": True, **fields})


def code_of(key: str, *, at: float | None = None) -> str:
    """RFC 6238: six digits for the half minute around `at`."""
    counter = struct.pack(">Q", int(time.time() if at is None else at) // 30)
    digest = hmac.new(base64.b32decode(key), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4]) & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


class Visitor(Client):
    """A browser that remembers the key of its owner's app."""

    key = ""

    def sign_in(self, name: str = "mali", password: str = PASSWORD, **more: Any) -> Any:
        return self.post("/admin/login/", {"username": name, "password": password, **more})

    def set_up_app(self) -> list[str]:
        """Set an app up, confirm it, and return the recovery codes that are shown."""
        page = self.get("/admin/account/second-factor/totp/activate/").content.decode()
        found = _KEY.search(page)
        assert found, page
        self.key = found[1]
        answer = self.post("/admin/account/second-factor/totp/activate/", {"code": code_of(self.key)})
        assert answer["Location"] == "/admin/account/second-factor/recovery-codes/", answer.content.decode()
        confirm = self.get(answer["Location"])
        shown = self.post(confirm["Location"], {"code": code_of(self.key)}, follow=True)
        return _RECOVERY.findall(shown.content.decode())

    def is_inside(self) -> bool:
        return bool(self.get(INSIDE).status_code == 200)


def enrolled(name: str = "mali") -> tuple[Visitor, list[str]]:
    """A member of staff who set an app up and is signed in with it; the recovery codes."""
    staff(name)
    visitor = Visitor()
    visitor.sign_in(name)
    return visitor, visitor.set_up_app()
