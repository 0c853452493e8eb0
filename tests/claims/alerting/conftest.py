"""Browsers in which each of the cast is signed in, and somebody with an e-mail address."""

import pytest
from django.contrib.auth.models import User

from tests.claims.admin.conftest import browser
from tests.factories.cast import Cast

__all__ = ["browser"]


@pytest.fixture
def person(cast: Cast) -> User:
    cast.reviewer.email = "r@example.org"
    cast.reviewer.save()
    return cast.reviewer
