"""Browsers in which each of the cast is signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from claims.review.transitions import Role
from tests.claims.admin.pages import signed_in
from tests.factories.cast import Cast

As = Callable[[str], Client]


@pytest.fixture
def browser(cast: Cast) -> As:
    """`browser("editor")` is the editor's browser; always the same one."""
    opened: dict[str, Client] = {}

    def of(role: str) -> Client:
        if role not in opened:
            opened[role] = signed_in(getattr(cast, Role(role).value))
        return opened[role]

    return of
