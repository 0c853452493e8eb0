"""The first case in public, once per module, and a browserless reader."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from claims.outbound.policy import Policy
from claims.seeding.demo import show_first_case


@pytest.fixture(scope="module")
def first_case(committed_db_module: str) -> str:
    show_first_case(policy=Policy(), clock=timezone.now)
    return committed_db_module


@pytest.fixture
def reader() -> Client:
    """Someone without an account, whose browser asks for nothing special."""
    return Client()


@pytest.fixture
def english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def thai() -> Iterator[None]:
    with override("th"):
        yield
