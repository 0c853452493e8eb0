"""Seeds of codes, sealed with a key made from SECRET_KEY. The keys in SECRET_KEY_FALLBACKS still open."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_PURPOSE = b"tamroi second factor"


class SealedForAnotherKey(Exception):
    """SECRET_KEY was replaced; `manage.py staff forget-second-factor NAME` lets the person set up a new one."""


def sealed(text: str) -> str:
    return _keys().encrypt(text.encode()).decode()


def opened(text: str) -> str:
    """Raises SealedForAnotherKey."""
    try:
        return _keys().decrypt(text.encode()).decode()
    except InvalidToken:
        raise SealedForAnotherKey(SealedForAnotherKey.__doc__) from None


def _keys() -> MultiFernet:
    return MultiFernet([_fernet(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _fernet(key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
